"""Lanes: the way of a skip edge beside the nodes that it skips, for any placement of the nodes.

A lane is the nearest free column (row, when the design runs to the right) between the two ends.
Everything is computed as if the design ran down, and turned at the end.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

CLEARANCE = 16.0  # between a lane and a box, and between lanes
STUB = 12.0  # straight out of the source before the lane turns
ARRIVALS = (20.0, 16.0, 12.0, 8.0)  # above the target; outer lanes come in lower
BAND = 512.0  # least height of the bands by which boxes are found
BANDS = 2000  # most bands
OTHER_SIDE = 160.0  # px of detour before a lane goes to the left, so that arches nest

Edge = tuple[str, str]
Box = tuple[float, float, float, float]
Point = tuple[float, float]


@dataclass(slots=True)
class _Bands:
    """What blocks a column: (left, right, top, bottom, owner) by bands of `height` px."""

    height: float
    rows: dict[int, list[tuple[float, float, float, float, str]]] = field(default_factory=dict)

    def add(self, left: float, right: float, top: float, bottom: float, owner: str = "") -> None:
        for row in self._rows(top, bottom):
            self.rows.setdefault(row, []).append((left, right, top, bottom, owner))

    def _rows(self, top: float, bottom: float) -> range:
        return range(int(top // self.height), int(bottom // self.height) + 1)

    def blocked(self, top: float, bottom: float, owner: str) -> list[tuple[float, float]]:
        """The open intervals that something stands in between two heights, from the left."""
        found = {
            (left - CLEARANCE, right + CLEARANCE)
            for row in self._rows(top, bottom)
            for left, right, over, under, of in self.rows.get(row, ())
            if over < bottom and under > top and (of != owner or not of)
        }
        return sorted(found)

    def below(self, left: float, right: float, y: float) -> float | None:
        """The lower end of a box that a level line at `y` would run through."""
        row = self.rows.get(int(y // self.height), ())
        hits = [d for a, b, c, d, of in row if not of and a < right and b > left and c < y < d]
        return max(hits, default=None)


def lanes(
    boxes: Mapping[str, Box],
    edges: Iterable[Edge],
    skips: Collection[Edge],
    direction: str = "down",
) -> dict[Edge, list[Point]]:
    """Six points for each skip edge; boxes are (left, top, width, height) by node.

    The first two stand at the middle of the source's lower side, the last two at the middle of
    the target's upper one (trailing and leading side for "right"); who draws from other ports
    moves these two pairs. Points three and four are the lane. `edges` are all edges: lanes keep
    off the straight ones. Lanes of one source may lie on one another, others do not.
    """
    wanted = sorted({e for e in skips if e[0] in boxes and e[1] in boxes and e[0] != e[1]})
    if not wanted:
        return {}
    turned = direction == "right"
    flat = {n: (y, x, h, w) for n, (x, y, w, h) in boxes.items()} if turned else boxes
    found = _Router(flat, edges, wanted).routes()
    if turned:
        return {edge: [(y, x) for x, y in points] for edge, points in found.items()}
    return found


class _Router:
    """Lanes under way, short ones first so that they nest."""

    def __init__(self, boxes: Mapping[str, Box], edges: Iterable[Edge], wanted: list[Edge]) -> None:
        self._boxes = boxes
        self._wanted = sorted(wanted, key=lambda e: (self._length(e), self._ends(e), e))
        self._arrived: dict[str, int] = {}
        reach = [end for edge in wanted for end in self._ends(edge)[1::2]]
        top, bottom = min(reach) - BAND, max(reach) + BAND
        self._bands = _Bands(max(BAND, (bottom - top) / BANDS))
        for left, over, width, height in boxes.values():
            if over < bottom and over + height > top:
                under = min(over + height, bottom)
                self._bands.add(left, left + width, max(over, top), under)
        skips = set(wanted)
        for edge in edges:
            if edge not in skips:
                self._block_straight(edge, top, bottom)

    def _ends(self, edge: Edge) -> tuple[float, float, float, float]:
        """Middle of the source's lower side, middle of the target's upper side."""
        sx, sy, sw, sh = self._boxes[edge[0]]
        tx, ty, tw, _ = self._boxes[edge[1]]
        return sx + sw / 2, sy + sh, tx + tw / 2, ty

    def _length(self, edge: Edge) -> float:
        _, top, _, bottom = self._ends(edge)
        return abs(bottom - top)

    def _block_straight(self, edge: Edge, top: float, bottom: float) -> None:
        if edge[0] in self._boxes and edge[1] in self._boxes:
            x, start, other, end = self._ends(edge)
            if x == other and max(start, top) < min(end, bottom):
                self._bands.add(x, x, max(start, top), min(end, bottom), edge[0])

    def routes(self) -> dict[Edge, list[Point]]:
        return {edge: self._route(edge) for edge in self._wanted}

    def _route(self, edge: Edge) -> list[Point]:
        sx, sy, tx, ty = self._ends(edge)
        count = self._arrived.get(edge[1], 0)
        self._arrived[edge[1]] = count + 1
        start = sy + STUB
        end = ty - ARRIVALS[min(count, len(ARRIVALS) - 1)]
        if start > end and ty > sy:
            start = end = (sy + ty) / 2
        top, bottom = min(start, end), max(start, end)
        x = self._column(edge[0], sx, tx, top, bottom)
        start = self._clear_below(sx, x, start, end)
        self._bands.add(x, x, top, bottom, edge[0])
        return [(sx, sy), (sx, start), (x, start), (x, end), (tx, end), (tx, ty)]

    def _clear_below(self, sx: float, x: float, y: float, limit: float) -> float:
        """The way out of the source, lowered until it runs below its taller neighbours."""
        while (edge := self._bands.below(min(sx, x), max(sx, x), y)) is not None:
            if edge + STUB > limit:
                return y
            y = edge + STUB
        return y

    def _column(self, source: str, sx: float, tx: float, top: float, bottom: float) -> float:
        """The free column that makes the shortest way."""
        reach = -float("inf")
        free = []
        for left, right in self._bands.blocked(top, bottom, source):
            if left >= reach:
                free.append((reach, left))
            reach = max(reach, right)
        free.append((reach, float("inf")))
        ends = [min(max(goal, a), b) for a, b in free for goal in (sx, tx)]
        return min(ends, key=lambda x: (self._cost(x, sx, tx), -x))

    @staticmethod
    def _cost(x: float, sx: float, tx: float) -> float:
        side = OTHER_SIDE if x < min(sx, tx) else 0.0
        return abs(x - sx) + abs(x - tx) + side
