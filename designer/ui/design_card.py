"""The buttons of the start page: a card with the picture of a design, its title and what it is in a
sentence; and a tile for a way to begin.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from designer.ui.icons import SIZE, pixmap
from designer.ui.theme import Theme, sized

LEAST = 220  # pixels; no card is narrower
_FLAT = 0.88  # height of a picture by its width
_TALLEST = 260  # pixels
_PAD = 12  # pixels around the words
_GAP = 3  # between title and sentence
_LINES = 2  # of the sentence
_CORNER = 6.0
_TILE_PAD = 16
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip | Qt.AlignmentFlag.AlignTop
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Framed(QAbstractButton):
    """A button with a title and a sentence; framed in the accent when it has the focus."""

    def __init__(self, title: str, sentence: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._sentence = sentence
        self._theme = theme
        self._title_font, self._font = sized(1, QFont.Weight.DemiBold), sized(0.85)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def _words_height(self, lines: int) -> int:
        sentence = lines * QFontMetrics(self._font).lineSpacing() if self._sentence else 0
        return QFontMetrics(self._title_font).height() + _GAP + sentence

    def _body(self, painter: QPainter) -> QPainterPath:
        inset = 1.0 if self.hasFocus() else 0.5
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        body = QPainterPath()
        body.addRoundedRect(frame, _CORNER, _CORNER)
        painter.fillPath(body, self._theme.color("card"))
        return body

    def _rim(self, painter: QPainter, body: QPainterPath) -> None:
        lit = self.hasFocus() or self.underMouse() or self.isDown()
        tone = self._theme.color("accent" if lit else "border")
        painter.strokePath(body, QPen(tone, 2.0 if self.hasFocus() else 1.0))

    def _write(self, painter: QPainter, room: QRectF) -> None:
        metrics = QFontMetrics(self._title_font)
        painter.setFont(self._title_font)
        painter.setPen(self._theme.color("text"))
        title = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignTop, title)
        painter.setFont(self._font)
        painter.setPen(self._theme.color("second"))
        painter.drawText(room.adjusted(0, metrics.height() + _GAP, 0, 0), _WRAPPED, self._sentence)


class DesignCard(_Framed):
    """As large as its picture and its words."""

    def __init__(self, title: str, sentence: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(title, sentence, theme, parent)
        self._drawn: QPixmap | None = None
        self.set_width(LEAST)

    def set_width(self, width: int) -> None:
        """Takes that width, and the height that goes with it."""
        self.picture = QSize(width - 2, min(_TALLEST, round((width - 2) * _FLAT)))
        self.setFixedSize(self.sizeHint())

    def show_picture(self, picture: QPixmap, theme: Theme) -> None:
        """Shows a picture, and everything else in the colours of that theme."""
        self._drawn, self._theme = picture, theme
        self.update()

    @property
    def title_fits(self) -> bool:
        """Whether the title is shown in full."""
        wide = QFontMetrics(self._title_font).horizontalAdvance(self.text())
        return wide <= self.picture.width() + 2 - 2 * _PAD

    def sizeHint(self) -> QSize:
        words = self._words_height(_LINES)
        return QSize(self.picture.width() + 2, self.picture.height() + 2 + words + 2 * _PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body, height = self._body(painter), self.picture.height()
        painter.save()
        painter.setClipPath(body)
        if self._drawn is not None:
            painter.drawPixmap(1, 1, self._drawn)
        painter.restore()
        painter.fillRect(1, height + 1, self.width() - 2, 1, self._theme.color("border"))
        self._write(painter, QRectF(self.rect()).adjusted(_PAD, height + 2 + _PAD, -_PAD, -_PAD))
        self._rim(painter, body)


class WayTile(_Framed):
    """A way to begin: an icon, what it is, and what comes of it."""

    def __init__(self, name: str, title: str, sentence: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(title, sentence, theme, parent)
        self._icon = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(LEAST, self._words_height(_LINES) + 2 * _TILE_PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = self._body(painter)
        drawn = pixmap(self._theme, self._icon, "accent", self.devicePixelRatioF())
        painter.drawPixmap(QPointF(_TILE_PAD, _TILE_PAD), drawn)
        left = _TILE_PAD + SIZE + 12
        self._write(painter, QRectF(self.rect()).adjusted(left, _TILE_PAD, -_PAD, -_TILE_PAD))
        self._rim(painter, body)
