"""Encoder-decoders on the canvas: whatever else skips in a level, no wire hits a node."""

from itertools import pairwise

import pytest

from designer.catalog.load import load
from designer.document.model import Document, Edge, Graph, Node
from designer.infer.report import Report
from designer.layout.place import arrange
from designer.ui.canvas.edges import trace
from designer.ui.canvas.geometry import Box
from designer.ui.canvas.scene import Scene

Wires = list[tuple[str, str]]
CATALOG = load()


def u_net(levels: int) -> Wires:
    """Three convolutions a level and arm."""
    names = ["input"]
    for level in range(levels):
        names += [*(f"e{level}c{n}" for n in range(3)), f"pool{level}"]
    names += ["b0", "b1"]
    for level in reversed(range(levels)):
        names += [f"up{level}", f"cat{level}", *(f"d{level}c{n}" for n in range(3))]
    return [
        *pairwise([*names, "head", "output"]),
        *((f"e{level}c2", f"cat{level}") for level in range(levels)),
    ]


MORE: dict[str, Wires] = {
    "nothing": [],
    "residual encoder": [("pool0", "e1c2"), ("pool1", "e2c2")],
    "residual decoder": [(f"cat{level}", f"d{level}c2") for level in range(3)],
    "projected decoder": [("cat1", "side"), ("side", "d1c2")],
    "second head": [("cat0", "other"), ("other", "mask")],
}


@pytest.mark.parametrize("direction", ["down", "right"])
@pytest.mark.parametrize("more", MORE)
def test_no_wire_of_an_encoder_decoder_runs_through_a_node(more: str, direction: str) -> None:
    wires = [*u_net(3), *MORE[more]]
    slots = dict.fromkeys((name for wire in wires for name in wire), -1)
    edges = set()
    for source, target in wires:
        slots[target] += 1
        edges.add(Edge(source, 0, target, "inputs", slots[target]))
    nodes = {name: Node(name, "layers.Add", name) for name in slots}
    scene = Scene(CATALOG)
    document = Document(graph=Graph(nodes, frozenset(edges)), direction=direction)
    scene.become(arrange(document), Report())
    for edge, route in scene.routes.items():
        for a, b in pairwise(trace(route)):
            area = Box.between(a, b)
            hit = {n for n, box in scene.boxes.items() if box.grown(-2).touches(area)}
            assert hit <= {edge.source, edge.target}
