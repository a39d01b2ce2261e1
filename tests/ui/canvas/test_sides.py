"""Wires join the sides of nodes that face each other, and ports stand where their wires are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.document.model import Edge
from designer.ui.canvas.edges import skip_faces, trace, wire
from designer.ui.canvas.geometry import Box, Point, Socket
from designer.ui.canvas.sides import AHEAD, Faces, Joints, faces, on_side, turned_sites

SOURCE = Box.around(0, 0, 176, 48)
DOWN = [
    ((0, 100), Faces("bottom", "top")),
    ((900, 100), Faces("bottom", "top")),
    ((300, 0), Faces("right", "left")),
    ((300, 20), Faces("right", "left")),
    ((-300, 0), Faces("left", "right")),
    ((0, -100), Faces("top", "bottom")),
    ((60, -100), Faces("top", "bottom")),
    ((-300, -100), Faces("top", "right")),
    ((300, -100), Faces("right", "bottom")),
    ((40, 10), Faces("bottom", "top")),
]


@pytest.mark.parametrize(("place", "expected"), DOWN)
def test_a_wire_joins_the_sides_that_face_each_other(
    place: tuple[float, float], expected: Faces
) -> None:
    assert faces(SOURCE, Box.around(*place, 176, 48), "down") == expected


def test_to_the_right_the_same_holds_lying_down() -> None:
    square = Box.around(0, 0, 48, 48)
    assert faces(square, Box.around(100, 0, 48, 48), "right") == Faces("right", "left")
    assert faces(square, Box.around(0, 300, 48, 48), "right") == Faces("bottom", "top")
    assert faces(square, Box.around(-100, 0, 48, 48), "right") == Faces("left", "right")


places = st.tuples(st.integers(-600, 600), st.integers(-600, 600))


@given(places, st.sampled_from(["down", "right"]))
def test_a_wire_never_starts_through_its_own_node(place: tuple[int, int], direction: str) -> None:
    target = Box.around(*place, 176, 48)
    if SOURCE.grown(16).touches(target):
        return
    found = faces(SOURCE, target, direction)
    ends = on_side(SOURCE, found.source, 0.5), on_side(target, found.target, 0.5)
    route = wire(*ends, found, direction)
    inner = (SOURCE.grown(-1), target.grown(-1))
    assert not any(box.holds(point) for point in trace(route) for box in inner)
    assert route.box.grown(1e-6).holds(route.label)
    assert route.arrow == (found != AHEAD[direction])


def test_what_skips_runs_level_only_where_nothing_stands_between() -> None:
    boxes = {"a": SOURCE, "b": Box.around(500, 0, 176, 48)}
    edge = Edge("a", 0, "b", "inputs", 1)
    level = skip_faces(boxes, [edge], "down", lambda *_: True)
    assert level == {edge: Faces("right", "left")}
    assert skip_faces(boxes, [edge], "down", lambda *_: False) == {}


def merge(sides: tuple[str, ...], leaving: tuple[tuple[int, str], ...]) -> Joints:
    return Joints({("inputs", slot): side for slot, side in enumerate(sides)}, leaving)


def test_a_merge_of_two_arms_is_entered_from_both_sides_and_left_upwards() -> None:
    socket = Socket("inputs", (0, 1), variadic=True)
    joints = merge(("left", "right"), ((0, "top"),))
    sites = turned_sites(SOURCE, (socket,), 1, "down", joints)
    ends = [sites.end("inputs", slot) for slot in (0, 1)]
    assert [end.point for end in ends if end] == [Point(-88, 0), Point(88, 0)]
    assert sites.outputs[0].point == Point(0, -24)
    assert sites.inputs[0].point == Point(-88, 0)
    assert [side for side, _ in sites.more] == ["right"]


def test_an_output_with_wires_at_two_sides_is_at_home_on_the_usual_one() -> None:
    joints = merge(("top",), ((0, "bottom"), (0, "right")))
    sites = turned_sites(SOURCE, (Socket("inputs", (0,)),), 1, "down", joints)
    assert sites.outputs[0].point == Point(0, 24)
    start = sites.leaving(0, "right")
    assert start is not None
    assert start.point == Point(88, 0)
    assert sites.leaving(0, "bottom") == sites.outputs[0]


def test_ports_that_meet_at_one_side_stand_apart() -> None:
    joints = merge(("bottom", "bottom"), ((0, "bottom"),))
    sites = turned_sites(SOURCE, (Socket("inputs", (0, 1), variadic=True),), 1, "down", joints)
    here = [site.point for site in (*sites.ends, *sites.outputs)]
    assert len(set(here)) == 3
    assert all(point.y == 24 for point in here)
