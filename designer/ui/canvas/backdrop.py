"""The canvas behind everything: its dots, which fade out where they would only be noise."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from designer.ui.canvas.camera import Camera
from designer.ui.canvas.crisp import snap
from designer.ui.theme import Theme

_STEP = 24.0  # canvas px
_NONE, _FULL = 0.3, 0.5  # zooms between which the dots appear
_MORE = 8  # dots that a row has on both sides for what a pan will uncover


class _Row(NamedTuple):
    """A picture of the dots from one column to another; `x` is where it begins, in widget px."""

    key: object
    first: int
    last: int
    x: float
    picture: QPixmap


class Backdrop:
    """Paints the dots of one theme. Holds a cache."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._row: _Row | None = None

    def paint(self, painter: QPainter, camera: Camera, area: QRectF, ratio: float) -> None:
        """Paint what lies in `area` (widget px); `ratio` is device px per widget px."""
        painter.fillRect(area, self._theme.color("canvas"))
        strength = min(1.0, (camera.zoom - _NONE) / (_FULL - _NONE))
        if strength <= 0:
            return
        step = _STEP * camera.zoom
        first, last = (int((x - camera.x) // step) for x in (area.left(), area.right() + 1))
        x, row = self._dot_row(first, last + 1, step, camera.x * ratio % 1, ratio)
        line = (area.top() - camera.y) // step
        painter.setOpacity(strength)
        while (y := camera.y + line * step) < area.bottom() + 1:
            painter.drawPixmap(QPointF(snap(camera.x, ratio) + x, snap(y, ratio)), row)
            line += 1
        painter.setOpacity(1.0)

    def _dot_row(
        self, first: int, last: int, step: float, part: float, ratio: float
    ) -> tuple[float, QPixmap]:
        """A row with at least these of the dots, and how far from the canvas' origin it begins.

        `part` of a device px is where the origin lies: each dot is at the nearest whole one.
        """
        # One row of dots is drawn once; a fraction of a px in the step would smear a tile.
        key = (round(step, 4), part, ratio)
        kept = self._row
        if kept is not None and kept.key == key and kept.first <= first and last <= kept.last:
            return kept.x, kept.picture
        first, last = first - _MORE, last + _MORE
        places = [round(snap(n * step * ratio + part, 1.0)) for n in range(first, last + 1)]
        size, start = max(1, round(1.5 * ratio)), places[0]
        row = QPixmap(places[-1] - start + size, size)
        row.fill(Qt.GlobalColor.transparent)
        painter = QPainter(row)
        color = self._theme.color("dots")
        for place in places:
            painter.fillRect(place - start, 0, size, size, color)
        painter.end()
        row.setDevicePixelRatio(ratio)
        x = (start - snap(part, 1.0)) / ratio
        self._row = _Row(key, first, last, x, row)
        return x, row
