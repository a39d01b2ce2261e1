"""`resume`: a run that was stopped goes on in its own folder."""

from pathlib import Path

import pytest

from designer.__main__ import main
from designer.protocol import Continued, Finished, decode_event
from tests.cli.conftest import saved, trainable

Capture = pytest.CaptureFixture[str]


def _ended(tmp_path: Path, python: str) -> Path:
    design = saved(trainable(), tmp_path)
    runs = tmp_path / "runs"
    assert main(["train", design, "--python", python, "--run-dir", str(runs)]) == 0
    (folder,) = runs.iterdir()
    return folder


def test_a_run_with_a_checkpoint_goes_on_and_only_what_is_new_is_told(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    folder = _ended(tmp_path, fake_python)
    (folder / "checkpoint.npz").write_bytes(b"arrays")
    capsys.readouterr()
    assert main(["resume", str(folder), "--python", fake_python, "--json"]) == 0
    said = capsys.readouterr()
    events = [decode_event(line) for line in said.out.splitlines()]
    assert isinstance(events[0], Continued)
    assert isinstance(events[-1], Finished)
    assert sum(isinstance(event, Finished) for event in events) == 1
    assert f"model: {folder / 'model.keras'}" in said.err


def test_a_run_without_a_checkpoint_and_no_run_at_all_are_refused(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    folder = _ended(tmp_path, fake_python)
    assert main(["resume", str(folder), "--python", fake_python]) == 1
    assert "no checkpoint to go on from" in capsys.readouterr().err
    assert main(["resume", str(tmp_path), "--python", fake_python]) == 2
    assert "is no run's folder" in capsys.readouterr().err
