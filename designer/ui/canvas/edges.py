"""How a wire runs: a smooth curve, or a lane with rounded corners for what skips. No Qt.

A route also knows its bounds, where its shape is written, and how far a point is from it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from designer.document.model import Edge
from designer.layout.lanes import lanes
from designer.ui.canvas.geometry import Box, Point

BEND = 10.0  # radius of a lane's corners
_LABEL_AT = 23.0  # px along the wire from its source, at most half way
_LABEL_BESIDE = 38.0  # the same for "right", where the text lies along the wire
_ASIDE = 74.0  # px along a lane's level stretch, past the label of the main path
_SAMPLES = 16


class Route(NamedTuple):
    """`points` are the four of a cubic curve, or (`lane`) the corners of a polyline."""

    points: tuple[Point, ...]
    lane: bool
    box: Box
    label: Point


def curve(start: Point, end: Point, direction: str) -> Route:
    """A smooth wire that leaves and enters along the direction of the layout."""
    down = direction == "down"
    ahead = (end.y - start.y) if down else (end.x - start.x)
    aside = abs((end.x - start.x) if down else (end.y - start.y))
    pull = max(ahead * 0.5, 20.0) if ahead > 0 else 40.0 - ahead * 0.25 + min(aside * 0.25, 80.0)
    first = Point(start.x, start.y + pull) if down else Point(start.x + pull, start.y)
    second = Point(end.x, end.y - pull) if down else Point(end.x - pull, end.y)
    points = (start, first, second, end)
    return Route(
        points,
        lane=False,
        box=Box.of_points(points),
        label=_along(points, _LABEL_AT if down else _LABEL_BESIDE),
    )


def lane(points: Sequence[Point], direction: str) -> Route:
    """A wire along these corners, at least two."""
    kept = _without_doubles(points)
    label = _lane_label(kept, direction)
    return Route(tuple(kept), lane=True, box=Box.of_points(kept), label=label)


Corners = Mapping[Edge, Sequence[tuple[float, float]]]


def lane_corners(
    boxes: Mapping[str, Box], wires: Iterable[Edge], skips: Iterable[Edge], direction: str
) -> Corners:
    """The six corners of the lane of each wire that skips, its ends at the nodes' middles."""
    wanted = list(skips)
    if not wanted:
        return {}
    found = lanes(
        {node: (b.left, b.top, b.width, b.height) for node, b in boxes.items()},
        ((e.source, e.target) for e in wires),
        {(e.source, e.target) for e in wanted},
        direction,
    )
    pairs = ((edge, found.get((edge.source, edge.target))) for edge in wanted)
    return {edge: corners for edge, corners in pairs if corners}


def lane_routes(
    corners: Corners, ends: Callable[[Edge], tuple[Point, Point]], direction: str
) -> dict[Edge, Route]:
    """Routes along lanes, ended at the wires' true ports."""
    return {
        edge: lane(_ended(points, *ends(edge), direction), direction)
        for edge, points in corners.items()
    }


def _ended(
    corners: Sequence[tuple[float, float]], start: Point, end: Point, direction: str
) -> list[Point]:
    inner = [Point(*corner) for corner in corners[1:-1]]
    if direction == "down":
        inner[0], inner[-1] = inner[0]._replace(x=start.x), inner[-1]._replace(x=end.x)
    else:
        inner[0], inner[-1] = inner[0]._replace(y=start.y), inner[-1]._replace(y=end.y)
    return [start, *inner, end]


def trace(route: Route) -> tuple[Point, ...]:
    """The wire as a polyline, near enough for the pointer."""
    return route.points if route.lane else _sampled(route.points)


def distance(route: Route, point: Point) -> float:
    """How far the point is from the wire, in canvas px."""
    line = trace(route)
    return min(_to_segment(point, a, b) for a, b in pairwise(line))


def _sampled(points: Sequence[Point]) -> tuple[Point, ...]:
    return tuple(cubic_at(points, step / _SAMPLES) for step in range(_SAMPLES + 1))


def cubic_at(points: Sequence[Point], t: float) -> Point:
    """The point of a cubic Bezier curve at t in 0..1."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    u = 1 - t
    a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    return Point(a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy)


def _along(points: Sequence[Point], wanted: float) -> Point:
    """The point of a cubic at the label's distance from its start, at most half way.

    Coarse steps will do: it decides only where a text stands, for every wire of the design.
    """
    step = 1 / 8
    before, gone = points[0], 0.0
    for number in range(1, 5):
        here = cubic_at(points, number * step)
        length = hypot(here.x - before.x, here.y - before.y)
        if gone + length >= wanted:
            return cubic_at(points, (number - 1 + (wanted - gone) / length) * step)
        before, gone = here, gone + length
    return before


def _lane_label(points: Sequence[Point], direction: str) -> Point:
    """On the level stretch out of the source where there is room, else on the longest one.

    Texts lie level, so they never stand across a neighbouring lane there.
    """
    stretches = list(pairwise(points))
    if direction == "down" and len(stretches) > 2:
        a, b = stretches[1]
        if abs(b.x - a.x) >= _ASIDE + _LABEL_AT:
            return Point(a.x + (_ASIDE if b.x > a.x else -_ASIDE), a.y)
    a, b = max(stretches, key=lambda s: hypot(s[1].x - s[0].x, s[1].y - s[0].y))
    length = hypot(b.x - a.x, b.y - a.y)
    part = min(_ASIDE, length / 2) / length if length else 0.0
    return Point(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part)


def _without_doubles(points: Sequence[Point]) -> list[Point]:
    kept = [points[0]]
    for point in points[1:]:
        if point != kept[-1]:
            kept.append(point)
    return kept if len(kept) > 1 else [points[0], points[-1]]


def _to_segment(point: Point, a: Point, b: Point) -> float:
    dx, dy = b.x - a.x, b.y - a.y
    square = dx * dx + dy * dy
    along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / square if square else 0.0
    along = min(1.0, max(0.0, along))
    return hypot(point.x - a.x - along * dx, point.y - a.y - along * dy)
