"""What is on the screen and how it gets there cheaply: the scene itself, or a picture in its place.

While zooming the last frame is shown scaled; while dragging all that stands still is one picture.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion, QTransform

from designer.ui.canvas.camera import Camera
from designer.ui.canvas.overview import Overview
from designer.ui.canvas.painter import FAR, Emphasis, ScenePainter
from designer.ui.canvas.scene import Scene
from designer.ui.theme import Theme, sized

MOST = 5  # rectangles that are painted one by one; more are painted as one


@dataclass(frozen=True)
class Shot:
    """One state of the view: size in widget px, device px per widget px, and what stands out."""

    size: QSize
    camera: Camera
    ratio: float
    emphasis: Emphasis

    @property
    def visible(self) -> QRectF:
        """The whole widget."""
        return QRectF(QPointF(), self.size.toSizeF())


def areas(region: QRegion) -> list[QRect]:
    """A region as few rectangles: a pan uncovers strips, whose bounding box would be everything.

    Qt cuts a region into bands from left to right; what goes on below is one piece again.
    """
    found: list[QRect] = []
    for piece in cast(Iterable[QRect], region):
        above = next((r for r in found if _goes_on(r, piece)), None)
        if above is not None:
            above.setBottom(piece.bottom())
        else:
            found.append(QRect(piece))
    return found if len(found) <= MOST else [region.boundingRect()]


def _goes_on(above: QRect, below: QRect) -> bool:
    sides = above.left() == below.left() and above.right() == below.right()
    return sides and above.bottom() + 1 == below.top()


class Screen:
    """Paints shots of one scene. Holds pictures only as long as they stand in for something."""

    def __init__(self, scene: Scene, theme: Theme) -> None:
        self._scene = scene
        self._theme = theme
        self.picture = ScenePainter(scene, theme)
        self.overview = Overview(scene)
        self._held: tuple[QPixmap, Camera] | None = None
        self._still: tuple[Hashable, QPixmap] | None = None
        self._whole = True  # the next paint is of the whole canvas

    @property
    def held(self) -> bool:
        """Whether the last frame stands in for the canvas."""
        return self._held is not None

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.picture.set_theme(theme)
        self._held = self._still = None

    def hold(self, shot: Shot) -> None:
        """Show this shot, scaled, until it is let go."""
        if self._held is None:
            self._held = (self._pictured(shot), shot.camera)

    def let_go(self) -> None:
        """Paint the canvas itself again, all of it."""
        self._held = None
        self._whole = True

    def forget_still(self) -> None:
        """The gesture is over, or another one."""
        self._still = None

    def paint(self, painter: QPainter, region: QRegion, shot: Shot) -> None:
        """Paint a region (widget px) of a shot, and leave the painter clipped to it."""
        # From afar everything is drawn in one go, wherever it is.
        at_once = shot.camera.zoom < FAR or self._held is not None
        for area in [region.boundingRect()] if at_once else areas(region):
            painter.setClipRect(area)
            self._paint_area(painter, QRectF(area), shot)
        painter.setClipRegion(region)

    def _paint_area(self, painter: QPainter, area: QRectF, shot: Shot) -> None:
        if self._held is not None:
            painter.fillRect(area, self._theme.color("canvas"))
            self._draw_held(painter, *self._held, shot.camera)
        elif shot.emphasis.parted:
            self._paint_around(painter, area, shot)
        else:
            self.picture.paint(painter, shot.camera, area, shot.ratio, shot.emphasis)

    def paint_over(self, painter: QPainter, shot: Shot, *, idle: bool) -> None:
        """Paint what lies over the canvas: the map, and on an empty one what to do."""
        if not self._scene.boxes and not self._scene.marks.boxes and idle:
            painter.setPen(self._theme.color("second"))
            painter.setFont(sized(1.25))
            text = QCoreApplication.translate("canvas", "Drag a layer here, or press Tab to search")
            painter.drawText(shot.visible, Qt.AlignmentFlag.AlignCenter, text)
        if self._whole and self._held is None:
            self._whole = False
            self.overview.settle(shot.camera, shot.visible)
        self.overview.paint(painter, shot.camera, shot.visible, shot.ratio, self._theme)

    def _pictured(self, shot: Shot) -> QPixmap:
        pixmap = QPixmap(shot.size * shot.ratio)
        pixmap.setDevicePixelRatio(shot.ratio)
        painter = QPainter(pixmap)
        self.picture.paint(painter, shot.camera, shot.visible, shot.ratio, shot.emphasis)
        painter.end()
        return pixmap

    @staticmethod
    def _draw_held(painter: QPainter, frame: QPixmap, before: Camera, camera: Camera) -> None:
        scale = camera.zoom / before.zoom
        dx, dy = camera.x - before.x * scale, camera.y - before.y * scale
        painter.save()
        painter.setTransform(QTransform(scale, 0, 0, scale, dx, dy), combine=True)
        painter.drawPixmap(QPointF(), frame)
        painter.restore()

    def _paint_around(self, painter: QPainter, area: QRectF, shot: Shot) -> None:
        key = (self._scene.version, shot)
        if self._still is None or self._still[0] != key:
            self._still = (key, self._pictured(shot))
        source = QRectF(area.topLeft() * shot.ratio, area.size() * shot.ratio)
        painter.drawPixmap(area, self._still[1], source)
