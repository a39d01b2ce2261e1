"""Wires that would cross a node get a way of their own."""

from itertools import pairwise

import pytest

from designer.document.model import Edge
from designer.ui.canvas.geometry import Box
from designer.ui.canvas.index import Index
from designer.ui.canvas.ways import Ways, ways

FAR = Edge("a", 0, "c", "inputs")


def laid(boxes: dict[str, Box], edges: list[Edge], direction: str) -> Ways:
    nodes: Index[str] = Index()
    for node, box in boxes.items():
        nodes.put(node, box)
    return ways(boxes, nodes, edges, [], direction)


@pytest.mark.parametrize("direction", ["down", "right"])
def test_a_wire_across_a_third_node_runs_beside_it(direction: str) -> None:
    places = {"a": 0, "b": 200, "c": 400}
    down = direction == "down"
    boxes = {n: Box.around(0 if down else p, p if down else 0, 80, 80) for n, p in places.items()}
    found = laid(boxes, [FAR], direction)
    for (ax, ay), (bx, by) in pairwise(found.corners[FAR]):
        piece = Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        assert not piece.touches(boxes["b"])


def test_a_wire_with_nothing_in_its_way_needs_no_lane() -> None:
    boxes = {"a": Box.around(0, 0, 80, 80), "c": Box.around(0, 400, 80, 80)}
    boxes["b"] = Box.around(300, 200, 80, 80)
    assert laid(boxes, [FAR], "down") == Ways({}, {})


def test_ways_tell_which_wires_they_differ_in() -> None:
    one, other = Ways({FAR: [(0, 0)]}, {}), Ways({}, {})
    assert one.differing(other) == other.differing(one) == {FAR}
    assert one.differing(one) == set()
