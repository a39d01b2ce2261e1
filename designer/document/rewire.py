"""Edits that take wires apart and join them again: a node put on a wire, nodes removed from under
their wires. Port and slot of what stays are kept, so that merges keep their order.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from designer.document import edits
from designer.document.model import Document, Edge, Graph
from designer.document.problem import Where, failure

PortOrder = Callable[[str], Sequence[str]]  # node type -> names of its inputs


def insert(document: Document, edge: Edge, incoming: Edge) -> Document:
    """Puts a node of the document on a wire: `incoming` is its wire from the wire's source.

    The node's first output takes the place of `edge` at its target. ProblemError if the wire is
    gone, or if that would close a circle.
    """
    if edge not in document.graph.edges:
        template = "The wire is not there any more. Drop the node on another one."
        raise failure("no_such_wire", template, Where(node=edge.target, port=edge.input))
    opened = edits.disconnect(document, [edge])
    outgoing = replace(edge, source=incoming.target, output=0)
    return edits.connect(edits.connect(opened, incoming), outgoing)


def remove_and_join(document: Document, ids: Iterable[str], order: PortOrder) -> Document:
    """Removes nodes; what they fed is fed by what fed them, through their first wired input."""
    gone = frozenset(ids)
    graph = document.graph
    after = edits.remove(document, gone)
    through = handed_on(graph, gone, order)
    joined = set(after.graph.edges)
    for edge in graph.edges:
        source = through.get(edge.source)
        if source is not None and edge.target not in gone:
            joined.add(replace(edge, source=source[0], output=source[1]))
    return edits.replace_graph(after, Graph(after.graph.nodes, frozenset(joined)))


def handed_on(
    graph: Graph, ids: AbstractSet[str], order: PortOrder
) -> Mapping[str, tuple[str, int] | None]:
    """For each of these nodes the output of another node that goes through it, and through others
    of them, by their first wired inputs; None where nothing comes in.
    """
    through: dict[str, tuple[str, int] | None] = {}
    for node in ids:
        _follow(graph, node, ids, order, through)
    return through


def _follow(
    graph: Graph,
    node: str,
    ids: AbstractSet[str],
    order: PortOrder,
    through: dict[str, tuple[str, int] | None],
) -> None:
    # No recursion: chains may be thousands of nodes long. A broken file may run in a circle.
    chain: dict[str, None] = {}
    found: tuple[str, int] | None = None
    while node not in through and node not in chain:
        chain[node] = None
        first = first_wire(graph, node, order)
        if first is None or first.source not in ids:
            found = (first.source, first.output) if first is not None else None
            break
        node = first.source
    else:
        found = through.get(node)
    through.update(dict.fromkeys(chain, found))


def first_wire(graph: Graph, node: str, order: PortOrder) -> Edge | None:
    """The wire at the first input of a node that has one, in the order of its ports and slots."""
    ranks = _ranks(order(graph.nodes[node].type))
    edges = graph.incoming.get(node, ())
    return min(edges, key=lambda e: (ranks.get(e.input, len(ranks)), e.input, e.slot), default=None)


def _ranks(names: Sequence[str]) -> Mapping[str, int]:
    return {name: rank for rank, name in enumerate(names)}
