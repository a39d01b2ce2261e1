"""A colour to choose: a dot, and a ring around the one that is chosen."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from designer.ui.widgets.drawn_icon import drawn_icon

_SIDE = 24  # px
_DOT = 0.3  # radius, as part of the side
_RING = 0.44


def _paint(painter: QPainter, square: QRectF, color: QColor, ring: QColor | None) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    side = square.width()
    painter.drawEllipse(square.center(), side * _DOT, side * _DOT)
    if ring is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ring, max(1.0, side / 12)))
        painter.drawEllipse(square.center(), side * _RING, side * _RING)


def swatch_icon(color: QColor, ring: QColor | None) -> QIcon:
    """The colour for a menu; with `ring` around it as the chosen one."""
    return drawn_icon(lambda painter, square, _mode: _paint(painter, square, color, ring))


class Swatch(QAbstractButton):
    """One colour; its name is the tool tip and what screen readers say."""

    def __init__(self, name: str, color: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = color
        self.setCheckable(True)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_color(self, color: QColor) -> None:
        """Another colour, as another theme has it."""
        self._color = color
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        role = QPalette.ColorRole
        ring = role.Text if self.isChecked() else None
        if self.hasFocus() or self.underMouse():
            ring = role.Highlight
        with QPainter(self) as painter:
            square = QRectF(self.rect())
            _paint(painter, square, self._color, self.palette().color(ring) if ring else None)
