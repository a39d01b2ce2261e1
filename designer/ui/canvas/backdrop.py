"""The canvas behind everything: its dots, which fade out where they would only be noise."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from designer.ui.canvas.camera import Camera
from designer.ui.canvas.crisp import snap
from designer.ui.theme import Theme

_STEP = 24.0  # canvas px
_NONE, _FULL = 0.3, 0.5  # zooms between which the dots appear


class Backdrop:
    """Paints the dots of one theme. Holds a cache."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._row: tuple[object, QPixmap] | None = None

    def paint(self, painter: QPainter, camera: Camera, area: QRectF, ratio: float) -> None:
        """Paint what lies in `area` (widget px); `ratio` is device px per widget px."""
        painter.fillRect(area, self._theme.color("canvas"))
        strength = min(1.0, (camera.zoom - _NONE) / (_FULL - _NONE))
        if strength <= 0:
            return
        step = _STEP * camera.zoom
        row = self._dot_row(step, area.width() + 2 * step, ratio)
        column = (area.left() - camera.x) // step
        x = snap(camera.x + column * step, ratio)
        line = (area.top() - camera.y) // step
        painter.setOpacity(strength)
        while (y := camera.y + line * step) < area.bottom() + 1:
            painter.drawPixmap(QPointF(x, snap(y, ratio)), row)
            line += 1
        painter.setOpacity(1.0)

    def _dot_row(self, step: float, width: float, ratio: float) -> QPixmap:
        # One row of dots is drawn once; a fraction of a px in the step would smear a tile.
        wide = -(-int(width * ratio) // 512) * 512
        key = (round(step, 4), ratio)
        if self._row is not None and self._row[0] == key and self._row[1].width() >= wide:
            return self._row[1]
        size = max(1, round(1.5 * ratio))
        row = QPixmap(wide, size)
        row.fill(Qt.GlobalColor.transparent)
        painter = QPainter(row)
        color = self._theme.color("dots")
        for place in range(int(wide / (step * ratio)) + 1):
            painter.fillRect(round(place * step * ratio), 0, size, size, color)
        painter.end()
        row.setDevicePixelRatio(ratio)
        self._row = (key, row)
        return row
