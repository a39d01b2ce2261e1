"""The menus of the canvas: what can be done with what was pointed at, commands of the menu bar
and some that only make sense at a place.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QMenu

from designer.document import edits
from designer.document.model import Edge
from designer.document.order import downstream, upstream
from designer.infer.checks import NOT_LOADED
from designer.ui import fix_menu, mark_menu
from designer.ui.advice import Advice
from designer.ui.canvas.geometry import Point, Site
from designer.ui.canvas.hover import Hit
from designer.ui.canvas.placing import PendingInsert, PendingWire
from designer.ui.canvas.view import CanvasView
from designer.ui.clipboard import Clipboard
from designer.ui.letters import give_letters
from designer.ui.window import MainWindow

_COPYING = ("edit.cut", "edit.copy", "edit.duplicate", "")
_DELETING = ("", "edit.delete_joined", "edit.delete")
_SHARING = "Edit/Shared layers"
_NODE = ("edit.rename", "block.group", "edit.bypass", _SHARING, "", *_COPYING, "view.frame")
_SELECTION = ("block.group", "edit.bypass", _SHARING, "", *_COPYING, "frame.add", "view.frame",
              "arrange.layered", "Arrange/Align")  # fmt: skip
_EMPTY = ("", "edit.select_all", "edit.find", "", "view.fit", "view.actual_size", "arrange.layered")
_BLOCK = ("block.enter", "block.ungroup", "block.spread", "block.save", "")
_INSIDE = ("block.leave", "block.add_input", "block.add_output", "")
_AHEAD = 96.0  # canvas px from a port to the middle of a node that is added there


class CanvasMenu:
    """Pops up where the canvas asks for it."""

    def __init__(
        self, window: MainWindow, canvas: CanvasView, clipboard: Clipboard, advice: Advice
    ) -> None:
        self._window = window
        self._canvas = canvas
        self._session = canvas.session
        self._clipboard = clipboard
        self._advice = advice

    def show(self, place: QPoint, found: Hit) -> None:
        """Shows the menu for what is at that place of the screen."""
        menu = self.build(found, place)
        menu.exec(place)
        menu.deleteLater()

    def build(self, found: Hit, place: QPoint) -> QMenu:
        """The menu for a port, a node, several, a wire, a frame, a note, or the empty canvas at
        that place of the screen; what is under it becomes selected.
        """
        menu = QMenu(self._canvas)
        point = self._canvas.camera.to_canvas(QPointF(self._canvas.mapFromGlobal(place)))
        if found.node is not None:
            if found.node not in self._session.selection:
                self._session.select([found.node])
            if found.site is not None:
                self._port(menu, found.node, found.site)
            self._nodes(menu, found.node)
        elif found.wire is not None:
            self._wire(menu, found.wire, point)
        elif found.grip is not None:
            if found.grip.mark not in self._session.marks:
                self._session.select([found.grip.mark])
            mark_menu.fill(menu, self._canvas, self._window.actions_by_id, found.grip.mark)
        else:
            self._empty(menu, point)
        give_letters(menu)
        return menu

    # --- What is in them ------------------------------------------------------------------------

    def _nodes(self, menu: QMenu, node: str) -> None:
        if len(self._session.selection) > 1:
            self._fill(menu, (*_SELECTION, *_DELETING))
            return
        problems = self._session.report.of_node(node)
        fix_menu.fill(menu, self._advice, problems)
        if any(problem.code == NOT_LOADED for problem in problems):
            self._fill(menu, ("file.load_layers", ""))
        if node in self._session.whole.blocks:
            self._fill(menu, _BLOCK)
        self._fill(menu, _NODE)
        graph, tr = self._session.document.graph, self._canvas.tr
        self._add(menu, tr("Select what feeds it"), lambda: self._choose(upstream(graph, [node])))
        self._add(menu, tr("Select what it feeds"), lambda: self._choose(downstream(graph, [node])))
        self._fill(menu, _DELETING)

    def _port(self, menu: QMenu, node: str, site: Site) -> None:
        graph, tr = self._session.document.graph, self._canvas.tr
        if site.output:
            pending = PendingWire(node, forward=True, output=site.number)
            wires = [e for e in graph.outgoing.get(node, ()) if e.output == site.number]
            text = tr("Add a layer after it…")
        else:
            pending = PendingWire(node, forward=False, port=site.port)
            wires = [e for e in graph.incoming.get(node, ()) if e.input == site.port]
            text = tr("Add a layer before it…")
        place = self._beside(site)
        self._add(menu, text, lambda: self._canvas.ask_for_node(place, pending))
        if wires:
            text = tr("Disconnect %n wire(s)", "", len(wires))
            self._add(menu, text, lambda: self._cut(wires, tr("Disconnect")))
        menu.addSeparator()

    def _wire(self, menu: QMenu, wire: Edge, point: Point) -> None:
        canvas, tr = self._canvas, self._canvas.tr
        insert = PendingInsert(wire)
        self._add(menu, tr("Insert a layer…"), lambda: canvas.ask_for_node(point, insert))
        ends = (wire.source, wire.target)
        self._add(menu, tr("Select its two nodes"), lambda: self._choose(ends))
        menu.addSeparator()
        self._add(menu, tr("Delete wire"), lambda: self._cut([wire], tr("Delete wire")))

    def _empty(self, menu: QMenu, point: Point) -> None:
        canvas, tr = self._canvas, self._canvas.tr
        if self._session.scope:
            self._fill(menu, _INSIDE)
        self._add(menu, tr("Add a layer…"), lambda: canvas.ask_for_node(point, None))
        self._add(menu, tr("Write a note here"), lambda: canvas.editor.add_note(point))
        self._add(menu, tr("Paste here"), lambda: self._clipboard.paste_at(point))
        self._fill(menu, _EMPTY)

    # --- What they do ---------------------------------------------------------------------------

    def _beside(self, site: Site) -> Point:
        step = _AHEAD if site.output else -_AHEAD
        down = self._session.document.direction == "down"
        return Point(site.x, site.y + step) if down else Point(site.x + step, site.y)

    def _cut(self, wires: Iterable[Edge], label: str) -> None:
        self._session.do(label, lambda d: edits.disconnect(d, wires))

    def _choose(self, nodes: Iterable[str]) -> None:
        self._canvas.choose(nodes)

    @staticmethod
    def _add(menu: QMenu, text: str, act: Callable[[], object]) -> None:
        menu.addAction(text).triggered.connect(lambda _checked=False: act())

    def _fill(self, menu: QMenu, ids: tuple[str, ...]) -> None:
        for key in ids:
            if key in self._window.actions_by_id:
                menu.addAction(self._window.actions_by_id[key])
            elif key:
                menu.addMenu(self._window.menus[key])
            else:
                menu.addSeparator()
