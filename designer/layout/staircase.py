"""Draws an encoder-decoder that runs to the right: each level a row, data rightwards along it.

The encoder steps down from row to row, the decoder up again, each step straight below or above;
the skips run level across the free middle. Branches and arches of a level make its row higher.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from designer.layout.arms import Arms, Stretch

GRID = 8
NODE_GAP = 84  # between the boxes of a row: the shape lies along the wire
ROW_GAP = 56  # between rows
ARCH = 24  # more of it on both sides of a row whose level has arches of its own
STAIR = 48  # how far a level that is one node stands further in than the one around it

Place = tuple[int, int]
Blocks = Callable[[Sequence[int]], Mapping[int, Place]]


class _Run(NamedTuple):
    """Nodes beside the first node's centre at (0, 0), and their outer edges."""

    spots: Mapping[int, Place]
    left: float
    right: float


def staircase(arms: Arms, boxes: Sequence[tuple[float, float]], layered: Blocks) -> list[Place]:
    """Centres for every node in px, the outermost encoder end at (0, 0).

    `boxes` are (width, height) by node; `layered` lays out nodes with branches to the right.
    """
    return _Drawing(arms, boxes, layered).places()


def _up(value: float) -> int:
    return -int(-value // GRID) * GRID


class _Drawing:
    """One figure under way: columns in px, rows by number with an offset in px."""

    def __init__(self, arms: Arms, boxes: Sequence[tuple[float, float]], layered: Blocks) -> None:
        self._arms = arms
        self._boxes = boxes
        self._layered = layered
        self._wide = _up(max(width for width, _ in boxes))
        self._found: dict[int, tuple[int, int, int]] = {}  # x, row, offset

    def places(self) -> list[Place]:
        arms, depth = self._arms, len(self._arms.rungs)
        self._set(arms.rungs[0].source, 0, 0)
        self._lead_in()
        x = 0
        for level, stretch in enumerate(arms.falls, 1):
            x = self._continue(stretch, x, level)
            self._set(arms.rungs[level].source, x, level)
        encoder = dict(self._found)
        self._found = {}
        bottom = self._run(arms.bottom)
        x = self._decoder()
        self._continue(arms.tail, x, 0, after=True)
        self._join(encoder, bottom)
        self._found.update(encoder)
        for level, rung in enumerate(arms.rungs):
            self._hang(rung.via, rung.source, rung.target, level)
        self._bottom(bottom, depth)
        return self._settled(depth)

    def _set(self, node: int, x: int, row: int, offset: int = 0) -> None:
        self._found[node] = (x, row, offset)

    # --- Rows -----------------------------------------------------------------------------------

    def _run(self, stretch: Stretch) -> _Run:
        """A stretch in a row, the branches beside it."""
        if stretch.beside:
            nodes = (*stretch.path, *stretch.beside)
            local = self._layered(nodes)
            x0, y0 = local[nodes[0]]
            spots = {node: (x - x0, y - y0) for node, (x, y) in local.items()}
        else:
            step = _up(self._wide + NODE_GAP)
            spots = {node: (index * step, 0) for index, node in enumerate(stretch.path)}
        edges = [(x, self._boxes[node][0] / 2) for node, (x, _) in spots.items()]
        left = min((x - half for x, half in edges), default=0.0)
        return _Run(spots, left, max((x + half for x, half in edges), default=0.0))

    def _place(self, run: _Run, x: int, row: int) -> None:
        for node, (dx, dy) in run.spots.items():
            self._set(node, x + dx, row, dy)

    def _lead_in(self) -> None:
        """What comes before the arms, on the left of the encoder's first end."""
        run = self._run(self._arms.head)
        if run.spots:
            self._place(run, -_up(run.right + NODE_GAP + self._wide / 2), 0)

    def _continue(self, stretch: Stretch, x: int, row: int, *, after: bool = False) -> int:
        """Places a stretch in a row, from below `x` on or `after` it; where the next one goes."""
        run = self._run(stretch)
        if not run.spots:
            return x + STAIR
        if after:
            x += _up(self._wide / 2 + NODE_GAP - run.left)
        self._place(run, x, row)
        return x + _up(run.right + NODE_GAP + self._wide / 2)

    def _decoder(self) -> int:
        """The arm that rises, its innermost end at column 0; the column of its outermost."""
        arms, x = self._arms, 0
        for level in reversed(range(len(arms.rungs))):
            self._set(arms.rungs[level].target, x, level)
            if level:
                stretch = arms.rises[len(arms.rungs) - 1 - level]
                self._continue(stretch, x, level, after=True)
                # The next one stands above the last of this row.
                x = self._found[stretch.path[-1]][0] if stretch.path else x + STAIR
        return x

    # --- Columns --------------------------------------------------------------------------------

    def _join(self, encoder: Mapping[int, tuple[int, int, int]], bottom: _Run) -> None:
        """Moves the decoder to the right until skips and bottleneck have room."""
        arms = self._arms
        last = encoder[arms.rungs[-1].source][0]
        shift = last + max((dx for dx, _ in bottom.spots.values()), default=0)
        for rung in arms.rungs:
            room = (len(rung.via) + 1) * (self._wide + NODE_GAP)
            shift = max(shift, encoder[rung.source][0] + room - self._found[rung.target][0])
        self._found = {
            node: (x + _up(shift), row, offset) for node, (x, row, offset) in self._found.items()
        }

    def _bottom(self, run: _Run, row: int) -> None:
        """The bottleneck's row, from below the one innermost end to below the other."""
        rung, path = self._arms.rungs[-1], self._arms.bottom.path
        start, end = self._found[rung.source][0], self._found[rung.target][0]
        self._place(run, start, row)
        if self._arms.bottom.beside:
            return
        step = (end - start) / (len(path) - 1) if len(path) > 1 else 0
        start = start if step else (start + end) // 2
        for index, node in enumerate(path):
            self._set(node, round((start + index * step) / GRID) * GRID, row)

    def _hang(self, via: Sequence[int], source: int, target: int, row: int) -> None:
        """Nodes on a skip, spread over its level line."""
        start, end = self._found[source][0], self._found[target][0]
        step = (end - start) / (len(via) + 1)
        for index, node in enumerate(via, 1):
            self._set(node, round((start + index * step) / GRID) * GRID, row)

    # --- Heights --------------------------------------------------------------------------------

    def _settled(self, depth: int) -> list[Place]:
        """Rows as far apart as what stands in them needs."""
        above, below = [0.0] * (depth + 1), [0.0] * (depth + 1)
        for node, (_, row, offset) in self._found.items():
            half = self._boxes[node][1] / 2
            above[row] = max(above[row], half - offset)
            below[row] = max(below[row], half + offset)
        gap = ROW_GAP + (2 * ARCH if self._arms.arched else 0)
        lines = [0]
        for row in range(depth):
            lines.append(lines[-1] + _up(below[row] + gap + above[row + 1]))
        found = (self._found[node] for node in range(len(self._boxes)))
        return [(x, lines[row] + offset) for x, row, offset in found]
