"""Cutting wires: a line drawn by hand, and the wires that it crosses go in one step."""

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from designer.document import edits
from designer.document.model import Edge
from designer.ui.canvas.edges import Route, trace
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.gestures.gesture import Gesture, Pointer, Stage

_STEP = 3.0  # widget px between two points of the line
_WIDER = 1.2
_AROUND = 6.0


class CutGesture(Gesture):
    """Draws the line; what it has crossed stays crossed. Esc lets all wires live."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, stage: Stage, start: Pointer) -> None:
        super().__init__(stage, start)
        self._line = [start.point]
        self._last = start.place
        self.crossed: set[Edge] = set()

    def move(self, at: Pointer) -> None:
        if (at.place - self._last).manhattanLength() >= _STEP:
            self._extend(at)

    def _extend(self, at: Pointer) -> None:
        before, self._last = self._line[-1], at.place
        self._line.append(at.point)
        scene = self.stage.scene
        near = scene.wires.hits(Box.between(before, at.point)) - self.crossed
        self.crossed |= {e for e in near if crosses(scene.routes[e], before, at.point)}

    def release(self, at: Pointer) -> None:
        if at.place != self._last:
            self._extend(at)
        if self.crossed:
            wires = frozenset(self.crossed)
            label = QCoreApplication.translate("canvas", "Cut %n wire(s)", "", len(wires))
            self.stage.session.do(label, lambda d: edits.disconnect(d, wires), origin=self.stage)

    def extent(self) -> QRectF:
        scene = self.stage.scene
        area = Box.of_points(self._line)
        boxes = [scene.routes[edge].box for edge in self.crossed]
        rects = [self.stage.camera.rect(box.grown(_AROUND)) for box in (area, *boxes)]
        whole = QRectF()
        for rect in rects:
            whole |= rect.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        return whole

    def paint(self, painter: QPainter) -> None:
        stage = self.stage
        for edge in self.crossed:
            route = stage.scene.routes[edge]
            stage.picture.draw_route(painter, stage.camera, route, "error", extra=_WIDER)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(stage.theme.color("error"), 1.5, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF([self._widget_point(point) for point in self._line]))
        painter.restore()

    def _widget_point(self, point: Point) -> QPointF:
        return self.stage.camera.to_widget(*point)


def crosses(route: Route, start: Point, end: Point) -> bool:
    """Whether the stretch from start to end goes through the wire."""
    return any(_meet(start, end, a, b) for a, b in pairwise(trace(route)))


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two stretches have a point in common; those that lie on one line do not count."""
    one, other = _side(a, b, c), _side(a, b, d)
    third, fourth = _side(c, d, a), _side(c, d, b)
    return one != other and third != fourth and one * other <= 0 and third * fourth <= 0


def _side(a: Point, b: Point, point: Point) -> int:
    turn = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
    return (turn > 0) - (turn < 0)
