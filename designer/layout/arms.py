"""Recognises an encoder-decoder in the wiring alone: nested skips from one arm to the other.

The arches of such a network start ever later and end ever earlier along its main path, around a
bottleneck. What else skips must stay inside one stretch of an arm.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from designer.layout.ranking import Neighbours

SHARE = 0.5  # of the main path that the outermost arch spans at least
TIGHT = 6  # an arch spans at least this part (one sixth) of the one around it
RIVAL = 0.75  # arches side by side that span alike are blocks in a row, not rungs
SURE = 3  # nested arches that are an encoder-decoder whatever else skips inside its arms


class Rung(NamedTuple):
    """A skip from the encoder to the decoder, and the chain of nodes on it (mostly none)."""

    source: int
    target: int
    via: tuple[int, ...]


class Stretch(NamedTuple):
    """What lies on the main path between two ends of rungs, and what hangs on it beside."""

    path: tuple[int, ...]
    beside: tuple[int, ...] = ()


class Arms(NamedTuple):
    """An encoder-decoder. Rungs from the outermost on.

    `falls` and `rises` are the stretches from each rung to the next inner one, `rises` in the
    direction of the data; `arched` tells of skips inside the decoder's stretches.
    """

    rungs: tuple[Rung, ...]
    head: Stretch
    falls: tuple[Stretch, ...]
    bottom: Stretch
    rises: tuple[Stretch, ...]
    tail: Stretch
    arched: bool


class _Arch(NamedTuple):
    """A way around a piece of the main path, by places on it; `via` is empty for an edge."""

    start: int
    end: int
    via: tuple[int, ...] = ()


def arms(path: Sequence[int], after: Neighbours, before: Neighbours) -> Arms | None:
    """The arms of a component with this main path; None if it is no encoder-decoder."""
    place = {node: index for index, node in enumerate(path)}
    arches = _edges(path, place, after)
    nest = _nest([*arches, *_ways(place, after, before)])
    if len(nest) < 2 or nest[0].end - nest[0].start < SHARE * len(path):
        return None
    return _Reader(path, place, after, before).read(nest, arches)


def _edges(path: Sequence[int], place: dict[int, int], after: Neighbours) -> list[_Arch]:
    """The edges that jump along the main path."""
    return [
        _Arch(start, place[target])
        for start, node in enumerate(path)
        for target in after[node]
        if target in place and place[target] > start + 1
    ]


def _ways(place: dict[int, int], after: Neighbours, before: Neighbours) -> list[_Arch]:
    """The chains of nodes beside the main path that leave it once and come back once."""
    found = []
    for node in range(len(after)):
        if node in place or len(before[node]) != 1 or before[node][0] not in place:
            continue
        via, here = [node], after[node]
        while len(here) == 1 and here[0] not in place and len(before[here[0]]) == 1:
            via.append(here[0])
            here = after[here[0]]
        if len(here) == 1 and here[0] in place:
            found.append(_Arch(place[before[node][0]], place[here[0]], tuple(via)))
    return found


def _nest(arches: Iterable[_Arch]) -> list[_Arch]:
    """The widest arch, the widest inside that one, and so on while they are not much narrower."""
    nest: list[_Arch] = []
    start, end = -1, -1
    wide = sorted(arches, key=lambda a: (a.start - a.end, a))
    for index, arch in enumerate(wide):
        if nest and not (start < arch.start and arch.end < end):
            continue
        if nest and (arch.end - arch.start) * TIGHT < end - start:
            break
        if _has_rival(wide, index, start, end):
            break
        nest.append(arch)
        start, end, _ = arch
    return nest


def _has_rival(wide: Sequence[_Arch], index: int, start: int, end: int) -> bool:
    """Whether about as wide an arch stands beside this one between the two places."""
    arch = wide[index]
    for other in wide[index + 1 :]:
        if other.end - other.start < RIVAL * (arch.end - arch.start):
            return False
        inside = start < 0 or (start <= other.start and other.end <= end)
        if inside and (other.end <= arch.start or arch.end <= other.start):
            return True
    return False


class _Reader:
    """Cuts the main path at the rungs and finds a stretch for everything else."""

    def __init__(
        self, path: Sequence[int], place: dict[int, int], after: Neighbours, before: Neighbours
    ) -> None:
        self._path = path
        self._place = place
        self._after = after
        self._before = before

    def read(self, nest: Sequence[_Arch], arches: Sequence[_Arch]) -> Arms | None:
        cuts = [a.start for a in nest] + [a.end for a in reversed(nest)]
        rungs = {(a.start, a.end) for a in nest}
        local = [self._stretch(cuts, a.start, a.end) for a in arches if a[:2] not in rungs]
        beside = self._beside(cuts, {node for a in nest for node in a.via})
        if beside is None or None in local:
            return None
        count = len(nest)
        inside = [s for s in local if s is not None and s % (2 * count) and s != count]
        if count < SURE and (inside or any(s % (2 * count) and s != count for s in beside)):
            return None
        ends = [-1, *cuts, len(self._path)]
        stretches = [
            Stretch(tuple(self._path[a + 1 : b]), tuple(beside.get(index, ())))
            for index, (a, b) in enumerate(pairwise(ends))
        ]
        return Arms(
            rungs=tuple(Rung(self._path[a.start], self._path[a.end], a.via) for a in nest),
            head=stretches[0],
            falls=tuple(stretches[1:count]),
            bottom=stretches[count],
            rises=tuple(stretches[count + 1 : -1]),
            tail=stretches[-1],
            arched=any(s >= count for s in local if s is not None),
        )

    @staticmethod
    def _stretch(cuts: Sequence[int], start: int, end: int) -> int | None:
        """The stretch, by number from the head on, that holds both places, its ends included."""
        index = bisect_right(cuts, start)
        return index if index == len(cuts) or end <= cuts[index] else None

    def _beside(self, cuts: Sequence[int], taken: set[int]) -> dict[int, list[int]] | None:
        """Nodes off the main path by stretch; None if some hang on more than one stretch."""
        found: dict[int, list[int]] = {}
        seen = set(taken)
        for start in range(len(self._after)):
            if start in self._place or start in seen:
                continue
            group, places = self._group(start, seen)
            # What only feeds a rung's end stands before it, what is fed by one behind.
            fed = any(p in self._place for node in group for p in self._before[node])
            low = min(places) - (0 if fed else 1)
            index = self._stretch(cuts, low, max(places))
            if index is None:
                return None
            found.setdefault(index, []).extend(group)
        return found

    def _group(self, start: int, seen: set[int]) -> tuple[list[int], list[int]]:
        """What hangs together with a node off the main path, and where on the path it hangs."""
        group, places = [start], []
        seen.add(start)
        for node in group:
            for other in (*self._after[node], *self._before[node]):
                if other in self._place:
                    places.append(self._place[other])
                elif other not in seen:
                    seen.add(other)
                    group.append(other)
        return group, places
