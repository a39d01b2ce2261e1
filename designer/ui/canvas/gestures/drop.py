"""Dropping a type from the palette: a ghost of the card under the pointer, a node on release.

On a wire the node is put in between; the wire lights up while the pointer is there.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from designer.catalog.library import in_library
from designer.document.model import Document
from designer.document.showing import shown
from designer.infer.report import Report
from designer.ui.canvas.block_placing import placed_block
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.gestures.gesture import Gesture, Pointer, Stage
from designer.ui.canvas.gestures.lit_wire import LitWire
from designer.ui.canvas.gestures.snapping import Snapping
from designer.ui.canvas.look import Look
from designer.ui.canvas.placing import Pending, placed, takes_wire
from designer.ui.canvas.scene import MARGIN, Scene

_GHOST = 0.7
Place = Callable[[str, Point, Pending | None], object]


class DropGesture(Gesture):
    """A type in the hand. `place` makes the node; it is called once, on release."""

    scrolls = True

    def __init__(self, stage: Stage, start: Pointer, kind: str, place: Place) -> None:
        super().__init__(stage, start)
        self._kind = kind
        self._place = place
        self._look = self._ghost()
        box = Box.around(0.0, 0.0, self._look.width, self._look.height)
        self._snapping = Snapping(stage, frozenset(), box, Point(0.0, 0.0), gridded=True)
        self._at = self._snapping.shift(*start.point, start)
        self._wire = LitWire(stage, wanted=takes_wire(stage.session.catalog, kind))

    def _ghost(self) -> Look:
        # The very node in a document of its own, so that the ghost cannot differ from the card.
        alone = Document(direction=self.stage.scene.direction)
        catalog = self.stage.session.catalog
        put = partial(placed_block, scope="") if in_library(self._kind) else placed
        document, node = put(alone, catalog=catalog, kind=self._kind, at=Point(0.0, 0.0))
        scene = Scene(catalog)
        scene.become(shown(document), Report())
        return scene.looks[node]

    def move(self, at: Pointer) -> None:
        self._at = self._snapping.shift(*at.point, at)
        self._wire.look(at)

    def release(self, at: Pointer) -> None:
        self.move(at)
        self._place(self._kind, self._at, self._wire.pending)

    def _corner(self) -> QPointF:
        x = self._at.x - self._look.width / 2 - MARGIN
        y = self._at.y - self._look.height / 2 - MARGIN
        return self.stage.camera.to_widget(x, y)

    def _sprite_zoom(self) -> float:
        return max(self.stage.camera.zoom, 0.05)

    def extent(self) -> QRectF:
        zoom = self._sprite_zoom()
        wide, high = self._look.width + 2 * MARGIN, self._look.height + 2 * MARGIN
        corner = self._corner()
        ghost = QRectF(corner.x() - 2, corner.y() - 2, wide * zoom + 4, high * zoom + 4)
        return ghost | self._wire.extent() | self._snapping.extent()

    def paint(self, painter: QPainter) -> None:
        self._wire.paint(painter)
        zoom = self._sprite_zoom()
        sprites = self.stage.picture.sprites
        sprite = sprites.node(self._look, zoom, self.stage.ratio(), titles=False)
        painter.setOpacity(_GHOST)
        painter.drawPixmap(self._corner(), sprite)
        painter.setOpacity(1.0)
        self._snapping.paint(painter)
