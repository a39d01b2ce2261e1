"""What the commands of the menus do to a session: each is one undoable edit."""

import shutil
from collections.abc import Callable

from PySide6.QtCore import QObject

from designer.document import edits
from designer.layout.place import arrange
from designer.ui.session import Session


class Commands(QObject):
    """Edits of the selection and of the whole design."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def select_none(self) -> None:
        """Empties the selection."""
        self._session.select(())

    def rename(self, ask: Callable[[str], str | None]) -> None:
        """Gives the one selected node the name that `ask` returns; None leaves it."""
        if len(self._session.selection) != 1:
            return
        (key,) = self._session.selection
        former = self._session.document.graph.nodes[key].name
        name = ask(former)
        if name is not None and name.strip() and name.strip() != former:
            label = self.tr("Rename {name}").format(name=former)
            self._session.do(label, lambda d: edits.rename(d, key, name.strip()))

    def arrange(self, method: str) -> None:
        """Lays the selected nodes out by "layered" or "graphviz"; the design if there are none."""
        chosen = self._session.selection if len(self._session.selection) > 1 else ()
        self._session.do(self.tr("Arrange"), lambda d: arrange(d, method, only=chosen))

    def turn(self, direction: str) -> None:
        """Makes the design run "down" or "right" and lays it out anew."""
        if direction != self._session.document.direction:
            label = self.tr("Change the direction")
            self._session.do(label, lambda d: arrange(edits.set_direction(d, direction)))


def graphviz_installed() -> bool:
    """Whether the program `dot` can be found."""
    return shutil.which("dot") is not None
