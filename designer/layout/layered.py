"""Our own layered layout: pure, deterministic, near linear; the main path straight.

Longest-path layers, dummies for long edges, barycentre sweeps, straight blocks. Parts that do not
hang together stand side by side; edges that close a cycle are ignored.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from designer.layout import coordinates, ordering, ranking
from designer.layout.arms import Arms, arms
from designer.layout.staircase import staircase
from designer.layout.untangle import untangle
from designer.layout.ushape import u_shape

GRID = 8
LAYER_GAP = 44  # between the boxes of adjacent layers: room for the shape on the edge
SIDE_GAP = 84  # the same to the right, where the shape lies along the edge
NODE_GAP = 32  # between boxes of one layer
LANE_GAP = 16  # between lanes, and between a lane and a box
PART_GAP = 64  # between parts that do not hang together

Point = tuple[float, float]
Boxes = Sequence[tuple[float, float]]
Blocks = Callable[[Sequence[int]], Mapping[int, tuple[int, int]]]
Figure = Callable[[Arms, Boxes, Blocks], list[tuple[int, int]]]


def layered(
    sizes: Mapping[str, tuple[float, float]],
    edges: Iterable[tuple[str, str]],
    direction: str = "down",
    *,
    figures: bool = False,
) -> dict[str, Point]:
    """Centres on an 8 px grid for nodes of these (width, height), in px.

    `direction` is "down" or "right". Edges from or to unknown nodes are ignored; the order of
    the others does not matter, that of the nodes does. With `figures` an encoder-decoder is
    drawn as a U, whose wires leave and enter at the sides that face each other.
    """
    ids = list(sizes)
    number = {node: index for index, node in enumerate(ids)}
    pairs = sorted((number[s], number[t]) for s, t in edges if s in number and t in number)
    boxes = list(sizes.values())
    if direction == "right":
        boxes = [(height, width) for width, height in boxes]
    gap = SIDE_GAP if direction == "right" else LAYER_GAP
    figure = (_staircase if direction == "right" else u_shape) if figures else None
    places = _Layout(boxes, ranking.forward(len(ids), pairs), gap, figure).places()
    if direction == "right":
        places = [(y, x) for x, y in places]
    return {node: (float(x), float(y)) for node, (x, y) in zip(ids, places, strict=True)}


def _staircase(arms: Arms, boxes: Boxes, blocks: Blocks) -> list[tuple[int, int]]:
    """The figure to the right, for a layout that is to be turned."""

    def turned(nodes: Sequence[int]) -> dict[int, tuple[int, int]]:
        return {node: (y, x) for node, (x, y) in blocks(nodes).items()}

    return [(y, x) for x, y in staircase(arms, [(h, w) for w, h in boxes], turned)]


def _up(value: float) -> int:
    """The next multiple of the grid."""
    return -int(-value // GRID) * GRID


class _Layout:
    """One layout under way, top to bottom, nodes as numbers."""

    def __init__(
        self,
        boxes: Boxes,
        edges: list[tuple[int, int]],
        gap: int,
        figure: Figure | None = None,
    ) -> None:
        self._boxes = boxes
        self._gap = gap
        self._draw = figure
        self._after, self._before = ranking.neighbours(len(boxes), edges)
        order = ranking.topological(self._after, self._before)
        self._rank = ranking.ranks(self._after, self._before, order)
        self._height = ranking.heights(self._after, order)

    def places(self) -> list[tuple[int, int]]:
        found = [(0, 0)] * len(self._boxes)
        edge = None
        for part in ranking.components(self._after, self._before):
            local = self._part(part)
            shift = 0 if edge is None else edge - min(self._reach(part, local, -1))
            for node, (x, y) in zip(part, local, strict=True):
                found[node] = (x + shift, y)
            edge = _up(shift + max(self._reach(part, local, 1)) + PART_GAP)
        return found

    def _reach(self, part: Sequence[int], local: list[tuple[int, int]], side: int) -> list[int]:
        return [
            x + side * _up(self._boxes[node][0] / 2)
            for node, (x, _) in zip(part, local, strict=True)
        ]

    def _part(self, part: list[int]) -> list[tuple[int, int]]:
        """Centres of one component's nodes; its main path at x = 0."""
        if len(part) == 1:
            return [(0, 0)]
        first = min(self._rank[node] for node in part)
        local = {node: index for index, node in enumerate(part)}
        rank = [self._rank[node] - first for node in part]
        height = [self._height[node] for node in part]
        after = [[local[t] for t in self._after[node]] for node in part]
        main = ranking.main_path(range(len(part)), after, rank, height)
        if self._draw is not None:
            drawn = self._figure(self._draw, part, main, after)
            if drawn is not None:
                return drawn
        layers = ordering.stack(rank, [(s, t) for s, ts in enumerate(after) for t in ts])
        roots = [n for n in range(len(part)) if not layers.above[n] and n != main[0]]
        ordering.start(layers, [main[0], *roots], height)
        untangle(layers)
        halves = [_up(self._boxes[node][0] / 2) for node in part]
        halves += [0] * (len(layers.rank) - len(part))

        def gap(left: int, right: int) -> int:
            space = NODE_GAP if left < layers.real and right < layers.real else LANE_GAP
            return halves[left] + halves[right] + space

        xs = coordinates.across(layers, main, gap)
        ys = self._lines(part, rank)
        return [(xs[node], ys[rank[node]]) for node in range(len(part))]

    def _figure(
        self, draw: Figure, part: Sequence[int], main: Sequence[int], after: ranking.Neighbours
    ) -> list[tuple[int, int]] | None:
        """The component as a figure that people know, if it is one."""
        edges = [(s, t) for s, targets in enumerate(after) for t in targets]
        found = arms(main, *ranking.neighbours(len(part), edges))
        if found is None:
            return None
        boxes = [self._boxes[node] for node in part]

        def inner(nodes: Sequence[int]) -> dict[int, tuple[int, int]]:
            number = {node: index for index, node in enumerate(nodes)}
            pairs = [(number[s], number[t]) for s, t in edges if s in number and t in number]
            places = _Layout([boxes[node] for node in nodes], pairs, self._gap).places()
            return dict(zip(nodes, places, strict=True))

        return draw(found, boxes, inner)

    def _lines(self, part: Sequence[int], rank: Sequence[int]) -> list[int]:
        """The middle of each layer."""
        thick = [0.0] * (max(rank) + 1)
        for node, layer in zip(part, rank, strict=True):
            thick[layer] = max(thick[layer], self._boxes[node][1])
        lines = [0]
        for over, under in pairwise(thick):
            lines.append(lines[-1] + _up(over / 2 + self._gap + under / 2))
        return lines
