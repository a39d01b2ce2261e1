"""`train`: a run folder is made and followed to its end, whatever the end is."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from designer.__main__ import main
from designer.protocol import Epoch, Finished, Started, decode_event
from tests.cli.conftest import residual, saved, trainable

Capture = pytest.CaptureFixture[str]


def _words(tmp_path: Path, python: str, *options: str) -> list[str]:
    design = saved(trainable(), tmp_path)
    return ["train", design, "--python", python, "--run-dir", str(tmp_path / "runs"), *options]


def _run_folder(tmp_path: Path) -> Path:
    (folder,) = (tmp_path / "runs").iterdir()
    return folder


def test_a_run_ends_with_the_place_of_its_model(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    assert main(_words(tmp_path, fake_python)) == 0
    told = capsys.readouterr().err
    assert f"model: {_run_folder(tmp_path) / 'model.keras'}" in told
    assert "loss 0.25  val_loss 0.3" in told


def test_options_change_the_plan_of_script_and_run(tmp_path: Path, fake_python: str) -> None:
    words = _words(tmp_path, fake_python, "--epochs", "7", "--batch-size", "9", "--seed", "5")
    assert main(words) == 0
    folder = _run_folder(tmp_path)
    spec = json.loads((folder / "run.json").read_bytes())
    assert (spec["epochs"], spec["batch_size"], spec["seed"]) == (7, 9, 5)
    script = (folder / "script.py").read_text(encoding="utf-8")
    assert "epochs=7" in script
    assert "batch_size=9" in script


def test_json_is_one_event_a_line(tmp_path: Path, fake_python: str, capsys: Capture) -> None:
    assert main(_words(tmp_path, fake_python, "--json")) == 0
    events = [decode_event(line) for line in capsys.readouterr().out.splitlines()]
    assert isinstance(events[0], Started)
    assert isinstance(events[-2], Epoch)
    assert isinstance(events[-1], Finished)


def test_a_failed_run_is_told_in_its_own_words(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    assert main(_words(tmp_path, fake_python, "--seed", "1")) == 1
    assert ": The memory was not enough.\n" in capsys.readouterr().err


def test_a_trainer_that_dies_is_told(tmp_path: Path, fake_python: str, capsys: Capture) -> None:
    assert main(_words(tmp_path, fake_python, "--seed", "2")) == 1
    assert "training process" in capsys.readouterr().err


def test_a_design_with_errors_is_not_trained(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    design = saved(residual((3, 256, 256)), tmp_path)
    runs = tmp_path / "runs"
    assert main(["train", design, "--python", fake_python, "--run-dir", str(runs)]) == 1
    assert not runs.exists()
    assert "skipwire: " in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--epochs=0", "--batch-size=-1", "--seed=x"])
def test_numbers_out_of_range_are_a_wrong_call(
    tmp_path: Path, fake_python: str, option: str
) -> None:
    with pytest.raises(SystemExit) as raised:
        main(_words(tmp_path, fake_python, option))
    assert raised.value.code == 2


def test_ctrl_c_stops_the_run_and_keeps_its_weights(tmp_path: Path, fake_python: str) -> None:
    words = _words(tmp_path, fake_python, "--seed", "3", "--json")
    command = [sys.executable, "-m", "designer", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()  # the run has begun
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "weights are kept" in err
    assert '"reason":"stopped"' in out
    assert (_run_folder(tmp_path) / "model.keras").is_file()
