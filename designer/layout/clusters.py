"""Frames as clusters: what a frame holds is laid out on its own, and the frame stands in the design
as one box, so that nothing else comes to lie in it.

Where the plain layout keeps frames apart by itself, as that of most chains and figures does, it is
kept: it draws more of the design in one piece.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from designer.document import marks
from designer.document.edits import move
from designer.document.extent import Extent, around, extent_of
from designer.document.model import Document, Graph
from designer.layout.layered import GRID
from designer.layout.surroundings import Holdings, follow

_BETWEEN = 16.0  # px between two frames, so that they are seen to be two
_WASTE = 208.0  # px that a frame's box may be wider for a straight way through its main path

Sizes = Mapping[str, tuple[float, float]]
Places = Mapping[str, tuple[float, float]]
Wires = Iterable[tuple[str, str]]
Anchor = Callable[[Places], tuple[float, float]]
Layout = Callable[[Sizes, Wires, str], dict[str, tuple[float, float]]]


class _Group(NamedTuple):
    """A frame and what it holds, or several that share nodes without one holding the other."""

    frames: tuple[str, ...]
    nodes: frozenset[str]
    things: frozenset[str]  # nodes, and the marks within

    @property
    def key(self) -> str:
        return self.frames[0]


def laid_out(
    document: Document,
    layout: Layout,
    sizes: Sizes,
    wires: Sequence[tuple[str, str]],
    anchor: Anchor = lambda places: (0.0, 0.0),
) -> Document:
    """Every node at its place, frames close around what they held, notes beside theirs.

    `sizes` are (width, height) of each node in px; `anchor` tells how far to move them as a
    whole. In the result no frame covers a node that it did not hold, and frames that share none
    do not meet.
    """
    plain = _put(document, layout(sizes, wires, document.direction), anchor, spread=True)
    groups = _groups(document) if document.marks else ()
    if not groups or apart(plain, marks.holdings(document)):
        return plain
    inner = {group.key: _inside(document, group, layout, sizes, wires) for group in groups}
    home = {node: group.key for group in groups for node in group.nodes}
    boxes = {home.get(i, i): inner[home[i]].size if i in home else sizes[i] for i in sizes}
    joined = dict.fromkeys((home.get(s, s), home.get(t, t)) for s, t in wires)
    centres = layout(boxes, [(s, t) for s, t in joined if s != t], document.direction)
    found = {i: centres[i] for i in sizes if i not in home}
    for key, cluster in inner.items():
        found |= cluster.at(*centres[key])
    return _put(document, found, anchor, spread=False)


def _put(document: Document, places: Places, anchor: Anchor, *, spread: bool) -> Document:
    """The nodes at these places and frames and notes with them, all moved as `anchor` says."""
    done = follow(document, move(document, places), spread=spread)
    dx, dy = anchor({i: (node.x, node.y) for i, node in done.graph.nodes.items()})
    if (dx, dy) == (0.0, 0.0):
        return done
    moved = {i: (x + dx, y + dy) for i, (x, y) in places.items()}
    # Anew, for frames around what stays where it was stay as they are.
    return follow(document, move(document, moved), spread=spread)


def apart(document: Document, held: Holdings) -> bool:
    """Whether no frame covers a node or a frame that it does not hold; `held` is what frames do."""
    nodes = document.graph.nodes
    filled = {key: ids for key, ids in held.items() if ids & nodes.keys()}
    things = [(i, extent_of(node)) for i, node in nodes.items()]
    things += [(key, extent_of(document.marks[key])) for key in filled]
    things.sort(key=lambda thing: thing[1].left)
    lefts = [extent.left for _, extent in things]
    widest = max((extent.right - extent.left for _, extent in things), default=0.0)
    for key, ids in filled.items():
        area = extent_of(document.marks[key])
        near = things[
            bisect_left(lefts, area.left - widest - _BETWEEN) : bisect_right(
                lefts, area.right + _BETWEEN
            )
        ]
        for other, extent in near:
            known = other == key or other in ids or _akin(filled, key, other)
            gap = _BETWEEN if other in filled else 0.0
            if not known and _meet(area, extent, gap):
                return False
    return True


def _akin(filled: Holdings, one: str, other: str) -> bool:
    """Whether two frames have anything in common, as one within the other has."""
    return other in filled and (one in filled[other] or bool(filled[one] & filled[other]))


def _meet(one: Extent, other: Extent, gap: float) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left) + gap
    return across > 0 and min(one.bottom, other.bottom) - max(one.top, other.top) + gap > 0


def _groups(document: Document) -> tuple[_Group, ...]:
    """The outermost frames that hold nodes; those that share nodes crosswise are one group."""
    found: list[_Group] = []
    held = marks.holdings(document)
    for key in sorted(held, key=lambda key: (-_area(document, key), key)):
        nodes = held[key] & document.graph.nodes.keys()
        sharing = [group for group in found if group.nodes & nodes]
        if not nodes or any(key in group.things for group in sharing):
            continue
        group = _Group((key,), nodes, held[key])
        for other in sharing:
            found.remove(other)
            group = _Group(
                other.frames + group.frames,
                other.nodes | group.nodes,
                (other.things | group.things) - {*other.frames, *group.frames},
            )
        found.append(group)
    return tuple(found)


def _area(document: Document, key: str) -> float:
    frame = document.marks[key]
    return frame.width * frame.height


class _Cluster(NamedTuple):
    """The inside of a group: its nodes' places about the middle of its box, and the box's size."""

    places: Places
    size: tuple[float, float]

    def at(self, x: float, y: float) -> dict[str, tuple[float, float]]:
        """The places where the middle is there."""
        return {node: (x + dx, y + dy) for node, (dx, dy) in self.places.items()}


def _inside(
    document: Document, group: _Group, layout: Layout, sizes: Sizes, wires: Wires
) -> _Cluster:
    part = part_of(document, group.nodes, group.things)
    within = [(s, t) for s, t in wires if s in group.nodes and t in group.nodes]
    done = laid_out(part, layout, {i: sizes[i] for i in sizes if i in group.nodes}, within)
    held = marks.holdings(document)
    rims = (marks.extent_of_all(done, held[frame] & group.things) for frame in group.frames)
    whole = around(marks.framing(rim) for rim in rims if rim is not None)
    assert whole is not None  # a group has nodes
    down = document.direction == "down"
    x, width = _middle(whole.left, whole.right, straight=down)
    y, height = _middle(whole.top, whole.bottom, straight=not down)
    places = {i: (node.x - x, node.y - y) for i, node in done.graph.nodes.items()}
    return _Cluster(places, (width, height))


def part_of(document: Document, nodes: Collection[str], inner: Collection[str]) -> Document:
    """These nodes, without their wires, and these marks as a design of their own."""
    kept = {i: node for i, node in document.graph.nodes.items() if i in nodes}
    graph = Graph(kept, frozenset())
    within = {key: mark for key, mark in document.marks.items() if key in inner}
    return replace(document, graph=graph, marks=within)


def _middle(low: float, high: float, *, straight: bool) -> tuple[float, float]:
    """Where the middle of a box is said to be, and how long the box is about it.

    The main path lies at 0: if that is about the middle, wires run `straight` in and out there.
    """
    centre = round((low + high) / 2 / GRID) * GRID
    if straight and 2 * max(-low, high) - (high - low) <= _WASTE:
        centre = 0
    return float(centre), 2 * max(centre - low, high - centre)
