"""The curve of an activation, small: in the field that names it and in the list of all."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen

from designer.catalog.spec import CURVE_RANGE
from designer.ui.widgets.drawn_icon import drawn_icon

_MARGIN = 1.5
_FLATTEST = 1.0  # the height of the plot in units of y, at least


def curve_path(curve: Sequence[float], room: QRectF) -> QPainterPath:
    """The curve in `room`: x over CURVE_RANGE, y within it from its lowest to its highest."""
    low, high = CURVE_RANGE
    held = [min(max(value, low), high) for value in curve]
    bottom, top = min(held), max(held)
    height = max(top - bottom, _FLATTEST)
    path = QPainterPath()
    for place, value in enumerate(held):
        x = room.left() + room.width() * place / max(len(held) - 1, 1)
        point = QPointF(x, room.bottom() - room.height() * (value - bottom) / height)
        if place:
            path.lineTo(point)
        else:
            path.moveTo(point)
    return path


def paint_curve(
    painter: QPainter, curve: Sequence[float], place: QRectF, line: QColor, axes: QColor
) -> None:
    """The curve in 1.5 px, and thin axes through zero where they lie inside."""
    room = place.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    low, high = CURVE_RANGE
    held = [min(max(value, low), high) for value in curve]
    bottom, height = min(held), max(max(held) - min(held), _FLATTEST)
    level = room.bottom() + room.height() * bottom / height
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(axes, 1.0))
    middle = room.left() - room.width() * low / (high - low)
    painter.drawLine(QPointF(middle, room.top()), QPointF(middle, room.bottom()))
    if room.top() <= level <= room.bottom() + 0.01:
        painter.drawLine(QPointF(room.left(), level), QPointF(room.right(), level))
    pen = QPen(line, 1.5)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(curve_path(curve, room))
    painter.restore()


def curve_icon(curve: Sequence[float], line: QColor, axes: QColor) -> QIcon:
    """The curve for a row of a list; a selected row's text colour is the style's affair."""
    return drawn_icon(lambda painter, place, _mode: paint_curve(painter, curve, place, line, axes))


def curve_words(name: str, curve: Sequence[float]) -> str:
    """The curve for those who do not see it: "relu: 0 at -8, 0 at 0, 8 at 8"."""
    low, high = CURVE_RANGE
    text = QCoreApplication.translate(
        "Editor", "{name}: {first} at {low}, {zero} at 0, {last} at {high}"
    )
    return text.format(
        name=name,
        first=f"{curve[0]:g}",
        low=f"{low:g}",
        zero=f"{curve[len(curve) // 2]:g}",
        last=f"{curve[-1]:g}",
        high=f"{high:g}",
    )
