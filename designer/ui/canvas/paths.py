"""Routes as what Qt draws: a path with rounded corners, or plain lines from far away."""

from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath, QTransform

from designer.ui.canvas.camera import Camera
from designer.ui.canvas.edges import BEND, Route, trace


def route_path(route: Route) -> QPainterPath:
    """The route as a path in canvas px; the corners of a lane are rounded."""
    points = [QPointF(*p) for p in route.points]
    path = QPainterPath(points[0])
    if not route.lane:
        path.cubicTo(points[1], points[2], points[3])
        return path
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        bend = min(BEND, _half(before, corner), _half(corner, after))
        path.lineTo(_towards(corner, before, bend))
        path.quadTo(corner, _towards(corner, after, bend))
    path.lineTo(points[-1])
    return path


def _half(a: QPointF, b: QPointF) -> float:
    return QLineF(a, b).length() / 2


def _towards(start: QPointF, end: QPointF, by: float) -> QPointF:
    length = QLineF(start, end).length()
    return start + (end - start) * (by / length) if length else start


def route_lines(route: Route) -> list[QLineF]:
    """The route as straight lines, as it is seen from far away."""
    line = trace(route) if route.lane else (route.points[0], route.points[-1])
    return [QLineF(a.x, a.y, b.x, b.y) for a, b in pairwise(line)]


def transform(camera: Camera, shift: float = 0.0) -> QTransform:
    """From canvas px to widget px."""
    return QTransform(camera.zoom, 0, 0, camera.zoom, camera.x + shift, camera.y + shift)
