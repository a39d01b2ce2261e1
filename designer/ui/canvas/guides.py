"""Where a box that is dragged would stand in line with its neighbours, or evenly between them.

Pure numbers in canvas px. Lines are kept sorted, so that a search costs the same among 10 nodes
and among 1,000.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from designer.ui.canvas.geometry import Box, Point

_EVEN = 400.0  # canvas px: gaps that are larger than this are nobody's rhythm
_SAME = 0.01  # canvas px


class Guide(NamedTuple):
    """A line to draw. `gap`: it measures one of several equal gaps."""

    start: Point
    end: Point
    gap: bool = False


class Snap(NamedTuple):
    """How far to move further along each axis, None where nothing is near enough."""

    dx: float | None
    dy: float | None


class _Span(NamedTuple):
    """A box as one axis sees it: `low` to `high` along it, `near` to `far` across."""

    low: float
    high: float
    near: float
    far: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def beside(self, other: "_Span") -> bool:
        """Whether the two share some of their extent across."""
        return self.near < other.far and other.near < self.far


class _Axis:
    """What stands still, along one axis."""

    def __init__(self, spans: Sequence[_Span]) -> None:
        self._edges = sorted((edge, s) for s in spans for edge in (s.low, s.high))
        self._middles = sorted((s.middle, s) for s in spans)
        self._spans = spans

    def best(self, box: _Span, reach: float) -> float | None:
        """The least move within reach that puts the box in line or evenly between others."""
        moves = [*self._aligning(box, reach), *(m for m, _ in self._evening(box))]
        moves = [move for move in moves if abs(move) <= reach]
        return min(moves, key=abs, default=None)

    def _aligning(self, box: _Span, reach: float) -> Iterable[float]:
        pairs = ((box.low, self._edges), (box.high, self._edges), (box.middle, self._middles))
        for value, lines in pairs:
            first = bisect_left(lines, (value - reach,))
            for line, _ in lines[first : bisect_right(lines, (value + reach + _SAME,))]:
                yield line - value

    def in_line(self, box: _Span) -> dict[float, list[_Span]]:
        """Those that share an edge or the middle with the box as it is, by the line they share."""
        found: dict[float, list[_Span]] = {}
        for value, lines in (
            (box.middle, self._middles),
            (box.low, self._edges),
            (box.high, self._edges),
        ):
            first = bisect_left(lines, (value - _SAME,))
            for _, span in lines[first : bisect_right(lines, (value + _SAME,))]:
                found.setdefault(value, []).append(span)
        return found

    def evenly(self, box: _Span) -> list[tuple[_Span, _Span]]:
        """The pairs between which there are equal gaps with the box as it is."""
        for move, others in self._evening(box):
            if abs(move) <= _SAME:
                return list(pairwise(sorted((*others, box))))
        return []

    def _evening(self, box: _Span) -> Iterable[tuple[float, tuple[_Span, _Span]]]:
        """Moves that make gaps equal: midway between two, or beyond two at their distance."""
        rank = [s for s in self._spans if s.beside(box)]
        before = _nearest(rank, box.middle, ahead=False)
        after = _nearest(rank, box.middle, ahead=True)
        if before is not None and after is not None:
            room = after.low - before.high - (box.high - box.low)
            if 0 < room < 2 * _EVEN:
                yield before.high + room / 2 - box.low, (before, after)
        if before is not None:
            other = _nearest(rank, before.low, ahead=False)
            if other is not None and 0 < (gap := before.low - other.high) < _EVEN:
                yield before.high + gap - box.low, (other, before)
        if after is not None:
            other = _nearest(rank, after.high, ahead=True)
            if other is not None and 0 < (gap := other.low - after.high) < _EVEN:
                yield after.low - gap - box.high, (after, other)


def _nearest(rank: Sequence[_Span], place: float, *, ahead: bool) -> _Span | None:
    if ahead:
        return min((s for s in rank if s.low >= place), default=None)
    return max((s for s in rank if s.high <= place), key=lambda s: s.high, default=None)


class Field:
    """Boxes that stand still."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        still = tuple(boxes)
        self._across = _Axis([_Span(b.left, b.right, b.top, b.bottom) for b in still])
        self._down = _Axis([_Span(b.top, b.bottom, b.left, b.right) for b in still])

    def snap(self, box: Box, reach: float) -> Snap:
        """How far to move a box, at most by reach on each axis, so that guides hold."""
        wide = _Span(box.left, box.right, box.top, box.bottom)
        high = _Span(box.top, box.bottom, box.left, box.right)
        return Snap(self._across.best(wide, reach), self._down.best(high, reach))

    def guides(self, box: Box) -> tuple[Guide, ...]:
        """The guides that hold for a box where it is."""
        wide = _Span(box.left, box.right, box.top, box.bottom)
        high = _Span(box.top, box.bottom, box.left, box.right)
        upright = (*_lines(self._across, wide), *_gaps(self._across, wide))
        level = (*_lines(self._down, high), *_gaps(self._down, high))
        return (*upright, *(_turned(guide) for guide in level))


def _lines(axis: _Axis, box: _Span) -> Iterable[Guide]:
    found = axis.in_line(box)
    if box.middle in found:  # two boxes of one size share all three lines: one says it
        alike = {s for s in found[box.middle] if abs(s.low - box.low) <= _SAME}
        found = {
            line: rest
            for line, spans in found.items()
            if (rest := [s for s in spans if line == box.middle or s not in alike])
        }
    for line, spans in found.items():
        near = min(box.near, *(s.near for s in spans))
        far = max(box.far, *(s.far for s in spans))
        yield Guide(Point(line, near), Point(line, far))


def _gaps(axis: _Axis, box: _Span) -> Iterable[Guide]:
    for one, other in axis.evenly(box):
        across = (max(one.near, other.near) + min(one.far, other.far)) / 2
        yield Guide(Point(one.high, across), Point(other.low, across), gap=True)


def _turned(guide: Guide) -> Guide:
    start, end = guide.start, guide.end
    return Guide(Point(start.y, start.x), Point(end.y, end.x), guide.gap)
