"""Which wires bear a label. That is a matter of the design, not of what is on screen: what a pan
uncovers is to meet what was there. No Qt.
"""

from collections.abc import Iterable, Mapping

from designer.document.model import Edge
from designer.ui.canvas.edges import Route
from designer.ui.canvas.geometry import Point

_WIDE, _HIGH = 48.0, 12.0  # canvas px between two labels; nearer ones are beside each other


def labelled(routes: Mapping[Edge, Route], wires: Iterable[Edge], output: int) -> list[Edge]:
    """Of one node's wires those that bear the shape of that output.

    Wires that leave side by side carry the same tensor: one label tells it for all.
    """
    found: list[Edge] = []
    places: list[Point] = []
    for edge in wires:
        at = routes[edge].label
        near = any(abs(at.x - o.x) < _WIDE and abs(at.y - o.y) < _HIGH for o in places)
        if edge.output == output and not near:
            found.append(edge)
            places.append(at)
    return found
