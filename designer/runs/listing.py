"""The list of all runs, newest first; quick for hundreds, because only the end of a log is read."""

import math
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from designer.document.files import open_regular, reason
from designer.document.problem import Problem, ProblemError, Where, failure
from designer.protocol import (
    Continued,
    Epoch,
    Event,
    Failed,
    Finished,
    Paused,
    Resumed,
    decode_event,
)
from designer.runs.folder import RunFolder, RunSpec
from designer.runs.lock import is_held
from designer.runs.reader import State, starting_up

TAIL = 256 * 1024  # bytes of a log that are read
WANTED = tuple(
    b'{"event":"' + kind + b'"'
    for kind in (b"continued", b"epoch", b"paused", b"resumed", b"finished", b"failed")
)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One line of the list. `loss` is of the last epoch, `best` the lowest; validation's if any.

    `best` is None if the log is too long to be read quickly; `stopped` marks a good end before
    the last epoch, `resumable` an end that the run can go on from; `problem` tells a broken folder.
    """

    folder: RunFolder
    title: str
    state: State
    created: str = ""
    epochs: int | None = None
    epochs_done: int = 0
    loss: float | None = None
    best: float | None = None
    problem: Problem | None = None
    stopped: bool = False
    resumable: bool = False


def _tail(folder: RunFolder) -> tuple[list[Event], bool]:
    """The events of the log's end that matter here, and whether that is the whole log."""
    try:
        with open_regular(folder.events) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - TAIL))
            lines = file.read(TAIL).split(b"\n")
    except OSError:
        return [], True
    events = []
    for line in lines:
        if line.startswith(WANTED):
            try:
                events.append(decode_event(line))
            except ValueError:
                continue  # a torn line; the reader of this one run will count it
    return events, size <= TAIL


_AFTER: dict[type[Event], State] = {
    Finished: "finished",
    Failed: "failed",
    Paused: "paused",
    Resumed: "running",
    Continued: "running",
}


def _state(folder: RunFolder, events: Iterable[Event], *, held: bool) -> State:
    last: State = "running" if _begun(folder) else "starting"
    for event in events:
        last = _AFTER.get(type(event), last)
    if held or last in ("finished", "failed"):
        return last
    return "starting" if starting_up(folder) else "lost"


def _begun(folder: RunFolder) -> bool:
    try:
        return folder.events.stat().st_size > 0
    except OSError:
        return False


def _loss(event: Epoch) -> float | None:
    value = event.logs.get("val_loss", event.logs.get("loss", math.nan))
    return value if math.isfinite(value) else None


def _stopped(events: Iterable[Event]) -> bool:
    ends = [event for event in events if isinstance(event, Finished | Continued)]
    return bool(ends) and isinstance(ends[-1], Finished) and ends[-1].reason == "stopped"


def summarize(folder: RunFolder) -> RunSummary:
    """The summary of one folder; a broken one is told, not raised."""
    spec: RunSpec | None = None
    problem: Problem | None = None
    try:
        spec = folder.read_spec()
    except ProblemError as error:
        problem = error.problem
    held = is_held(folder.lock)  # before the log: a trainer writes its last event, then lets go
    events, whole = _tail(folder)
    epochs = [event for event in events if isinstance(event, Epoch)]
    losses = [loss for event in epochs if (loss := _loss(event)) is not None]
    state = _state(folder, events, held=held)
    over = state in ("finished", "failed", "lost")
    return RunSummary(
        folder=folder,
        title=spec.title if spec else folder.path.name,
        state=state,
        created=spec.created if spec else "",
        epochs=spec.epochs if spec else None,
        epochs_done=epochs[-1].epoch if epochs else 0,
        loss=_loss(epochs[-1]) if epochs else None,
        best=min(losses) if losses and whole else None,
        problem=problem,
        stopped=_stopped(events),
        resumable=over and folder.checkpoint.is_file(),
    )


def is_run(path: Path) -> bool:
    """Whether a path looks like a run: a folder with a specification or an event log in it."""
    folder = RunFolder(path)
    return path.is_dir() and (folder.spec.exists() or folder.events.exists())


def list_runs(base: Path) -> list[RunSummary]:
    """The runs in `base`, newest first; what is no run is passed over, no base has no runs."""
    try:
        paths = [path for path in base.iterdir() if is_run(path)]
    except OSError:
        return []
    return sorted((summarize(RunFolder(path)) for path in paths), key=_age, reverse=True)


def live_runs(base: Path) -> list[RunSummary]:
    """Those of `list_runs` that are trained, or about to be: of the others no log is read."""
    try:
        folders = [RunFolder(path) for path in base.iterdir() if is_run(path)]
    except OSError:
        return []
    found = [summarize(f) for f in folders if is_held(f.lock) or starting_up(f)]
    live = (run for run in found if run.state in ("starting", "running", "paused"))
    return sorted(live, key=_age, reverse=True)


def _age(run: RunSummary) -> tuple[float, int, str]:
    """When the run was made; in the same second, by the number behind its folder's name."""
    path = run.folder.path
    try:
        made = datetime.fromisoformat(run.created).timestamp()
    except ValueError:
        made = _changed(path)
    return made, len(path.name), path.name


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def delete(folder: RunFolder) -> None:
    """Delete a run's folder for good.

    ProblemError "run_is_live" while its trainer lives, "not_a_run" for any other folder or a
    link, "cannot_delete" where the system refuses.
    """
    where = Where(file=str(folder.path))
    path = str(folder.path)
    if is_held(folder.lock):
        template = "The run {path} is being trained. Stop it first, then delete it."
        raise failure("run_is_live", template, where, path=path)
    if folder.path.is_symlink() or not is_run(folder.path):
        template = "{path} is not a run's folder, so it is not deleted."
        raise failure("not_a_run", template, where, path=path)
    try:
        shutil.rmtree(folder.path)
    except OSError as error:
        template = "{path} was not deleted: {reason}."
        raise failure("cannot_delete", template, where, path=path, reason=reason(error)) from error
