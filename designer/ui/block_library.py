"""The library of blocks in the window: those on board and the user's own, found as layers are."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from designer.catalog.library import put
from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.document.problem import ProblemError
from designer.formats.block_library import by_type, owned, remove, save, shipped


class BlockLibrary(QObject):
    """Keeps the catalogue's shelf in step with the folder of the user's own blocks."""

    changed = Signal()  # other blocks can be placed now
    saved = Signal(object)  # Path of the file of a block that was put in
    failed = Signal(object)  # Problem

    def __init__(self, catalog: Catalog, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog, self._folder = catalog, folder
        self._shipped = shipped()
        self._blocks = self._shipped
        put(catalog, by_type(self._blocks))

    def renew(self) -> None:
        """Reads the user's folder; files that are no blocks are told and passed over."""
        own, problems = owned(self._folder)
        self._blocks = (*self._shipped, *own)
        put(self._catalog, by_type(self._blocks))
        self.changed.emit()
        for problem in problems:
            self.failed.emit(problem)

    def keep(self, document: Document, key: str) -> bool:
        """Puts a block of a design in, in the place of one of its kind."""
        try:
            file = save(self._folder, document, key)
        except ProblemError as error:
            self.failed.emit(error.problem)
            return False
        self.renew()
        self.saved.emit(file)
        return True

    def discard(self, kind: str) -> None:
        """Takes one of the user's own blocks out again; designs that have copies keep these."""
        for block in self._blocks:
            if block.spec.key == kind and block.own:
                try:
                    remove(block)
                except ProblemError as error:
                    self.failed.emit(error.problem)
                self.renew()
                return
