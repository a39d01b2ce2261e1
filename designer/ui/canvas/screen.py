"""What is on the screen and how it gets there cheaply: a picture of the scene, and what lies over.

While the wheel turns that picture is shown scaled.
"""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPainter, QRegion

from designer.ui.canvas.overview import Overview
from designer.ui.canvas.painter import ScenePainter
from designer.ui.canvas.scene import Scene
from designer.ui.canvas.sheet import Sheet, Shot
from designer.ui.theme import Theme, sized


class Screen:
    """Paints shots of one scene."""

    def __init__(self, scene: Scene, theme: Theme) -> None:
        self._scene = scene
        self._theme = theme
        self.picture = ScenePainter(scene, theme)
        self.overview = Overview(scene)
        self.sheet = Sheet(self.picture.paint)
        self._held = False
        self._whole = True  # the next paint is of the whole canvas

    @property
    def held(self) -> bool:
        """Whether the last frame stands in for the canvas."""
        return self._held

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.picture.set_theme(theme)
        self.sheet.forget()
        self._held = False

    def hold(self, shot: Shot) -> None:
        """Show this shot, scaled, until it is let go."""
        if not self._held:
            self.sheet.follow(QRegion(shot.visible.toRect()), shot, self._scene.version)
            self._held = True

    def let_go(self) -> None:
        """Paint the canvas itself again, all of it."""
        self._held = False
        self._whole = True

    def paint(self, painter: QPainter, region: QRegion, shot: Shot) -> None:
        """Paint a region (widget px) of a shot, and leave the painter clipped to it."""
        painter.setClipRegion(region)
        if self._held:
            painter.fillRect(region.boundingRect(), self._theme.color("canvas"))
            self.sheet.draw_scaled(painter, shot.camera)
        else:
            self.sheet.follow(region, shot, self._scene.version)
            self.sheet.draw(painter, shot.camera)

    def paint_over(self, painter: QPainter, shot: Shot, *, idle: bool) -> None:
        """Paint what lies over the canvas: the map, and on an empty one what to do."""
        if not self._scene.boxes and not self._scene.marks.boxes and idle:
            painter.setPen(self._theme.color("second"))
            painter.setFont(sized(1.25))
            text = QCoreApplication.translate("canvas", "Drag a layer here, or press Tab to search")
            painter.drawText(shot.visible, Qt.AlignmentFlag.AlignCenter, text)
        if self._whole and not self._held:
            self._whole = False
            self.overview.settle(shot.camera, shot.visible)
        self.overview.paint(painter, shot.camera, shot.visible, shot.ratio, self._theme)
