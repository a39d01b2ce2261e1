"""The wire that would take what is in the hand, lit up while the pointer is on it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.document.model import Edge
from designer.ui.canvas.gestures.gesture import Pointer, Stage
from designer.ui.canvas.nearest import nearest_wire
from designer.ui.canvas.placing import PendingInsert

_REACH = 16.0  # widget px around a wire in which a drop is meant for it
_WIDER = 1.6  # px
_AROUND = 6.0


class LitWire:
    """Follows the pointer. `wanted` is False for what no wire can take."""

    def __init__(self, stage: Stage, *, wanted: bool) -> None:
        self._stage = stage
        self._wanted = wanted
        self.edge: Edge | None = None

    def look(self, at: Pointer) -> None:
        """The pointer is there now."""
        scene, zoom = self._stage.scene, self._stage.camera.zoom
        self.edge = nearest_wire(scene, at.point, _REACH / max(zoom, 0.3)) if self._wanted else None

    @property
    def pending(self) -> PendingInsert | None:
        """What a drop would wait for."""
        return PendingInsert(self.edge) if self.edge is not None else None

    def extent(self) -> QRectF:
        """What the light covers, in widget px."""
        if self.edge is None:
            return QRectF()
        return self._stage.camera.rect(self._stage.scene.routes[self.edge].box.grown(_AROUND))

    def paint(self, painter: QPainter) -> None:
        """Paint the light."""
        if self.edge is not None:
            stage = self._stage
            route = stage.scene.routes[self.edge]
            stage.picture.draw_route(painter, stage.camera, route, "accent", extra=_WIDER)
