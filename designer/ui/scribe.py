"""Writes the script of the design that is shown, a moment after it has changed: new shapes are
painted first, and the script of a large design is written beside the event loop.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from designer.catalog.spec import Catalog
from designer.codegen.script import Script, generate
from designer.document.model import Document
from designer.document.problem import Problem, ProblemError
from designer.ui.reading import Reader
from designer.ui.scopes import with_blocks

MANY = 120  # nodes; the script of more takes so long that it is written beside the event loop
DELAY = 30  # milliseconds: new shapes are painted before the script is written anew
PATIENCE = 300  # milliseconds that it waits for new shapes


class Scribe(QObject):
    """The script of one document after the other."""

    written = Signal(object)  # Script | Problem

    def __init__(self, catalog: Catalog, parent: QObject) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._document = Document()
        self._script: Script | Problem | None = None
        self._reader = Reader(self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._write)

    @property
    def script(self) -> Script | Problem:
        """The document as Keras code, or why it cannot be written."""
        if self._script is None:
            try:
                script = generate(self._document, self._catalog)
                self._script = with_blocks(script, self._document)
            except ProblemError as error:
                self._script = error.problem
        return self._script

    def turn_to(self, document: Document) -> None:
        """From now on this document's is the script."""
        self._document, self._script = document, None

    def write_soon(self, *, shapes_to_come: bool) -> None:
        """Write it in a moment; not yet while shapes are still to come."""
        if not self._timer.isActive():
            self._timer.start(PATIENCE if shapes_to_come else DELAY)

    def hurry(self) -> None:
        """The shapes have come: what still waits need wait no longer."""
        if self._timer.isActive():
            self._timer.start(DELAY)

    def close(self) -> None:
        """Waits for a script that is being written."""
        self._timer.stop()
        self._reader.close()

    def _write(self) -> None:
        document, catalog = self._document, self._catalog
        if self._script is not None or len(document.graph.nodes) < MANY:
            self.written.emit(self.script)
            return

        def written(script: Script | Problem) -> None:
            if self._document is document:
                self._script = with_blocks(script, document)
                self.written.emit(self._script)

        self._reader.work(lambda: generate(document, catalog), written, written)
