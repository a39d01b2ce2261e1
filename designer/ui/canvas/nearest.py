"""The port or the wire that is nearest to a point, by the scene's indexes. No Qt."""

from designer.document.model import Edge
from designer.ui.canvas.edges import distance
from designer.ui.canvas.geometry import REACH, Box, Point, Site, distance_to_site
from designer.ui.canvas.scene import Scene


def nearest_site(scene: Scene, point: Point, reach: float = REACH) -> tuple[str, Site] | None:
    """The nearest port within reach of a point, with its node."""
    best: tuple[float, str, Site] | None = None
    for node in sorted(scene.nodes.hits(Box(*point, *point).grown(reach))):
        sites = scene.sites[node]
        for site in (*sites.inputs, *sites.outputs, *(s for _, s in sites.more)):
            far = distance_to_site(site, point, scene.direction)
            if far <= reach and (best is None or far < best[0]):
                best = (far, node, site)
    return best[1:] if best is not None else None


def nearest_wire(scene: Scene, point: Point, reach: float = 6.0) -> Edge | None:
    """The nearest wire within reach of a point."""
    near = [
        (distance(scene.routes[e], point), e)
        for e in scene.wires.hits(Box(*point, *point).grown(reach))
    ]
    far, edge = min(near, default=(reach + 1, None))
    return edge if far <= reach else None
