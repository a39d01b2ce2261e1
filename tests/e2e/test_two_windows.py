"""Two windows on one file, a model as argument, and the end by Ctrl+C."""

import signal
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import Start, finish
from tests.e2e.tiny import tiny_design
from tests.formats.archives import archive, call, entry, functional, layer, tensor

pytestmark = [pytest.mark.e2e, pytest.mark.keras, pytest.mark.xdist_group("e2e")]


def _model(path: Path) -> Path:
    layers = [
        entry("x"),
        layer("Dense", "one", [call(tensor("x"))], units=4),
        layer("Add", "sum", [call([tensor("x"), tensor("one")])]),
    ]
    return archive(path, functional(layers, [["x", 0, 0]], [["sum", 0, 0]]))


def test_the_second_window_on_a_file_is_told_and_ctrl_c_ends_the_first_without_a_word(
    start: Start, tmp_path: Path
) -> None:
    design = tiny_design(tmp_path)
    window = start("designer", design)
    locks = tmp_path / "state" / "skipwire" / "locks"
    limit = time.monotonic() + 60
    while not list(locks.glob("*.lock")):
        assert time.monotonic() < limit, "the first window has not opened the file"
        time.sleep(0.05)
    finish(start("tests.e2e.newcomer", _model(tmp_path / "net.keras"), design))
    window.send_signal(signal.SIGINT)
    said, _ = window.communicate(timeout=20)
    assert said == ""
    assert window.returncode == 128 + signal.SIGINT
    assert not list(locks.glob("*.lock"))
