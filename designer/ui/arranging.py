"""Arranging beside the event loop: the window answers while a large design is laid out.

What takes longer than a moment says so and can be cancelled, by its button or by Esc. A design
that changed meanwhile keeps its places. The result is one undo step.
"""

import subprocess
from collections.abc import Callable, Collection
from functools import partial
from threading import Event

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from designer.document import edits
from designer.document.marks import with_contents
from designer.document.model import Document
from designer.document.problem import Problem
from designer.layout.graphviz import graphviz
from designer.layout.place import arrange
from designer.ui.message_bar import MessageBar
from designer.ui.reading import Reader
from designer.ui.session import Edit, Session

PATIENCE = 100  # milliseconds before anything is said
SMALL = 150  # nodes; fewer are laid out at once, by our own layout


class Arranging(QObject):
    """One arrangement at a time, of the design that is shown."""

    arranged = Signal(str)  # the method: the whole design stands otherwise now

    def __init__(self, session: Session, bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._bar = bar
        self._reader = Reader(self)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._say)
        self._dot: _Dot | None = None
        self._said = ""
        application = QCoreApplication.instance()
        assert application is not None
        self._application = application

    @property
    def busy(self) -> bool:
        """Whether a design is being arranged."""
        return self._dot is not None

    def arrange(self, method: str) -> None:
        """Lays the selected nodes out, or what lies in the selected frames, by that method of
        `layout.place`; the design if there are none.
        """
        session = self._session
        nodes = session.document.graph.nodes.keys()
        chosen = with_contents(session.document, session.chosen) & nodes
        self._begin(self.tr("Arrange"), method, chosen if len(chosen) > 1 else ())

    def turn(self, direction: str) -> None:
        """Makes the design run "down" or "right" and lays it out anew."""
        if direction != self._session.document.direction:
            self._begin(self.tr("Change the direction"), "layered", (), direction)

    def cancel(self) -> None:
        """The design stays as it is; a process that lays it out is ended."""
        if self._dot is not None:
            self._dot.stop()
            self._reader.cancel()
            self._end()

    def close(self) -> None:
        """Ends what is under way."""
        self.cancel()
        self._reader.close()

    def _begin(self, label: str, method: str, chosen: Collection[str], direction: str = "") -> None:
        self.cancel()
        before, design = self._session.document, self._session.current
        dot = _Dot()
        work = partial(_arranged, before, method, chosen, direction, dot)
        if len(chosen or before.graph.nodes) < SMALL and method != "graphviz":
            self._put(label, method, lambda _: work(), whole=not chosen)
            return

        def done(after: Document) -> None:
            self._end()
            if self._session.current is not design:
                self._bar.say("info", self.tr("Nothing was arranged: another design is shown."))
            elif self._session.document is before:
                self._put(label, method, lambda _: after, whole=not chosen)
            else:
                self._void(partial(self._begin, label, method, (), direction))

        def failed(problem: Problem) -> None:
            self._end()
            self._session.failed.emit(problem)

        self._dot = dot
        self._patience.start()
        self._application.installEventFilter(self)
        self._reader.work(work, done, failed)

    def _put(self, label: str, method: str, edit: Edit, *, whole: bool) -> None:
        if self._session.do(label, edit) and whole:
            self.arranged.emit(method)

    def _end(self) -> None:
        self._dot = None
        self._patience.stop()
        self._application.removeEventFilter(self)
        if self._said and self._bar.text.text() == self._said:
            self._bar.clear()
        self._said = ""

    def _say(self) -> None:
        count = len(self._session.document.graph.nodes)
        self._said = self.tr("Arranging {count} nodes…").format(count=count)
        self._bar.say("info", self._said, (self.tr("Cancel"), self.cancel))

    def _void(self, again: Callable[[], None]) -> None:
        text = self.tr("The design has changed meanwhile, so its nodes stay where they are.")
        self._bar.say("info", text, (self.tr("Arrange again"), again))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape and self.busy:
                self.cancel()
                event.accept()
                return True
        return super().eventFilter(watched, event)


class _Dot:
    """The process of Graphviz, if there is one: it can be ended from another thread."""

    def __init__(self) -> None:
        self._stopped = Event()
        self._process: subprocess.Popen[str] | None = None

    def watch(self, process: subprocess.Popen[str]) -> None:
        """Called where the process was started."""
        self._process = process
        if self._stopped.is_set():
            process.kill()

    def stop(self) -> None:
        """Ends the process, or whatever will be started."""
        self._stopped.set()
        if self._process is not None:
            self._process.kill()


def _arranged(
    before: Document, method: str, chosen: Collection[str], direction: str, dot: _Dot
) -> Document:
    document = edits.set_direction(before, direction) if direction else before
    layout = partial(graphviz, started=dot.watch) if method == "graphviz" else method
    return arrange(document, layout, only=chosen)
