"""The signs of small buttons and fields, drawn as lines in any colour and at every scale."""

from enum import Enum

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


class Glyph(Enum):
    """The signs of small buttons."""

    DOWN = "down"
    RIGHT = "right"
    RESET = "reset"
    REMOVE = "remove"
    TICK = "tick"
    DASH = "dash"
    STAR = "star"


def glyph_path(glyph: Glyph) -> QPainterPath:
    """The lines of a sign, in a square of 16 px around (0, 0)."""
    path = QPainterPath()
    if glyph is Glyph.RESET:
        path.arcMoveTo(-4, -4, 8, 8, 150)
        path.arcTo(-4, -4, 8, 8, 150, -290)
        corner = QPointF(-3.6, -5.2)
        path.moveTo(corner)
        path.lineTo(-3.6, -1.8)
        path.lineTo(-0.2, -1.8)
        return path
    for start, *rest in _LINES[glyph]:
        path.moveTo(*start)
        for point in rest:
            path.lineTo(*point)
    return path


_LINES: dict[Glyph, tuple[tuple[tuple[float, float], ...], ...]] = {
    Glyph.DOWN: (((-3, -1.5), (0, 1.5), (3, -1.5)),),
    Glyph.RIGHT: (((-1.5, -3), (1.5, 0), (-1.5, 3)),),
    Glyph.TICK: (((-3.5, 0.2), (-1, 2.8), (3.8, -2.8)),),
    Glyph.DASH: (((-3, 0), (3, 0)),),
    Glyph.REMOVE: (((-3, -3), (3, 3)), ((3, -3), (-3, 3))),
    Glyph.STAR: (
        (
            (0, -5), (1.5, -1.7), (5, -1.4), (2.3, 0.9), (3.1, 4.4), (0, 2.5),
            (-3.1, 4.4), (-2.3, 0.9), (-5, -1.4), (-1.5, -1.7), (0, -5),
        ),
    ),
}  # fmt: skip


def paint_glyph(painter: QPainter, glyph: Glyph, centre: QPointF, color: QColor) -> None:
    """A sign in 1.5 px lines around a point."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    pen = QPen(color, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(glyph_path(glyph))
    painter.restore()
