"""Moving a node that has no wires yet: dropped on a wire it is put in between."""

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter

from designer.document import edits
from designer.document.model import Document, Edge
from designer.document.problem import Problem, ProblemError
from designer.ui.canvas.gestures.gesture import Pointer, Stage
from designer.ui.canvas.gestures.lit_wire import LitWire
from designer.ui.canvas.gestures.move import MoveGesture
from designer.ui.canvas.placing import inserted, takes_wire


def is_loose(stage: Stage, node: str) -> bool:
    """Whether a node is alone in the hand, without wires, and could stand on one."""
    graph = stage.scene.document.graph
    wired = node in graph.incoming or node in graph.outgoing
    others = stage.session.selection - {node} if node in stage.session.selection else ()
    return not wired and not others and takes_wire(stage.session.catalog, graph.nodes[node].type)


class InsertGesture(MoveGesture):
    """A move that ends on a wire, if it is let go there."""

    def __init__(self, stage: Stage, start: Pointer, node: str) -> None:
        super().__init__(stage, start, node)
        self._wire = LitWire(stage, wanted=not start.adds)

    def move(self, at: Pointer) -> None:
        super().move(at)
        if self._moving:
            self._wire.look(at)

    def release(self, at: Pointer) -> None:
        self.move(at)
        edge = self._wire.edge
        if edge is None:
            super().release(at)
            return
        label = QCoreApplication.translate("canvas", "Insert on the wire")
        self.stage.session.do(label, lambda d: self._put_on(d, edge), origin=self.stage)

    def _put_on(self, document: Document, edge: Edge) -> Document:
        node = document.graph.nodes[self._node]
        place = (node.x + self._shift.x, node.y + self._shift.y)
        moved = edits.move(document, {node.id: place})
        after = inserted(moved, self.stage.session.catalog, edge, node.id)
        if isinstance(after, Problem):
            raise ProblemError(after)
        return after

    def extent(self) -> QRectF:
        return super().extent() | self._wire.extent()

    def paint(self, painter: QPainter) -> None:
        self._wire.paint(painter)
        super().paint(painter)
