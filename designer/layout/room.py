"""Room for a group of boxes among others: the nearest place where none of them overlap.

Pushed in one of the four directions the group goes past whatever it meets, so this always ends.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from math import ceil, floor
from typing import NamedTuple

_CELL = 256.0  # px, of the grid that finds neighbours
_MANY = 200  # boxes; a larger group is pushed as one
_ROUNDING = 1e-6  # px, what sums of floats may be off


class Rect(NamedTuple):
    """A box by its corner and size, in px."""

    x: float
    y: float
    width: float
    height: float


def free_shift(
    group: Sequence[Rect],
    others: Iterable[Rect],
    wanted: tuple[float, float] = (0.0, 0.0),
    gap: float = 16.0,
    grid: float = 8.0,
) -> tuple[float, float]:
    """How far to move the group: `wanted` if it meets nothing there, else that and on straight
    right, down, left or up, whichever is nearest, in steps of `grid`, until `gap` px are free.
    """
    return Room(others).free_shift(group, wanted, gap, grid)


class Room:
    """What is taken, sorted in once for many questions."""

    def __init__(self, others: Iterable[Rect] = ()) -> None:
        self._cells: Cells = {}
        for rect in others:
            self.take(rect)

    def take(self, rect: Rect) -> None:
        """From now on there is something there."""
        for cell in _cells(rect):
            self._cells.setdefault(cell, []).append(rect)

    def free_shift(
        self,
        group: Sequence[Rect],
        wanted: tuple[float, float] = (0.0, 0.0),
        gap: float = 16.0,
        grid: float = 8.0,
    ) -> tuple[float, float]:
        """As the function of that name."""
        if not self._cells or not group:
            return wanted
        boxes = group if len(group) <= _MANY else (_around(group),)
        x, y = wanted
        ways = [(0.0, rank) for rank in range(len(_WAYS))]  # how far each has been pushed
        while True:
            far, rank = heappop(ways)
            dx, dy = _WAYS[rank]
            shift = (x + dx * far, y + dy * far)
            step = _step(boxes, self._cells, shift, _WAYS[rank], gap)
            if not step:
                return shift
            heappush(ways, (far + ceil(step / grid - _ROUNDING) * grid, rank))


_WAYS = ((1, 0), (0, 1), (-1, 0), (0, -1))
Cells = dict[tuple[int, int], list[Rect]]


def _cells(rect: Rect) -> Iterable[tuple[int, int]]:
    rows = range(floor(rect.y / _CELL), floor((rect.y + rect.height) / _CELL) + 1)
    for column in range(floor(rect.x / _CELL), floor((rect.x + rect.width) / _CELL) + 1):
        for row in rows:
            yield column, row


def _around(rects: Sequence[Rect]) -> Rect:
    left, top = min(r.x for r in rects), min(r.y for r in rects)
    right, bottom = max(r.x + r.width for r in rects), max(r.y + r.height for r in rects)
    return Rect(left, top, right - left, bottom - top)


def _step(
    group: Sequence[Rect],
    cells: Cells,
    shift: tuple[float, float],
    way: tuple[int, int],
    gap: float,
) -> float:
    """How far the group must go on that way to be free of all that it overlaps now."""
    most = 0.0
    for x, y, width, height in group:
        wide = Rect(x + shift[0] - gap, y + shift[1] - gap, width + 2 * gap, height + 2 * gap)
        for cell in _cells(wide):
            for other in cells.get(cell, ()):
                most = max(most, _overlap(wide, other, way))
    return most


def _overlap(one: Rect, other: Rect, way: tuple[int, int]) -> float:
    """How far the first box must go on that way until the two have no area in common."""
    right, left = other.x + other.width - one.x, one.x + one.width - other.x
    down, up = other.y + other.height - one.y, one.y + one.height - other.y
    if min(right, left, down, up) <= _ROUNDING:
        return 0.0
    return {(1, 0): right, (-1, 0): left, (0, 1): down, (0, -1): up}[way]
