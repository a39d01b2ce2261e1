"""Places for nodes that an edit has added: near where it put them, clear of all others."""

from collections.abc import Collection, Iterator

from designer.document.blocks import scope_of
from designer.document.crossing import settled as led
from designer.document.edits import move
from designer.document.extent import size_of
from designer.document.lowering import lowered
from designer.document.model import Document, Graph, Node
from designer.document.showing import shown

APART = 24.0  # px between the new nodes of a row, and to what is there already
GRID = 8

Places = dict[str, tuple[float, float]]


def settled(before: Document, after: Document) -> Document:
    """`after`, in which the nodes that `before` does not have overlap nothing, and lie in the
    blocks of what they are wired to.
    """
    if not after.blocks:
        return _settled_sheet(before, after)
    after = led(before, after)
    new = after.graph.nodes.keys() - before.graph.nodes.keys()
    for scope in sorted({scope_of(after, key) for key in new}):
        sheet = shown(after, scope)
        former = shown(before, scope) if not scope or scope in before.blocks else sheet
        after = lowered(after, scope, sheet, _settled_sheet(former, sheet))
    return after


def _settled_sheet(before: Document, after: Document) -> Document:
    """The same for what one sheet shows.

    Those that are wired to each other stand in a row, beside what is in their way: aside they lie
    on the way of their wire still. What was there before does not move.
    """
    new = after.graph.nodes.keys() - before.graph.nodes.keys()
    if len(new) == len(after.graph.nodes):
        return after
    for group in _groups(after.graph, new):
        others = [node for key, node in after.graph.nodes.items() if key not in group]
        after = move(after, _beside(after, _row(after, group), others))
    return after


def _row(document: Document, group: Collection[str]) -> Places:
    """The group in its own order, one after the other, around the middle that it has."""
    down = document.direction == "down"
    nodes = [document.graph.nodes[key] for key in group]
    steps = [size_of(node.type)[1 if down else 0] + APART for node in nodes]
    x, y = (sum(values) / len(nodes) for values in zip(*((n.x, n.y) for n in nodes), strict=True))
    places, at = {}, -sum(steps) / 2
    for node, step in zip(nodes, steps, strict=True):
        place = at + step / 2
        places[node.id] = (x, y + place) if down else (x + place, y)
        at += step
    return places


def _beside(document: Document, places: Places, others: list[Node]) -> Places:
    """The places moved aside, whichever way is nearer, until nothing is in the way."""
    sideways = (GRID, 0) if document.direction == "down" else (0, GRID)
    kinds = {key: document.graph.nodes[key].type for key in places}
    steps = 0
    while True:
        for times in (steps, -steps):
            dx, dy = sideways[0] * times, sideways[1] * times
            moved = {key: (x + dx, y + dy) for key, (x, y) in places.items()}
            if not any(
                _meet(kinds[key], at, other) for key, at in moved.items() for other in others
            ):
                return moved
        steps += 1


def _meet(kind: str, at: tuple[float, float], other: Node) -> bool:
    (wide, high), (width, height) = size_of(kind), size_of(other.type)
    return (
        2 * abs(at[0] - other.x) < wide + width + 2 * APART
        and 2 * abs(at[1] - other.y) < high + height + APART
    )


def _groups(graph: Graph, ids: Collection[str]) -> Iterator[tuple[str, ...]]:
    """The nodes of these that are wired to each other, in the order of the graph."""
    rest = dict.fromkeys(key for key in graph.nodes if key in ids)
    while rest:
        found = [next(iter(rest))]
        for key in found:  # grows while it is walked
            rest.pop(key, None)
            ends = [edge.target for edge in graph.outgoing.get(key, ())]
            ends += [edge.source for edge in graph.incoming.get(key, ())]
            found += [end for end in ends if end in rest and end not in found]
        yield tuple(key for key in graph.nodes if key in found)
