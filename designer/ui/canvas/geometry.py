"""Where a node and its ports lie on the canvas, in canvas pixels at 100 %. Plain numbers, no Qt.

Inputs are on the upper edge and outputs on the lower one (direction "down"), or left and right.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import hypot
from typing import NamedTuple

from designer.document.model import INPUT, OUTPUT, PASSAGES

GRID = 8
_PILLS = frozenset((INPUT, OUTPUT, *PASSAGES))
STRIP = 4.0
CORNER = 6.0
DOT = 5.0  # diameter of a port at rest
HELD = 8.0  # diameter of a port under the pointer
REACH = 10.0  # how far from a port's centre the pointer may be
_SLOT = 24.0  # distance of two wires in the slot of a merge
_RIM = 12.0  # what a slot reaches beyond its outer wires
_MARGIN = 28.0  # what stays free of slots at a card's two ends


class Point(NamedTuple):
    """A place on the canvas."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle by its edges; right and bottom are not less than left and top."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> "Box":
        """The box of that size whose centre is (x, y)."""
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    @classmethod
    def between(cls, one: Point, other: Point) -> "Box":
        """The box with these two points as opposite corners."""
        left, right = sorted((one.x, other.x))
        top, bottom = sorted((one.y, other.y))
        return cls(left, top, right, bottom)

    @classmethod
    def of_points(cls, points: Sequence[Point]) -> "Box":
        """The least box that holds these points, of which there is at least one."""
        xs = [p.x for p in points]
        ys = [p.y for p in points]
        return cls(min(xs), min(ys), max(xs), max(ys))

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def center(self) -> Point:
        """The middle."""
        return Point((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def touches(self, other: "Box") -> bool:
        """Whether the two have a point in common, edges included."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def holds(self, point: Point) -> bool:
        """Whether the point is inside or on an edge."""
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom

    def grown(self, by: float) -> "Box":
        """Larger by that much on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def shifted(self, dx: float, dy: float) -> "Box":
        """The same size elsewhere."""
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)


def union(boxes: Iterable[Box]) -> Box | None:
    """The least box that holds all of these; None for none."""
    rows = list(boxes)
    if not rows:
        return None
    return Box(
        min(b.left for b in rows),
        min(b.top for b in rows),
        max(b.right for b in rows),
        max(b.bottom for b in rows),
    )


def is_pill(type_: str) -> bool:
    """Whether a node of that type is drawn as a pill: the ends of the model or of a block."""
    return type_ in _PILLS


def snapped(value: float) -> float:
    """The nearest line of the grid on which nodes are put down."""
    return float(round(value / GRID) * GRID)


class Socket(NamedTuple):
    """An input as the canvas needs it: its name, the slots that are taken, and its manners."""

    name: str
    slots: tuple[int, ...] = ()
    variadic: bool = False
    optional: bool = False


class Site(NamedTuple):
    """A place where a wire ends. `number` is the output's number, or the slot of the input.

    `reach` is half the length of a merge's slot, 0 for a dot; `port` is empty for an output.
    `arrow`: at another side than usual, so that the wire ends in an arrow's head.
    """

    x: float
    y: float
    output: bool
    port: str
    number: int
    taken: bool = False
    variadic: bool = False
    optional: bool = False
    reach: float = 0.0
    arrow: bool = False

    @property
    def point(self) -> Point:
        """Its centre."""
        return Point(self.x, self.y)


class Sites(NamedTuple):
    """The ports of a node. A variadic port is one site, with the places of its wires in `ends`.

    `more` are the places, with their sides, where wires join the node at another side than that
    of their port: see `sides`.
    """

    inputs: tuple[Site, ...]
    outputs: tuple[Site, ...]
    ends: tuple[Site, ...]
    more: tuple[tuple[str, Site], ...] = ()

    def leaving(self, index: int, side: str) -> Site | None:
        """The site where a wire leaves an output towards that side."""
        for at, site in self.more:
            if at == side and site.output and site.number == index:
                return site
        return self.output(index)

    def output(self, index: int) -> Site | None:
        """The site of that output, the last one where there are fewer."""
        return self.outputs[min(index, len(self.outputs) - 1)] if self.outputs else None

    def port(self, name: str, slot: int, *, output: bool) -> Point:
        """Where an input's slot is, or the output of that number; KeyError for an unknown one."""
        site = self.output(slot) if output else self.end(name, slot)
        if site is None:
            raise KeyError(name)
        return site.point

    def input(self, port: str) -> Site | None:
        """The site of that input port."""
        return next((s for s in self.inputs if s.port == port), None)

    def end(self, port: str, slot: int) -> Site | None:
        """Where the wire in that slot ends; for a free slot the end of the merge's bar."""
        for site in self.ends:
            if site.port == port and site.number == slot:
                return site
        return self.input(port)


def sites_of(box: Box, sockets: tuple[Socket, ...], outputs: int, direction: str) -> Sites:
    """The ports of a node in that box, spread evenly over its edges."""
    # Most nodes of a design are alike, so their ports are set once and shifted.
    inputs, outs, ends, _ = _sites_at_origin(box.width, box.height, sockets, outputs, direction)
    x, y = box.left, box.top
    return Sites(_shifted(inputs, x, y), _shifted(outs, x, y), _shifted(ends, x, y))


def _shifted(sites: tuple[Site, ...], x: float, y: float) -> tuple[Site, ...]:
    return tuple([Site(s[0] + x, s[1] + y, *s[2:]) for s in sites])


@lru_cache(maxsize=4096)
def _sites_at_origin(
    width: float, height: float, sockets: tuple[Socket, ...], outputs: int, direction: str
) -> Sites:
    box = Box(0.0, 0.0, width, height)
    down = direction == "down"
    length = box.width if down else box.height
    ins: list[Site] = []
    ends: list[Site] = []
    share = length / (len(sockets) + 1)
    for place, socket in zip(_spread(length, len(sockets)), sockets, strict=True):
        _place_socket(box, socket, place, share, down, ins, ends)
    outs = [
        Site(*_on_edge(box, place, down, far=True), output=True, port="", number=number)
        for number, place in enumerate(_spread(length, outputs))
    ]
    return Sites(tuple(ins), tuple(outs), tuple(ends))


def _spread(length: float, count: int) -> list[float]:
    step = length / (count + 1)
    return [step * (place + 1) for place in range(count)]


def _on_edge(box: Box, place: float, down: bool, far: bool) -> Point:
    if down:
        return Point(box.left + place, box.bottom if far else box.top)
    return Point(box.right if far else box.left, box.top + place)


def _place_socket(
    box: Box,
    socket: Socket,
    place: float,
    share: float,
    down: bool,
    ins: list[Site],
    ends: list[Site],
) -> None:
    """Adds the site of a socket and the ends of its wires; `share` is the distance of two ports."""
    taken = bool(socket.slots)
    number = socket.slots[0] if taken and not socket.variadic else 0
    steps = max(0, len(socket.slots) - 1)
    room = max(0.0, 2 * share - (_MARGIN if down else _MARGIN / 2))
    step = min(_SLOT, room / steps) if steps else 0.0
    reach = min(step * steps / 2 + _RIM, room / 2) if socket.variadic else 0.0
    x, y = _on_edge(box, place, down, far=False)
    site = Site(
        x,
        y,
        output=False,
        port=socket.name,
        number=number,
        taken=taken,
        variadic=socket.variadic,
        optional=socket.optional,
        reach=reach,
    )
    ins.append(site)
    for rank, slot in enumerate(socket.slots):
        along = place + (rank - steps / 2) * step
        ex, ey = _on_edge(box, along, down, far=False)
        ends.append(site._replace(x=ex, y=ey, number=slot, taken=True, reach=0.0))


def distance_to_site(site: Site, point: Point, direction: str) -> float:
    """How far the point is from a port; from the bar's axis for a merge's slot."""
    dx, dy = abs(point.x - site.x), abs(point.y - site.y)
    if direction == "down":
        dx = max(0.0, dx - site.reach)
    else:
        dy = max(0.0, dy - site.reach)
    return hypot(dx, dy)
