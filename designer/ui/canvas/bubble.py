"""A small bubble of text beside the pointer, kept inside the visible area."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from designer.ui.theme import Theme, sized

_WIDEST = 320.0
_PAD = 8.0
_AWAY = 16.0


def _font() -> QFont:
    return sized(0.85)


def bubble_rect(text: str, place: QPointF, visible: QRectF) -> QRectF:
    """Where the bubble for that text goes: below right of the pointer, or where there is room."""
    room = QRectF(0, 0, _WIDEST, 1000)
    text_rect = QFontMetricsF(_font()).boundingRect(room, Qt.TextFlag.TextWordWrap, text)
    rect = QRectF(0, 0, text_rect.width() + 2 * _PAD + 1, text_rect.height() + 2 * _PAD)
    rect.moveTopLeft(place + QPointF(_AWAY, _AWAY))
    if rect.right() > visible.right():
        rect.moveRight(place.x() - _AWAY)
    if rect.bottom() > visible.bottom():
        rect.moveBottom(place.y() - _AWAY)
    return rect


def draw_bubble(
    painter: QPainter, text: str, place: QPointF, visible: QRectF, theme: Theme
) -> None:
    """Draw the bubble: text on a card, with the error colour on its leading side."""
    rect = bubble_rect(text, place, visible)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("error"), 1))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    painter.setPen(theme.color("text"))
    painter.setFont(_font())
    inner = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
    painter.drawText(inner, Qt.TextFlag.TextWordWrap, text)
    painter.restore()
