"""A training does not care for its window: killed or closed, the next one shows the run, live."""

import subprocess
import time
from pathlib import Path

import pytest

from designer.protocol import Epoch
from designer.runs.folder import RunFolder
from designer.runs.launch import end
from designer.runs.reader import RunReader
from tests.e2e.conftest import Start, finish
from tests.e2e.tiny import tiny_design

pytestmark = [pytest.mark.e2e, pytest.mark.keras, pytest.mark.xdist_group("e2e")]


def _goes_on(folder: RunFolder) -> None:
    """New epochs come, and the trainer holds its lock."""
    reader = RunReader(folder)
    reader.poll()
    limit = time.monotonic() + 30
    new = 0
    while new < 3:
        new += sum(isinstance(event, Epoch) for event in reader.poll())
        assert time.monotonic() < limit, "the training does not go on"
        time.sleep(0.05)
    assert reader.alive()
    assert reader.state() == "running"


def _told_folder(window: "subprocess.Popen[str]") -> RunFolder:
    assert window.stdout is not None
    said = []
    for line in window.stdout:
        said.append(line)
        if line.startswith("training in "):
            return RunFolder(Path(line.removeprefix("training in ").strip()))
    raise AssertionError("".join(said))


def test_a_run_survives_a_killed_and_a_closed_window_and_the_next_window_shows_and_stops_it(
    start: Start, tmp_path: Path
) -> None:
    design = tiny_design(tmp_path)
    window = start("tests.e2e.outlive", "begin", design)
    folder = _told_folder(window)
    try:
        window.kill()
        window.wait()
        _goes_on(folder)
        finish(start("tests.e2e.outlive", "leave"))
        _goes_on(folder)
        finish(start("tests.e2e.outlive", "stop", design))
    finally:
        end(folder, force=True)
    assert folder.model.is_file()
    reader = RunReader(folder)
    reader.poll()
    assert reader.garbled == 0
    assert not reader.alive()
