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
COLUMN = 512.0  # least width of their cells
CELLS = 2000  # most cells of all bands, as far as there are boxes
NEAR = 320.0  # px on both sides of a lane's ends in which a column is looked for first
FURTHER = 4  # times as far it is looked for then
OTHER_SIDE = 160.0  # px of detour before a lane goes to the left, so that arches nest
CROSSING = 240.0  # px of detour that a lane makes rather than cross another wire
TRIED = 8  # columns that are compared, the shortest ways first

Edge = tuple[str, str]
Box = tuple[float, float, float, float]
Point = tuple[float, float]


Cell = tuple[int, int]


@dataclass(slots=True)
class _Bands:
    """What blocks a column, by cells of bands that are `height` px high.

    A piece lies in every cell that it covers.
    """

    height: float
    width: float  # of a cell
    blocks: dict[Cell, list[tuple[float, float, float, float, str]]] = field(default_factory=dict)
    upright: dict[Cell, list[tuple[float, float, float, str]]] = field(default_factory=dict)
    level: dict[Cell, list[tuple[float, float, float, str]]] = field(default_factory=dict)
    reach: tuple[float, float] = (0.0, 0.0)  # the outermost blocks

    def add(self, left: float, right: float, top: float, bottom: float, owner: str = "") -> None:
        """A block: (left, right, top, bottom, owner)."""
        block = (left, right, top, bottom, owner)
        for cell in self._cells(left, right, top, bottom):
            self.blocks.setdefault(cell, []).append(block)
        if left < self.reach[0] or right > self.reach[1]:
            self.reach = min(self.reach[0], left), max(self.reach[1], right)

    def add_wire(self, x: float, top: float, bottom: float, owner: str) -> None:
        """An upright piece of a wire of that source: it blocks its column, too."""
        self.add(x, x, top, bottom, owner)
        piece = (x, top, bottom, owner)
        for cell in self._cells(x, x, top, bottom):
            self.upright.setdefault(cell, []).append(piece)

    def add_level(self, y: float, one: float, other: float, owner: str) -> None:
        """A level piece of a wire."""
        left, right = min(one, other), max(one, other)
        for cell in self._cells(left, right, y, y):
            self.level.setdefault(cell, []).append((y, left, right, owner))

    def remove_wire(self, x: float, top: float, bottom: float, owner: str) -> None:
        for cell in self._cells(x, x, top, bottom):
            self.blocks[cell].remove((x, x, top, bottom, owner))
            self.upright[cell].remove((x, top, bottom, owner))

    def remove_level(self, y: float, one: float, other: float, owner: str) -> None:
        left, right = min(one, other), max(one, other)
        for cell in self._cells(left, right, y, y):
            self.level[cell].remove((y, left, right, owner))

    def crossed(self, y: float, one: float, other: float, owner: str) -> int:
        """How many upright pieces of other sources' wires a level piece would cross."""
        left, right = min(one, other), max(one, other)
        count = 0
        for cell in self._cells(left, right, y, y):
            for x, a, b, of in self.upright.get(cell, ()):
                if left < x < right and a < y < b and of != owner:
                    count += 1
        return count

    def crossed_upright(self, x: float, top: float, bottom: float, owner: str) -> int:
        """How many level pieces of other sources' wires an upright piece would cross."""
        count = 0
        for cell in self._cells(x, x, top, bottom):
            for y, a, b, of in self.level.get(cell, ()):
                if a < x < b and top < y < bottom and of != owner:
                    count += 1
        return count

    def _cells(self, left: float, right: float, top: float, bottom: float) -> list[Cell]:
        first, last = int(top // self.height), int(bottom // self.height)
        start, end = int(left // self.width), int(right // self.width)
        if first == last and start == end:
            return [(first, start)]
        return [(r, c) for r in range(first, last + 1) for c in range(start, end + 1)]

    def blocked(
        self, left: float, right: float, top: float, bottom: float, owner: str
    ) -> list[tuple[float, float]]:
        """The open intervals that something stands in between two heights, from the left.

        All that reach between `left` and `right` are there; some beyond may be, too.
        """
        first, last = max(left, self.reach[0]) - CLEARANCE, min(right, self.reach[1]) + CLEARANCE
        cells = self._cells(first, last, top, bottom)
        found = {
            (a - CLEARANCE, b + CLEARANCE)
            for cell in cells
            for a, b, over, under, of in self.blocks.get(cell, ())
            if over < bottom and under > top and (of != owner or not of)
        }
        return sorted(found)

    def within(self, area: tuple[float, float]) -> bool:
        """Whether nothing stands beyond."""
        return area[0] < self.reach[0] - CLEARANCE and area[1] > self.reach[1] + CLEARANCE

    def below(self, left: float, right: float, y: float) -> float | None:
        """The lower end of a box that a level line at `y` would run through."""
        return max(
            (
                d
                for cell in self._cells(left, right, y, y)
                for a, b, c, d, of in self.blocks.get(cell, ())
                if not of and a < right and b > left and c < y < d
            ),
            default=None,
        )


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
    found = Router(flat, edges, wanted, wanted).routes()
    if turned:
        return {edge: [(y, x) for x, y in points] for edge, points in found.items()}
    return found


class Router:
    """Lanes under way, short ones first so that they nest. `skips` are all edges with lanes, those
    that others lay included.
    """

    def __init__(
        self,
        boxes: Mapping[str, Box],
        edges: Iterable[Edge],
        wanted: list[Edge],
        skips: Collection[Edge],
    ) -> None:
        self._boxes = boxes
        self._wanted = sorted(wanted, key=lambda e: (self._length(e), self._ends(e), e))
        self._arrived: dict[str, int] = {}
        self._rank: dict[Edge, int] = {}
        self._found: dict[Edge, list[Point]] = {}
        self._laid: dict[Edge, tuple[float, float, float]] = {}
        reach = [end for edge in wanted for end in self._ends(edge)[1::2]]
        top, bottom = min(reach) - BAND, max(reach) + BAND
        sides = [x for left, _, width, _ in boxes.values() for x in (left, left + width)]
        height = max(BAND, (bottom - top) / BANDS)
        wide = (max(sides) - min(sides)) * (bottom - top) / height / CELLS
        self._bands = _Bands(height, max(COLUMN, wide))
        self._bands.reach = min(sides), max(sides)
        for left, over, width, height in boxes.values():
            if over < bottom and over + height > top:
                under = min(over + height, bottom)
                self._bands.add(left, left + width, max(over, top), under)
        others = set(skips)
        for edge in edges:
            if edge not in others:
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
            if x != other and top < start < end < bottom:
                # Nearly how a smooth wire runs: level half way.
                self._bands.add_level((start + end) / 2, x, other, edge[0])
            elif x == other and max(start, top) < min(end, bottom):
                self._bands.add_wire(x, max(start, top), min(end, bottom), edge[0])

    def routes(self) -> dict[Edge, list[Point]]:
        for edge in self._wanted:
            self._lay(edge)
        # Lanes that came later may stand in the way of earlier ones: those try once more.
        for edge in self._wanted:
            if self._crosses(edge):
                self._lift(edge)
                self._lay(edge)
        return {edge: self._found[edge] for edge in self._wanted}

    def _lay(self, edge: Edge) -> None:
        """Finds the way of one edge and blocks it for others."""
        sx, sy, tx, ty = self._ends(edge)
        start, end = sy + STUB, ty - self._arrival(edge)
        if start > end and ty > sy:
            start = end = (sy + ty) / 2
        x = self._column(edge[0], (sx, start), (tx, end))
        top, bottom = min(start, end), max(start, end)
        low = self._clear_below(sx, x, start, end)
        self._bands.add_wire(x, top, bottom, edge[0])
        self._bands.add_level(low, sx, x, edge[0])
        self._bands.add_level(end, x, tx, edge[0])
        self._found[edge] = [(sx, sy), (sx, low), (x, low), (x, end), (tx, end), (tx, ty)]
        self._laid[edge] = (x, top, bottom)

    def _arrival(self, edge: Edge) -> float:
        """How far above its target a lane turns: the later it came, the less."""
        if edge not in self._rank:
            self._rank[edge] = self._arrived.get(edge[1], 0)
            self._arrived[edge[1]] = self._rank[edge] + 1
        return ARRIVALS[min(self._rank[edge], len(ARRIVALS) - 1)]

    def _crosses(self, edge: Edge) -> bool:
        _, (sx, low), (x, _), (_, end), (tx, _), _ = self._found[edge]
        return self._count(edge[0], x, (sx, low), (tx, end)) > 0

    def _lift(self, edge: Edge) -> None:
        _, (sx, low), (x, _), (_, end), (tx, _), _ = self._found[edge]
        self._bands.remove_wire(*self._laid[edge], edge[0])
        self._bands.remove_level(low, sx, x, edge[0])
        self._bands.remove_level(end, x, tx, edge[0])

    def _count(self, source: str, x: float, leave: Point, enter: Point) -> int:
        """How many wires of other sources a lane in that column crosses."""
        (sx, start), (tx, end) = leave, enter
        bands = self._bands
        count = bands.crossed(start, sx, x, source) + bands.crossed(end, x, tx, source)
        return count + bands.crossed_upright(x, min(start, end), max(start, end), source)

    def _clear_below(self, sx: float, x: float, y: float, limit: float) -> float:
        """The way out of the source, lowered until it runs below its taller neighbours."""
        while (edge := self._bands.below(min(sx, x), max(sx, x), y)) is not None:
            if edge + STUB > limit:
                return y
            y = edge + STUB
        return y

    def _column(self, source: str, leave: Point, enter: Point) -> float:
        """The free column that makes the shortest way, and rather a longer one than crossings."""
        left, right = sorted((leave[0], enter[0]))
        margin = NEAR
        while True:
            area = left - margin, right + margin
            cost, x = self._best(source, leave, enter, area)
            # Every column beyond makes a longer way than this.
            if cost < right - left + 2 * margin or self._bands.within(area):
                return x
            margin *= FURTHER

    def _best(
        self, source: str, leave: Point, enter: Point, area: tuple[float, float]
    ) -> tuple[float, float]:
        """The best column between two, and what it costs."""
        (sx, start), (tx, end) = leave, enter
        free, reach = [], -float("inf")
        top, bottom = min(start, end), max(start, end)
        for left, right in self._bands.blocked(*area, top, bottom, source):
            if left >= reach:
                free.append((reach, left))
            reach = max(reach, right)
        free.append((reach, float("inf")))
        ends = {min(max(goal, a), b) for a, b in free for goal in (sx, tx)}
        ways = sorted((self._cost(x, sx, tx), -x) for x in ends if area[0] <= x <= area[1])
        best = (float("inf"), 0.0)
        for cost, back in ways[:TRIED]:
            if cost >= best[0]:
                break
            count = self._count(source, -back, leave, enter)
            best = min(best, (cost + CROSSING * count, back))
        return best[0], -best[1]

    @staticmethod
    def _cost(x: float, sx: float, tx: float) -> float:
        side = OTHER_SIDE if x < min(sx, tx) else 0.0
        return abs(x - sx) + abs(x - tx) + side
