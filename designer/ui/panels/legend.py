"""The key of the plot: a sample of each line as it is drawn, its name, and its newest value."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from designer.ui.theme import Theme, sized

Sample = Literal["training", "validation", "best"]
_LINE = 22  # pixels of a sample
_GAP = 8
_PAD = 6
_VEIL = 225  # alpha of the ground, so that lines behind it do not disturb


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the key."""

    sample: Sample
    name: str
    value: str = ""


class Legend(QWidget):
    """Lies over a plot and lets the mouse through."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[Row, ...] = ()
        self._font, self._figures = sized(0.85), sized(0.85, family=theme.mono)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What it says."""
        return self._rows

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self.update()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Shows these lines and takes the size that they need."""
        if rows != self._rows:
            self._rows = rows
            self.setAccessibleName(", ".join(f"{row.name} {row.value}".strip() for row in rows))
            self.resize(self.sizeHint())
            self.update()
        self.setVisible(bool(rows))

    def sizeHint(self) -> QSize:
        names, figures = QFontMetrics(self._font), QFontMetrics(self._figures)
        wide = max((names.horizontalAdvance(row.name) for row in self._rows), default=0)
        wide += max((figures.horizontalAdvance(row.value) for row in self._rows), default=0)
        return QSize(_LINE + wide + 2 * _GAP + 2 * _PAD, self._high * len(self._rows) + 2 * _PAD)

    @property
    def _high(self) -> int:
        return QFontMetrics(self._font).height() + 3

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self._theme.color("window"))
        ground.setAlpha(_VEIL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        for place, row in enumerate(self._rows):
            top = _PAD + place * self._high
            self._draw(painter, row.sample, top + self._high / 2)
            room = QRectF(_PAD + _LINE + _GAP, top, self.width(), self._high)
            room.setRight(self.width() - _PAD)
            painter.setPen(self._theme.color("second"))
            painter.setFont(self._font)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, row.name)
            painter.setPen(self._theme.color("text"))
            painter.setFont(self._figures)
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(room, side, row.value)

    def _draw(self, painter: QPainter, sample: Sample, y: float) -> None:
        hue = self._theme.plot(0)
        middle = QPointF(_PAD + _LINE / 2, y)
        if sample == "best":
            pen = QPen(self._theme.color("good"), 1.5, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(middle - QPointF(0, 6), middle + QPointF(0, 6))
            return
        dashed = sample == "validation"
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(hue, 1.5, style))
        painter.drawLine(QPointF(_PAD, y), QPointF(_PAD + _LINE, y))
        painter.setPen(QPen(hue, 1.5))
        painter.setBrush(self._theme.color("window") if dashed else hue)
        painter.drawEllipse(middle, 2.5, 2.5)
