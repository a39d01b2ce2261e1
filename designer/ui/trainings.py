"""The commands of the Train menu: start what is drawn, find a run again, save what was learnt."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from designer.document.files import read_limited, write_atomic
from designer.document.problem import Problem, ProblemError
from designer.runs.folder import RunFolder
from designer.ui.monitor import RunMonitor
from designer.ui.session import Session

_LARGEST = 4_000_000_000  # bytes of a model that is copied


class Trainings(QObject):
    """`hindered` when the design has errors, so that the list of problems should be seen."""

    failed = Signal(object)  # Problem
    hindered = Signal()

    def __init__(self, session: Session, monitor: RunMonitor, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._monitor = monitor

    def start(self) -> bool:
        """Trains the design as it is now; whether that has begun."""
        problem = self._hindrance()
        script = self._session.script
        if problem is None and isinstance(script, Problem):
            problem = script
        if problem is not None or isinstance(script, Problem):
            self.failed.emit(problem)
            return False
        return self._monitor.start(self._session.document, script.text)

    def attach(self) -> bool:
        """Follows a run that an earlier window began and that still goes on."""
        return self._monitor.attach()

    def save_model(self, ask: Callable[[Path], Path | None], folder: RunFolder | None) -> None:
        """Copies the trained model of a run to where `ask` says."""
        if folder is None or not folder.model.is_file():
            template = "There is no trained model yet. Train this design, or choose a run in Runs."
            self.failed.emit(Problem("info", "no_model", template))
            return
        target = ask(Path(f"{self._session.document.name}.keras"))
        if target is None:
            return
        try:
            write_atomic(target, read_limited(folder.model, _LARGEST))
        except ProblemError as error:
            self.failed.emit(error.problem)

    def _hindrance(self) -> Problem | None:
        if self._monitor.live:
            template = "A training is under way. Stop it before you start another one."
            return Problem("info", "already_training", template)
        errors = self._session.report.errors
        if not errors:
            return None
        self.hindered.emit()
        if len(errors) == 1:
            return errors[0]
        template = "The design has {count} errors that keep it from training: see Problems."
        return Problem("error", "not_trainable", template, {"count": len(errors)})
