"""What the window tells its user, in the bar above the strip and in the strip itself: problems, the
state of Keras, files on their way and files that others have changed.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from designer.document.problem import Problem
from designer.ui.documents import Documents
from designer.ui.folders import short_folder
from designer.ui.message_bar import MessageBar
from designer.ui.processes import WorkerLink, WorkerState
from designer.ui.translate import tell
from designer.ui.window import MainWindow


class Notices(QObject):
    """Listens to the worker and to the files; whoever else has a problem calls `complain`."""

    def __init__(
        self,
        window: MainWindow,
        bar: MessageBar,
        documents: Documents,
        link: WorkerLink,
        edit_settings: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._bar = bar
        self._documents = documents
        self._edit_settings = edit_settings
        self._busy = ""  # what is said of the file that is being read
        link.state_changed.connect(self._follow_worker)
        link.complained.connect(self._keras_could_not)
        documents.failed.connect(self.complain)
        documents.busy.connect(self._show_busy)
        documents.disk_changed.connect(self._disk_changed)
        documents.exported.connect(self.tell_written)

    def complain(self, problem: Problem) -> None:
        """Tells a problem in the bar above the strip."""
        text, file = tell(problem), Path(problem.where.file).name
        self._bar.say(problem.severity, f"{file}: {text}" if file not in text else text)

    def tell_written(self, path: Path) -> None:
        """Tells where a file is that was asked for, and how to get there."""
        text = self.tr("{name} is in {folder}.").format(name=path.name, folder=short_folder(path))
        self._bar.say_done(
            text,
            (self.tr("Open folder"), partial(_open_folder, path)),
            (self.tr("Copy path"), lambda: QGuiApplication.clipboard().setText(str(path))),
        )

    def count_problems(self, errors: int, warnings: int) -> None:
        """Shows how many problems there are."""
        count = errors + warnings
        title = self.tr("Problems")
        self._window.drawer.title("problems", f"{title} {count}" if count else title)

    def _follow_worker(self, state: WorkerState) -> None:
        self._window.strip.show_worker(state)
        if state.problem is not None:
            offer = (self.tr("Settings…"), self._edit_settings)
            self._bar.say("error", tell(state.problem), offer)

    def _keras_could_not(self, words: str) -> None:
        text = self.tr("Keras could not answer: {words}").format(words=words)
        self._bar.say("warning", text)

    def _show_busy(self, name: str) -> None:
        if name:
            self._busy = self.tr("Opening {name}…").format(name=name)
            self._bar.say("info", self._busy, (self.tr("Cancel"), self._documents.cancel_reading))
        elif self._bar.text.text() == self._busy:
            self._bar.clear()

    def _disk_changed(self, path: Path) -> None:
        text = self.tr("Another program has changed {name}.").format(name=path.name)
        reload = partial(self._documents.reload, path)
        self._bar.say("warning", text, (self.tr("Reload"), reload))


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent.absolute())))
