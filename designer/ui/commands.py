"""What the commands of the menus do to a session: each is one undoable edit."""

import shutil
from collections.abc import Callable

from PySide6.QtCore import QObject

from designer.document import edits
from designer.document.model import INPUT, OUTPUT, PASSAGES
from designer.ui.session import Session

ENDS = (INPUT, OUTPUT, *PASSAGES)  # what cannot be bypassed


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

    def bypass(self) -> None:
        """Leaves the selected nodes out of the model; takes them in again if all are left out."""
        ids, on = bypassable(self._session), not all_bypassed(self._session)
        label = self.tr("Bypass") if on else self.tr("Switch on")
        if ids:
            self._session.do(label, lambda d: edits.bypass(d, ids, on=on))


def bypassable(session: Session) -> frozenset[str]:
    """The selected nodes that can be bypassed; all where none can: then the edit says why."""
    nodes = session.document.graph.nodes
    layers = (key for key in session.selection if nodes[key].type not in ENDS)
    return frozenset(layers) or session.selection


def all_bypassed(session: Session) -> bool:
    """Whether all that can be bypassed in the selection is."""
    ids = bypassable(session)
    return bool(ids) and ids <= session.document.graph.bypassed


def graphviz_installed() -> bool:
    """Whether the program `dot` can be found."""
    return shutil.which("dot") is not None
