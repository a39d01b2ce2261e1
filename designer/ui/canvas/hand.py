"""The hand on the canvas: which gesture a press begins, the one that is current, and hovering."""

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter

from designer.document.model import Edge
from designer.ui.canvas.auto_scroll import AutoScroll
from designer.ui.canvas.geometry import Point, Site
from designer.ui.canvas.gestures.band import BandGesture
from designer.ui.canvas.gestures.cut import CutGesture
from designer.ui.canvas.gestures.gesture import Gesture, Pointer, Stage
from designer.ui.canvas.gestures.insert import InsertGesture, is_loose
from designer.ui.canvas.gestures.look import LookGesture
from designer.ui.canvas.gestures.move import MoveGesture
from designer.ui.canvas.gestures.pan import PanGesture
from designer.ui.canvas.gestures.resize import ResizeGesture, cursor_of
from designer.ui.canvas.gestures.wire import WireGesture
from designer.ui.canvas.hover import Hit, hit, path_of
from designer.ui.canvas.marks import BODY
from designer.ui.canvas.painter import Emphasis
from designer.ui.canvas.placing import PendingWire

REST = 300  # ms of rest until the path through what is hovered lights up
_GRIP = 8.0  # canvas px around a wire's end in a merge's slot in which a press picks it up
_CUTS = Qt.KeyboardModifier.ControlModifier
_EDGE = 4.0  # widget px that paint may reach beyond what it covers

Nothing = (frozenset[str](), frozenset[Edge]())


class Hand(QObject):
    """At most one gesture at a time."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._space = False
        self._panned = False
        self.hover = Hit()
        self.path: tuple[frozenset[str], frozenset[Edge]] | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._light_path)
        self._at: Pointer | None = None
        self._dragged = False
        self._auto = AutoScroll(self._scroll)
        stage.judge.heard.connect(self._hear)

    @property
    def busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._gesture is not None

    @property
    def gesture(self) -> Gesture | None:
        """The current gesture."""
        return self._gesture

    @property
    def hidden(self) -> tuple[frozenset[str], frozenset[Edge]]:
        """What the current gesture paints itself."""
        return self._gesture.hidden if self._gesture is not None else Nothing

    @property
    def cursor(self) -> Qt.CursorShape:
        """The pointer's shape now."""
        if self._gesture is not None:
            return self._gesture.cursor
        if self._space:
            return Qt.CursorShape.OpenHandCursor
        if self.hover.grip is not None:
            return cursor_of(self.hover.grip.part)
        return Qt.CursorShape.CrossCursor if self.hover.site else Qt.CursorShape.ArrowCursor

    # --- Gestures -------------------------------------------------------------------------------

    def press(self, at: Pointer, button: Qt.MouseButton) -> None:
        """A button went down."""
        if self._gesture is not None:
            return
        self._button = button
        left = button == Qt.MouseButton.LeftButton
        if button == Qt.MouseButton.MiddleButton or (left and self._space):
            self._panned = True
            self.begin(PanGesture(self._stage, at))
        elif left:
            self._press_left(at)
        elif button == Qt.MouseButton.RightButton and at.modifiers & _CUTS:
            self.begin(CutGesture(self._stage, at))

    def _press_left(self, at: Pointer) -> None:
        stage = self._stage
        if stage.map_place(at.place) is not None:
            self.begin(LookGesture(stage, at))
            return
        found = hit(stage.scene, at.point, stage.camera.zoom)
        if found.node is not None and found.site is not None:
            self.begin(self._wire(at, found.node, found.site))
        elif found.node is not None:
            kind = InsertGesture if is_loose(stage, found.node) else MoveGesture
            self.begin(kind(stage, at, found.node))
        elif found.wire is not None:
            kept = stage.chosen_wires if at.adds else frozenset[Edge]()
            stage.choose(stage.session.chosen if at.adds else (), kept ^ {found.wire})
        elif found.grip is not None:
            whole = found.grip.part == BODY
            self.begin(
                MoveGesture(stage, at, found.grip.mark)
                if whole
                else ResizeGesture(stage, at, found.grip)
            )
        else:
            self.begin(BandGesture(stage, at))

    def _wire(self, at: Pointer, node: str, site: Site) -> Gesture:
        if site.output:
            return WireGesture(self._stage, at, PendingWire(node, forward=True, output=site.number))
        lifted = self._taken(node, site, at.point)
        if lifted is not None:
            pending = PendingWire(lifted.source, forward=True, output=lifted.output)
            return WireGesture(self._stage, at, pending, lifted)
        return WireGesture(self._stage, at, PendingWire(node, forward=False, port=site.port))

    def _taken(self, node: str, site: Site, point: Point) -> Edge | None:
        """The wire that a press on an input picks up."""
        scene = self._stage.scene
        for edge in scene.document.graph.incoming.get(node, ()):
            end = scene.sites[node].end(edge.input, edge.slot)
            if edge.input != site.port or end is None:
                continue
            near = abs(end.x - point.x) <= _GRIP and abs(end.y - point.y) <= 2 * _GRIP
            if near or not site.variadic:
                return edge
        return None

    def emphasis(self, wires: frozenset[Edge]) -> Emphasis:
        """What stands out now, beside these selected wires, and what the gesture paints itself."""
        hidden, hidden_wires = self.hidden
        session, gesture = self._stage.session, self._gesture
        return Emphasis(
            nodes=session.selection,
            wires=wires,
            hovered=self.hover.node,
            hovered_wire=self.hover.wire,
            path=self.path,
            hidden=hidden,
            hidden_wires=hidden_wires,
            marks=session.marks,
            hidden_marks=gesture.hidden_marks if gesture is not None else frozenset(),
            still=gesture is not None and gesture.still,
        )

    def pick(self, found: Hit) -> None:
        """Select what a menu is about to speak of, unless it is selected already."""
        if found.node is not None and found.node not in self._stage.session.selection:
            self._stage.choose({found.node})
        elif found.wire is not None:
            self._stage.choose((), (found.wire,))
        elif found.grip is not None and found.grip.mark not in self._stage.session.marks:
            self._stage.choose({found.grip.mark})

    def begin(self, gesture: Gesture, *, dragged: bool = True) -> None:
        """Make this the current gesture. Only what is `dragged` scrolls the canvas at its border;
        what is led by keys does not, wherever the pointer is.
        """
        self._forget_hover()
        self._gesture, self._dragged = gesture, dragged
        self._auto.begin(gesture.start.place)
        self._stage.hand_changed()

    def move(self, at: Pointer) -> None:
        """The pointer moved."""
        if self._gesture is None:
            self._hover_at(at)
            return
        self._at = at
        if self._gesture.scrolls and self._dragged:
            self._auto.follow(at.place, self._stage.visible())
        before, hidden = self._gesture.extent(), self._gesture.hidden
        cursor = self._gesture.cursor
        self._gesture.move(at)
        if self._gesture.hidden != hidden or self._gesture.cursor != cursor:
            self._stage.hand_changed()
        else:
            self._refresh(before)
            self._refresh(self._gesture.extent())

    def _scroll(self, dx: int, dy: int) -> None:
        """Move the canvas under what is in the hand, which stays where the pointer is."""
        gesture, at, stage = self._gesture, self._at, self._stage
        if gesture is None or at is None:
            self._auto.stop()
            return
        stage.pan(dx, dy)
        self._at = Pointer(at.place, stage.camera.to_canvas(at.place), at.modifiers)
        gesture.move(self._at)
        stage.update(stage.visible().toAlignedRect())

    def _hear(self) -> None:
        """Keras has answered what the gesture wanted to know."""
        if self._gesture is not None:
            before = self._gesture.extent()
            self._gesture.look_again()
            self._refresh(before)
            self._refresh(self._gesture.extent())

    def release(self, at: Pointer, button: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
        """The button that began the gesture went up: it commits. Other buttons do nothing."""
        if button != self._button:
            return
        self._button = Qt.MouseButton.NoButton
        gesture, self._gesture = self._gesture, None
        self._auto.stop()
        if gesture is not None:
            self._stage.hand_changed()
            gesture.release(at)

    def cancel(self) -> bool:
        """Drop what is in the hand; False if it was empty."""
        gesture, self._gesture = self._gesture, None
        self._auto.stop()
        self._button = Qt.MouseButton.NoButton
        if gesture is None:
            return False
        gesture.cancel()
        self._stage.hand_changed()
        return True

    def forget(self) -> None:
        """The document is another one: whatever was held or hovered may be gone."""
        self.hover, self.path = Hit(), None
        self._rest.stop()
        self._auto.stop()
        if self._gesture is not None:
            self._gesture = None
            self._stage.hand_changed()

    def paint(self, painter: QPainter) -> None:
        """Paint what the current gesture previews, and the port under the pointer."""
        if self._gesture is not None:
            self._gesture.paint(painter)
        elif self.hover.site is not None:
            stage = self._stage
            stage.picture.port(painter, stage.camera, self.hover.site, "accent")

    def _refresh(self, area: QRectF) -> None:
        if not area.isEmpty():
            self._stage.update(area.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE).toAlignedRect())

    # --- Space ----------------------------------------------------------------------------------

    def hold_space(self) -> None:
        """From now on the left button pans."""
        self._space, self._panned = True, False
        self._stage.hand_changed()

    def let_space_go(self) -> bool:
        """The left button selects again; True if space was struck alone."""
        alone = self._space and not self._panned and self._gesture is None
        if self._space:
            self._space = False
            self._stage.hand_changed()
        return alone

    # --- Hovering -------------------------------------------------------------------------------

    def _hover_at(self, at: Pointer) -> None:
        stage = self._stage
        found = hit(stage.scene, at.point, stage.camera.zoom)
        if found == self.hover:
            return
        before, lit = self.hover, self.path is not None
        self.hover, self.path = found, None
        self._rest.stop()
        if found.site is None and (found.node is not None or found.wire is not None):
            self._rest.start()
        if bool(before.site) != bool(found.site) or before.grip != found.grip:
            stage.setCursor(self.cursor)
        if lit:
            stage.update(stage.visible().toAlignedRect())
        else:
            self._refresh(self._covered(before))
            self._refresh(self._covered(found))

    def _covered(self, found: Hit) -> QRectF:
        stage = self._stage
        if found.node is not None and found.node in stage.scene.boxes:
            return stage.camera.rect(stage.scene.boxes[found.node].grown(12))
        if found.wire is not None and found.wire in stage.scene.routes:
            return stage.camera.rect(stage.scene.routes[found.wire].box.grown(6))
        return QRectF()

    def leave(self) -> None:
        """The pointer left the canvas."""
        self._auto.stop()
        self._forget_hover()

    def _forget_hover(self) -> None:
        if self.hover != Hit():
            self.hover, self.path = Hit(), None
            self._stage.update(self._stage.visible().toAlignedRect())
        self._rest.stop()

    def _light_path(self) -> None:
        if self._gesture is None:
            self.path = path_of(self._stage.scene, self.hover)
            self._stage.update(self._stage.visible().toAlignedRect())
