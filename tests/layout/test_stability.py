"""A small edit moves little: what it does not touch keeps its column and moves along at most."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from designer.document import edits
from designer.document.model import Document, Edge, Graph, Node
from designer.layout.place import arrange

LAYERS = {"down": 96.0, "right": 264.0}  # px from one layer to the next
Wires = list[tuple[str, str]]


@st.composite
def networks(draw: st.DrawFn) -> Wires:
    """Blocks in a row, each of one to four branches; a branch without a node is a skip."""
    wires: Wires = []
    for block in range(draw(st.integers(2, 6))):
        lengths = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
        lengths[0] = max(lengths[0], 1)
        for branch, length in enumerate(lengths):
            inner = [f"b{block}.{branch}.{n}" for n in range(length)]
            wires += pairwise([f"m{block}", *inner, f"m{block + 1}"])
    return list(dict.fromkeys(wires))


def design(wires: Wires, direction: str) -> Document:
    names = dict.fromkeys(name for wire in wires for name in wire)
    slots = dict.fromkeys(names, -1)
    edges = set()
    for source, target in wires:
        slots[target] += 1
        edges.add(Edge(source, 0, target, "inputs", slots[target]))
    nodes = {name: Node(name, "layers.Add", name) for name in names}
    return Document(graph=Graph(nodes, frozenset(edges)), direction=direction)


def insert(document: Document, edge: Edge) -> Document:
    """A node on a wire, wherever the pointer was."""
    document = edits.add(document, [Node("new", "layers.ReLU", "new", x=1000.0, y=-500.0)])
    document = edits.connect(document, replace(edge, source="new"))
    return edits.connect(document, Edge(edge.source, 0, "new", "inputs"))


def hang(document: Document, node: str) -> Document:
    """A further node that hangs on one."""
    document = edits.add(document, [Node("new", "layers.ReLU", "new", x=1000.0, y=-500.0)])
    return edits.connect(document, Edge(node, 0, "new", "inputs"))


def take_out(document: Document, node: str) -> Document:
    """Without a node, its neighbours joined."""
    (into,) = document.graph.incoming[node]
    (out,) = document.graph.outgoing[node]
    return edits.connect(edits.remove(document, [node]), replace(out, source=into.source))


def block_of(node: str) -> int:
    return int(node[1:].split(".")[0])


def check(before: Document, edited: Document, block: int) -> None:
    """Nodes of other blocks stay in their column; most of all stay where they are."""
    after = arrange(edited)
    along, across = (1, 0) if before.direction == "down" else (0, 1)
    moved = 0
    for key, node in before.graph.nodes.items():
        if key not in after.graph.nodes or block_of(key) in (block, block + 1):
            continue
        there = after.graph.nodes[key]
        shift = (there.x - node.x, there.y - node.y)
        assert shift[across] == 0
        assert abs(shift[along]) <= LAYERS[before.direction]
        moved += shift != (0, 0)
    assert 2 * moved <= len(before.graph.nodes)


directions = st.sampled_from(["down", "right"])


@given(networks(), directions, st.data())
@settings(deadline=None)
def test_a_node_on_a_wire_moves_what_follows_by_a_layer_at_most(
    wires: Wires, direction: str, data: st.DataObject
) -> None:
    before = arrange(design(wires, direction))
    edge = data.draw(st.sampled_from(sorted(before.graph.edges)))
    check(before, insert(before, edge), block_of(edge.source))


@given(networks(), directions, st.data())
@settings(deadline=None)
def test_a_further_branch_leaves_the_other_blocks_alone(
    wires: Wires, direction: str, data: st.DataObject
) -> None:
    before = arrange(design(wires, direction))
    node = data.draw(st.sampled_from(sorted(before.graph.nodes)))
    check(before, hang(before, node), block_of(node))


@given(networks(), directions, st.data())
@settings(deadline=None)
def test_a_node_less_moves_what_follows_by_a_layer_at_most(
    wires: Wires, direction: str, data: st.DataObject
) -> None:
    before = arrange(design(wires, direction))
    inner = sorted(key for key in before.graph.nodes if key.startswith("b"))
    node = data.draw(st.sampled_from(inner))
    check(before, take_out(before, node), block_of(node))


@pytest.mark.parametrize("direction", ["down", "right"])
def test_a_design_that_was_moved_as_a_whole_is_arranged_where_it_is(direction: str) -> None:
    wires = list(pairwise("abcdefgh"))
    before = arrange(design(wires, direction))
    moved = {key: (node.x + 408.0, node.y - 72.0) for key, node in before.graph.nodes.items()}
    there = edits.move(before, moved)
    assert arrange(there) == there
    untidy = edits.move(there, {"c": (0.0, 0.0)})
    assert arrange(untidy) == there
