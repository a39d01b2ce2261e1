"""The overview map in the corner: the whole design small, and the part that is on screen.

It is there only while some of the design is not.
"""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from designer.document.model import Frame
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.mark_painter import tinted
from designer.ui.canvas.scene import Scene
from designer.ui.theme import Theme

_LARGEST = QSizeF(144.0, 104.0)
_SMALLEST = 24.0
_MARGIN = 16.0
_PAD = 6.0
_TINT = 0.25  # share of a frame's colour
_ENOUGH = 0.5  # share of the design that is seen, where the map may go rather than hide nodes


def _scaled(box: Box, scale: float) -> QRectF:
    return QRectF(box.left * scale, box.top * scale, box.width * scale, box.height * scale)


def _area(rect: QRectF) -> float:
    return rect.width() * rect.height()


class Overview:
    """Paints the map, and tells which place of the canvas a place on it means."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._kept: tuple[object, QPixmap] | None = None
        self._version: object = None  # of the scene that it was last compared with
        self._bounds: tuple[int, Box | None] = (-1, None)
        self._corner = 0
        self._away = False

    def settle(self, camera: Camera, visible: QRectF) -> None:
        """Goes to the corner where it hides the least of the nodes, if it hides any where it is;
        goes away where it would hide some and most of the design is seen without it.

        To be called only when the whole canvas is painted anew.
        """
        self._away = False
        bounds = self._extent()
        if bounds is None or not self.shown(camera, visible):
            return
        order = (self._corner, *(c for c in range(4) if c != self._corner))
        hidden = {corner: self._hidden(camera, self._at(corner, visible)) for corner in order}
        self._corner = min(order, key=hidden.__getitem__)
        whole = camera.rect(bounds)
        seen = _area(whole.intersected(visible)) / max(1.0, _area(whole))
        self._away = hidden[self._corner] > 0 and seen > _ENOUGH

    def _hidden(self, camera: Camera, rect: QRectF) -> float:
        """How much of the nodes lies under it there, in square px."""
        near = self._scene.nodes_within(camera.box(rect))
        parts = (rect.intersected(camera.rect(self._scene.boxes[node])) for node in near)
        return sum(_area(part) for part in parts)

    def rect(self, visible: QRectF) -> QRectF:
        """Where the map lies in the widget, whether it is shown or not."""
        return self._at(self._corner, visible)

    def _at(self, corner: int, visible: QRectF) -> QRectF:
        """Corners count from the lower left: lower right, upper right, upper left."""
        bounds = self._extent()
        if bounds is None:
            return QRectF()
        scale = self._scale(bounds)
        wide = max(_SMALLEST, bounds.width * scale) + 2 * _PAD
        high = max(_SMALLEST, bounds.height * scale) + 2 * _PAD
        left, top = visible.left() + _MARGIN, visible.top() + _MARGIN
        if corner in (1, 2):
            left = visible.right() - _MARGIN - wide
        if corner in (0, 1):
            top = visible.bottom() - _MARGIN - high
        return QRectF(round(left), round(top), round(wide), round(high))

    def shown(self, camera: Camera, visible: QRectF) -> bool:
        """Whether something of the design is off screen, and there is room for a map."""
        bounds = self._extent()
        if self._away or bounds is None or visible.width() < 3 * _LARGEST.width():
            return False
        return not visible.adjusted(-1, -1, 1, 1).contains(camera.rect(bounds))

    def paint(
        self, painter: QPainter, camera: Camera, visible: QRectF, ratio: float, theme: Theme
    ) -> None:
        """Paint the map over the canvas."""
        bounds = self._extent()
        if bounds is None or not self.shown(camera, visible):
            return
        rect = self.rect(visible)
        painter.setOpacity(1.0)
        painter.drawPixmap(rect.topLeft(), self._map(bounds, rect.size(), ratio, theme))
        box = camera.box(visible)
        scale = self._scale(bounds)
        corner = self._origin(bounds, rect)
        seen = QRectF(
            corner.x() + box.left * scale,
            corner.y() + box.top * scale,
            box.width * scale,
            box.height * scale,
        )
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRect(seen.intersected(frame))

    def place(self, at: QPointF, camera: Camera, visible: QRectF) -> Point | None:
        """The place of the canvas that a place of the widget means on the map, if it is on it."""
        bounds = self._extent()
        rect = self.rect(visible)
        if bounds is None or not rect.contains(at) or not self.shown(camera, visible):
            return None
        scale, corner = self._scale(bounds), self._origin(bounds, rect)
        return Point((at.x() - corner.x()) / scale, (at.y() - corner.y()) / scale)

    def _extent(self) -> Box | None:
        if self._bounds[0] != self._scene.version:
            self._bounds = (self._scene.version, self._scene.bounds)
        return self._bounds[1]

    @staticmethod
    def _scale(bounds: Box) -> float:
        wide = _LARGEST.width() / max(1.0, bounds.width)
        return min(wide, _LARGEST.height() / max(1.0, bounds.height), 0.15)

    def _origin(self, bounds: Box, rect: QRectF) -> QPointF:
        """Where the canvas' origin lies on the map."""
        scale, middle = self._scale(bounds), bounds.center
        return QPointF(rect.center().x() - middle.x * scale, rect.center().y() - middle.y * scale)

    def _map(self, bounds: Box, size: QSizeF, ratio: float, theme: Theme) -> QPixmap:
        version = (self._scene.version, size, ratio, theme.name)
        if self._kept is not None and self._version == version:
            return self._kept[1]
        self._version = version
        # Only what the map shows: shapes and problems come and go far more often than places.
        marks = self._scene.marks
        key = (tuple(self._scene.boxes.values()), marks.all, size, ratio, theme.name)
        if self._kept is not None and self._kept[0] == key:
            return self._kept[1]
        pixmap = QPixmap((size * ratio).toSize())
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(theme.color("card"))
        painter = QPainter(pixmap)
        scale = self._scale(bounds)
        corner = self._origin(bounds, QRectF(QPointF(), size))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1))
        color = theme.color("second")
        color.setAlphaF(0.6)
        for mark, box in marks.ranked():
            tint = (
                tinted(theme, mark.color, _TINT)
                if isinstance(mark, Frame)
                else theme.color("hover")
            )
            painter.fillRect(_scaled(box, scale).translated(corner), tint)
        for box in self._scene.boxes.values():
            spot = _scaled(box, scale)
            spot.setSize(spot.size().expandedTo(QSizeF(1, 1)))
            painter.fillRect(spot.translated(corner), color)
        painter.end()
        self._kept = (key, pixmap)
        return pixmap
