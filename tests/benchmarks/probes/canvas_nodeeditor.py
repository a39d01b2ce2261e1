"""nodeeditor-qtpy, by its own interface; the package is a guest of the benchmark (see peers.py)."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRectF, Qt

from tests.benchmarks.probes.canvas_plan import PITCH, Plan

# It may not be there, and it has no types.
Editor: Any = import_module("nodeeditor.node_editor_widget").NodeEditorWidget
Node: Any = import_module("nodeeditor.node_node").Node
edges: Any = import_module("nodeeditor.node_edge")


class Program:
    """Its scene in its widget. Its nodes are taller than ours, so fewer are seen at 100 %."""

    wheel_keys = Qt.KeyboardModifier.ControlModifier
    # A node that is let go over a wire from afar is wired into a circle, and it never ends.
    skips = frozenset({"one at fit", "all at fit"})

    def __init__(self) -> None:
        self.widget = Editor()
        self._scene, self._view = self.widget.scene, self.widget.view
        self.port = self._view.viewport()
        self._nodes: list[Any] = []
        self._pitch = (PITCH[0], PITCH[1])

    def build(self, plan: Plan) -> None:
        for number in range(plan.count):
            made = Node(self._scene, f"node_{number}", inputs=[0, 0], outputs=[0])
            if number == 0:
                self._pitch = PITCH[0], round(made.grNode.boundingRect().height() + 48)
            x, y = plan.place(number)
            made.setPos(x, y // PITCH[1] * self._pitch[1])
            self._nodes.append(made)
        for source, target, slot in plan.wires():
            out, entry = self._nodes[source].outputs[0], self._nodes[target].inputs[slot]
            edges.Edge(self._scene, out, entry, edge_type=edges.EDGE_TYPE_BEZIER)
        self._scene.history.storeInitialHistoryStamp()

    def fit(self) -> None:
        area = QRectF()
        for node in self._nodes:
            area = area.united(node.grNode.sceneBoundingRect())
        self._view.fitInView(area, Qt.AspectRatioMode.KeepAspectRatio)

    def renew(self) -> None:
        self.port.update()

    def near(self, node: int) -> None:
        self._view.resetTransform()
        self._view.centerOn(self._middle(node))

    def _middle(self, node: int) -> Any:
        return self._nodes[node].grNode.sceneBoundingRect().center()

    def spot(self, node: int) -> QPoint:
        # By its title, where no widget of its content takes the mouse.
        place = self._nodes[node].grNode.sceneBoundingRect()
        found: QPoint = self._view.mapFromScene(place.center().x(), place.top() + 12)
        return found

    def empty(self, node: int) -> QPoint:
        return QPoint()

    def pan(self, dx: int, dy: int) -> bool:
        # As its hand does; that wants a place where no wire is, and its wires bend far out.
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() - dx)
        down.setValue(down.value() - dy)
        return True

    def select(self, nodes: Sequence[int]) -> None:
        wanted = set(nodes)
        for number, node in enumerate(self._nodes):
            node.doSelect(number in wanted)

    def count(self) -> int:
        return len(self._scene.nodes)

    def acts(self, file: Path) -> Mapping[str, Callable[[], object]]:
        # To delete all takes two minutes, to undo that two seconds: NodeGraphQt is the better one
        # in both by far, and they are left to it.
        return {
            "save": lambda: self._scene.saveToFile(str(file)),
            "close": self._scene.clear,
            "load": lambda: self._scene.loadFromFile(str(file)),
        }

    def habits(self, node: int) -> Mapping[str, Callable[[int], object]]:
        return {}
