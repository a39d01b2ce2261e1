"""Lanes that follow the design: what a change cannot have touched keeps its lane.

Whether two lanes can get in each other's way is told by the stretch of the design, along its
direction, on which each runs: all that overlaps, step by step, with a change is laid anew, and the
outcome is that of laying everything anew.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from designer.layout.lanes import Box, Edge, Point, Router

PAD = 40.0  # px that a lane may reach beyond its ends, and what it keeps off
MOST = 0.6  # share of the lanes from which on all are laid anew

Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Laid:
    """Lanes, and all that they follow from. Boxes are (left, top, width, height) by node."""

    boxes: Mapping[str, Box] = field(default_factory=dict)
    edges: frozenset[Edge] = frozenset()
    skips: frozenset[Edge] = frozenset()
    direction: str = "down"
    lanes: Mapping[Edge, list[Point]] = field(default_factory=dict)


def relaid(
    before: Laid,
    boxes: Mapping[str, Box],
    edges: frozenset[Edge],
    skips: Iterable[Edge],
    direction: str,
) -> Laid:
    """What `lanes` finds for these, found with the help of what was laid before."""
    ends = {e for e in skips if e[0] in boxes and e[1] in boxes and e[0] != e[1]}
    wanted = frozenset(ends)
    flat = {n: (y, x, h, w) for n, (x, y, w, h) in boxes.items()}
    flat = flat if direction == "right" else dict(boxes)
    if not wanted:
        return Laid(flat, edges, wanted, direction)
    now = Laid(flat, edges, wanted, direction)
    helps = bool(before.lanes) and before.direction == direction
    stale = _stale(before, now) if helps else wanted
    if len(stale) > MOST * len(wanted):
        stale = wanted
    found = {e: before.lanes[e] for e in wanted - stale}
    if stale:
        fresh = Router(flat, edges, sorted(stale), wanted).routes()
        turned = direction == "right"
        found |= {e: [(y, x) for x, y in p] if turned else p for e, p in fresh.items()}
    return Laid(flat, edges, wanted, direction, found)


def _stale(before: Laid, now: Laid) -> frozenset[Edge]:
    """The lanes that may run otherwise than before."""
    changed = _merged(_touched(before, now))
    rest = {edge: _lane(now.boxes, edge) for edge in now.skips}
    stale: set[Edge] = set(now.skips - before.lanes.keys())
    while changed:
        hit = {e for e, stretch in rest.items() if _overlaps(stretch, changed)}
        if not hit:
            break
        stale |= hit
        changed = _merged([*changed, *(rest.pop(edge) for edge in hit)])
    return frozenset(stale)


def _touched(before: Laid, now: Laid) -> Iterator[Stretch]:
    """The stretches on which something is otherwise."""
    moved = {
        node
        for node in before.boxes.keys() | now.boxes.keys()
        if before.boxes.get(node) != now.boxes.get(node)
    }
    others = (before.edges ^ now.edges) | (before.skips ^ now.skips)
    for laid in (before, now):
        for node in moved & laid.boxes.keys():
            _, top, _, high = laid.boxes[node]
            yield top, top + high
        for edge in laid.edges | laid.skips:
            if edge in others or edge[0] in moved or edge[1] in moved:
                yield from _run(laid, edge)


def _run(laid: Laid, edge: Edge) -> Iterator[Stretch]:
    """The stretch on which a wire gets in the way of lanes, if it does."""
    if edge[0] not in laid.boxes or edge[1] not in laid.boxes:
        return
    if edge in laid.skips:
        yield _lane(laid.boxes, edge)
        return
    _, top, _, high = laid.boxes[edge[0]]
    start, end = top + high, laid.boxes[edge[1]][1]
    if start < end:
        yield start, end


def _lane(boxes: Mapping[str, Box], edge: Edge) -> Stretch:
    _, top, _, high = boxes[edge[0]]
    start, end = top + high, boxes[edge[1]][1]
    return min(start, end) - PAD, max(start, end) + PAD


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for low, high in sorted(stretches):
        if found and low <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found


def _overlaps(stretch: Stretch, others: Collection[Stretch]) -> bool:
    low, high = stretch
    return any(low <= end and start <= high for start, end in others)
