"""A deep network as a page: its ribbon of layers wrapped into columns at bottlenecks.

Columns (rows, when the design runs to the right) are about equally long, and are cut where the
fewest wires cross; those run through the gap to the next one's beginning.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf, log, sqrt

from designer.layout import ranking
from designer.layout.layered import GRID, LANE_GAP, PART_GAP, layered

PAGE = 210 / 297  # across / along: A4, upright for columns, lying for rows
GAP = 88  # px between columns, besides room for lanes
WIRE_COST = 0.1  # of each wire but one at a cut, against the square of a column's misfit
TRIES = 3  # numbers of columns
WINDOW = 0.35  # of a column: how far from the even place a cut may be
FEWEST = 3  # layers in a column, on average

Point = tuple[float, float]
Sizes = Mapping[str, tuple[float, float]]
Edges = Sequence[tuple[str, str]]


def wrapped(
    sizes: Sizes, edges: Iterable[tuple[str, str]], direction: str = "down"
) -> dict[str, Point]:
    """Centres like those of `layered`, in as many columns as make the whole look like a page."""
    across = 0 if direction == "down" else 1
    found: dict[str, Point] = {}
    start = 0.0
    for inner, wires in _parts(sizes, edges):
        places = _wrapped(inner, wires, direction)
        edge = min(p[across] - sizes[n][across] / 2 for n, p in places.items())
        shift = _up(start - edge) if found else 0
        for node, (x, y) in places.items():
            found[node] = (x, y + shift) if across else (x + shift, y)
        start = max(found[n][across] + sizes[n][across] / 2 for n in places) + PART_GAP
    return {node: found[node] for node in sizes}


def _parts(sizes: Sizes, edges: Iterable[tuple[str, str]]) -> Iterable[tuple[Sizes, Edges]]:
    """What hangs together, each with its own wires."""
    ids = list(sizes)
    number = {node: index for index, node in enumerate(ids)}
    wires = [(s, t) for s, t in edges if s in number and t in number]
    linked = ranking.neighbours(len(ids), [(number[s], number[t]) for s, t in wires])
    parts = ranking.components(*linked)
    of = {ids[index]: place for place, part in enumerate(parts) for index in part}
    inner: list[list[tuple[str, str]]] = [[] for _ in parts]
    for wire in wires:
        inner[of[wire[0]]].append(wire)
    for part, own in zip(parts, inner, strict=True):
        yield {ids[index]: sizes[ids[index]] for index in part}, own


def _up(value: float) -> int:
    return -int(-value // GRID) * GRID


def _wrapped(sizes: Sizes, edges: Edges, direction: str) -> dict[str, Point]:
    """The same for what hangs together."""
    places = layered(sizes, edges, direction)
    if direction == "down":
        return _Ribbon(sizes, edges, places).page()
    turned = _Ribbon(_turned(sizes), edges, _turned(places)).page()
    return _turned(turned)


def _turned(pairs: Mapping[str, Point]) -> dict[str, Point]:
    return {node: (y, x) for node, (x, y) in pairs.items()}


@dataclass(slots=True)
class _Column:
    """The layers from `first` to `last`; edges across, and the most lanes side by side."""

    first: int
    last: int
    left: float
    right: float
    lanes: int


class _Ribbon:
    """A layout that runs down, by layers; `edges` of one part."""

    def __init__(self, sizes: Sizes, edges: Edges, places: Mapping[str, Point]) -> None:
        self._sizes = sizes
        self._places = places
        self._lines = sorted({y for _, y in places.values()})
        rank = {line: index for index, line in enumerate(self._lines)}
        self._rank = {node: rank[y] for node, (_, y) in places.items()}
        self._ends = [0.0] * len(rank)
        for node, (_, y) in places.items():
            self._ends[self._rank[node]] = max(self._ends[self._rank[node]], y + sizes[node][1] / 2)
        self._top = min(y - sizes[node][1] / 2 for node, (_, y) in places.items())
        spans = [(self._rank[source], self._rank[target]) for source, target in edges]
        self._wires = self._crossing(spans)
        self._lanes = self._crossing(span for span in spans if span[1] - span[0] > 1)

    def _crossing(self, spans: Iterable[tuple[int, int]]) -> list[int]:
        """How many of these, from layer to layer, run across the gap below each layer."""
        change = [0] * (len(self._lines) + 1)
        for first, last in spans:
            change[first] += 1
            change[last] -= 1
        return list(accumulate(change))

    def page(self) -> dict[str, Point]:
        """The places in as many columns as come nearest to a page."""
        best = dict(self._places)
        most = max(1, len(self._lines) // FEWEST)
        count, shape = 1, self._shape(best)
        nearest, tried = abs(log(shape)), {1}
        for _ in range(TRIES):
            count = max(1, min(most, round(count / sqrt(shape))))
            cuts = None if count in tried else self._cuts(count)
            if cuts is None:
                break
            tried.add(count)
            found = self._set(cuts)
            shape = self._shape(found)
            if abs(log(shape)) < nearest:
                best, nearest = found, abs(log(shape))
        return best

    def _shape(self, places: Mapping[str, Point]) -> float:
        """Width to height, where a page has 1."""
        sizes = self._sizes
        width = max(x + sizes[n][0] / 2 for n, (x, _) in places.items()) - min(
            x - sizes[n][0] / 2 for n, (x, _) in places.items()
        )
        height = max(y for _, y in places.values()) - min(y for _, y in places.values())
        return (width + GAP) / (height + GAP) / PAGE

    # --- Cuts -----------------------------------------------------------------------------------

    def _cuts(self, count: int) -> list[int] | None:
        """The last layer of each column, the cheapest way; None if there is none."""
        ideal = (self._ends[-1] - self._top) / count
        best: dict[int, tuple[float, int]] = {-1: (0.0, -1)}
        steps = []
        for column in range(1, count + 1):
            found = {}
            for last in self._near(self._top + column * ideal, ideal, final=column == count):
                found[last] = self._cheapest(best, last, ideal)
            best = {last: way for last, way in found.items() if way[0] < inf}
            steps.append(best)
        cuts = [len(self._lines) - 1]
        for step in reversed(steps):
            if cuts[-1] not in step:
                return None
            cuts.append(step[cuts[-1]][1])
        return cuts[-2::-1]

    def _near(self, goal: float, ideal: float, *, final: bool) -> Sequence[int]:
        """The layers after which a column may end."""
        final_layer = len(self._lines) - 1
        if final:
            return [final_layer]
        start = bisect_left(self._ends, goal - WINDOW * ideal)
        stop = min(bisect_right(self._ends, goal + WINDOW * ideal), final_layer)
        return range(start, stop)

    def _cheapest(
        self, best: Mapping[int, tuple[float, int]], last: int, ideal: float
    ) -> tuple[float, int]:
        """The cost up to this cut, and the cut before."""
        found = (inf, -1)
        for before, (cost, _) in best.items():
            if before < last:
                start = self._top if before < 0 else self._ends[before]
                misfit = (self._ends[last] - start) / ideal - 1
                found = min(found, (cost + misfit * misfit, before))
        wires = max(0, self._wires[last] - 1)
        return found[0] + WIRE_COST * wires, found[1]

    # --- Columns --------------------------------------------------------------------------------

    def _column(self, first: int, last: int) -> _Column:
        nodes = [n for n, rank in self._rank.items() if first <= rank <= last]
        left = min(self._places[n][0] - self._sizes[n][0] / 2 for n in nodes)
        right = max(self._places[n][0] + self._sizes[n][0] / 2 for n in nodes)
        return _Column(first, last, left, right, max(self._lanes[first : last + 1]))

    def _set(self, cuts: Sequence[int]) -> dict[str, Point]:
        """The columns side by side, their first layers level; the first stays where it is."""
        columns = [self._column(a + 1, b) for a, b in pairwise([-1, *cuts])]
        shifts = [0]
        for one, other in pairwise(columns):
            lanes = max(one.lanes, other.lanes) + self._wires[one.last]
            edge = shifts[-1] + one.right + GAP + LANE_GAP * lanes
            shifts.append(_up(edge - other.left))
        found = {}
        for node, (x, y) in self._places.items():
            index = bisect_left(cuts, self._rank[node])
            top = self._lines[columns[index].first]
            found[node] = (x + shifts[index], y - top)
        return found
