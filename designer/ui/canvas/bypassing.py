"""Where data runs through a bypassed node: the wire that comes out of it goes on from the one that
passes, and the others end there. No Qt.
"""

from designer.document.model import Edge
from designer.document.rewire import first_wire
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.scene import Scene


def passing(scene: Scene, node: str) -> Edge | None:
    """The wire whose tensor goes through a bypassed node; None for all other nodes."""
    graph = scene.document.graph
    if node not in graph.bypassed:
        return None
    ports = [site.port for site in scene.sites[node].inputs]
    return first_wire(graph, node, lambda _kind: ports)


def idle(scene: Scene, edge: Edge) -> bool:
    """Whether a wire ends at a bypassed node that another one passes."""
    bypassed = edge.target in scene.document.graph.bypassed
    return bypassed and passing(scene, edge.target) != edge


def passage(scene: Scene, edge: Edge) -> tuple[Point, ...]:
    """The corners from where a tensor comes into a bypassed node to where this wire leaves it;
    none if the wire comes from another node.

    """
    before = passing(scene, edge.source)
    if before is None:
        return ()
    start, end = scene.routes[before].points[-1], scene.routes[edge].points[0]
    return across(scene.boxes[edge.source], start, end)


def across(box: Box, start: Point, end: Point) -> tuple[Point, ...]:
    """The corners of a way across a card, along its middle lines, where there is no text."""
    upright, ends_upright = _upright(box, start), _upright(box, end)
    corners = (Point(start.x, end.y) if upright else Point(end.x, start.y),) * 2
    if upright and ends_upright:
        corners = (Point(start.x, box.center.y), Point(end.x, box.center.y))
    elif not upright and not ends_upright:
        corners = (Point(box.center.x, start.y), Point(box.center.x, end.y))
    return tuple(dict.fromkeys((start, *corners, end)))


def _upright(box: Box, point: Point) -> bool:
    """Whether a wire crosses the border of the card there from above or below."""
    return abs(point.y - box.center.y) > box.height / 2 - 1
