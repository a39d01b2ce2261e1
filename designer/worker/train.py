"""Trains one run folder: `python -m designer.worker.train RUN_FOLDER`.

Started detached; steered by the folder's control file and by SIGTERM, seen through its event
log. Executes the folder's script as it stands, so that what trains is what the user exported.
"""

import faulthandler
import os
import signal
import sys
import time
import traceback
import zipfile
from collections.abc import MutableMapping
from pathlib import Path
from types import CodeType, FrameType, ModuleType

from designer.protocol import (
    RUN_CONTROL,
    RUN_EVENTS,
    RUN_LOCK,
    RUN_MODEL,
    RUN_SCRIPT,
    Failed,
    Finished,
)
from designer.worker.control import Control
from designer.worker.event_log import EventLog
from designer.worker.failure import explain
from designer.worker.lock import acquire

FAILED = 1
REFUSED = 2
NOT_LOGGED = 3
TERMINATED = 143  # what a shell reports for a process that SIGTERM ended
USAGE = "usage: python -m designer.worker.train RUN_FOLDER\n"


def prepare(environment: MutableMapping[str, str], folder: Path) -> None:
    """Set what Keras and TensorFlow read when they are imported.

    The private KERAS_HOME keeps the user's keras.json from changing precision, image format or
    backend. Channels-first layers train on a CPU only with oneDNN.
    """
    environment["KERAS_BACKEND"] = "tensorflow"
    environment["KERAS_HOME"] = str(folder / ".keras")
    environment["TF_ENABLE_ONEDNN_OPTS"] = "1"
    environment.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


def load_script(folder: Path) -> tuple[ModuleType, CodeType]:
    """A module for the folder's script, importable by name as child processes will ask for it."""
    text = (folder / RUN_SCRIPT).read_bytes()
    code = compile(text, RUN_SCRIPT, "exec")
    module = ModuleType(Path(RUN_SCRIPT).stem)
    module.__file__ = str(folder / RUN_SCRIPT)
    sys.modules[module.__name__] = module
    sys.path.insert(0, str(folder))
    return module, code


def execute(folder: Path, log: EventLog, control: Control) -> None:
    """Run the script's `main` with our callback; whatever it raises goes through."""
    prepare(os.environ, folder)
    module, code = load_script(folder)
    # Late: Keras reads the environment when it is imported, and may be missing here.
    import keras

    if keras.__version__.startswith(("0.", "1.", "2.")):
        raise RuntimeError(
            f"Keras {keras.__version__} at {sys.executable} is too old, the script needs Keras 3. "
            "Install keras>=3 there, or choose another interpreter in the settings."
        )
    # Late for the same reason: the callback's base class is Keras'.
    from designer.worker.reporter import Reporter

    exec(code, module.__dict__)
    module.main(callbacks=[Reporter(log, control, folder)])


def discard_torn(model: Path) -> None:
    """Remove a model whose writing was cut off: a full disk leaves half an archive."""
    try:
        if model.is_file() and not zipfile.is_zipfile(model):
            model.unlink()
    except OSError as error:
        sys.stderr.write(f"{model} may be broken: {error}\n")


def watch_signals(log: EventLog, control: Control) -> None:
    """First SIGTERM: stop as the control file would. Second: end at once, without a model."""
    received: list[int] = []

    def on_terminate(number: int, frame: FrameType | None) -> None:
        received.append(number)
        if len(received) > 1:
            log.write(Finished(time.time(), "stopped"))
            os._exit(TERMINATED)
        control.stop()

    signal.signal(signal.SIGTERM, on_terminate)


def train(folder: Path, log: EventLog) -> int:
    """Train and write the final event; the exit status."""
    control = Control(folder / RUN_CONTROL)
    watch_signals(log, control)
    try:
        execute(folder, log, control)
    except BaseException as error:  # noqa: BLE001 - the process' edge: the log must tell whatever ended it
        message = explain(error, RUN_SCRIPT, sys.executable)
        text = "".join(traceback.format_exception(error))
        sys.stderr.write(text)
        discard_torn(folder / RUN_MODEL)
        log.write(Failed(time.time(), message, text))
        return FAILED
    if log.error is not None:
        message = f"The event log could not be written ({log.error.strerror}); training stopped."
        log.write(Failed(time.time(), message, str(log.error)))
        return NOT_LOGGED
    model = RUN_MODEL if (folder / RUN_MODEL).is_file() else None
    log.write(Finished(time.time(), "stopped" if control.stopping else "completed", model))
    return 0 if log.error is None else NOT_LOGGED


def run(folder: Path) -> int:
    """Lock the folder, train it, and return the exit status."""
    events = folder / RUN_EVENTS
    try:
        acquire(folder / RUN_LOCK)  # the descriptor is never closed: the lock ends with us
        if events.is_file() and events.stat().st_size > 0:
            sys.stderr.write(f"{folder} holds a run that has ended. Start a new run instead.\n")
            return REFUSED
        log = EventLog(events)
        os.chdir(folder)
    except BlockingIOError:
        sys.stderr.write(f"{folder} is being trained by another process. Wait, or stop that one.\n")
        return REFUSED
    except OSError as error:
        sys.stderr.write(f"{folder} cannot be trained in: {error}\n")
        return REFUSED
    return train(folder, log)


def main(arguments: list[str]) -> int:
    """The command line: one run folder."""
    if len(arguments) != 1:
        sys.stderr.write(USAGE)
        return REFUSED
    faulthandler.enable()
    return run(Path(arguments[0]).absolute())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
