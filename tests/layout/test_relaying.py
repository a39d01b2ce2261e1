"""Lanes that follow a change are those that would be laid from nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.layout.lanes import Box, lanes
from designer.layout.relaying import Laid, relaid

Edge = tuple[str, str]
COUNT = 40
moves = st.lists(
    st.tuples(st.integers(0, COUNT - 1), st.integers(-300, 300), st.integers(-120, 120)),
    min_size=1, max_size=4,
)  # fmt: skip
jumps = st.tuples(st.integers(0, COUNT - 3), st.integers(2, 6)).map(
    lambda j: (f"n{j[0]}", f"n{min(j[0] + j[1], COUNT - 1)}")
)


def column(rows: int) -> dict[str, Box]:
    """A chain in columns."""
    return {f"n{i}": (i // rows * 320.0, i % rows * 96.0, 176.0, 48.0) for i in range(COUNT)}


CHAIN = frozenset((f"n{i}", f"n{i + 1}") for i in range(COUNT - 1))


def anew(boxes: dict[str, Box], skips: frozenset[Edge], direction: str) -> object:
    return lanes(boxes, CHAIN | skips, skips, direction)


@pytest.mark.parametrize("direction", ["down", "right"])
@given(
    rows=st.sampled_from([8, 20, COUNT]),
    skips=st.frozensets(jumps, min_size=1, max_size=14),
    steps=st.lists(st.tuples(moves, st.none() | jumps), min_size=1, max_size=4),
)
@settings(deadline=None, max_examples=60)
def test_lanes_that_follow_are_those_laid_anew(
    direction: str,
    rows: int,
    skips: frozenset[Edge],
    steps: list[tuple[list[tuple[int, int, int]], Edge | None]],
) -> None:
    boxes = column(rows)
    if direction == "right":
        boxes = {node: (y, x, w, h) for node, (x, y, w, h) in boxes.items()}
    skips = skips - CHAIN
    laid = relaid(Laid(), boxes, CHAIN | skips, skips, direction)
    for moved, toggled in steps:
        boxes = dict(boxes)
        for node, dx, dy in moved:
            x, y, wide, high = boxes[f"n{node}"]
            boxes[f"n{node}"] = (x + dx, y + dy, wide, high)
        skips = skips ^ ({toggled} - CHAIN if toggled is not None else frozenset())
        laid = relaid(laid, boxes, CHAIN | skips, skips, direction)
        assert laid.lanes == anew(boxes, skips, direction)


def test_a_moved_node_leaves_far_lanes_as_they_are() -> None:
    boxes = column(COUNT)
    skips = frozenset((f"n{i}", f"n{i + 3}") for i in range(0, COUNT - 3, 4))
    before = relaid(Laid(), boxes, CHAIN | skips, skips, "down")
    x, y, wide, high = boxes["n21"]
    after = relaid(before, {**boxes, "n21": (x + 400, y, wide, high)}, CHAIN | skips, skips, "down")
    kept = {e for e in skips if after.lanes[e] is before.lanes[e]}
    assert len(kept) == len(skips) - 1


def test_without_skips_there_is_nothing_to_lay() -> None:
    boxes = column(8)
    before = relaid(Laid(), boxes, CHAIN, [("n0", "n4")], "down")
    assert relaid(before, boxes, CHAIN, [], "down").lanes == {}
