"""The main job by hand: the skip autoencoder drawn with the mouse is the one that Keras builds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from designer.protocol import RUN_EVENTS, RUN_SCRIPT, Epoch, decode_event
from tests.e2e.conftest import Start, finish

pytestmark = [pytest.mark.e2e, pytest.mark.keras, pytest.mark.xdist_group("e2e")]


LOSSES = "import json, runpy, sys; print(json.dumps(runpy.run_path(sys.argv[1])['main']().history))"


def command(*words: object) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_the_skip_autoencoder_drawn_by_mouse_is_what_keras_builds_and_its_script_trains_alike(
    start: Start, tmp_path: Path
) -> None:
    design = tmp_path / "drawn.skipwire"
    finish(start("tests.e2e.draw_autoencoder", design, tmp_path / "drawn.png"))

    checked = command("-m", "designer", "check", design, "--json")
    told = json.loads(checked.stdout)
    assert checked.returncode == 0, told
    assert told["valid"]
    assert told["parameters"]["total"] == 592_163
    assert len(told["nodes"]) == 17
    assert told["outputs"][0]["shape"] == [None, 32, 32, 3]

    (run,) = (tmp_path / "data" / "skipwire" / "runs").iterdir()
    events = [decode_event(line) for line in (run / RUN_EVENTS).read_bytes().splitlines()]
    epochs = [event.logs for event in events if isinstance(event, Epoch)]
    script = tmp_path / "exported.py"
    assert command("-m", "designer", "code", design, "-o", script).returncode == 0
    assert script.read_text() == (run / RUN_SCRIPT).read_text()
    alone = subprocess.run(
        [sys.executable, "-c", LOSSES, str(script)],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    history = json.loads(alone.stdout.splitlines()[-1])
    for name in ("loss", "val_loss"):
        assert history[name] == [logs[name] for logs in epochs]
