"""Where nodes come to rest while they are dragged: in line with their neighbours, or on the grid.

Only what is on screen attracts, and only where it is near enough to be seen doing so. Alt frees.
"""

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from designer.ui.canvas.camera import Camera
from designer.ui.canvas.geometry import Box, Point, snapped
from designer.ui.canvas.gestures.gesture import Pointer, Stage
from designer.ui.canvas.guides import Field, Guide
from designer.ui.canvas.painter import FAR

_REACH = 6.0  # widget px
_BEYOND = 8.0  # widget px that a guide reaches beyond what it joins
_TICK = 4.0  # widget px
_ALT = Qt.KeyboardModifier.AltModifier


class Snapping:
    """`box` is around all that moves, `home` the place that lands on the grid otherwise.

    `gridded`: it lands on the grid in any case, so only neighbours in line with that attract.
    """

    def __init__(
        self,
        stage: Stage,
        moving: AbstractSet[str],
        box: Box,
        home: Point,
        *,
        gridded: bool = False,
    ) -> None:
        self._stage = stage
        self._moving = moving
        self._box = box
        self._home = home
        self._gridded = gridded
        self._field: tuple[Camera, Field] | None = None
        self._guides: tuple[Guide, ...] = ()

    def shift(self, dx: float, dy: float, at: Pointer) -> Point:
        """How far it goes for a hand that went that far."""
        self._guides = ()
        if at.modifiers & _ALT and not self._gridded:
            return Point(float(round(dx)), float(round(dy)))
        x = snapped(self._home.x + dx) - self._home.x
        y = snapped(self._home.y + dy) - self._home.y
        zoom = self._stage.camera.zoom
        if not self._stage.snaps or zoom < FAR or at.modifiers & _ALT:
            return Point(x, y)
        field = self._standing()
        near = field.snap(self._box.shifted(dx, dy), _REACH / zoom)
        x = self._attracted(self._home.x, dx, near.dx, x)
        y = self._attracted(self._home.y, dy, near.dy, y)
        self._guides = field.guides(self._box.shifted(x, y))
        return Point(x, y)

    def _attracted(self, home: float, way: float, further: float | None, usual: float) -> float:
        """How far it goes along one axis: to its neighbours' line if there is one, or as usual."""
        if further is None:
            return usual
        there = way + further
        return usual if self._gridded and home + there != snapped(home + there) else there

    def _standing(self) -> Field:
        """What is on screen, found anew where the view has moved."""
        scene, camera = self._stage.scene, self._stage.camera
        if self._field is None or self._field[0] != camera:
            seen = scene.nodes.hits(camera.box(self._stage.visible()))
            still = Field(scene.boxes[i] for i in seen if i not in self._moving)
            self._field = (camera, still)
        return self._field[1]

    # --- Paint ----------------------------------------------------------------------------------

    def _line(self, guide: Guide) -> QLineF:
        camera = self._stage.camera
        start, end = camera.to_widget(*guide.start), camera.to_widget(*guide.end)
        # On the middle of a px a line of one px is sharp.
        line = QLineF(start.toPoint(), end.toPoint()).translated(0.5, 0.5)
        if guide.gap or not line.length():
            return line
        beyond = (line.p2() - line.p1()) * (_BEYOND / line.length())
        return QLineF(line.p1() - beyond, line.p2() + beyond)

    def extent(self) -> QRectF:
        """What the guides cover, in widget px."""
        area = QRectF()
        for guide in self._guides:
            line = self._line(guide)
            area |= QRectF(line.p1(), line.p2()).normalized().adjusted(-_TICK, -_TICK, _TICK, _TICK)
        return area

    def paint(self, painter: QPainter) -> None:
        """Paint the guides that hold."""
        if not self._guides:
            return
        painter.save()
        painter.setPen(QPen(self._stage.theme.color("accent"), 1))
        for guide in self._guides:
            line = self._line(guide)
            painter.drawLine(line)
            if guide.gap:
                _draw_ticks(painter, line)
        painter.restore()


def _draw_ticks(painter: QPainter, line: QLineF) -> None:
    """The ends of a measure."""
    across = line.normalVector().unitVector()
    tick = QLineF(0, 0, across.dx() * _TICK, across.dy() * _TICK)
    for end in (line.p1(), line.p2()):
        painter.drawLine(QLineF(end - tick.p2(), end + tick.p2()))
