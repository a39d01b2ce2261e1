"""What is under the pointer, and after a moment of rest the whole path through it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from designer.document.model import Edge
from designer.document.order import downstream, upstream
from designer.document.problem import Problem
from designer.ui.canvas.geometry import Point, Site
from designer.ui.canvas.marks import Grip
from designer.ui.canvas.nearest import nearest_site, nearest_wire
from designer.ui.canvas.scene import Scene
from designer.ui.translate import tell

Advise = Callable[[Problem], Sequence[str]]  # what can be done about a problem, in lines
_PORTS = 0.3  # zoom below which no ports are drawn


@dataclass(frozen=True)
class Hit:
    """What is at a place: a port with its node, a node, a wire, a part of a frame or note, or
    nothing."""

    node: str | None = None
    site: Site | None = None
    wire: Edge | None = None
    grip: Grip | None = None


def hit(scene: Scene, point: Point, zoom: float, *, ports: bool = True) -> Hit:
    """What the pointer would take hold of there. Reach is in widget px, so it grows when far.

    From further away than ports can be seen a node is all node.
    """
    reach = 1 / max(zoom, _PORTS)
    seen = ports and zoom >= _PORTS
    site = nearest_site(scene, point, 10.0 * min(reach, 1.5)) if seen else None
    if site is not None:
        return Hit(site[0], site[1])
    node = scene.node_at(point)
    if node is not None:
        return Hit(node)
    wire = nearest_wire(scene, point, 6.0 * reach)
    return Hit(wire=wire, grip=scene.marks.grip(point, zoom) if wire is None else None)


def path_of(scene: Scene, found: Hit) -> tuple[frozenset[str], frozenset[Edge]] | None:
    """The nodes and wires on all ways through what is hovered; None if that is nothing."""
    if found.node is None and found.wire is None:
        return None
    graph, wire = scene.document.graph, found.wire
    before = upstream(graph, [wire.source if wire else found.node or ""])
    after = downstream(graph, [wire.target if wire else found.node or ""])
    wires = {e for i in before for e in graph.incoming.get(i, ())}
    wires |= {e for i in after for e in graph.outgoing.get(i, ())}
    return frozenset(before | after), frozenset(wires | ({wire} if wire else set()))


def no_advice(_problem: Problem) -> Sequence[str]:
    """Nobody knows what to do."""
    return ()


def tip(scene: Scene, found: Hit, advise: Advise = no_advice) -> str:
    """What a tool tip says there: the whole summary, which a card may have cut, and a node's
    problems with their fixes.
    """
    if found.node is None:
        return ""
    look = scene.looks[found.node]
    rows = [f"{look.name}: {look.second}" if look.second else look.name]
    if found.site is not None and found.site.port:
        rows.append(found.site.port)
    if scene.document.graph.nodes[found.node].bypassed:
        rows.append(
            QCoreApplication.translate("canvas", "Bypassed: what comes in goes straight out.")
        )
    for problem in scene.problems_of(found.node):
        rows += [tell(problem), *advise(problem)]
    return "\n\n".join(rows)
