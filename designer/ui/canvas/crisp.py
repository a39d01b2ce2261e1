"""Where lines go so that they cover whole px of the screen: none is smeared over two."""

from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from designer.document.model import Edge
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.edges import Route
from designer.ui.canvas.geometry import CORNER, Box

_MOST = 1000  # moved paths that are kept
_BIT = 1e-6  # px


def whole(width: float, ratio: float) -> float:
    """A width in widget px as whole device px, at least one, in widget px again."""
    return max(1, round(width * ratio)) / ratio


def snap(place: float, ratio: float) -> float:
    """The nearest whole device px, in widget px.

    Halves always go up, not to the even one: what is panned by whole px keeps its shape. So do
    numbers that are halves but for the last bit, which another addend rounds otherwise.
    """
    return floor(place * ratio + 0.5 + _BIT) / ratio


def card_rect(box: Box, camera: Camera, ratio: float) -> QRectF:
    """Where the sprite of a card has its rim, in widget px on the grid of device px."""
    rect = camera.rect(box)
    left, top = snap(rect.left(), ratio), snap(rect.top(), ratio)
    wide, high = round(rect.width() * ratio), round(rect.height() * ratio)
    return QRectF(left, top, wide / ratio, high / ratio)


def draw_rim(painter: QPainter, rect: QRectF, pen: QPen, zoom: float, *, pill: bool) -> None:
    """Draw the rim of a card or of a pill inside its rectangle."""
    inset = pen.widthF() / 2
    inner = rect.adjusted(inset, inset, -inset, -inset)
    radius = inner.height() / 2 if pill else max(1.0, CORNER * zoom - inset)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawRoundedRect(inner, radius, radius)
    painter.restore()


def aside(route: Route, camera: Camera, ratio: float, width: float) -> QPointF | None:
    """How far a straight upright or level wire is moved, in widget px; None for other wires.

    `width` is in widget px. The move is less than one device px.
    """
    points = route.points
    (x, y), (other_x, other_y) = points[0], points[-1]
    if x != other_x and y != other_y:
        return None  # by far the most of those that are not straight, at once
    if x == other_x and all(point[0] == x for point in points):
        return QPointF(_aside(x * camera.zoom + camera.x, ratio, width), 0)
    if y == other_y and all(point[1] == y for point in points):
        return QPointF(0, _aside(y * camera.zoom + camera.y, ratio, width))
    return None


class Moved:
    """Paths that were moved, kept while they are moved alike, as they are when the view pans."""

    def __init__(self) -> None:
        self._kept: dict[Edge, tuple[QPainterPath, QPointF, QPainterPath]] = {}

    def path(self, edge: Edge, path: QPainterPath, move: QPointF) -> QPainterPath:
        """The path of a wire, moved."""
        kept = self._kept.get(edge)
        if kept is not None and kept[0] is path and kept[1] == move:
            return kept[2]
        if len(self._kept) > _MOST:
            self._kept.clear()
        moved = path.translated(move)
        self._kept[edge] = (path, move, moved)
        return moved


def _aside(middle: float, ratio: float, width: float) -> float:
    """From the middle of a line to the nearest place where it covers whole device px."""
    half = width * ratio / 2
    return (floor(middle * ratio - half + 0.5 + _BIT) + half) / ratio - middle
