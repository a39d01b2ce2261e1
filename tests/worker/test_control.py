"""What the control file says is done; rubbish in it is not."""

import json
import time
from pathlib import Path

from designer.worker.control import Control


def test_a_control_file_is_obeyed_and_rubbish_in_it_is_not(tmp_path: Path) -> None:
    path = tmp_path / "control.json"

    def command(text: str) -> str:
        path.with_suffix(".new").write_text(text)
        path.with_suffix(".new").replace(path)
        time.sleep(0.06)
        return control.command()

    control = Control(path)
    assert control.command() == "run"
    assert command('{"command": "pause"}') == "pause"
    for rubbish in ("", "{", "[]", "null", '{"command": 7}', '{"command": "explode"}'):
        assert command(rubbish) == "pause"
    assert command('{"command": "run"}') == "run"
    assert command('{"command": "stop"}') == "stop"
    assert command(json.dumps({"command": "run"})) == "stop"


def test_a_run_whose_folder_is_gone_stops(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    control = Control(folder / "control.json")
    assert control.command() == "run"
    folder.rmdir()
    time.sleep(0.06)
    assert control.command() == "stop"
    assert control.stopping
