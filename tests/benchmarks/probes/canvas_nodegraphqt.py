"""NodeGraphQt, by its own interface; the package is a guest of the benchmark (see peers.py)."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt

from tests.benchmarks.probes.canvas_plan import PITCH, Plan

# It may not be there, and it has no types.
NodeGraphQt: Any = import_module("NodeGraphQt")


class Layer(NodeGraphQt.BaseNode):  # type: ignore[misc]  # the package has no types
    """A node with the two inputs and the output that the graph needs."""

    __identifier__ = "bench"
    NODE_NAME = "Layer"

    def __init__(self) -> None:
        super().__init__()
        self.add_input("a")
        self.add_input("b")
        self.add_output("out")


class Program:
    """Its graph in its widget, from the top down as ours."""

    wheel_keys = Qt.KeyboardModifier.NoModifier
    skips = frozenset[str]()

    def __init__(self) -> None:
        self._graph = NodeGraphQt.NodeGraph()
        # Its own check takes exponential time where wires skip.
        self._graph.set_acyclic(False)
        self._graph.set_layout_direction(1)
        self._graph.register_node(Layer)
        self.widget = self._graph.widget
        self._view = self._graph.viewer()
        self.port = self._view.viewport()
        self._nodes: list[Any] = []

    def build(self, plan: Plan) -> None:
        graph = self._graph
        for number in range(plan.count):
            place = plan.box(number).topLeft().toTuple()
            made = graph.create_node(
                "bench.Layer", f"node_{number}", selected=False, pos=place, push_undo=False
            )
            self._nodes.append(made)
        for source, target, slot in plan.wires():
            out = self._nodes[source].output(0)
            out.connect_to(self._nodes[target].input(slot), push_undo=False)

    def fit(self) -> None:
        self._view.zoom_to_nodes([node.view for node in self._nodes])

    def renew(self) -> None:
        self.port.update()

    def near(self, node: int) -> None:
        self._view.reset_zoom(self._middle(node))

    def _middle(self, node: int) -> Any:
        return self._nodes[node].view.sceneBoundingRect().center()

    def spot(self, node: int) -> QPoint:
        found: QPoint = self._view.mapFromScene(self._middle(node))
        return found

    def empty(self, node: int) -> QPoint:
        beside = self._middle(node)
        beside.setX(beside.x() + PITCH[0] / 2)
        found: QPoint = self._view.mapFromScene(beside)
        return found

    def pan(self, dx: int, dy: int) -> bool:
        return False

    def select(self, nodes: Sequence[int]) -> None:
        wanted = set(nodes)
        for number, node in enumerate(self._nodes):
            node.view.selected = number in wanted

    def count(self) -> int:
        return len(self._view.all_nodes())

    def acts(self, file: Path) -> Mapping[str, Callable[[], object]]:
        graph, stack = self._graph, self._graph.undo_stack()
        return {
            "delete all": lambda: graph.delete_nodes(graph.all_nodes()),
            "undo": stack.undo,
            "redo": stack.redo,
            "undo again": stack.undo,
            "save": lambda: graph.save_session(str(file)),
            "close": graph.clear_session,
            "load": lambda: graph.load_session(str(file)),
        }

    def habits(self, node: int) -> Mapping[str, Callable[[int], object]]:
        return {}
