"""Draws an encoder-decoder as people draw it: encoder falling, decoder rising, skips level.

Everything stands in rows. The two ends of a skip share one, and nothing else stands there; what
lies between two skips has the rows between. Where the decoder has many more layers than the
encoder, its stretches are folded into two columns, so that the figure stays low.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from designer.layout.arms import Arms, Stretch

GRID = 8
ROW_GAP = 28  # between the boxes of two rows: room for the shape on the wire
COLUMN_GAP = 84  # between the two columns of a fold, where the shape lies along the wire
STAIR = 48  # what each level stands further in than the one around it
CENTRE = 64  # least width of what is free between the arms
BESIDE_GAP = 16  # more between a block with branches and the ends of skips

Place = tuple[int, int]
Blocks = Callable[[Sequence[int]], Mapping[int, Place]]


def _up(value: float) -> int:
    return -int(-value // GRID) * GRID


@dataclass(slots=True)
class _Block:
    """Nodes by column (px) and row (fractions allowed), in the direction of the data.

    Row 0 is the row after the stretch's beginning; `rows` are those that it needs.
    """

    spots: dict[int, tuple[int, float]] = field(default_factory=dict)
    rows: float = 0.0
    rigid: bool = False


def u_shape(arms: Arms, boxes: Sequence[tuple[float, float]], layered: Blocks) -> list[Place]:
    """Centres for every node in px, the outermost encoder end at (0, 0).

    `boxes` are (width, height) by node; `layered` lays out nodes with branches between them.
    """
    return _Drawing(arms, boxes, layered).places()


class _Drawing:
    """One figure under way."""

    def __init__(self, arms: Arms, boxes: Sequence[tuple[float, float]], layered: Blocks) -> None:
        self._arms = arms
        self._boxes = boxes
        self._layered = layered
        self._row = _up(max(height for _, height in boxes) + ROW_GAP)
        self._wide = max(width for width, _ in boxes)
        self._column = _up(self._wide + COLUMN_GAP)
        self._found: dict[int, tuple[float, float]] = {}
        longest = max((len(s.path) for s in arms.falls), default=0)
        most = max((len(s.path) for s in arms.rises), default=0)
        branches = any(s.beside for s in (*arms.rises, arms.bottom, arms.tail))
        self._folds = most > longest + 1 and not branches and not arms.arched

    def places(self) -> list[Place]:
        arms = self._arms
        falls = [self._straight(s) for s in arms.falls]
        rises = [self._rising(s) for s in reversed(arms.rises)]
        left, right = self._halves(arms.bottom)
        rows = self._levels(falls, rises)
        depth = max(left.rows, right.rows)
        count = len(arms.rungs)
        for level, rung in enumerate(arms.rungs):
            self._found[rung.source] = (level * STAIR, rows[level])
        for level, block in enumerate(falls):
            self._put(block, (level + 1) * STAIR, rows[level], rows[level + 1] - rows[level])
        self._put(left, count * STAIR, rows[-1], depth, at_end=True)
        self._head(rows)
        encoder = dict(self._found)
        self._found = {}
        for level, rung in enumerate(arms.rungs):
            self._found[rung.target] = ((count - level) * STAIR, rows[level])
        for level, block in enumerate(rises):
            stairs = (count - level - 1) * STAIR
            self._put(block, stairs, rows[level + 1], rows[level] - rows[level + 1])
        # The first that rises stands beside the last that falls.
        step = max(1.0, depth / max(1.0, right.rows))
        self._put(right, 0, rows[-1] + depth + step, -depth - step)
        self._tail(count * STAIR)
        self._join(encoder)
        return [self._centre(node) for node in range(len(self._boxes))]

    def _centre(self, node: int) -> Place:
        x, row = self._found[node]
        return round(x / GRID) * GRID, round(row * self._row / GRID) * GRID

    # --- Blocks ---------------------------------------------------------------------------------

    def _straight(self, stretch: Stretch) -> _Block:
        if stretch.beside:
            return self._branched(stretch)
        spots = {node: (0, float(row)) for row, node in enumerate(stretch.path)}
        return _Block(spots, len(stretch.path))

    def _branched(self, stretch: Stretch) -> _Block:
        """A stretch with branches, laid out in layers; its main path at column 0."""
        nodes = (*stretch.path, *stretch.beside)
        local = self._layered(nodes)
        x0 = local[nodes[0]][0]
        top = min(y for _, y in local.values())
        low = max(y for _, y in local.values())
        extra = BESIDE_GAP / self._row
        spots = {n: (x - x0, (y - top) / self._row + extra) for n, (x, y) in local.items()}
        return _Block(spots, (low - top) / self._row + 1 + 2 * extra, rigid=True)

    def _rising(self, stretch: Stretch) -> _Block:
        return self._folded(stretch) if self._folds else self._straight(stretch)

    def _folded(self, stretch: Stretch) -> _Block:
        """Two columns: along, up, back, up, and so on."""
        spots = {}
        for index, node in enumerate(stretch.path):
            row, aside = divmod(index, 2)
            spots[node] = (self._column * (aside ^ (row & 1)), float(row))
        return _Block(spots, (len(stretch.path) + 1) // 2)

    def _halves(self, stretch: Stretch) -> tuple[_Block, _Block]:
        """The bottleneck: what falls below the encoder, and what rises below the decoder."""
        if stretch.beside:
            return self._branched(stretch), _Block()
        half = max(1, len(stretch.path) // 2)
        left, right = Stretch(stretch.path[:half]), Stretch(stretch.path[half:])
        return self._straight(left), self._rising(right)

    # --- Rows -----------------------------------------------------------------------------------

    @staticmethod
    def _levels(falls: Sequence[_Block], rises: Sequence[_Block]) -> list[float]:
        """The row of each rung, from the outermost on."""
        rows = [0.0]
        for fall, rise in zip(falls, rises, strict=True):
            rows.append(rows[-1] + max(fall.rows, rise.rows) + 1)
        return rows

    def _put(
        self, block: _Block, x: float, start: float, way: float, *, at_end: bool = False
    ) -> None:
        """Places a block on its way of `way` rows (negative: upwards), spread over it."""
        sign = 1 if way > 0 else -1
        gaps = max(1.0, block.rows if at_end else block.rows + 1)
        # The parts of a fold stay together, level wires and all.
        step = 1.0 if block.rigid or (self._folds and sign < 0) else max(1.0, abs(way) / gaps)
        for node, (dx, row) in block.spots.items():
            self._found[node] = (x + dx, start + sign * (row + 1) * step)

    def _head(self, rows: Sequence[float]) -> None:
        """What comes before the arms, above the encoder."""
        block = self._straight(self._arms.head)
        if block.rigid:
            start = -block.rows
            for node, (dx, row) in block.spots.items():
                self._found[node] = (dx, start + row)
            return
        step = min(self._tail_rows() / max(1.0, block.rows), rows[1] - rows[0])
        for node, (_, row) in block.spots.items():
            self._found[node] = (0.0, (row - block.rows) * max(1.0, float(int(step))))

    def _tail_rows(self) -> float:
        return self._tail_block().rows

    def _tail_block(self) -> _Block:
        path = self._arms.tail.path
        if not self._folds or len(path) < 3:
            return self._straight(self._arms.tail)
        # One step aside, then up: the way out of the figure is at its outer corner.
        spots = {node: (self._column, float(row - 1)) for row, node in enumerate(path)}
        spots[path[0]] = (0, 0.0)
        return _Block(spots, len(path) - 1)

    def _tail(self, x: float) -> None:
        for node, (dx, row) in self._tail_block().spots.items():
            self._found[node] = (x + dx, -(row + 1))

    # --- Columns --------------------------------------------------------------------------------

    def _join(self, encoder: Mapping[int, tuple[float, float]]) -> None:
        """Sets the decoder as near to the encoder as rows and rungs let it be."""
        need = self._clear(encoder)
        for rung in self._arms.rungs:
            room = (len(rung.via) + 1) * COLUMN_GAP + len(rung.via) * self._wide
            need = max(
                need, encoder[rung.source][0] + self._wide + room - self._found[rung.target][0]
            )
        shift = _up(need)
        self._found = {n: (x + shift, row) for n, (x, row) in self._found.items()}
        for rung in self._arms.rungs:
            self._hang(rung.via, encoder[rung.source], self._found[rung.target])
        self._found.update(encoder)

    def _clear(self, encoder: Mapping[int, tuple[float, float]]) -> float:
        """The shift at which the arms are side by side everywhere."""
        edges: dict[int, float] = {}
        for node, (x, row) in encoder.items():
            edge = x + self._boxes[node][0] / 2
            for near in (int(row), int(row) + 1):
                edges[near] = max(edges.get(near, edge), edge)
        need = -float("inf")
        for node, (x, row) in self._found.items():
            edge = x - self._boxes[node][0] / 2
            for near in (int(row), int(row) + 1):
                if near in edges:
                    need = max(need, edges[near] + max(CENTRE, COLUMN_GAP) - edge)
        return need if need > -float("inf") else 0.0

    def _hang(
        self, via: Sequence[int], start: tuple[float, float], end: tuple[float, float]
    ) -> None:
        """Nodes on a skip, spread over its level line."""
        step = (end[0] - start[0]) / (len(via) + 1)
        for index, node in enumerate(via, 1):
            self._found[node] = (start[0] + index * step, start[1])
