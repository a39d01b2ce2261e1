"""Where the window stands over the canvas: the mapping between widget and canvas coordinates.

Widget coordinates are logical px of the widget; the offset is whole px so that panning can scroll.
"""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

from designer.ui.canvas.geometry import Box, Point

SMALLEST = 0.02
LARGEST = 4.0
ROOM = 48.0  # px that stay free around what is framed


@dataclass(frozen=True)
class Camera:
    """`x`, `y`: where the canvas' origin is in the widget; `zoom`: widget px per canvas px."""

    x: int = 0
    y: int = 0
    zoom: float = 1.0

    def to_canvas(self, point: QPointF) -> Point:
        """A point of the widget on the canvas."""
        return Point((point.x() - self.x) / self.zoom, (point.y() - self.y) / self.zoom)

    def to_widget(self, x: float, y: float) -> QPointF:
        """A point of the canvas in the widget."""
        return QPointF(x * self.zoom + self.x, y * self.zoom + self.y)

    def rect(self, box: Box) -> QRectF:
        """A box of the canvas in the widget."""
        corner = self.to_widget(box.left, box.top)
        return QRectF(corner, QSizeF(box.width * self.zoom, box.height * self.zoom))

    def box(self, rect: QRectF) -> Box:
        """A rectangle of the widget on the canvas."""
        return Box(*self.to_canvas(rect.topLeft()), *self.to_canvas(rect.bottomRight()))

    def panned(self, dx: int, dy: int) -> "Camera":
        """The canvas moved by that much."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def zoomed(self, zoom: float, around: QPointF) -> "Camera":
        """Another zoom; the point of the widget keeps what is under it, to half a px."""
        zoom = min(LARGEST, max(SMALLEST, zoom))
        fixed = self.to_canvas(around)
        x = round(around.x() - fixed.x * zoom)
        y = round(around.y() - fixed.y * zoom)
        return Camera(x, y, zoom)


def framing(box: Box, size: QSizeF, largest: float = 1.0) -> Camera:
    """The camera that shows the whole box in the middle, at most at that zoom."""
    wide = max(1.0, size.width() - 2 * ROOM) / max(1.0, box.width)
    high = max(1.0, size.height() - 2 * ROOM) / max(1.0, box.height)
    zoom = min(LARGEST, max(SMALLEST, min(wide, high, largest)))
    middle = box.center
    x = round(size.width() / 2 - middle.x * zoom)
    y = round(size.height() / 2 - middle.y * zoom)
    return Camera(x, y, zoom)
