"""Routes begin and end at their ports, and a point on a wire is on it."""

from hypothesis import given
from hypothesis import strategies as st

from designer.document.model import Edge
from designer.ui.canvas.edges import (
    curve,
    distance,
    lane,
    lane_corners,
    lane_routes,
    trace,
)
from designer.ui.canvas.geometry import Box, Point

coordinates = st.integers(-2000, 2000).map(float)
points = st.builds(Point, coordinates, coordinates)


@given(points, points, st.sampled_from(["down", "right"]))
def test_a_curve_joins_its_ports_and_stays_in_its_box(
    start: Point, end: Point, direction: str
) -> None:
    route = curve(start, end, direction)
    line = trace(route)
    assert line[0] == start
    assert line[-1] == end
    assert all(route.box.grown(1e-6).holds(p) for p in line)
    assert distance(route, line[5]) < 1e-6
    assert route.box.grown(1e-6).holds(route.label)


@given(st.lists(points, min_size=2, max_size=8), st.sampled_from(["down", "right"]))
def test_a_lane_goes_along_its_corners(corners: list[Point], direction: str) -> None:
    route = lane(corners, direction)
    assert trace(route)[0] == corners[0]
    assert trace(route)[-1] == corners[-1]
    assert all(distance(route, p) < 1e-6 for p in corners)
    assert route.box.grown(1e-6).holds(route.label)


def test_a_skip_runs_beside_what_it_skips() -> None:
    boxes = {
        "a": Box.around(0, 0, 176, 48),
        "b": Box.around(0, 96, 176, 48),
        "c": Box.around(0, 192, 176, 48),
    }
    skip = Edge("a", 0, "c", "inputs", 1)
    wires = [Edge("a", 0, "b", "inputs"), Edge("b", 0, "c", "inputs", 0), skip]
    corners = lane_corners(boxes, wires, [skip], "down")

    def ends(_: Edge) -> tuple[Point, Point]:
        return Point(0, 24), Point(12, 168)

    route = lane_routes(corners, ends, "down")[skip]
    assert route.points[0] == Point(0, 24)
    assert route.points[-1] == Point(12, 168)
    assert not any(boxes["b"].holds(p) for p in route.points)
    assert max(p.x for p in route.points) > 88


def test_without_skips_there_are_no_lanes() -> None:
    assert not lane_corners({}, [], [], "down")
