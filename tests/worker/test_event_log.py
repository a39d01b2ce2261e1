"""The trainer's small parts: its log, its control file, its words for errors."""

import errno
import json
import sys
import time
from pathlib import Path

import pytest

from designer.protocol import Event, Finished, Note, decode_event
from designer.worker.control import Control
from designer.worker.event_log import EventLog
from designer.worker.failure import explain
from designer.worker.train import load_script, main, prepare


def test_events_are_appended_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("before\n")
    log = EventLog(path)
    events: list[Event] = [Note(1.0, "a", "line\nbreak"), Finished(2.0, "completed")]
    for event in events:
        log.write(event)
    before, *lines = path.read_text().splitlines()
    assert before == "before"
    assert [decode_event(line) for line in lines] == events
    assert log.error is None


def test_a_full_disk_is_remembered_and_told_but_never_raised(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = EventLog(Path("/dev/full"))
    log.write(Note(1.0, "a", "b"))
    log.write(Note(2.0, "a", "b"))
    assert log.error is not None
    assert log.error.errno == errno.ENOSPC
    assert capsys.readouterr().err.count("cannot be written") == 1


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


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "smaller batch size"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full."),
        (FileNotFoundError(errno.ENOENT, "no", "data.npz"), "data.npz is missing"),
        (PermissionError(errno.EACCES, "no", "data.npz"), "data.npz may not be used"),
        (ModuleNotFoundError("no", name="keras.layers"), "has no keras"),
        (ModuleNotFoundError("no", name="pandas"), "has no module pandas"),
        (SystemExit(4), "exit status 4"),
        (KeyboardInterrupt(), "interrupted"),
        (ValueError("first\nlast line"), "last line"),
    ],
)
def test_errors_are_put_into_words_that_name_the_next_step(
    error: BaseException, words: str
) -> None:
    assert words in explain(error, "script.py", "/opt/python")


def test_the_script_s_own_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text("def main():\n    x = {}\n    return x['key']\n")
    path = list(sys.path)
    try:
        module, code = load_script(tmp_path)
        exec(code, module.__dict__)
        with pytest.raises(KeyError) as caught:
            module.main()
    finally:
        sys.path[:] = path
        del sys.modules["script"]
    message = explain(caught.value, "script.py", "python")
    assert message == "KeyError: 'key' (script.py, line 3)"


def test_what_keras_reads_at_import_is_private_to_the_run(tmp_path: Path) -> None:
    environment = {"KERAS_BACKEND": "jax", "KERAS_HOME": "/home/someone", "OTHER": "kept"}
    prepare(environment, tmp_path)
    assert environment["KERAS_BACKEND"] == "tensorflow"
    assert Path(environment["KERAS_HOME"]).parent == tmp_path
    assert environment["TF_ENABLE_ONEDNN_OPTS"] == "1"
    assert environment["OTHER"] == "kept"


def test_a_wrong_command_line_and_a_missing_folder_are_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([]) == 2
    assert "usage" in capfd.readouterr().err
    where = Path.cwd()
    assert main([str(tmp_path / "gone")]) == 2
    assert "cannot be trained in" in capfd.readouterr().err
    assert Path.cwd() == where
    assert list(tmp_path.iterdir()) == []
