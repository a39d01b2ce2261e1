"""The window's end of the pipe to the worker: starts it, restarts it, and speaks JSON lines.

What the worker does is Keras' business; here it is a process that says Ready and answers.
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from designer.document.problem import Problem, Where
from designer.protocol import (
    PROTOCOL_VERSION,
    Ask,
    Fault,
    Load,
    Loaded,
    Locate,
    Located,
    NotLoaded,
    Quit,
    Ready,
    Told,
    decode,
    encode,
)

Phase = Literal["starting", "ready", "restarting", "failed", "off"]

QUICK_RESTARTS = 3  # deaths in a row before the link gives up
STEADY_MS = 20_000  # a worker that lived this long starts the count anew
_BACK_OFF_MS = (0, 500, 2000)
_GRACE_MS = 300  # for each of: quit, terminate, kill
_WORDS_KEPT = 4000  # characters of what the worker printed last, for the problem's detail
_MODULE = "designer.worker.serve"
# Another interpreter has no `designer`, and must not see our site-packages: hand it the package
# alone, by its place.
_ELSEWHERE = (
    "import importlib.util as u, runpy, sys;"
    "s = u.spec_from_file_location('designer', {init!r}, submodule_search_locations=[{folder!r}]);"
    "m = u.module_from_spec(s); sys.modules['designer'] = m; s.loader.exec_module(m);"
    "runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
)


@dataclass(frozen=True, slots=True)
class Command:
    """A program and its arguments."""

    program: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkerState:
    """Where the worker is; versions are known when it is ready, `problem` when it failed."""

    phase: Phase
    python: str = ""
    keras: str = ""
    backend: str = ""
    backend_version: str = ""
    problem: Problem | None = field(default=None)


def worker_command(interpreter: str = "") -> Command:
    """How the worker starts under an interpreter, "" for our own."""
    if not interpreter and getattr(sys, "frozen", False):
        return Command(sys.executable, ("--worker",))
    if not interpreter or Path(interpreter) == Path(sys.executable):
        return Command(sys.executable, ("-m", _MODULE))
    package = Path(__file__).resolve().parents[1]
    code = _ELSEWHERE.format(init=str(package / "__init__.py"), folder=str(package), module=_MODULE)
    return Command(interpreter, ("-c", code))


class WorkerLink(QObject):
    """One worker at a time. Questions to a worker that is not ready are dropped: whoever asks is
    told by `ready` to ask again.
    """

    state_changed = Signal(object)  # WorkerState
    ready = Signal()
    told = Signal(object)  # Told
    layers_told = Signal(object)  # Loaded, NotLoaded or Located
    complained = Signal(str)  # a question that Keras could not answer as a whole

    def __init__(
        self, command: Command, keras_home: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._command = command
        self._keras_home = keras_home
        self._process: QProcess | None = None
        self._state = WorkerState("off")
        self._rest = b""
        self._words = ""
        self._deaths = 0
        self._alive = QElapsedTimer()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._launch)

    @property
    def state(self) -> WorkerState:
        """Where the worker is now."""
        return self._state

    @property
    def pid(self) -> int:
        """The process id of the worker, 0 while there is none."""
        return self._process.processId() if self._process is not None else 0

    def start(self) -> None:
        """Starts the worker; what becomes of it is told by `state_changed`."""
        self._deaths = 0
        self._enter(WorkerState("starting"))
        self._launch()

    def ask(self, question: Ask | Load | Locate) -> None:
        """Sends a question or an order to a worker that is ready."""
        if self._process is not None and self._state.phase == "ready":
            self._process.write(encode(question))
            # Now, not when the window's own work is done: the worker has a core of its own.
            self._process.waitForBytesWritten(0)

    def restart(self) -> None:
        """Ends a worker that does not answer; another takes its place."""
        if self._process is not None:
            self._process.kill()

    def use(self, command: Command) -> None:
        """Starts another worker in place of the present one."""
        self.stop()
        self._command = command
        self.start()

    def stop(self) -> None:
        """Ends the worker within a second, gently first."""
        self._again.stop()
        process = self._release()
        self._enter(WorkerState("off"))
        if process is None:
            return
        if process.state() == QProcess.ProcessState.Running:
            process.write(encode(Quit()))
            process.closeWriteChannel()
        if not _ended(process):
            process.terminate()
        if not _ended(process):
            process.kill()
            _ended(process)
        process.deleteLater()

    # --- a process's life ---------------------------------------------------------------------

    def _launch(self) -> None:
        process = QProcess(self)
        process.setProcessEnvironment(self._environment())
        process.setWorkingDirectory(str(Path(__file__).resolve().parents[2]))
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._overhear)
        process.errorOccurred.connect(self._went_wrong)
        process.finished.connect(self._died)
        self._process = process
        self._rest, self._words = b"", ""
        self._alive.start()
        process.start(self._command.program, list(self._command.arguments))

    def _environment(self) -> QProcessEnvironment:
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("KERAS_BACKEND", "tensorflow")
        environment.insert("TF_CPP_MIN_LOG_LEVEL", "3")
        # A keras.json of the user could change floatx or the image format under our feet.
        if self._keras_home is not None:
            environment.insert("KERAS_HOME", str(self._keras_home))
        return environment

    def _release(self) -> QProcess | None:
        process, self._process = self._process, None
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._read)
            process.readyReadStandardError.disconnect(self._overhear)
            process.errorOccurred.disconnect(self._went_wrong)
            process.finished.disconnect(self._died)
        return process

    def _went_wrong(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._give_up(self._not_started())

    def _died(self, code: int) -> None:
        self._read()
        self._overhear()
        if self._process is None:
            return
        process = self._release()
        if process is not None:
            process.deleteLater()
        self._revive(code)

    def _revive(self, code: int) -> None:
        if self._alive.elapsed() > STEADY_MS:
            self._deaths = 0
        self._deaths += 1
        if self._deaths > QUICK_RESTARTS:
            self._give_up(self._keeps_dying(code))
            return
        self._enter(WorkerState("restarting"))
        self._again.start(_BACK_OFF_MS[min(self._deaths, len(_BACK_OFF_MS)) - 1])

    def _give_up(self, problem: Problem) -> None:
        process = self._release()
        if process is not None:
            process.kill()
            process.waitForFinished(_GRACE_MS)
            process.deleteLater()
        self._enter(WorkerState("failed", problem=problem))

    def _enter(self, state: WorkerState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)

    # --- what it says -------------------------------------------------------------------------

    def _read(self) -> None:
        if self._process is None:
            return
        self._rest += bytes(self._process.readAllStandardOutput().data())
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            if self._process is not None and line.strip():
                self._hear(line)

    def _overhear(self) -> None:
        if self._process is not None:
            said = bytes(self._process.readAllStandardError().data())
            self._words = (self._words + said.decode(errors="replace"))[-_WORDS_KEPT:]

    def _hear(self, line: bytes) -> None:
        try:
            message = decode(line)
        except ValueError as error:
            self._words = f"{self._words}{error}\n{line[:200]!r}\n"[-_WORDS_KEPT:]
            if self._process is not None:
                self._process.kill()
            return
        if isinstance(message, Ready):
            self._greet(message)
        elif isinstance(message, Told):
            self.told.emit(message)
        elif isinstance(message, Loaded | NotLoaded | Located):
            self.layers_told.emit(message)
        elif isinstance(message, Fault) and message.request < 0:
            self._give_up(self._no_keras(message.message))
        elif isinstance(message, Fault):
            self.complained.emit(message.message)

    def _greet(self, hello: Ready) -> None:
        if hello.protocol != PROTOCOL_VERSION:
            self._give_up(self._other_version(hello.protocol))
            return
        self._enter(
            WorkerState("ready", hello.python, hello.keras, hello.backend, hello.backend_version)
        )
        self.ready.emit()

    # --- problems -----------------------------------------------------------------------------

    def _problem(self, code: str, template: str, **values: object) -> Problem:
        program = self._command.program
        shown = {"program": program, **values}
        return Problem("error", code, template, shown, Where(file=program), self._words.strip())

    def _not_started(self) -> Problem:
        template = (
            "{program} cannot be started, so designs are not checked and cannot train. Choose a "
            "Python interpreter with Keras 3 in File > Settings."
        )
        return self._problem("worker_missing", template)

    def _no_keras(self, reason: str) -> Problem:
        template = (
            "{program} has no Keras that can be used: {reason} Choose another interpreter in "
            "File > Settings, or install Keras 3 and TensorFlow there."
        )
        ended = reason.strip().rstrip(".") + "."
        return self._problem("worker_no_keras", template, reason=ended)

    def _keeps_dying(self, code: int) -> Problem:
        lines = [line for line in self._words.splitlines() if line.strip()]
        if "No module named" in self._words or "ModuleNotFoundError" in self._words:
            return self._no_keras(lines[-1].partition(": ")[2] or lines[-1])
        template = (
            "Keras ended {times} times in a row (exit status {status}) and is left alone now. "
            "Check the Python interpreter in File > Settings."
        )
        return self._problem("worker_keeps_dying", template, times=self._deaths, status=code)

    def _other_version(self, version: int) -> Problem:
        template = (
            "{program} speaks version {version} of the worker's protocol, this window speaks "
            "{wanted}. Install the same Skipwire in both places."
        )
        return self._problem(
            "worker_other_version", template, version=version, wanted=PROTOCOL_VERSION
        )


def _ended(process: QProcess) -> bool:
    """Whether it has ended, or does within the time of grace."""
    if process.state() == QProcess.ProcessState.NotRunning:
        return True
    return process.waitForFinished(_GRACE_MS)
