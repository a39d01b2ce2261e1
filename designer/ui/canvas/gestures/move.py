"""Moving: what is selected goes together, frames with all that lies in them, and the node that was
pressed lands on the grid. A press without a drag is a click and decides the selection.
"""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from designer.document import marks
from designer.document.model import Edge
from designer.ui.canvas.bypassing import across, idle, passing
from designer.ui.canvas.edges import Route, lane_corners, lane_routes, skip_faces, wire
from designer.ui.canvas.geometry import Box, Point, Sites, union
from designer.ui.canvas.gestures.gesture import Gesture, Pointer, Stage
from designer.ui.canvas.gestures.snapping import Snapping
from designer.ui.canvas.painter import BYPASSED, LABELS
from designer.ui.canvas.scene import MARGIN
from designer.ui.canvas.sides import AHEAD, faces, is_back

_LABEL = 32.0  # canvas px that a shape may reach beyond the wires
_NEAR = 400.0  # canvas px around the lanes that are drawn anew; boxes further off can't matter
_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


class MoveGesture(Gesture):
    """Drags nodes, frames and notes. `node` is the one under the pointer, whatever it is."""

    scrolls = True

    def __init__(self, stage: Stage, start: Pointer, node: str) -> None:
        super().__init__(stage, start)
        self._node = node
        self._before = (stage.session.chosen, stage.chosen_wires)
        self._was_selected = node in stage.session.chosen
        if not self._was_selected:
            stage.choose((stage.session.chosen | {node}) if start.adds else {node})
        self._moving = False
        self._shift = Point(0.0, 0.0)
        self._routes: dict[Edge, Route] = {}
        self._nodes = frozenset[str]()
        self._marks = frozenset[str]()
        self._wires = frozenset[Edge]()
        self._inner = frozenset[Edge]()  # wires both ends of which move
        self._whole: Box | None = None  # around all that moves as it is
        self._snapping = Snapping(stage, frozenset(), _NOWHERE, Point(0.0, 0.0))

    @property
    def hidden(self) -> tuple[frozenset[str], frozenset[Edge]]:
        return self._nodes, self._wires

    @property
    def hidden_marks(self) -> frozenset[str]:
        return self._marks

    def move(self, at: Pointer) -> None:
        far = (at.place - self.start.place).manhattanLength()
        if not self._moving and far >= QApplication.startDragDistance():
            self._begin()
        if self._moving:
            start, now = self.start.point, at.point
            shift = self._snapping.shift(now.x - start.x, now.y - start.y, at)
            if shift != self._shift:
                self._shift = shift
                self._routes = self._rerouted()

    def _home(self) -> Point:
        """What is to land on the grid: a node's middle; a frame's content stays as it is to it."""
        box = self.stage.scene.boxes.get(self._node)
        return box.center if box is not None else Point(0.0, 0.0)

    def _begin(self) -> None:
        self._moving = True
        self.cursor = Qt.CursorShape.SizeAllCursor
        document = self.stage.scene.document
        graph = document.graph
        ids = marks.with_contents(document, self.stage.session.chosen | {self._node})
        self._nodes, self._marks = ids & graph.nodes.keys(), ids & document.marks.keys()
        wires = {e for i in self._nodes for e in graph.incoming.get(i, ())}
        wires |= {e for i in self._nodes for e in graph.outgoing.get(i, ())}
        self._wires = frozenset(wires)
        self._inner = frozenset(
            e for e in wires if e.source in self._nodes and e.target in self._nodes
        )
        scene = self.stage.scene
        boxes = [scene.boxes[i] for i in self._nodes]
        boxes += [scene.marks.boxes[i] for i in self._marks]
        self._snapping = Snapping(self.stage, self._nodes, union(boxes) or _NOWHERE, self._home())
        self._whole = union([*boxes, *(scene.routes[e].box for e in self._inner)])
        self._routes = self._rerouted()

    def release(self, at: Pointer) -> None:
        self.move(at)
        if not self._moving:
            self._click()
        elif self._shift != (0.0, 0.0):
            ids, (dx, dy) = self._nodes | self._marks, self._shift
            label = QCoreApplication.translate("canvas", "Move")
            self.stage.session.do(label, lambda d: marks.shift(d, ids, dx, dy), origin=self.stage)

    def _click(self) -> None:
        selection = self.stage.session.chosen
        toggles = bool(self.start.modifiers & Qt.KeyboardModifier.ControlModifier)
        if not self.start.adds:
            self.stage.choose({self._node})
        elif toggles and self._was_selected:
            self.stage.choose(selection - {self._node}, self.stage.chosen_wires)

    def cancel(self) -> None:
        self.stage.choose(*self._before)

    # --- Preview --------------------------------------------------------------------------------

    def _rerouted(self) -> dict[Edge, Route]:
        # What moves as a whole keeps its shape; only wires to what stands still run anew.
        scene, direction = self.stage.scene, self.stage.scene.direction
        outer = self._wires - self._inner
        skips = frozenset(e for e in outer if e in scene.skips or self._goes_round(e))
        where = {i: self._box(i) for e in outer for i in (e.source, e.target)}
        ways = {e: faces(where[e.source], where[e.target], direction) for e in outer - skips}
        near = self._near(skips)
        ways |= dict.fromkeys(skips, AHEAD[direction])
        risen = {e.target for e in skips if is_back(scene.faces(e), direction)}
        ways |= skip_faces(near, skips, direction, partial(_free, near), risen)
        sites: dict[str, Sites] = {}

        def ends(edge: Edge) -> tuple[Point, Point]:
            for node in {edge.source, edge.target} - sites.keys():
                sites[node] = scene.sites_at(node, where[node], ways)
            return scene.ends_at(edge, sites[edge.source], sites[edge.target], ways[edge].source)

        corners = lane_corners(near, (), skips, direction, ways)
        found = lane_routes(corners, ends, direction)
        for edge in outer - corners.keys():
            found[edge] = wire(*ends(edge), ways[edge], direction)
        return found

    def _passage(self, edge: Edge, route: Route) -> tuple[Point, ...]:
        """The way through a bypassed node to this wire, as it is now."""
        scene = self.stage.scene
        before = passing(scene, edge.source)
        if before is None:
            return ()
        start = self._routes.get(before, scene.routes[before]).points[-1]
        if before in self._inner:
            start = Point(start.x + self._shift.x, start.y + self._shift.y)
        return across(self._box(edge.source), start, route.points[0])

    def _goes_round(self, edge: Edge) -> bool:
        """Whether a wire has a lane, because it would cross a node."""
        scene = self.stage.scene
        return scene.routes[edge].lane and scene.faces(edge) == AHEAD[scene.direction]

    def _box(self, node: str) -> Box:
        """Where a node is now."""
        box = self.stage.scene.boxes[node]
        return box.shifted(*self._shift) if node in self._nodes else box

    def _near(self, skips: frozenset[Edge]) -> dict[str, Box]:
        """The ends of these wires and what stands around them."""
        where = {i: self._box(i) for e in skips for i in (e.source, e.target)}
        area = union(where.values())
        near = self.stage.scene.nodes.hits(area.grown(_NEAR)) if area is not None else set()
        return where | {i: self._box(i) for i in near}

    def extent(self) -> QRectF:
        if not self._moving:
            return QRectF()
        boxes = [self._whole.shifted(*self._shift).grown(_LABEL)] if self._whole else []
        boxes += [r.box for r in self._routes.values()]
        boxes += [Box(*r.label, *r.label).grown(24) for r in self._routes.values()]
        area = union(boxes)
        whole = self.stage.camera.rect(area.grown(MARGIN)) if area is not None else QRectF()
        return whole | self._snapping.extent()

    def paint(self, painter: QPainter) -> None:
        if not self._moving:
            return
        stage, camera = self.stage, self.stage.camera
        moved = camera.panned(
            round(self._shift.x * camera.zoom), round(self._shift.y * camera.zoom)
        )
        stage.picture.paint_marks(painter, moved, stage.ratio(), stage.emphasis(), self._marks)
        for edge, route in self._routes.items():
            painter.setOpacity(BYPASSED if idle(stage.scene, edge) else 1.0)
            tone, before = stage.scene.tones[edge], self._passage(edge, route)
            stage.picture.draw_route(painter, camera, route, tone, before=before)
        painter.setOpacity(1.0)
        for edge, route in self._routes.items() if camera.zoom >= LABELS else ():
            stage.picture.label(painter, camera, edge, route.label, stage.ratio())
        area, part = painter.clipBoundingRect(), (self._nodes, self._inner)
        stage.picture.paint_part(painter, moved, area, stage.ratio(), stage.emphasis(), part)
        self._snapping.paint(painter)


def _free(boxes: Mapping[str, Box], area: Box, edge: Edge) -> bool:
    """Whether none of these nodes but the wire's own touches an area."""
    return not any(b.touches(area) for i, b in boxes.items() if i not in (edge.source, edge.target))
