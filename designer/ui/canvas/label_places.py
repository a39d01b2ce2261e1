"""Where the shapes of wires stand: never on a node, a note, a frame's title or each other. A shape
that finds no room is not written; the wire tells it when it is pointed at.

That follows from the design and the zoom alone, not from what is on screen, so that what a pan
uncovers meets what was there. No Qt.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import hypot
from zlib import crc32

from designer.document.model import Edge
from designer.ui.canvas.edges import Route, trace
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.marks import title_box
from designer.ui.canvas.scene import Scene

_READABLE = 8.0 / 10.2  # zoom from which on shapes are as large as can be read, in canvas px too
_STEP = 1.15  # sizes of shapes from further away, in steps, so that a zoom keeps most places
_TITLES = 0.42  # zoom at which titles of frames take the most room above them
_BESIDE = (24.0, 8.0)  # canvas px between two shapes of one tensor; nearer ones say it twice
_APART = (4.0, 0.0)  # between any other two
_NEAR = 12.0  # canvas px from a wire's end
_SHARES = (0.5, 0.35, 0.65, 0.2, 0.8)  # of a wire's length


class LabelPlaces:
    """Finds places as they are asked for. `letter` and `height` are the size of the text at 100 %
    in canvas px.
    """

    def __init__(self, scene: Scene, letter: float, height: float) -> None:
        self._scene = scene
        self._letter = letter
        self._height = height
        self._key: tuple[int, float] = (-1, 0.0)
        self._found: dict[Edge, Box | None] = {}
        self._kept: dict[Edge, bool] = {}

    def at(self, edge: Edge, zoom: float) -> Point | None:
        """The middle of a wire's shape, in canvas px; None where it is not written."""
        key = (self._scene.version, _scale(zoom))
        if key != self._key:
            self._key = key
            self._found.clear()
            self._kept.clear()
        box = self._box_of(edge) if self._is_kept(edge) else None
        return box.center if box is not None else None

    def _is_kept(self, edge: Edge) -> bool:
        """Whether no shape that goes first stands where this one would."""
        known = self._kept.get(edge)
        if known is None:
            box = self._box_of(edge)
            known = box is not None and not self._taken(edge, box)
            self._kept[edge] = known
        return known

    def _taken(self, edge: Edge, box: Box) -> bool:
        wide, high = _BESIDE
        reach = Box(box.left - wide, box.top - high, box.right + wide, box.bottom + high)
        # Far as a shape may stand from the box of its wire.
        near = self._scene.wires.hits(reach.grown(self._height))
        meeting = [o for o in near if o is not edge and o != edge and self._meets(edge, box, o)]
        if not meeting:
            return False
        mine = self._rank(edge)
        return any(self._rank(other) < mine and self._is_kept(other) for other in meeting)

    def _meets(self, edge: Edge, box: Box, other: Edge) -> bool:
        its = self._box_of(other)
        if its is None:
            return False
        same = edge.source == other.source and edge.output == other.output
        wide, high = _BESIDE if same else _APART
        across = min(box.right, its.right) - max(box.left, its.left) + wide
        return across > 0 and min(box.bottom, its.bottom) - max(box.top, its.top) + high > 0

    def _rank(self, edge: Edge) -> tuple[bool, int, Edge]:
        """Which of two shapes goes first: the main path's, else by chance, so that whether one is
        written never hangs on a long row of others.
        """
        name = f"{edge.source} {edge.output} {edge.target} {edge.input} {edge.slot}"
        return edge in self._scene.skips, crc32(name.encode()), edge

    def _box_of(self, edge: Edge) -> Box | None:
        """The first box on the wire that is free of everything but other shapes."""
        if edge not in self._found:
            scale = self._key[1]
            wide = len(self._scene.labels[edge]) * self._letter * scale
            places = _places(self._scene.routes[edge])
            boxes = (Box.around(x, y, wide, self._height * scale) for x, y in places)
            self._found[edge] = next(filter(self._free, boxes), None)
        return self._found[edge]

    def _free(self, box: Box) -> bool:
        scene = self._scene
        if any(scene.boxes[node].touches(box) for node in scene.nodes.hits(box)):
            return False
        if not scene.marks.boxes:
            return True
        marks = scene.marks
        for key in marks.touching(box.grown(_BESIDE[0])):
            extent = marks.boxes[key]
            if (title_box(extent, _TITLES) if marks.is_frame(key) else extent).touches(box):
                return False
        return True


def _scale(zoom: float) -> float:
    """How large shapes are in canvas px, 1.0 from where they can be read."""
    scale = 1.0
    while scale * zoom < _READABLE:
        scale *= _STEP
    return scale


def _places(route: Route) -> Iterator[Point]:
    """Where a wire's shape may stand, the best place first."""
    yield route.label
    line = trace(route)
    lengths = [hypot(b.x - a.x, b.y - a.y) for a, b in pairwise(line)]
    whole = sum(lengths)
    if not whole:
        return
    for far in (*(share * whole for share in _SHARES), _NEAR, whole - _NEAR):
        yield _along(line, lengths, min(max(far, 0.0), whole))


def _along(line: tuple[Point, ...], lengths: list[float], far: float) -> Point:
    for (a, b), length in zip(pairwise(line), lengths, strict=True):
        if far <= length and length:
            share = far / length
            return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
        far -= length
    return line[-1]
