"""Edits that take wires apart and join them again: a node put on a wire, nodes removed from under
their wires. Port and slot of what stays are kept, so that merges keep their order.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

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
    gone = set(ids)
    graph = document.graph
    after = edits.remove(document, gone)
    through: dict[str, tuple[str, int] | None] = {}
    joined = set(after.graph.edges)
    for edge in graph.edges:
        if edge.source in gone and edge.target not in gone:
            source = _source(graph, edge.source, gone, order, through)
            if source is not None:
                joined.add(replace(edge, source=source[0], output=source[1]))
    return edits.replace_graph(after, Graph(after.graph.nodes, frozenset(joined)))


def _source(
    graph: Graph,
    node: str,
    gone: set[str],
    order: PortOrder,
    through: dict[str, tuple[str, int] | None],
) -> tuple[str, int] | None:
    """The output that a removed node hands on; None where nothing comes in. No recursion: removed
    chains may be thousands of nodes long.
    """
    chain = []
    found: tuple[str, int] | None = None
    while node not in through:
        chain.append(node)
        first = _first(graph, node, order)
        if first is None or first.source not in gone:
            found = (first.source, first.output) if first is not None else None
            break
        node = first.source
    else:
        found = through[node]
    through.update(dict.fromkeys(chain, found))
    return found


def _first(graph: Graph, node: str, order: PortOrder) -> Edge | None:
    ranks = _ranks(order(graph.nodes[node].type))
    edges = graph.incoming.get(node, ())
    return min(edges, key=lambda e: (ranks.get(e.input, len(ranks)), e.input, e.slot), default=None)


def _ranks(names: Sequence[str]) -> Mapping[str, int]:
    return {name: rank for rank, name in enumerate(names)}
