"""Follows one training run: starts it, steers it, and tells what its event log says.

A run that we started, one that a window before us started, and one of last year are followed by
the same code, because all that is known of a run is its folder.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from designer.document.model import Document
from designer.document.problem import Problem, ProblemError
from designer.runs import folder as folders
from designer.runs import launch
from designer.runs.folder import Command, RunFolder
from designer.runs.listing import live_runs
from designer.runs.progress import Progress
from designer.runs.reader import RunReader, State

# Milliseconds between looks at a live log. Every look repaints the curves, and the trainer wants
# the cores: at 50 the window took a seventh of one. A run that is well under way moves slowly.
TICK = 400
SLOW_TICK = 1200
WELL_UNDER_WAY = 6.0  # seconds
PORTION = 64_000  # bytes of a long log that are read at a time: some 3 ms
SOON = 1  # milliseconds until the next portion
LIVE = ("starting", "running", "paused")
PATIENCE = 10_000  # milliseconds after Stop until ending by force is offered


class RunMonitor(QObject):
    """`state` is "" while no run is followed, then a State of the reader."""

    followed = Signal(object)  # RunFolder: another run is followed now
    progressed = Signal(object)  # Progress: it grew
    state_changed = Signal(str)
    stubborn = Signal()  # asked to stop long ago and still alive
    failed = Signal(object)  # Problem: an order could not be given

    def __init__(
        self, base: Path, interpreter: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.base = base
        self.progress = Progress()
        self.state: State | str = ""
        self._interpreter = interpreter
        self._reader: RunReader | None = None
        self._trainers: list[launch.Trainer] = []
        self._timer = QTimer(self)
        self._since = 0.0
        self._grown = False  # since `progressed` was told last
        self._timer.timeout.connect(self._look)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._lost_patience)

    @property
    def folder(self) -> RunFolder | None:
        """The run that is followed."""
        return self._reader.folder if self._reader else None

    @property
    def live(self) -> bool:
        """Whether a training process is at work on the run that is followed."""
        return self.state in LIVE

    @property
    def resumable(self) -> bool:
        """Whether the run that is followed has ended and can go on from a checkpoint."""
        return self._reader is not None and not self.live and self._reader.resumable

    @property
    def problem(self) -> Problem | None:
        """What ended the run badly, or None."""
        return self._reader.problem() if self._reader and not self.live else None

    def start(
        self, document: Document, script: str, modules: Mapping[str, bytes] | None = None
    ) -> bool:
        """Makes a run of the design and starts its trainer; False, and `failed`, if it cannot.

        `modules` are files of the user's own layers by their names beside the script.
        """
        interpreter = self._interpreter()
        try:
            run = folders.create(document, script, self.base, interpreter, modules=modules)
            self._trainers.append(launch.start(run, interpreter))
        except ProblemError as error:
            self.failed.emit(error.problem)
            return False
        self.follow(run)
        return True

    def go_on(self, run: RunFolder) -> bool:
        """Lets a run that ended early go on from its checkpoint; False, and `failed`, if not."""
        try:
            self._trainers.append(launch.resume(run, self._interpreter()))
        except ProblemError as error:
            self.failed.emit(error.problem)
            return False
        self.follow(run)
        return True

    def follow(self, run: RunFolder) -> None:
        """Shows this run from its beginning, and on while it lives."""
        self._patience.stop()
        self._reader = RunReader(run)
        self.progress = Progress()
        self.state = ""
        self.followed.emit(run)
        self._since = time.monotonic()
        self._grown = False
        self._timer.start(TICK)
        self._look()

    def close(self) -> None:
        """Looks no more; the run itself goes on."""
        self._timer.stop()
        self._patience.stop()

    def attach(self) -> bool:
        """Follows the newest run that is still being trained; False if there is none."""
        found = live_runs(self.base)
        if found:
            self.follow(found[0].folder)
        return bool(found)

    def pause(self) -> None:
        """Holds the run before its next step, or lets it go on."""
        self._order("run" if self.state == "paused" else "pause")

    def stop(self) -> None:
        """Ends the run after its current step; its weights are kept."""
        self._order("stop")
        self._patience.start()

    def kill(self) -> None:
        """Ends the process at once; what it learnt since its last checkpoint is lost."""
        if self._reader is not None:
            launch.end(self._reader.folder, force=True)

    def _order(self, command: Command) -> None:
        if self._reader is None or not self.live:
            return
        try:
            launch.request(self._reader.folder, command)
        except ProblemError as error:
            self.failed.emit(error.problem)

    def _pace(self, *, behind: bool) -> int:
        if behind:
            return SOON
        return SLOW_TICK if time.monotonic() - self._since > WELL_UNDER_WAY else TICK

    def _lost_patience(self) -> None:
        if self.live:
            self.stubborn.emit()

    def _look(self) -> None:
        reader = self._reader
        if reader is None:
            return
        # Ended children are reaped here, so that none stays a zombie.
        self._trainers = [trainer for trainer in self._trainers if trainer.poll() is None]
        events = reader.poll(PORTION)
        self.progress.add(events)
        self._grown = self._grown or bool(events)
        self._timer.setInterval(self._pace(behind=reader.behind))
        # A long log is drawn once, when it is read: each drawing costs more than ten portions.
        if self._grown and not reader.behind:
            self._grown = False
            self.progressed.emit(self.progress)
        state = reader.state()
        if state != self.state and not (events and state not in LIVE):
            self.state = state
            self.state_changed.emit(state)
        # The last look comes after the end was told: nothing is left unread then.
        if state not in LIVE and not events and not self._trainers:
            self._timer.stop()
