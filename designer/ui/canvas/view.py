"""The canvas: one painted widget over the document of a session.

It keeps no truth of its own: what it derives lies in a Scene that follows every change, what the
hand does is a gesture that commits one edit, and everything else is camera and paint.
"""

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6 import QtGui
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from designer.document.diff import SECTIONS, Change
from designer.document.model import Edge
from designer.infer.report import Report
from designer.ui.canvas import accessible, commands, standpoint
from designer.ui.canvas.camera import Camera, framing
from designer.ui.canvas.dropping import DropTarget
from designer.ui.canvas.events import CanvasEvents
from designer.ui.canvas.geometry import Point
from designer.ui.canvas.gestures.gesture import Gesture, Pointer
from designer.ui.canvas.hand import Hand
from designer.ui.canvas.hover import Advise, Hit, hit, no_advice
from designer.ui.canvas.judge import Judge
from designer.ui.canvas.key_hand import KeyHand
from designer.ui.canvas.mark_editor import MarkEditor
from designer.ui.canvas.painter import Emphasis
from designer.ui.canvas.placing import Pending
from designer.ui.canvas.scene import Scene, scene_of
from designer.ui.canvas.screen import Screen
from designer.ui.canvas.sheet import Shot
from designer.ui.canvas.standings import Standing, Standings
from designer.ui.keymap import Keymap
from designer.ui.session import Session
from designer.ui.theme import Theme

SETTLE = 70  # ms after the last turn of the wheel until the canvas is painted anew
_STEP = 1.2  # zoom of one notch of the wheel


class CanvasView(QWidget):
    """Shows and edits the graph of a session."""

    zoom_changed = Signal(float)
    search_requested = Signal(QPointF, object)  # place on the canvas, Pending | None
    edit_requested = Signal(str)  # node
    menu_requested = Signal(QPoint, object)  # global place, Hit
    file_dropped = Signal(str)
    typed = Signal(str)  # letters that mean nothing here: the beginning of a search

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = theme
        self.snaps = True
        self.advise: Advise = no_advice  # what tool tips say of a problem's fixes
        self.keymap = Keymap()
        self.scene = Scene(session.catalog)
        self.scene.become(session.document, session.report)
        session.preparer.add("canvas", partial(scene_of, session.catalog))
        self._screen = Screen(self.scene, theme)
        self.picture, self.sheet = self._screen.picture, self._screen.sheet
        self._camera = Camera()
        self._wires: frozenset[Edge] = frozenset()
        self.judge = Judge(session)
        self.editor = MarkEditor(self, self)
        self._hand = Hand(self)
        self.by_key = KeyHand(self, self._hand)
        self._target = DropTarget(self, self._hand, self.place, self.file_dropped.emit)
        self._events = CanvasEvents(
            self, self._hand, edit=self.edit, menu=self.menu_requested.emit, typed=self.typed.emit
        )
        for watcher in (self._target, self._events):
            self.installEventFilter(watcher)
        self._framed = False
        self._footing = standpoint.Footing(self.scene)
        self._sheet = session.current, session.scope
        self._standings = Standings()
        self._interface: accessible.CanvasInterface | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._settle.timeout.connect(lambda: self._look(self._camera))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Canvas"))
        accessible.install()
        session.changed.connect(self._on_changed)
        session.reported.connect(self._on_reported)
        session.selected.connect(self._on_selected)
        session.designs_changed.connect(lambda: self._standings.forget_all_but(session.designs))

    # --- What others ask ------------------------------------------------------------------------

    @property
    def camera(self) -> Camera:
        """Where the view stands."""
        return self._camera

    @property
    def chosen_wires(self) -> frozenset[Edge]:
        """The wires that are selected."""
        return self._wires

    @property
    def gesture(self) -> Gesture | None:
        """What the hand is doing, if anything."""
        return self._hand.gesture

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.theme = theme
        self._screen.set_theme(theme)
        self.update()

    def tint(self, tints: Mapping[str, str]) -> None:
        """Colour nodes by these names of the theme instead of their categories."""
        if tints != self.scene.tints:
            self.scene.tint(tints)
            self.update()

    def set_keymap(self, keymap: Keymap) -> None:
        """Listen to other keys."""
        self.keymap = keymap

    def node_rect(self, node: str) -> QRect:
        """A node, frame or note in widget coordinates; empty if there is none of that id."""
        box = self.scene.extent((node,))
        return self._camera.rect(box).toRect() if box is not None else QRect()

    def port_point(self, node: str, port: str = "", slot: int = 0, output: bool = False) -> QPoint:
        """A port in widget coordinates; `slot` is the output's number where `output`.

        A slot that is free is where a drop makes a new wire. KeyError for an unknown node or port.
        """
        place = self.scene.sites[node].port(port, slot, output=output)
        return self._camera.to_widget(*place).toPoint()

    def wire_point(self, edge: Edge) -> QPoint:
        """A place on a wire, in widget coordinates."""
        return self._camera.to_widget(*self.scene.routes[edge].label).toPoint()

    def visible(self) -> QRectF:
        """The whole widget, in its own coordinates."""
        return QRectF(self.rect())

    def ratio(self) -> float:
        """Device px per widget px."""
        return self.devicePixelRatioF()

    def hit_at(self, place: QPointF) -> Hit:
        """What is at a place of the widget."""
        return hit(self.scene, self._camera.to_canvas(place), self._camera.zoom)

    def map_place(self, place: QPointF) -> Point | None:
        """The place of the canvas that is shown there on the overview map; None off the map."""
        return self._screen.overview.place(place, self._camera, self.visible())

    def accessible_interface(self) -> accessible.CanvasInterface:
        """The canvas and its nodes for screen readers."""
        if self._interface is None:
            self._interface = accessible.CanvasInterface(self, self)
        return self._interface

    # --- Camera ---------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole design, at most at 100 %."""
        self._look(self._footing.take(standpoint.whole, self.visible()))

    def begin(self) -> None:
        """Show the design as it is opened: its inputs where all of it would be too small."""
        self._look(self._footing.take(standpoint.beginning, self.visible()))

    def frame(self, ids: Iterable[str]) -> None:
        """Show these nodes, large."""
        box = self.scene.extent(ids)
        if box is not None:
            self._look(framing(box, self.visible().size(), largest=1.5))

    def frame_selection(self) -> None:
        """Show what is selected, or everything if nothing is."""
        self.frame(self.session.chosen or self.scene.boxes)

    def reveal(self, node: str) -> None:
        """Bring a node into view without a change of zoom, if it is not in view."""
        rect = QRectF(self.node_rect(node))
        move = standpoint.into_view(rect, self.visible())
        if not rect.isEmpty() and not move.isNull():
            self._look(self._camera.panned(move.x(), move.y()))

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Zoom there; `around` stays in place, the middle if it is not given."""
        self._look(self._camera.zoomed(zoom, around or self.visible().center()))

    def zoom_by(self, factor: float) -> None:
        """Zoom by a factor around the middle."""
        self.zoom_to(self._camera.zoom * factor)

    def pan(self, dx: int, dy: int) -> None:
        """Move the canvas by whole px; what stays visible is shifted, not painted."""
        self.editor.finish()
        self._camera = self._camera.panned(dx, dy)
        overview = self._screen.overview.rect(self.visible())
        whole = self.ratio().is_integer() and not self._screen.held
        if whole and not self.emphasis().parted:
            self.scroll(dx, dy, self.rect())
            self.update(overview.united(overview.translated(dx, dy)).toAlignedRect())
        else:
            self.update()

    def _look(self, camera: Camera) -> None:
        self.editor.finish()
        self._camera = camera
        self._screen.let_go()
        self.update()
        self.zoom_changed.emit(camera.zoom)

    # --- Session and selection ------------------------------------------------------------------

    def _on_changed(self, change: Change, _origin: object) -> None:
        self._hand.forget()
        if self._turn():
            return
        ready, report = self.session.prepared("canvas"), self.session.report
        if isinstance(ready, Scene):
            self.scene.adopt(ready, report)
        else:
            self.scene.sync(change, self.session.document, report)
        self._wires &= self.session.document.graph.edges
        if self._interface is not None:
            self._interface.forget(change.removed | change.marks)
        if change.sections.issuperset(SECTIONS) or "direction" in change.sections:
            self._framed = False
            self._begin_once()
        elif change.added or change.removed or change.moved or change.marks:
            self._footing.leave()
        self.editor.follow(change)
        self.update()

    def _turn(self) -> bool:
        """Show another sheet as it was seen last; False if it was not, or if it is the same."""
        session, former, size = self.session, self._sheet, self.size()
        self._sheet = session.current, session.scope
        if self._sheet == former:
            return False
        self.editor.drop()
        if former[0] in session.designs:
            scene = self.scene.parted()
            kept = Standing(scene, self._camera, self._footing, self._wires, self._framed, size)
            self._standings.keep(former, kept)
        back = self._standings.take(self._sheet)
        self._footing = back.footing if back is not None else standpoint.Footing(self.scene)
        self._wires = back.wires if back is not None else frozenset()
        if back is None:
            return False
        if self._interface is not None:
            self._interface.forget(frozenset(self.scene.boxes.keys() - back.scene.boxes.keys()))
        back.take_up(self.scene, session.document, session.report)
        chosen, self._framed = session.selection, back.framed
        self._look(self._footing.resized(back.camera, chosen, back.size, size))
        self._begin_once()
        return True

    def _on_reported(self, report: Report) -> None:
        if self.scene.judge(report):
            self.update()

    def _on_selected(self, nodes: frozenset[str]) -> None:
        chosen = nodes | self.session.marks
        self._wires = frozenset() if chosen else self._wires
        if len(chosen) == 1 and self._interface is not None:
            accessible.announce(self._interface.of_node(next(iter(chosen))))
        self.update()

    def choose(self, nodes: Iterable[str], wires: Iterable[Edge] = ()) -> None:
        """Select these nodes and wires and nothing else."""
        self.session.select(nodes, origin=self)
        wanted = frozenset(wires)
        if wanted != self._wires:
            self._wires = wanted
            self.update()

    def select_all(self) -> None:
        """Select every node, frame and note."""
        self.choose((*self.scene.boxes, *self.scene.marks.boxes))

    def delete_selection(self) -> bool:
        """Remove what is selected, nodes with their wires, as one step."""
        return commands.delete(self.session, self._wires, self)

    def edit(self, key: str) -> None:
        """Ask for the editor of a node; a frame's title and a note are written where they are, and
        a block is entered."""
        if key in self.session.whole.blocks:
            self.session.enter(key)
        else:
            marked = key in self.scene.marks.boxes
            (self.editor.edit if marked else self.edit_requested.emit)(key)

    def search_here(self) -> None:
        """Ask for a layer at the pointer, or in the middle if the pointer is elsewhere."""
        self.by_key.search()

    def pointed(self) -> Point:
        """Where the pointer is on the canvas; the middle of what is seen if it is elsewhere."""
        place = QPointF(self.mapFromGlobal(self.cursor().pos()))
        inside = self.visible().contains(place) and self.underMouse()
        return self._camera.to_canvas(place if inside else self.visible().center())

    def on_screen(self, place: QPointF) -> QPoint:
        """A place of the canvas in px of the screen, or the nearest one that is seen."""
        at, seen = self._camera.to_widget(place.x(), place.y()), self.visible()
        x = min(max(at.x(), seen.left()), seen.right())
        y = min(max(at.y(), seen.top()), seen.bottom())
        return self.mapToGlobal(QPointF(x, y)).toPoint()

    def ask_for_node(self, at: Point, pending: Pending | None) -> None:
        """Let the search open at a place of the canvas, for a wire that waits."""
        self.search_requested.emit(QPointF(*at), pending)

    def place(self, kind: str, at: Point | QPointF, pending: Pending | None = None) -> str:
        """Add a node of that type centred there, wired if a wire waits; "" if that is refused."""
        point = Point(at.x(), at.y()) if isinstance(at, QPointF) else at
        node = commands.place(self.session, kind, point, pending, self)
        if node:
            self.choose({node})
            if not self.rect().contains(self.node_rect(node).center()):
                self.reveal(node)
        return node

    def escape(self) -> bool:
        """Drop what is in the hand, or else the selection, or else leave the block."""
        if self._hand.cancel():
            return True
        chosen = bool(self.session.chosen or self._wires)
        self.choose(())
        return chosen or self.session.leave()

    # --- Events ---------------------------------------------------------------------------------

    def pointer(self, event: QtGui.QSinglePointEvent | QtGui.QDropEvent) -> Pointer:
        """Where an event is."""
        place = event.position()
        return Pointer(place, self._camera.to_canvas(place), event.modifiers())

    def turn_wheel(self, event: QtGui.QWheelEvent) -> None:
        """Zoom at the pointer; the canvas is painted anew when the wheel has come to rest."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned == 0 or self._hand.busy:
            return
        self.editor.finish()
        self._screen.hold(self._shot())
        zoom = self._camera.zoom * _STEP ** (turned / 120)
        self._camera = self._camera.zoomed(zoom, event.position())
        self._settle.start()
        self.update()
        self.zoom_changed.emit(self._camera.zoom)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab opens the search; Shift+Tab leaves the canvas.
        return not forward and super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        super().resizeEvent(event)
        old, new, chosen = event.oldSize(), event.size(), self.session.selection
        self._look(self._footing.resized(self._camera, chosen, old, new))
        self._begin_once()

    def _begin_once(self) -> None:
        # The first size that is real decides.
        if not self._framed and self.isVisible():
            self._framed = True
            self.begin()

    def showEvent(self, event: QtGui.QShowEvent) -> None:
        super().showEvent(event)
        self._begin_once()

    # --- Paint ----------------------------------------------------------------------------------

    def emphasis(self) -> Emphasis:
        """What stands out now."""
        return self._hand.emphasis(self._wires)

    def _shot(self) -> Shot:
        return Shot(self.size(), self._camera, self.ratio(), self.emphasis())

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        painter, shot = QtGui.QPainter(self), self._shot()
        self._screen.paint(painter, event.region(), shot)
        self._hand.paint(painter)
        self._screen.paint_over(painter, shot, idle=not self._hand.busy)
        painter.end()

    def hand_changed(self) -> None:
        """The gesture is another one, or none: show its pointer, and what it does not hide."""
        self.setCursor(self._hand.cursor)
        self.update()
