"""The menu of the canvas: the commands of the menu bar that fit what was pointed at."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from designer.document import edits
from designer.document.model import Edge
from designer.ui.canvas.hover import Hit
from designer.ui.canvas.view import CanvasView
from designer.ui.session import Session
from designer.ui.window import MainWindow

_NODE = ("edit.rename", "edit.duplicate", "view.frame", "", "edit.delete")
_EMPTY = ("edit.add", "edit.select_all", "", "view.fit", "view.actual_size", "arrange.layered")


class CanvasMenu:
    """Pops up where the canvas asks for it."""

    def __init__(self, window: MainWindow, canvas: CanvasView, session: Session) -> None:
        self._window = window
        self._canvas = canvas
        self._session = session

    def show(self, place: QPoint, found: Hit) -> None:
        """Shows the menu for what is at that place of the screen."""
        menu = self.build(found)
        menu.exec(place)
        menu.deleteLater()

    def build(self, found: Hit) -> QMenu:
        """The menu for a node, a wire or the empty canvas; a node under it becomes selected."""
        menu = QMenu(self._canvas)
        if found.node:
            if found.node not in self._session.selection:
                self._session.select([found.node])
            self._fill(menu, _NODE)
        elif found.wire is not None:
            wire = found.wire
            action = menu.addAction(self._canvas.tr("Delete wire"))
            action.triggered.connect(lambda: self._cut(wire))
        else:
            self._fill(menu, _EMPTY)
        return menu

    def _cut(self, wire: Edge) -> None:
        label = self._canvas.tr("Delete wire")
        self._session.do(label, lambda d: edits.disconnect(d, [wire]))

    def _fill(self, menu: QMenu, ids: tuple[str, ...]) -> None:
        for key in ids:
            if key:
                menu.addAction(self._window.actions_by_id[key])
            else:
                menu.addSeparator()
