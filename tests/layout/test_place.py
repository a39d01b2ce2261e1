"""Arranging a design is one pure edit."""

import pytest

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
    with pytest.raises(ProblemError, match="layered, graphviz"):
        arrange(design(), "circle")
