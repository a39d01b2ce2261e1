"""Lanes of skip edges: beside what they skip, wherever the nodes stand."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.layout.lanes import Box, lanes
from designer.layout.layered import layered

COLUMN = {name: (-88.0, 96.0 * row, 176.0, 52.0) for row, name in enumerate("abcdefgh")}
CHAIN = list(pairwise("abcdefgh"))


def test_a_lane_starts_below_its_source_and_ends_above_its_target() -> None:
    skip = ("a", "d")
    points = lanes(COLUMN, [*CHAIN, skip], {skip})[skip]
    assert len(points) == 6
    assert (points[0], points[-1]) == ((0, 52), (0, 288))
    assert points[2][0] == points[3][0] > 88
    assert 52 < points[2][1] < points[3][1] < 288


def test_to_the_right_the_lane_runs_below_or_above() -> None:
    row: dict[str, Box] = {n: (240.0 * i, -26.0, 176.0, 52.0) for i, n in enumerate("abcd")}
    skip = ("a", "d")
    points = lanes(row, [], {skip}, "right")[skip]
    assert (points[0], points[-1]) == ((176, 0), (720, 0))
    assert points[2][1] == points[3][1]
    assert abs(points[2][1]) > 26


def test_overlapping_lanes_of_two_sources_keep_apart() -> None:
    skips = {("a", "d"), ("b", "e"), ("c", "f")}
    columns = [points[2][0] for points in lanes(COLUMN, CHAIN, skips).values()]
    gaps = [abs(x - y) for i, x in enumerate(columns) for y in columns[:i]]
    assert min(gaps) >= 16


def test_lanes_of_one_source_share_their_column() -> None:
    skips = {("a", "d"), ("a", "e"), ("a", "f")}
    assert len({points[2][0] for points in lanes(COLUMN, CHAIN, skips).values()}) == 1


def test_a_lane_keeps_off_a_straight_edge_of_another_column() -> None:
    boxes = {**COLUMN, "up": (16.0, -96.0, 176.0, 52.0), "low": (16.0, 768.0, 176.0, 52.0)}
    skip = ("a", "d")
    points = lanes(boxes, [*CHAIN, ("up", "low")], {skip})[skip]
    assert abs(points[2][0] - 104) >= 16


def test_a_moved_node_is_avoided_on_either_side() -> None:
    skip = ("a", "d")
    boxes = {**COLUMN, "b": (-24.0, 96.0, 176.0, 52.0)}
    column = lanes(boxes, CHAIN, {skip})[skip][2][0]
    assert column < -88 or column > 152


def test_a_target_above_its_source_still_gets_a_lane() -> None:
    skip = ("e", "b")
    points = lanes(COLUMN, CHAIN, {skip})[skip]
    assert len(points) == 6
    assert abs(points[2][0]) > 88


def test_unknown_ends_and_loops_have_no_lane() -> None:
    assert lanes(COLUMN, CHAIN, {("a", "a"), ("a", "gone"), ("gone", "a")}) == {}
    assert lanes({}, [], set()) == {}


@given(
    st.lists(
        st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.floats(1, 400), st.floats(1, 400)),
        min_size=2,
        max_size=12,
    )
)
@settings(deadline=None)
def test_no_placement_breaks_the_search_and_no_lane_runs_through_a_box(boxes: list[Box]) -> None:
    named = {str(i): box for i, box in enumerate(boxes)}
    skips = {(str(i), str(i + 1)) for i in range(len(boxes) - 1)}
    for points in lanes(named, skips, skips).values():
        (x, start), (_, end) = points[2:4]
        top, bottom = min(start, end), max(start, end)
        for left, over, width, height in named.values():
            inside = left < x < left + width
            assert not (inside and over < bottom - 1 and top + 1 < over + height and bottom > top)


def test_a_tall_neighbour_is_passed_below() -> None:
    boxes: dict[str, Box] = {
        "a": (-88.0, 0.0, 176.0, 32.0),
        "tall": (120.0, 0.0, 40.0, 90.0),
        "b": (-88.0, 140.0, 320.0, 52.0),
        "c": (-88.0, 240.0, 176.0, 52.0),
    }
    points = lanes(boxes, [], {("a", "c")})[("a", "c")]
    if points[2][0] > 88:
        assert points[1][1] > 90


def test_lanes_of_a_long_chain_take_a_moment() -> None:
    names = [str(i) for i in range(2000)]
    skips = set(zip(names[::4], names[4::4], strict=False))
    edges = [*pairwise(names), *skips]
    places = layered(dict.fromkeys(names, (176.0, 52.0)), edges)
    boxes: dict[str, Box] = {n: (x - 88, y - 26, 176.0, 52.0) for n, (x, y) in places.items()}
    found = lanes(boxes, edges, skips)
    assert len({points[2][0] for points in found.values()}) <= 2


def test_a_lane_changes_sides_rather_than_cross_a_wire_that_comes_in_later() -> None:
    # A chain with a skip, and far off to the right a source that feeds its middle.
    boxes = {n: (-88.0, 96.0 * row, 176.0, 48.0) for row, n in enumerate("abcd")}
    boxes["mask"] = (132.0, -96.0, 176.0, 48.0)
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"), ("mask", "c")]
    found = lanes(boxes, edges, {("a", "d"), ("mask", "c")})
    assert found["a", "d"][2][0] < -88
    assert found["mask", "c"][2][0] > 88
