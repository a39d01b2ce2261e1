"""Nodes that an edit adds find a place near where it put them, over no other node."""

from designer.document import edits
from designer.document.extent import size_of
from designer.document.model import INPUT, Document, Edge, Graph, Node
from designer.layout.settling import settled


def _overlap(one: Node, other: Node) -> bool:
    (w, h), (v, u) = size_of(one.type), size_of(other.type)
    return 2 * abs(one.x - other.x) < w + v and 2 * abs(one.y - other.y) < h + u


def test_new_nodes_on_a_short_wire_overlap_nothing_and_the_rest_stays() -> None:
    nodes = {"a": Node("a", INPUT, "a", {"shape": [8]}), "b": Node("b", "layers.ReLU", "b", y=80.0)}
    before = Document(graph=Graph(nodes, frozenset((Edge("a", 0, "b", "inputs"),))))
    new = [Node(f"n{i}", "layers.ReLU", f"n{i}", y=30.0 + 10 * i) for i in range(3)]
    after = settled(before, edits.add(before, new, [Edge("n0", 0, "n1", "inputs")]))
    found = list(after.graph.nodes.values())
    assert not [(a.id, b.id) for a in found for b in found if a.id < b.id and _overlap(a, b)]
    assert after.graph.nodes["a"] == nodes["a"]
    assert after.graph.nodes["b"] == nodes["b"]
    assert max(abs(node.y) + abs(node.x) for node in found) < 700


def test_a_design_that_is_all_new_stays_as_it_is() -> None:
    after = Document(graph=Graph({"a": Node("a", INPUT, "a", {"shape": [8]})}))
    assert settled(Document(), after) is after
