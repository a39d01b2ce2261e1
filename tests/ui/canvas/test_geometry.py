"""Ports lie on the edges of their node, in both directions, and slots keep their wires apart."""

from hypothesis import given
from hypothesis import strategies as st

from designer.document.extent import size_of
from designer.document.model import INPUT, OUTPUT
from designer.ui.canvas.geometry import (
    GRID,
    Box,
    Point,
    Socket,
    distance_to_site,
    is_pill,
    sites_of,
    snapped,
    union,
)

CARD = Box.around(0, 0, 176, 48)


def test_a_single_input_is_in_the_middle_above_and_the_output_below() -> None:
    sites = sites_of(CARD, (Socket("inputs"),), 1, "down")
    assert sites.inputs[0].point == Point(0, -24)
    assert sites.outputs[0].point == Point(0, 24)


def test_to_the_right_inputs_are_on_the_left() -> None:
    sites = sites_of(CARD, (Socket("inputs"),), 1, "right")
    assert sites.inputs[0].point == Point(-88, 0)
    assert sites.outputs[0].point == Point(88, 0)


@given(st.integers(0, 12), st.integers(0, 6), st.sampled_from(["down", "right"]))
def test_every_port_lies_on_the_rim(wires: int, outputs: int, direction: str) -> None:
    sockets = (Socket("inputs", tuple(range(wires)), variadic=True), Socket("mask", optional=True))
    sites = sites_of(CARD, sockets, outputs, direction)
    for site in (*sites.inputs, *sites.outputs, *sites.ends):
        assert CARD.holds(site.point)
        on_rim = abs(site.y) == 24 if direction == "down" else abs(site.x) == 88
        assert on_rim


@given(st.integers(2, 12))
def test_wires_in_a_slot_end_at_different_places_inside_it(wires: int) -> None:
    socket = Socket("inputs", tuple(range(wires)), variadic=True)
    sites = sites_of(CARD, (socket,), 1, "down")
    places = [sites.end("inputs", slot) for slot in range(wires)]
    xs = [site.x for site in places if site is not None]
    assert xs == sorted(set(xs))
    assert len(xs) == wires
    assert all(distance_to_site(sites.inputs[0], Point(x, -24), "down") == 0 for x in xs)


def test_a_free_slot_is_the_whole_slot() -> None:
    sites = sites_of(CARD, (Socket("inputs", (0, 1), variadic=True),), 1, "down")
    assert sites.end("inputs", 7) == sites.inputs[0]
    assert sites.end("nothing", 0) is None


def test_an_output_that_is_missing_stands_for_the_last_one() -> None:
    sites = sites_of(CARD, (), 2, "down")
    assert sites.output(5) == sites.outputs[1]
    assert sites_of(CARD, (), 0, "down").output(0) is None


@given(st.floats(-1e6, 1e6))
def test_snapping_goes_to_the_nearest_line(value: float) -> None:
    assert snapped(value) % GRID == 0
    assert abs(snapped(value) - value) <= GRID / 2


def test_the_ends_of_a_model_are_pills() -> None:
    assert is_pill(INPUT)
    assert is_pill(OUTPUT)
    assert size_of(INPUT)[1] < size_of("layers.Dense")[1]


def test_the_union_of_boxes_holds_them_all() -> None:
    assert union([]) is None
    assert union([Box(0, 0, 1, 1), Box(-2, 3, 0, 4)]) == Box(-2, 0, 1, 4)
    assert Box.between(Point(3, 4), Point(1, 8)) == Box(1, 4, 3, 8)
