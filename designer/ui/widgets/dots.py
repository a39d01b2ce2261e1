"""The round dot of a category as an icon for rows of views that are not painted by us."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

_SIZE = 16  # px at scale 1
_RADIUS = 4.0
_SCALES = (1, 2, 3)


def dot_icon(color: QColor) -> QIcon:
    """A dot in that colour, sharp on every screen."""
    found = QIcon()
    for scale in _SCALES:
        drawn = QPixmap(_SIZE * scale, _SIZE * scale)
        drawn.setDevicePixelRatio(scale)
        drawn.fill(Qt.GlobalColor.transparent)
        with QPainter(drawn) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(QPointF(_SIZE / 2, _SIZE / 2), _RADIUS, _RADIUS)
        found.addPixmap(drawn)
        found.addPixmap(drawn, QIcon.Mode.Selected)  # or Qt would tint it
    return found
