"""Trains one run folder: `python -m designer.worker.train RUN_FOLDER [--resume]`.

Started detached; steered by the folder's control file and by SIGTERM, seen through its event
log. Executes the folder's script as it stands, so that what trains is what the user exported.
"""

import contextlib
import faulthandler
import json
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
    RUN_CHECKPOINT,
    RUN_CONTROL,
    RUN_EVENTS,
    RUN_LOCK,
    RUN_MODEL,
    RUN_SCRIPT,
    RUN_SPEC,
    RUN_WORK,
    Failed,
    Finished,
)
from designer.worker.control import Control
from designer.worker.event_log import EventLog
from designer.worker.failure import explain
from designer.worker.lock import PATIENCE, acquire

FAILED = 1
REFUSED = 2
NOT_LOGGED = 3
TERMINATED = 143  # what a shell reports for a process that SIGTERM ended
RESUME = "--resume"
USAGE = f"usage: python -m designer.worker.train RUN_FOLDER [{RESUME}]\n"
LEAVING = 30.0  # seconds that the trainer before may take to end after its last word
KEPT_EVERY = 20.0  # seconds between two checkpoints, unless the run's specification says so


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


def interval(folder: Path) -> float:
    """Seconds between two checkpoints."""
    try:
        return float(json.loads((folder / RUN_SPEC).read_bytes())["checkpoint_seconds"])
    except (OSError, ValueError, TypeError, KeyError):
        return KEPT_EVERY


def execute(folder: Path, log: EventLog, control: Control, *, resume: bool) -> None:
    """Run the script's `main` with our callbacks; whatever it raises goes through."""
    prepare(os.environ, folder)
    module, code = load_script(folder)
    # Late: Keras reads the environment when it is imported, and may be missing here.
    import keras

    if keras.__version__.startswith(("0.", "1.", "2.")):
        raise RuntimeError(
            f"Keras {keras.__version__} at {sys.executable} is too old, the script needs Keras 3. "
            "Install keras>=3 there, or choose another interpreter in the settings."
        )
    # Late for the same reason: the callbacks' base class is Keras'.
    from designer.worker.checkpoint import BEGINNING, read
    from designer.worker.keeper import Keeper
    from designer.worker.reporter import Reporter

    path = folder / RUN_CHECKPOINT
    kept = read(path) if resume else None
    reporter = Reporter(log, control, folder, kept[0] if kept else BEGINNING)
    keeper = Keeper(path, log, control, reporter, interval(folder), kept)
    exec(code, module.__dict__)
    module.main(callbacks=[reporter, keeper])


def keep_model(folder: Path) -> bool:
    """Move the model out of the script's folder, if it is whole: then a run's model always is.

    A full disk, and a kill while it is written, leave half an archive.
    """
    model = folder / RUN_WORK / RUN_MODEL
    try:
        whole = zipfile.is_zipfile(model)
        if whole:
            model.replace(folder / RUN_MODEL)
        else:
            model.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # the script may have written more
            model.parent.rmdir()
    except OSError as error:
        sys.stderr.write(f"{model} could not be kept: {error}\n")
        return False
    return whole


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


def train(folder: Path, log: EventLog, *, resume: bool) -> int:
    """Train and write the final event; the exit status."""
    control = Control(folder / RUN_CONTROL)
    watch_signals(log, control)
    try:
        execute(folder, log, control, resume=resume)
    except BaseException as error:  # noqa: BLE001 - the process' edge: the log must tell whatever ended it
        message = explain(error, RUN_SCRIPT, sys.executable)
        text = "".join(traceback.format_exception(error))
        sys.stderr.write(text)
        keep_model(folder)
        log.write(Failed(time.time(), message, text))
        return FAILED
    kept = keep_model(folder)
    if log.error is not None:
        message = f"The event log could not be written ({log.error.strerror}); training stopped."
        log.write(Failed(time.time(), message, str(log.error)))
        return NOT_LOGGED
    if not control.stopping:
        with contextlib.suppress(OSError):  # it is only in the way
            (folder / RUN_CHECKPOINT).unlink(missing_ok=True)
    reason = "stopped" if control.stopping else "completed"
    log.write(Finished(time.time(), reason, RUN_MODEL if kept else None))
    return 0 if log.error is None else NOT_LOGGED


def run(folder: Path, *, resume: bool = False) -> int:
    """Lock the folder, train it, and return the exit status."""
    events = folder / RUN_EVENTS
    try:
        patience = LEAVING if resume else PATIENCE
        acquire(
            folder / RUN_LOCK, patience
        )  # the descriptor is never closed: the lock ends with us
        if not resume and events.is_file() and events.stat().st_size > 0:
            sys.stderr.write(f"{folder} holds a run that has ended. Start a new run instead.\n")
            return REFUSED
        log = EventLog(events)
        work = folder / RUN_WORK
        work.mkdir(exist_ok=True)
        os.chdir(work)
    except BlockingIOError:
        sys.stderr.write(f"{folder} is being trained by another process. Wait, or stop that one.\n")
        return REFUSED
    except OSError as error:
        sys.stderr.write(f"{folder} cannot be trained in: {error}\n")
        return REFUSED
    return train(folder, log, resume=resume)


def main(arguments: list[str]) -> int:
    """The command line: one run folder, and whether its run goes on from its checkpoint."""
    folders = [word for word in arguments if word != RESUME]
    if len(folders) != 1:
        sys.stderr.write(USAGE)
        return REFUSED
    faulthandler.enable()
    return run(Path(folders[0]).absolute(), resume=RESUME in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
