"""Arranging a design is one pure edit."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.document.edits import set_direction
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.problem import ProblemError
from designer.layout.place import arrange, default_sizes


def design(direction: str = "down") -> Document:
    nodes = {
        "i": Node("i", INPUT, "image"),
        "c": Node("c", "layers.Conv2D", "conv", {"filters": 3}),
        "o": Node("o", OUTPUT, "out"),
    }
    edges = frozenset({Edge("i", 0, "c", "inputs"), Edge("c", 0, "o", "inputs")})
    return Document(graph=Graph(nodes, edges), direction=direction)


@pytest.mark.parametrize("method", ["layered", "graphviz"])
def test_arranging_moves_nodes_and_nothing_else(method: str) -> None:
    before = design()
    after = arrange(before, method)
    rows = [after.graph.nodes[n].y for n in "ico"]
    assert rows == sorted(set(rows))
    assert after.graph.edges == before.graph.edges
    assert [n.content for n in after.graph.nodes.values()] == [
        n.content for n in before.graph.nodes.values()
    ]


def test_the_design_says_which_way_it_runs() -> None:
    after = arrange(design("right"))
    columns = [after.graph.nodes[n].x for n in "ico"]
    assert columns == sorted(set(columns))


def test_given_sizes_are_heeded() -> None:
    after = arrange(design(), sizes={"c": (176.0, 400.0), "gone": (1.0, 1.0)})
    assert after.graph.nodes["o"].y - after.graph.nodes["c"].y > 200


def test_inputs_and_outputs_are_smaller_than_layers() -> None:
    sizes = default_sizes(design().graph)
    assert sizes["i"] == sizes["o"] < sizes["c"]


def test_an_unknown_layout_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ProblemError, match="layered, wrapped, graphviz"):
        arrange(design(), "circle")


def ladder(count: int = 8) -> Document:
    """A chain with every node a little off its line."""
    nodes = {
        str(n): Node(str(n), "layers.ReLU", f"relu_{n}", x=8.0 * (n % 3), y=96.0 * n)
        for n in range(count)
    }
    edges = frozenset(Edge(str(n), 0, str(n + 1), "inputs") for n in range(count - 1))
    return Document(graph=Graph(nodes, edges))


def test_laying_out_some_nodes_leaves_the_others_where_they_are() -> None:
    before = ladder()
    after = arrange(before, only={"2", "3", "4"})
    for key, node in before.graph.nodes.items():
        if key not in "234":
            assert after.graph.nodes[key] == node
    places = [(after.graph.nodes[n].x, after.graph.nodes[n].y) for n in "234"]
    assert len({x for x, _ in places}) == 1
    assert [y for _, y in places] == sorted({y for _, y in places})


@given(st.sets(st.integers(0, 7), min_size=1, max_size=7), st.sampled_from(["down", "right"]))
@settings(deadline=None)
def test_what_is_laid_out_overlaps_nothing(chosen: set[int], direction: str) -> None:
    before = set_direction(ladder(), direction)
    only = {str(n) for n in chosen}
    after = arrange(before, only=only)
    for a, b in combinations(after.graph.nodes.values(), 2):
        if a.id in only or b.id in only:
            assert abs(a.x - b.x) >= 176 or abs(a.y - b.y) >= 48


def test_nodes_that_others_join_stay_in_their_order() -> None:
    after = arrange(ladder(), only={"1", "5"})
    assert after.graph.nodes["1"].y < after.graph.nodes["5"].y


def test_laying_out_again_moves_nothing() -> None:
    once = arrange(ladder(), only={"2", "3", "4"})
    assert arrange(once, only={"2", "3", "4"}) == once
    assert arrange(arrange(once)) == arrange(once)
