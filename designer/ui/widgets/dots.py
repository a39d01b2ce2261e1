"""The round dot of a category as an icon for rows of views that are not painted by us."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter

from designer.ui.widgets.drawn_icon import drawn_icon

_RADIUS = 4 / 16  # of the icon's side


def dot_icon(color: QColor) -> QIcon:
    """A dot in that colour, the same whether its row is selected or not."""

    def draw(painter: QPainter, square: QRectF, _mode: QIcon.Mode) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        radius = square.width() * _RADIUS
        painter.drawEllipse(square.center(), radius, radius)

    return drawn_icon(draw)
