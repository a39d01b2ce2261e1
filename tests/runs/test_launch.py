"""Starting and steering a trainer, as far as that needs no Keras."""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from designer.document.model import Document
from designer.document.problem import ProblemError
from designer.protocol import Failed, Finished, Started, encode_event
from designer.runs.folder import RunFolder, create
from designer.runs.launch import Trainer, end, request, start
from designer.runs.lock import holder, is_held, recorded_pid
from designer.runs.reader import RunReader
from designer.worker.lock import acquire

SCRIPT = "def main(callbacks=()):\n    pass\n"


def a_folder(base: Path, script: str = SCRIPT) -> RunFolder:
    return create(Document(name="run"), script, base)


def interpreter(place: Path, line: str) -> str:
    """An executable that stands for somebody's Python."""
    path = place / "python"
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
    return str(path)


def wait(trainer: Trainer, seconds: float = 60.0) -> int:
    limit = time.monotonic() + seconds
    while (status := trainer.poll()) is None:
        assert time.monotonic() < limit, trainer.folder.tail()
        time.sleep(0.02)
    return status


def failure_of(folder: RunFolder) -> Failed:
    reader = RunReader(folder)
    event = reader.poll()[-1]
    assert isinstance(event, Failed)
    assert reader.state() == "failed"
    return event


def test_an_interpreter_that_does_not_exist_is_told_with_the_next_step(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    with pytest.raises(ProblemError) as caught:
        start(folder, "/nowhere/python")
    assert caught.value.problem.code == "interpreter_missing"
    assert "/nowhere/python" in caught.value.problem.message
    assert "settings" in caught.value.problem.message
    assert failure_of(folder).message == caught.value.problem.message


def test_a_file_that_is_no_program_is_told(tmp_path: Path) -> None:
    path = tmp_path / "python"
    path.write_text("not a program")
    with pytest.raises(ProblemError) as caught:
        start(a_folder(tmp_path), str(path))
    assert caught.value.problem.code == "interpreter_missing"


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        start(RunFolder(tmp_path / "gone"))
    assert caught.value.problem.code == "cannot_start_run"


def test_an_interpreter_without_keras_fails_with_words_that_help(tmp_path: Path) -> None:
    # Without `site` a Python sees nothing that was installed: a bare interpreter.
    bare = interpreter(tmp_path, f'exec {sys.executable} -S "$@"')
    folder = a_folder(tmp_path)
    assert wait(start(folder, bare)) == 1
    message = failure_of(folder).message
    assert "has no keras" in message
    assert "pip install keras tensorflow" in message
    assert "settings" in message


def test_a_program_that_is_no_python_gets_its_last_word_from_us(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    assert wait(start(folder, interpreter(tmp_path, "echo I am a shell; exit 5"))) == 5
    event = failure_of(folder)
    assert "exit status 5" in event.message
    assert event.traceback == "I am a shell"


def test_a_script_that_is_no_python_fails_with_its_line(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "import os\ndef main(:\n")
    assert wait(start(folder)) == 1
    event = failure_of(folder)
    assert "(script.py, line 2)" in event.message
    assert "SyntaxError" in event.message


def test_a_folder_whose_run_has_ended_is_not_trained_again(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    folder.events.write_bytes(encode_event(Started(0.0, 1, "3", 1)))
    assert wait(start(folder)) == 2
    assert "has ended" in folder.tail()
    assert len(RunReader(folder).poll()) == 1


def test_a_folder_that_is_being_trained_refuses_a_second_trainer(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    descriptor = acquire(folder.lock)
    try:
        command = [sys.executable, "-m", "designer.worker.train", str(folder.path)]
        second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    finally:
        os.close(descriptor)
    assert second.returncode == 2
    assert "is being trained by another process" in second.stderr
    assert "Traceback" not in second.stderr
    assert not folder.events.exists()


def test_a_trainer_that_is_let_go_leaves_no_warning(tmp_path: Path) -> None:
    trainer = start(a_folder(tmp_path), interpreter(tmp_path, "exec sleep 0.3"))
    pid = trainer.pid
    del trainer
    gc.collect()  # a ResourceWarning would fail this test
    assert os.waitpid(pid, 0)[0] == pid


def test_a_request_replaces_the_control_file(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    for command in ("pause", "run", "stop"):
        request(folder, command)
        assert json.loads(folder.control.read_bytes()) == {"command": command}
    assert [path.name for path in tmp_path.iterdir()] == ["control.json"]


def test_a_forced_end_kills_the_holder_and_writes_its_last_word(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.events.write_bytes(encode_event(Started(0.0, 1, "3", 1)) + b'{"event":"bat')
    deaf = (
        "import signal, sys, time; from pathlib import Path; "
        "from designer.worker.lock import acquire; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "acquire(Path(sys.argv[1])); time.sleep(600)"
    )
    command = [sys.executable, "-c", deaf, str(folder.lock)]
    with subprocess.Popen(command, start_new_session=True) as trainer:
        limit = time.monotonic() + 30
        while holder(folder.lock) != trainer.pid:
            assert time.monotonic() < limit
            time.sleep(0.02)
        assert end(folder)
        time.sleep(0.2)
        assert trainer.poll() is None
        assert end(folder, force=True)
    assert trainer.returncode == -signal.SIGKILL
    reader = RunReader(folder)
    assert isinstance(reader.poll()[-1], Finished)
    assert (reader.state(), reader.garbled) == ("finished", 1)


def test_no_process_is_signalled_when_the_lock_is_free(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    with subprocess.Popen(["sleep", "60"]) as bystander:
        folder.lock.write_text(f"{bystander.pid}\n")  # the number was given away again
        assert recorded_pid(folder.lock) == bystander.pid
        assert not end(folder, force=True)
        assert bystander.poll() is None
        bystander.kill()


def test_a_lock_tells_its_holder_and_survives_rubbish(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert (is_held(path), recorded_pid(path), holder(path)) == (False, None, None)
    descriptor = acquire(path)
    assert holder(path) == os.getpid()
    os.close(descriptor)
    assert (is_held(path), holder(path)) == (False, None)
    path.write_bytes(b"\xff rubbish")
    assert recorded_pid(path) is None
