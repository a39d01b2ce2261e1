"""Starts a run's trainer as a process of its own, and steers it: pause, stop, end.

The trainer outlives us. It runs under any interpreter that has Keras, so of Skipwire it is given
exactly the package `designer`, never the folder around it with our own Keras and NumPy.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import designer
from designer.document.files import reason, write_atomic
from designer.document.problem import ProblemError, Where, failure
from designer.protocol import Continued, Event, Failed, Finished, encode_event
from designer.runs.folder import Command, RunFolder
from designer.runs.listing import summarize
from designer.runs.lock import holder, is_held

# Finds `designer` in the folder given first, then forgets that folder: sub-modules are still found.
BOOT = (
    "import sys; home = sys.argv.pop(1); sys.path.insert(0, home); import designer; "
    "sys.path.remove(home); from designer.worker.train import main; sys.exit(main(sys.argv[1:]))"
)
HOME = Path(designer.__file__).resolve().parents[1]
if sys.platform == "win32":
    _FLAGS = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _FLAGS = 0
ENDING = 5.0  # seconds that a killed process may take to let go of its lock


class _Detached(subprocess.Popen[bytes]):
    """A child that is meant to outlive us, so that leaving it is no leak to warn of."""

    def __del__(self) -> None:
        """Reap it if it has ended; say nothing if it has not."""
        if getattr(self, "returncode", 0) is None:
            self.poll()


class Trainer:
    """The process that we started. Keep it and `poll` it, so that it never stays a zombie."""

    def __init__(
        self, folder: RunFolder, process: "subprocess.Popen[bytes]", silence: int = 0
    ) -> None:
        """`silence` is the length of the log in bytes as long as this process has told nothing."""
        self.folder = folder
        self._process = process
        self._silence = silence

    @property
    def pid(self) -> int:
        """The process id, which is also its group's."""
        return self._process.pid

    def poll(self) -> int | None:
        """The exit status, None while it runs; negative numbers are signals.

        A process that ended before it could write its first event (no Python, a Python too old)
        is given its final event here, so that its log tells as every other log does.
        """
        status = self._process.poll()
        if status is not None and _length(self.folder) <= self._silence:
            message = (
                f"The training process ended before it could start (exit status {status}). "
                "Read the end of its log; check the interpreter in the settings."
            )
            _append(self.folder, Failed(time.time(), message, self.folder.tail()))
        return status


def _length(folder: RunFolder) -> int:
    try:
        return folder.events.stat().st_size
    except OSError:
        return 0


def _append(folder: RunFolder, event: Event) -> None:
    """Write an event in the trainer's place; it must be dead."""
    try:
        _write(folder, event)
    except OSError:
        return  # the folder is gone or full: the free lock without a final event tells "lost"


def _write(folder: RunFolder, event: Event) -> None:
    with folder.events.open("ab") as file:
        file.write(b"\n" * bool(file.tell()) + encode_event(event))


def environment() -> dict[str, str]:
    """Ours, with output unbuffered so that the log's end is there when a process is killed."""
    return {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}


def start(folder: RunFolder, interpreter: str = sys.executable, *words: str) -> Trainer:
    """Start the trainer on a folder, detached; it goes on when we end.

    ProblemError "interpreter_missing" (also told in the run's log, as its last event) or
    "cannot_start_run"; an interpreter without Keras shows as a Failed event in the log.
    """
    command = [interpreter, "-c", BOOT, str(HOME), str(folder.path), *words]
    where = Where(file=str(folder.path))
    silence = _length(folder) if words else 0
    try:
        log = folder.log.open("ab")
    except OSError as error:
        template = "The run's log {path} cannot be written: {reason}."
        values = {"path": str(folder.log), "reason": reason(error)}
        raise failure("cannot_start_run", template, where, **values) from error
    try:
        with log:
            process = _Detached(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=folder.path,
                env=environment(),
                creationflags=_FLAGS,
                start_new_session=True,  # passed over by Windows, which has the flags
            )
    except OSError as error:
        problem = _no_interpreter(interpreter, error, where)
        _append(folder, Failed(time.time(), str(problem), ""))
        raise problem from error
    return Trainer(folder, process, silence)


def resume(folder: RunFolder, interpreter: str = sys.executable) -> Trainer:
    """Start a run that was stopped or died once more, behind its last checkpoint.

    ProblemError "run_is_live", "no_checkpoint", "cannot_resume", and those of `start`.
    """
    where = Where(file=str(folder.path))
    # A trainer that has said its last word is but on its way out: the new one waits for its lock.
    if is_held(folder.lock) and summarize(folder).state not in ("finished", "failed"):
        template = "The run {path} is being trained already."
        raise failure("run_is_live", template, where, path=str(folder.path))
    if not folder.checkpoint.is_file():
        template = (
            "The run {path} has no checkpoint to go on from: it is complete, or it ended before "
            "the first one was kept. Train the design again."
        )
        raise failure("no_checkpoint", template, where, path=str(folder.path))
    request(folder, "run")  # the order to stop was the former trainer's
    try:
        # A process id in it would tell that the trainer has come to its lock and died.
        with contextlib.suppress(FileNotFoundError):
            os.truncate(folder.lock, 0)
        _write(folder, Continued(time.time()))
    except OSError as error:
        template = "The run {path} cannot go on: {reason}."
        values = {"path": str(folder.path), "reason": reason(error)}
        raise failure("cannot_resume", template, where, **values) from error
    return start(folder, interpreter, "--resume")


def _no_interpreter(interpreter: str, error: OSError, where: Where) -> ProblemError:
    template = (
        "The Python interpreter {interpreter} cannot be started: {reason}. "
        "Choose another interpreter in the settings."
    )
    text = "there is no such file" if isinstance(error, FileNotFoundError) else str(error.strerror)
    return failure("interpreter_missing", template, where, interpreter=interpreter, reason=text)


def request(folder: RunFolder, command: Command) -> None:
    """Tell the trainer to run, pause or stop; it looks before its next step.

    ProblemError "cannot_write" if the control file cannot be written.
    """
    write_atomic(folder.control, json.dumps({"command": command}).encode() + b"\n")


def end(folder: RunFolder, *, force: bool = False) -> bool:
    """Signal the trainer: stop after this step, or with `force` end at once and lose the weights.

    Gently only the trainer is told, so that its helpers live until the weights are saved; by
    force its whole group ends. False if no trainer holds the lock: then nothing is signalled.
    """
    pid = holder(folder.lock)
    if pid is None:
        return False
    if not force:
        _stop(folder, pid)
        return True
    _kill(pid)
    limit = time.monotonic() + ENDING
    while holder(folder.lock) == pid and time.monotonic() < limit:
        time.sleep(0.02)
    _append(folder, Finished(time.time(), "stopped"))
    return True


def _stop(folder: RunFolder, pid: int) -> None:
    if sys.platform == "win32":
        request(folder, "stop")  # SIGTERM there would end the process at once
        return
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return


def _kill(pid: int) -> None:
    try:
        if sys.platform == "win32":
            os.kill(pid, signal.SIGTERM)
        elif os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)
        else:  # started by hand from a shell: its group is not ours to end
            os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
