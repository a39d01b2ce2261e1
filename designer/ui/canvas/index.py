"""A spatial index: which boxes touch a rectangle, asked thousands of times a second.

A grid of cells in a dict; boxes that cover very many cells lie in a list of their own.
"""

from collections.abc import Hashable, Iterable, Iterator
from math import floor
from typing import Generic, TypeVar

from designer.ui.canvas.geometry import Box

Key = TypeVar("Key", bound=Hashable)
_LARGE = 256  # cells; boxes beyond are few (long lanes), and checked one by one


class Index(Generic[Key]):
    """Boxes by key. Coordinates are any finite numbers."""

    def __init__(self, cell: float = 512.0) -> None:
        self._cell = cell
        self._boxes: dict[Key, Box] = {}
        self._cells: dict[tuple[int, int], set[Key]] = {}
        self._large: set[Key] = set()

    def __len__(self) -> int:
        return len(self._boxes)

    def __contains__(self, key: Key) -> bool:
        return key in self._boxes

    def put(self, key: Key, box: Box) -> None:
        """Add the box, or move it there."""
        if self._boxes.get(key) == box:
            return
        self.discard(key)
        self._boxes[key] = box
        if self._cells_of(box) > _LARGE:
            self._large.add(key)
            return
        for cell in self._covered(box):
            self._cells.setdefault(cell, set()).add(key)

    def discard(self, key: Key) -> None:
        """Forget the box, if there is one."""
        box = self._boxes.pop(key, None)
        if box is None:
            return
        if key in self._large:
            self._large.remove(key)
            return
        for cell in self._covered(box):
            keys = self._cells[cell]
            keys.remove(key)
            if not keys:
                del self._cells[cell]

    def hits(self, area: Box) -> set[Key]:
        """The keys of all boxes that touch the area, edges included."""
        if self._cells_of(area) > len(self._boxes):
            return {key for key, box in self._boxes.items() if box.touches(area)}
        found = set(self._candidates(area))
        return {key for key in found if self._boxes[key].touches(area)}

    def _candidates(self, area: Box) -> Iterable[Key]:
        yield from self._large
        for cell in self._covered(area):
            yield from self._cells.get(cell, ())

    def _cells_of(self, box: Box) -> int:
        wide = floor(box.right / self._cell) - floor(box.left / self._cell) + 1
        high = floor(box.bottom / self._cell) - floor(box.top / self._cell) + 1
        return wide * high

    def _covered(self, box: Box) -> Iterator[tuple[int, int]]:
        rows = range(floor(box.top / self._cell), floor(box.bottom / self._cell) + 1)
        for column in range(floor(box.left / self._cell), floor(box.right / self._cell) + 1):
            for row in rows:
                yield column, row
