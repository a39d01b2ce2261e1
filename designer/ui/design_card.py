"""A card of the start page: the picture of a design, its title, and what it is in a sentence."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from designer.ui.theme import Theme, sized

PICTURE = QSize(218, 172)  # pixels at scale 1
_PAD = 12  # pixels around the words
_GAP = 3  # between title and sentence
_LINES = 2  # of the sentence
_CORNER = 6.0
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip | Qt.AlignmentFlag.AlignTop


class DesignCard(QAbstractButton):
    """A button as large as its picture and words; framed in the accent when it has the focus."""

    def __init__(self, title: str, sentence: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._sentence = sentence
        self._theme = theme
        self._picture: QPixmap | None = None
        self._title_font, self._font = sized(1, QFont.Weight.DemiBold), sized(0.85)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(self.sizeHint())

    def show_picture(self, picture: QPixmap, theme: Theme) -> None:
        """Shows a picture, and everything else in the colours of that theme."""
        self._picture, self._theme = picture, theme
        self.update()

    @property
    def title_fits(self) -> bool:
        """Whether the title is shown in full."""
        wide = QFontMetrics(self._title_font).horizontalAdvance(self.text())
        return wide <= PICTURE.width() + 2 - 2 * _PAD

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._title_font).height() + _GAP
        words += _LINES * QFontMetrics(self._font).lineSpacing() if self._sentence else 0
        return QSize(PICTURE.width() + 2, PICTURE.height() + 2 + words + 2 * _PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.hasFocus() or self.underMouse() or self.isDown()
        inset = 1.0 if self.hasFocus() else 0.5
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        body = QPainterPath()
        body.addRoundedRect(frame, _CORNER, _CORNER)
        painter.fillPath(body, self._theme.color("card"))
        painter.save()
        painter.setClipPath(body)
        if self._picture is not None:
            painter.drawPixmap(1, 1, self._picture)
        painter.restore()
        painter.fillRect(1, PICTURE.height() + 1, self.width() - 2, 1, self._theme.color("border"))
        self._write(painter)
        tone = self._theme.color("accent" if lit else "border")
        painter.strokePath(body, QPen(tone, 2.0 if self.hasFocus() else 1.0))

    def _write(self, painter: QPainter) -> None:
        room = QRectF(self.rect()).adjusted(_PAD, PICTURE.height() + 2 + _PAD, -_PAD, -_PAD)
        metrics = QFontMetrics(self._title_font)
        painter.setFont(self._title_font)
        painter.setPen(self._theme.color("text"))
        title = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignTop, title)
        painter.setFont(self._font)
        painter.setPen(self._theme.color("second"))
        painter.drawText(room.adjusted(0, metrics.height() + _GAP, 0, 0), _WRAPPED, self._sentence)
