"""A small card of text beside the pointer, kept inside the visible area: what a wire in the hand
carries, what would come out of its target, and what there is to say of it.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from designer.ui.theme import Theme, sized

_WIDEST = 300.0
_PAD = 8.0
_STRIP = 4.0
_AWAY = 18.0  # px from the pointer, which must not hide it
_ARROW = "  →  "


@dataclass(frozen=True)
class Saying:
    """`shape` and `result` stand in the first line, monospaced; `text` below. `tone` is a role."""

    shape: str = ""
    result: str = ""
    text: str = ""
    tone: str = "second"

    def __bool__(self) -> bool:
        return bool(self.shape or self.text)


class Bubble:
    """Measures and draws sayings in a theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._shape_font = sized(0.85, QFont.Weight.Medium, theme.mono)
        self._text_font = sized(0.85)

    def rect(self, saying: Saying, place: QPointF, visible: QRectF, *, above: bool) -> QRectF:
        """Where it goes: beside the pointer at its right, or where there is room."""
        head, text = self._head_size(saying), self._text_size(saying)
        wide = max(head.width(), text.width()) + 2 * _PAD + _STRIP
        gap = _PAD / 2 if head.height() and text.height() else 0.0
        rect = QRectF(0, 0, wide, head.height() + gap + text.height() + 1.5 * _PAD)
        rect.moveLeft(place.x() + _AWAY)
        if above:
            rect.moveBottom(place.y() - _AWAY)
        else:
            rect.moveTop(place.y() + _AWAY)
        if rect.right() > visible.right():
            rect.moveRight(place.x() - _AWAY)
        if rect.bottom() > visible.bottom():
            rect.moveBottom(place.y() - _AWAY)
        if rect.top() < visible.top():
            rect.moveTop(place.y() + _AWAY)
        return rect.toAlignedRect().toRectF()

    def _head(self, saying: Saying) -> str:
        return saying.shape + (_ARROW + saying.result if saying.result else "")

    def _head_size(self, saying: Saying) -> QSizeF:
        if not saying.shape:
            return QSizeF(0, 0)
        metrics = QFontMetricsF(self._shape_font)
        return QSizeF(metrics.horizontalAdvance(self._head(saying)) + 1, metrics.height())

    def _text_size(self, saying: Saying) -> QSizeF:
        if not saying.text:
            return QSizeF(0, 0)
        room = QRectF(0, 0, _WIDEST, 1000)
        metrics = QFontMetricsF(self._text_font)
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, saying.text).size() + QSizeF(
            1, 0
        )

    def draw(self, painter: QPainter, saying: Saying, rect: QRectF) -> None:
        """Draw it there: text on a card with a strip of its tone on the leading side."""
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QPainterPath()
        card.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.fillPath(card, theme.color("card"))
        painter.setClipPath(card, Qt.ClipOperation.IntersectClip)
        strip = QRectF(rect.topLeft(), QSizeF(_STRIP, rect.height()))
        painter.fillRect(strip, theme.color(saying.tone))
        painter.setClipping(False)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawPath(card)
        self._write(painter, saying, rect)
        painter.restore()

    def _write(self, painter: QPainter, saying: Saying, rect: QRectF) -> None:
        inner = rect.adjusted(_PAD + _STRIP, 0.75 * _PAD, -_PAD, -0.75 * _PAD)
        head = self._head_size(saying)
        if saying.shape:
            metrics = QFontMetricsF(self._shape_font)
            base = inner.top() + metrics.ascent()
            painter.setFont(self._shape_font)
            painter.setPen(self._theme.color("text"))
            painter.drawText(QPointF(inner.left(), base), saying.shape)
            if saying.result:
                painter.setPen(self._theme.color(saying.tone))
                shift = metrics.horizontalAdvance(saying.shape)
                painter.drawText(QPointF(inner.left() + shift, base), _ARROW + saying.result)
            inner.setTop(inner.top() + head.height() + _PAD / 2)
        if saying.text:
            painter.setFont(self._text_font)
            painter.setPen(self._theme.color("second" if saying.tone == "second" else "text"))
            painter.drawText(inner, Qt.TextFlag.TextWordWrap, saying.text)
