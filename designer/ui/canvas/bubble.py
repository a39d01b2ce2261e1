"""A small card of text beside the pointer, kept inside the visible area: what a wire in the hand
carries, what would come out of its target, and what there is to say of it.
"""

from dataclasses import dataclass

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from designer.infer.brief import AGAINST
from designer.infer.trial import Verdict
from designer.ui.canvas.summary import shape_text
from designer.ui.theme import Theme, sized
from designer.ui.translate import tell

_WIDEST = 300.0
_PAD = 8.0
_STRIP = 4.0
_AWAY = 18.0  # px from the pointer, which must not hide it
_BECOMES, _AGAINST = "  →  ", "  ≠  "


@dataclass(frozen=True)
class Saying:
    """`shape` and `other` stand in the first line, monospaced; `text` below. `tone` is a role.

    `other` is what comes out of the target, or where it refuses what the shape is held against.
    """

    shape: str = ""
    other: str = ""
    text: str = ""
    tone: str = "second"

    def __bool__(self) -> bool:
        return bool(self.shape or self.text)


def saying_of(verdict: Verdict, shape: str) -> Saying:
    """What there is to say of a verdict on a wire that carries this shape."""
    tone = "second" if verdict.level == "open" else verdict.level
    other = ", ".join(shape_text(spec) for spec in verdict.outputs)
    reason = verdict.reason
    if reason is None:
        return Saying(shape, other, "", tone)
    if not reason.template.startswith(AGAINST):
        return Saying(shape, other, tell(reason), tone)
    text = tell(replace(reason, template=reason.template.removeprefix(AGAINST)))
    return Saying(shape, str(reason.values["second"]), text[:1].upper() + text[1:], tone)


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
        rect.moveLeft(max(rect.left(), visible.left()))
        if rect.bottom() > visible.bottom():
            rect.moveBottom(place.y() - _AWAY)
        if rect.top() < visible.top():
            rect.moveTop(place.y() + _AWAY)
        return rect.toAlignedRect().toRectF()

    def _head(self, saying: Saying) -> str:
        return saying.shape + self._rest(saying)

    @staticmethod
    def _rest(saying: Saying) -> str:
        sign = _AGAINST if saying.tone == "error" else _BECOMES
        return sign + saying.other if saying.other else ""

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
        size = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, saying.text).size()
        return size + QSizeF(1, 0)

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
            painter.setPen(self._theme.color(saying.tone))
            shift = metrics.horizontalAdvance(saying.shape)
            painter.drawText(QPointF(inner.left() + shift, base), self._rest(saying))
            inner.setTop(inner.top() + head.height() + _PAD / 2)
        if saying.text:
            painter.setFont(self._text_font)
            painter.setPen(self._theme.color("second" if saying.tone == "second" else "text"))
            painter.drawText(inner, Qt.TextFlag.TextWordWrap, saying.text)
