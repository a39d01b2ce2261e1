"""A wrapped network on the canvas: wires between columns run round the nodes, not through them."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.catalog.load import load
from designer.document.model import Document, Edge, Graph, Node
from designer.infer.report import Report
from designer.layout.place import arrange
from designer.ui.canvas.edges import trace
from designer.ui.canvas.geometry import Box
from designer.ui.canvas.scene import Scene

CATALOG = load()


def residual(blocks: int, lengths: list[int], direction: str) -> Scene:
    """Blocks in a row, each a chain with a skip around it, wrapped."""
    names = ["first"]
    wires = []
    for block in range(blocks):
        inner = [f"b{block}n{n}" for n in range(lengths[block % len(lengths)])]
        wires += [(names[-1], inner[-1]), *pairwise([names[-1], *inner])]
        names += inner
    nodes = {name: Node(name, "layers.Add", name) for name in names}
    slots = dict.fromkeys(names, -1)
    edges = set()
    for source, target in sorted(set(wires)):
        slots[target] += 1
        edges.add(Edge(source, 0, target, "inputs", slots[target]))
    document = Document(graph=Graph(nodes, frozenset(edges)), direction=direction)
    scene = Scene(CATALOG)
    scene.become(arrange(document, "wrapped"), Report())
    return scene


def through(scene: Scene) -> list[tuple[Edge, str]]:
    """Wires with a node that they run through and that is not their own."""
    return [
        (edge, node)
        for edge, route in scene.routes.items()
        for a, b in pairwise(trace(route))
        for node, box in scene.boxes.items()
        if node not in (edge.source, edge.target) and box.grown(-2).touches(Box.between(a, b))
    ]


@given(
    st.integers(3, 30),
    st.lists(st.integers(1, 8), min_size=1, max_size=4),
    st.sampled_from(["down", "right"]),
)
@settings(deadline=None, max_examples=40)
def test_no_wire_runs_through_a_node(blocks: int, lengths: list[int], direction: str) -> None:
    assert not through(residual(blocks, lengths, direction))


@pytest.mark.parametrize("direction", ["down", "right"])
def test_wires_between_columns_leave_and_enter_as_usual(direction: str) -> None:
    scene = residual(30, [5], direction)
    along = 1 if direction == "down" else 0
    back = [
        edge
        for edge in scene.routes
        if scene.boxes[edge.target].center[along] < scene.boxes[edge.source].center[along]
    ]
    assert back
    for edge in back:
        points = scene.routes[edge].points
        assert points[1][along] > points[0][along]
        assert points[-2][along] < points[-1][along]
