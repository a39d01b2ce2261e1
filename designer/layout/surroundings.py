"""Frames and notes after a layout: frames close around the nodes that they held before, notes go
with the node that they lie nearest to, and between the rows there is room for frames and titles.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from itertools import accumulate
from math import ceil, hypot

from msgspec.structs import replace

from designer.document import marks
from designer.document.edits import move
from designer.document.extent import Extent, around, extent_of, size_of
from designer.document.model import Document, Mark, Node
from designer.layout.layered import GRID
from designer.layout.room import Rect, Room

_SPARE_ABOVE = 12.0  # px of a frame's top for which there is room between two rows anyway
_SPARE_BELOW = 16.0
_APART = 16.0  # px between a note and the nodes about it

Holdings = Mapping[str, frozenset[str]]


def follow(before: Document, after: Document, *, spread: bool) -> Document:
    """`after`, in which nodes were laid out, with its frames and notes where they belong.

    With `spread` all nodes were: then rows make room for the frames that begin or end at them.
    """
    if not before.marks:
        return after
    held = marks.holdings(before)
    after = _spread(after, _refitted(before, after, held), held) if spread else after
    return _refitted(before, _accompanied(before, after, held), held)


# --- Frames -------------------------------------------------------------------------------------


def _refitted(before: Document, after: Document, held: Holdings) -> Document:
    # From the smallest on, so that an inner frame is in place before the one around it.
    for key in sorted(held, key=lambda key: _area(before.marks[key])):
        if _moved(before, after, held[key]):
            inner = marks.extent_of_all(after, held[key])
            if inner is not None:
                after = marks.resize(after, key, marks.framing(inner))
    return after


def _area(frame: Mark) -> float:
    return frame.width * frame.height


def _moved(before: Document, after: Document, ids: Collection[str]) -> bool:
    former, now = before.graph.nodes, after.graph.nodes
    return any(_place(former[i]) != _place(now[i]) for i in now.keys() & ids)


def _place(node: Node) -> tuple[float, float]:
    return node.x, node.y


# --- Room between the rows ----------------------------------------------------------------------


def _spread(after: Document, framed: Document, held: Holdings) -> Document:
    """Moves rows down where a frame begins or has ended above them, as far as it needs."""
    nodes = after.graph.nodes
    cuts: dict[float, float] = {}
    for key, ids in held.items():
        inside = [nodes[i] for i in ids if i in nodes]
        if inside:
            for place, room in _cuts(framed.marks[key], inside):
                cuts[place] = max(room, cuts.get(place, 0.0))
    places = sorted(cuts)
    if not places or places[0] > max(node.y for node in nodes.values()):
        return after
    sums = [0.0, *accumulate(cuts[place] for place in places)]
    first = sums[bisect_right(places, min(node.y for node in nodes.values()))]
    shifts = {i: sums[bisect_right(places, n.y)] - first for i, n in nodes.items()}
    return move(after, {i: (nodes[i].x, nodes[i].y + dy) for i, dy in shifts.items() if dy})


def _cuts(frame: Mark, inside: Collection[Node]) -> Iterable[tuple[float, float]]:
    """From which centres on rows go down by how much."""
    extent, core = extent_of(frame), around(extent_of(node) for node in inside)
    if core is None:
        return
    above = core.top - extent.top - _SPARE_ABOVE
    below = extent.bottom - core.bottom - _SPARE_BELOW
    if above > 0:
        yield min(node.y for node in inside) - 0.5, ceil(above / GRID) * GRID
    if below > 0:
        yield max(node.y for node in inside) + 0.5, ceil(below / GRID) * GRID


# --- Notes --------------------------------------------------------------------------------------


def _accompanied(before: Document, after: Document, held: Holdings) -> Document:
    """Notes, and frames that hold no node, keep their place beside the nearest node, off all."""
    nodes = after.graph.nodes
    if not nodes:
        return after
    inside = {key: ids & nodes.keys() for key, ids in held.items()}
    homes = _homes(before, held, inside)
    whole, parts = _Neighbours(before.graph.nodes.values()), {}
    room = Room(_rect(extent_of(node)) for node in nodes.values())
    moved: dict[str, Mark] = {}
    for key, one in before.marks.items():
        if inside.get(key):
            continue
        home = homes.get(key)
        if home is not None and home not in parts:
            parts[home] = _Neighbours(before.graph.nodes[i] for i in inside[home])
        former = (parts[home] if home is not None else whole).nearest(extent_of(one))
        now = nodes[former.id]
        wanted = (now.x - former.x, now.y - former.y)
        if wanted != (0.0, 0.0):
            dx, dy = room.free_shift([_rect(extent_of(one))], wanted, gap=_APART)
            one = replace(one, x=one.x + dx, y=one.y + dy)
            moved[key] = one
        room.take(_rect(extent_of(one)))
    return replace(after, marks={**after.marks, **moved}) if moved else after


def _homes(before: Document, held: Holdings, inside: Holdings) -> dict[str, str]:
    """By note, and by frame without nodes: the smallest frame with nodes that holds it."""
    homes: dict[str, str] = {}
    for frame in sorted(held, key=lambda key: _area(before.marks[key])):
        if inside[frame]:
            for key in held[frame] & before.marks.keys():
                homes.setdefault(key, frame)
    return homes


class _Neighbours:
    """Finds the node nearest to a place, from the line of that place on up and down."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._rows = sorted((node.y, node.id, node) for node in nodes)
        self._lines = [y for y, _, _ in self._rows]
        self._reach = max(size_of(node.type)[1] for _, _, node in self._rows) / 2

    def nearest(self, area: Extent) -> Node:
        """The nearest node, of several the one whose line and id are first."""
        start = bisect_right(self._lines, (area.top + area.bottom) / 2)
        best: tuple[float, float, str] | None = None
        found = self._rows[0][2]
        for rows in (self._rows[start:], reversed(self._rows[:start])):
            for y, key, node in rows:
                beyond = max(area.top - y, y - area.bottom) - self._reach
                if best is not None and beyond > best[0]:
                    break
                measured = (_distance(area, extent_of(node)), y, key)
                if best is None or measured < best:
                    best, found = measured, node
        return found


def _distance(one: Extent, other: Extent) -> float:
    across = max(one.left - other.right, other.left - one.right, 0.0)
    down = max(one.top - other.bottom, other.top - one.bottom, 0.0)
    return hypot(across, down)


def _rect(extent: Extent) -> Rect:
    return Rect(extent.left, extent.top, extent.right - extent.left, extent.bottom - extent.top)
