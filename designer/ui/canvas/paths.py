"""Routes as what Qt draws: a path with rounded corners, or plain lines from far away."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath, QTransform

from designer.ui.canvas.camera import Camera
from designer.ui.canvas.edges import BEND, Route, trace
from designer.ui.canvas.geometry import Point

_HEAD = 7.0  # canvas px, length of an arrow's head
_SLENDER = 0.55  # half its width, as part of that


def route_path(route: Route, before: Sequence[Point] = ()) -> QPainterPath:
    """The route as a path in canvas px; the corners of a lane are rounded.

    `before` are the corners of a way that leads to its start.
    """
    points = [QPointF(*p) for p in route.points]
    path = _line(points) if route.lane else _curve(points)
    if before:
        path.addPath(_line([QPointF(*p) for p in before]))
    if route.arrow:
        _add_head(path, points)
    return path


def _curve(points: Sequence[QPointF]) -> QPainterPath:
    path = QPainterPath(points[0])
    path.cubicTo(points[1], points[2], points[3])
    return path


def _line(points: Sequence[QPointF]) -> QPainterPath:
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        bend = min(BEND, _half(before, corner), _half(corner, after))
        path.lineTo(_towards(corner, before, bend))
        path.quadTo(corner, _towards(corner, after, bend))
    path.lineTo(points[-1])
    return path


def _add_head(path: QPainterPath, points: Sequence[QPointF]) -> None:
    """Two short strokes at the end; the wire enters along the axis on which it lies there."""
    tip, before = points[-1], points[-2]
    along = _towards(QPointF(), tip - before, _HEAD)
    across = QPointF(-along.y(), along.x()) * _SLENDER
    path.moveTo(tip - along + across)
    path.lineTo(tip)
    path.lineTo(tip - along - across)


def _half(a: QPointF, b: QPointF) -> float:
    return QLineF(a, b).length() / 2


def _towards(start: QPointF, end: QPointF, by: float) -> QPointF:
    length = QLineF(start, end).length()
    return start + (end - start) * (by / length) if length else start


def route_lines(route: Route) -> list[QLineF]:
    """The route as straight lines, as it is seen from far away."""
    line = trace(route) if route.lane else (route.points[0], route.points[-1])
    return [QLineF(a.x, a.y, b.x, b.y) for a, b in pairwise(line)]


def transform(camera: Camera) -> QTransform:
    """From canvas px to widget px."""
    return QTransform(camera.zoom, 0, 0, camera.zoom, camera.x, camera.y)
