"""The commands of the Train menu: start what is drawn, find a run again, save what was learnt."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from designer.codegen.script import Script, generate
from designer.document.model import Document
from designer.document.problem import Problem, ProblemError
from designer.runs.folder import RunFolder
from designer.ui.copying import Copier
from designer.ui.designs import Design
from designer.ui.monitor import RunMonitor
from designer.ui.session import Session


class Trainings(QObject):
    """`hindered` when the design has errors, so that the list of problems should be seen."""

    failed = Signal(object)  # Problem
    hindered = Signal()
    saved = Signal(object)  # Path: a trained model is there now

    def __init__(
        self,
        session: Session,
        monitor: RunMonitor,
        parent: QObject,
        contents: Callable[[Document], Mapping[str, bytes]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._monitor = monitor
        self._contents = contents  # the files that a run needs beside its script
        self._copier = Copier(self)
        self._copier.began.connect(
            lambda target: self._tell("Saving the model as {path} …", target)
        )
        self._copier.copied.connect(self.saved)
        self._copier.failed.connect(self.failed)
        # What trains as soon as Keras has checked it, and what it was when that was asked for.
        self._wanted: tuple[Design, Document] | None = None
        session.reported.connect(self._begin_late)
        session.answered.connect(self._begin_late)

    def start(self) -> bool:
        """Trains the design as it is now; whether that has begun.

        A design that Keras has not checked yet begins by itself when it has, unless it is
        changed or closed before; another one may be shown meanwhile.
        """
        # The data's file may have changed since the last edit.
        self._session.look_again()
        return self._train(self._session.current)

    def go_on(self, folder: RunFolder | None = None) -> bool:
        """Lets a run that ended early go on: this one, or the one that is followed."""
        chosen = folder or self._monitor.folder
        problem = self._busy()
        if chosen is None:
            template = "There is no run to continue. Choose one in Runs, or train this design."
            problem = Problem("info", "no_run", template)
        if chosen is None or problem is not None:
            self.failed.emit(problem)
            return False
        return self._monitor.go_on(chosen)

    def attach(self) -> bool:
        """Follows a run that an earlier window began and that still goes on."""
        return self._monitor.attach()

    def save_model(self, ask: Callable[[Path], Path | None], folder: RunFolder | None) -> None:
        """Copies the trained model of a run to where `ask` says, while the window goes on."""
        if folder is None or not folder.model.is_file():
            template = "There is no trained model yet. Train this design, or choose a run in Runs."
            self.failed.emit(Problem("info", "no_model", template))
            return
        target = ask(Path(f"{self._name_of(folder)}.keras"))
        if target is not None:
            self._copier.copy(folder.model, target)

    def _name_of(self, folder: RunFolder) -> str:
        # The run's own design, whichever is shown now.
        try:
            return folder.read_spec().title
        except ProblemError:
            return self._session.document.name

    def close(self) -> None:
        """Waits until a model that is being saved is whole."""
        self._copier.close()

    def _tell(self, template: str, target: Path) -> None:
        self.failed.emit(Problem("info", "model_copy", template, {"path": str(target)}))

    def _train(self, design: Design) -> bool:
        problem = self._hindrance(design)
        unchecked = problem is not None and problem.code == "not_checked_yet"
        self._wanted = (design, design.document) if unchecked else None
        script = self._script(design)
        if problem is None and isinstance(script, Problem):
            problem = script
        if problem is not None or isinstance(script, Problem):
            self.failed.emit(problem)
            return False
        modules = self._contents(design.document) if self._contents is not None else None
        return self._monitor.start(design.document, script.text, modules)

    def _script(self, design: Design) -> Script | Problem:
        if design is self._session.current:
            return self._session.script
        try:
            return generate(design.document, self._session.catalog)
        except ProblemError as error:
            return error.problem

    def _begin_late(self) -> None:
        if self._wanted is None:
            return
        design, document = self._wanted
        if design not in self._session.designs or design.document != document:
            self._wanted = None
        elif self._session.report_of(design).complete:
            self._wanted = None
            if self._train(design):
                began = "Keras has checked {name}: the training has begun."
                values = {"name": self._session.titles[design]}
                self.failed.emit(Problem("info", "training_began", began, values))

    def _busy(self) -> Problem | None:
        if not self._monitor.live:
            return None
        template = "A training is under way. Stop it before you start another one."
        return Problem("info", "already_training", template)

    def _hindrance(self, design: Design) -> Problem | None:
        busy = self._busy()
        if busy is not None:
            return busy
        report = self._session.report_of(design)
        if report.errors:
            if design is self._session.current:
                self.hindered.emit()
            if len(report.errors) == 1:
                return report.errors[0]
            template = "The design has {count} errors that keep it from training: see Problems."
            return Problem("error", "not_trainable", template, {"count": len(report.errors)})
        if report.complete:
            return None
        template = (
            "The training begins as soon as Keras has checked the design. If Keras is not "
            "available, choose its Python in File > Settings."
        )
        return Problem("info", "not_checked_yet", template)
