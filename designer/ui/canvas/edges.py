"""How a wire runs: a smooth curve, or a lane with rounded corners for what skips. No Qt.

A route also knows its bounds, where its shape is written, and how far a point is from it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from math import hypot
from types import MappingProxyType
from typing import NamedTuple

from designer.document.model import Edge
from designer.layout.relaying import Laid, relaid
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.sides import AHEAD, Faces, faces, is_back, is_level

BEND = 10.0  # radius of a lane's corners
_LABEL_AT = 23.0  # px along the wire from its source, at most half way
_LABEL_BESIDE = 38.0  # the same for "right", where the text lies along the wire
_ASIDE = 74.0  # px along a lane's level stretch, past the label of the main path
_CORNER_LABEL = 84.0  # px of a level stretch on which a shape finds room
_SAMPLES = 16


class Route(NamedTuple):
    """`points` are the four of a cubic curve, or (`lane`) the corners of a polyline.

    `arrow` tells that the wire runs another way than the design, so that its head is drawn.
    `middle` is where its shape is written, or on a curve `past` px from its start.
    """

    points: tuple[Point, ...]
    lane: bool
    box: Box
    middle: Point | None = None
    arrow: bool = False
    past: float = _LABEL_AT

    @property
    def label(self) -> Point:
        """Where its shape is written; found when it is asked for, which from afar it is not."""
        return self.middle if self.middle is not None else _along(self.points, self.past)


def curve(start: Point, end: Point, direction: str, *, back: bool = False) -> Route:
    """A smooth wire that leaves and enters along the direction of the layout, or against it."""
    down = direction == "down"
    sign = -1.0 if back else 1.0
    ahead = sign * ((end.y - start.y) if down else (end.x - start.x))
    aside = abs((end.x - start.x) if down else (end.y - start.y))
    pull = max(ahead * 0.5, 20.0) if ahead > 0 else 40.0 - ahead * 0.25 + min(aside * 0.25, 80.0)
    pull *= sign
    (x, y), (other_x, other_y) = start, end
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    if down:
        points = (start, Point(x, y + pull), Point(other_x, other_y - pull), end)
        xs, ys = (x, other_x), (y, y + pull, other_y - pull, other_y)
    else:
        points = (start, Point(x + pull, y), Point(other_x - pull, other_y), end)
        xs, ys = (x, x + pull, other_x - pull, other_x), (y, other_y)
    box = Box(min(xs), min(ys), max(xs), max(ys))
    return Route(points, lane=False, box=box, past=_LABEL_AT if down else _LABEL_BESIDE)


def wire(start: Point, end: Point, found: Faces, direction: str) -> Route:
    """A wire between ports on these sides: a smooth one, or one round a corner."""
    if found == AHEAD[direction]:
        return curve(start, end, direction)
    if is_back(found, direction):
        return curve(start, end, direction, back=True)._replace(arrow=True)
    route = _level if is_level(found, direction) else _cornered
    return route(start, end, found)._replace(arrow=True)


def _cornered(start: Point, end: Point, found: Faces) -> Route:
    """A wire that leaves at one side and enters round the corner."""
    upright = found.source in ("top", "bottom")
    corner = Point(start.x, end.y) if upright else Point(end.x, start.y)
    points = (start, corner, end)
    level, other = ((corner, end), (start, corner)) if upright else (points[:2], points[1:])
    a, b = level if abs(level[1].x - level[0].x) >= _CORNER_LABEL else other
    return Route(points, lane=True, box=Box.of_points(points), middle=_middle(a, b))


def _level(start: Point, end: Point, found: Faces) -> Route:
    """A wire between neighbours: straight where it can be."""
    across = "right" if found.source in ("left", "right") else "down"
    if start.y == end.y or start.x == end.x:
        points: tuple[Point, ...] = (start, end)
        return Route(points, lane=True, box=Box.of_points(points), middle=_middle(start, end))
    route = curve(start, end, across, back=found.source in ("left", "top"))
    return route._replace(middle=_middle(start, end))


def _middle(a: Point, b: Point) -> Point:
    return Point((a.x + b.x) / 2, (a.y + b.y) / 2)


def lane(points: Sequence[Point], direction: str) -> Route:
    """A wire along these corners, at least two."""
    kept = _without_doubles(points)
    label = _lane_label(kept, direction)
    return Route(tuple(kept), lane=True, box=Box.of_points(kept), middle=label)


Corners = Mapping[Edge, Sequence[tuple[float, float]]]


def skip_faces(
    boxes: Mapping[str, Box],
    skips: Iterable[Edge],
    direction: str,
    free: Callable[[Box, Edge], bool],
    risen: Collection[str] = (),
) -> dict[Edge, Faces]:
    """The sides of those skips that do not simply run ahead: level across, or backwards.

    `free` tells whether no node but the wire's own stands in a box; `risen` are the nodes that
    the main path reaches from behind, as it does in a decoder that rises.
    """
    found = {}
    for edge in skips:
        source, target = boxes[edge.source], boxes[edge.target]
        ways = faces(source, target, direction)
        if ways == AHEAD[direction]:
            continue
        if not is_level(ways, direction):
            if edge.target in risen:
                found[edge] = Faces(*reversed(AHEAD[direction]))
        elif free(Box.between(source.center, target.center), edge):
            found[edge] = ways
    return found


def lane_corners(
    boxes: Mapping[str, Box],
    wires: Iterable[Edge],
    skips: Iterable[Edge],
    direction: str,
    ways: Mapping[Edge, Faces] = MappingProxyType({}),
) -> Corners:
    """The six corners of the lane of each wire that skips, its ends at the nodes' middles.

    `ways` are the sides of those that do not run ahead: backwards they are laid as in a mirror,
    and what runs level needs no lane.
    """
    return laid_corners(NO_LANES, boxes, wires, skips, direction, ways)[0]


Lanes = tuple[Laid, Laid]  # of wires that run ahead, and backwards
NO_LANES: Lanes = (Laid(), Laid())


def laid_corners(
    before: Lanes,
    boxes: Mapping[str, Box],
    wires: Iterable[Edge],
    skips: Iterable[Edge],
    direction: str,
    ways: Mapping[Edge, Faces],
) -> tuple[Corners, Lanes]:
    """The same, with the help of what was laid before."""
    ahead, back = [], []
    for edge in skips:
        way = ways.get(edge, AHEAD[direction])
        if way == AHEAD[direction]:
            ahead.append(edge)
        elif is_back(way, direction):
            back.append(edge)
    pairs = frozenset([(e.source, e.target) for e in wires]) if ahead or back else frozenset()
    found, laid = _lanes(before[0], boxes, pairs, ahead, direction)
    if not back:
        return found, (laid, Laid())
    mirrored = {node: _mirrored(box, direction) for node, box in boxes.items()}
    turned, laid_back = _lanes(before[1], mirrored, pairs, back, direction)
    for edge, corners in turned.items():
        found[edge] = [(x, -y) if direction == "down" else (-x, y) for x, y in corners]
    return found, (laid, laid_back)


def _mirrored(box: Box, direction: str) -> Box:
    if direction == "down":
        return Box(box.left, -box.bottom, box.right, -box.top)
    return Box(-box.right, box.top, -box.left, box.bottom)


def _lanes(
    before: Laid,
    boxes: Mapping[str, Box],
    pairs: frozenset[tuple[str, str]],
    wanted: Sequence[Edge],
    direction: str,
) -> tuple[dict[Edge, Sequence[tuple[float, float]]], Laid]:
    if not wanted:
        return {}, Laid()
    laid = relaid(
        before,
        {node: (x, y, right - x, low - y) for node, (x, y, right, low) in boxes.items()},
        pairs,
        [(e.source, e.target) for e in wanted],
        direction,
    )
    lanes = ((edge, laid.lanes.get((edge.source, edge.target))) for edge in wanted)
    return {edge: corners for edge, corners in lanes if corners}, laid


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
