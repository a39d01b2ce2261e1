"""Aligned nodes share a line, distributed ones have equal gaps, and nothing else moves."""

from collections.abc import Sequence
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.document.model import INPUT, Document, Graph, Node
from designer.layout.align import Axis, Side, align, distribute
from designer.layout.place import default_sizes

places = st.tuples(st.integers(-900, 900), st.integers(-900, 900))
kinds = st.sampled_from([INPUT, "layers.Dense"])


def design(rows: Sequence[tuple[str, tuple[float, float]]]) -> Document:
    nodes = [Node(f"n{i}", kind, f"n{i}", x=x, y=y) for i, (kind, (x, y)) in enumerate(rows)]
    return Document(graph=Graph({node.id: node for node in nodes}))


def edge(document: Document, key: str, side: str) -> float:
    node, (wide, high) = document.graph.nodes[key], default_sizes(document.graph)[key]
    ends = {
        "left": node.x - wide / 2, "center": node.x, "right": node.x + wide / 2,
        "top": node.y - high / 2, "middle": node.y, "bottom": node.y + high / 2,
    }  # fmt: skip
    return ends[side]


designs = st.lists(st.tuples(kinds, places), min_size=1, max_size=8).map(design)


@given(designs, st.data())
@pytest.mark.parametrize("side", get_args(Side))
def test_aligned_nodes_have_that_side_on_one_line(
    side: Side, document: Document, data: st.DataObject
) -> None:
    ids = sorted(data.draw(st.sets(st.sampled_from(sorted(document.graph.nodes)))))
    after = align(document, ids, side)
    lines = [edge(after, key, side) for key in ids]
    assert max(lines, default=0) - min(lines, default=0) < 1e-9
    if side not in ("center", "middle") and ids:
        before = [edge(document, key, side) for key in ids]
        wanted = min(before) if side in ("left", "top") else max(before)
        assert lines[0] == pytest.approx(wanted)
    still = "y" if side in ("left", "center", "right") else "x"
    for key, node in document.graph.nodes.items():
        assert getattr(after.graph.nodes[key], still) == getattr(node, still)
        assert key in ids or after.graph.nodes[key] is node


@given(designs)
@pytest.mark.parametrize("axis", get_args(Axis))
def test_distributed_nodes_have_equal_gaps_and_the_ends_stay(
    axis: Axis, document: Document
) -> None:
    after = distribute(document, document.graph.nodes, axis)
    low, high = ("left", "right") if axis == "horizontal" else ("top", "bottom")
    middle = "center" if axis == "horizontal" else "middle"
    order = sorted(document.graph.nodes, key=lambda key: (edge(document, key, middle), key))
    gaps = [edge(after, key, low) - edge(after, before, high) for before, key in pairwise(order)]
    if len(order) >= 3:
        assert max(gaps) - min(gaps) < 1e-6
    for key in (order[0], order[-1]):
        assert after.graph.nodes[key] == document.graph.nodes[key]


def test_one_node_alone_stays_the_same_document() -> None:
    document = design([(INPUT, (3, 4)), (INPUT, (5, 6))])
    assert align(document, ["n0"], "left") is document
    assert distribute(document, ["n0", "n1"], "vertical") is document
