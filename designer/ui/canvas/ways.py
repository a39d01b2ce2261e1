"""Which wires need a way of their own: those that skip, and those that would cross a node.

A lane runs beside the nodes; what skips level or backwards joins other sides. What would enter
a node further back from below, but for nodes in its way, goes round them in a lane. No Qt.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from designer.document.model import Edge
from designer.ui.canvas.edges import (
    NO_LANES,
    Corners,
    Lanes,
    laid_corners,
    skip_faces,
    trace,
    wire,
)
from designer.ui.canvas.geometry import Box
from designer.ui.canvas.index import Index
from designer.ui.canvas.sides import AHEAD, Faces, faces, is_level, on_side

FAR = 100.0  # px; a shorter wire has no node between its own


class Ways(NamedTuple):
    """The corners of lanes, and the sides of skips and detours that are not as usual.

    `lanes` is what it takes to find those of a design that is a little different.
    """

    corners: Corners
    faces: Mapping[Edge, Faces]
    lanes: Lanes = NO_LANES

    def differing(self, other: "Ways") -> set[Edge]:
        """The wires that run otherwise there."""
        known = {*self.faces, *other.faces, *self.corners, *other.corners}
        return {
            e
            for e in known
            if self.faces.get(e) != other.faces.get(e)
            or self.corners.get(e) != other.corners.get(e)
        }


def ways(
    boxes: Mapping[str, Box],
    nodes: Index[str],
    edges: Collection[Edge],
    skips: Collection[Edge],
    direction: str,
    before: Lanes = NO_LANES,
) -> Ways:
    """The ways for these wires; `nodes` is the index of the boxes. Lanes that were laid `before`
    are kept where nothing has changed.
    """

    def free(area: Box, edge: Edge) -> bool:
        others = nodes.hits(area) - {edge.source, edge.target}
        return not any(boxes[i].touches(area) for i in others)

    usual = [e for e in edges if e not in skips]
    blocked = {e for e in usual if _is_blocked(e, boxes, nodes, direction)}
    risen = {e.target for e in usual if e not in blocked and _rises(e, boxes, direction)}
    found = skip_faces(boxes, skips, direction, free, risen)
    found |= dict.fromkeys(blocked, AHEAD[direction])
    corners, lanes = laid_corners(before, boxes, edges, [*skips, *blocked], direction, found)
    return Ways(corners, found, lanes)


def _is_blocked(edge: Edge, boxes: Mapping[str, Box], nodes: Index[str], direction: str) -> bool:
    """Whether the wire between two nodes that are far apart would run through a third."""
    source, target = boxes[edge.source], boxes[edge.target]
    along = target.top - source.bottom if direction == "down" else target.left - source.right
    if -FAR < along < FAR:
        return False
    sides = faces(source, target, direction)
    if is_level(sides, direction):
        return False
    start, end = on_side(source, sides.source, 0.5), on_side(target, sides.target, 0.5)
    route = wire(start, end, sides, direction)
    others = nodes.hits(route.box) - {edge.source, edge.target}
    near = [box for i in others if (box := boxes[i]).touches(route.box)]
    return (
        any(_meets(near, Box.between(a, b)) for a, b in pairwise(trace(route))) if near else False
    )


def _rises(edge: Edge, boxes: Mapping[str, Box], direction: str) -> bool:
    """Whether a wire runs against the design."""
    source, target = boxes[edge.source], boxes[edge.target]
    if direction == "down":
        return target.bottom <= source.top
    return target.right <= source.left


def _meets(boxes: Iterable[Box], area: Box) -> bool:
    return any(box.touches(area) for box in boxes)
