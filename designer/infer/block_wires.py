"""What a wire to or from a block means for the layers in it: where its tensor would arrive."""

from designer.document.model import PASSAGES, Document, Edge, Graph
from designer.document.problem import ProblemError
from designer.document.showing import flat_edge


def meetings(whole: Document, wire: Edge) -> tuple[Document, tuple[Edge, ...]]:
    """The wires from layer to layer that a wire of a sheet would be, past the ports of blocks; and
    the document without those that they take the place of.

    No wires where nothing in the block takes the tensor, or nothing feeds the port it comes from.
    """
    try:
        flat = flat_edge(whole, wire)
    except ProblemError:  # a port that is gone
        return whole, ()
    graph = whole.graph
    source = _fed_by(graph, flat.source, flat.output)
    if source is None:
        return whole, ()
    ends = _ends(graph, flat)
    if ends == [flat]:
        return whole, (Edge(*source, flat.target, flat.input, flat.slot),)
    rest = Document(graph=Graph(graph.nodes, graph.edges - frozenset(ends)))
    return rest, tuple(Edge(*source, end.target, end.input, end.slot) for end in ends)


def _fed_by(graph: Graph, node: str, output: int) -> tuple[str, int] | None:
    while graph.nodes[node].type in PASSAGES:
        edges = graph.incoming.get(node, ())
        if not edges:
            return None
        node, output = edges[0].source, edges[0].output
    return node, output


def _ends(graph: Graph, wire: Edge) -> list[Edge]:
    """The last wires on the way of a tensor through ports: those that end at layers."""
    found, waiting = [], [wire]
    while waiting:
        edge = waiting.pop()
        if graph.nodes[edge.target].type in PASSAGES:
            waiting.extend(graph.outgoing.get(edge.target, ()))
        else:
            found.append(edge)
    return sorted(found)
