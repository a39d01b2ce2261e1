"""Where a model begins and ends: its inputs and outputs in the one order that all rooms use.

Outputs are the nodes marked as such; a design without any mark has its sinks for outputs, so
that a quick sketch needs no ceremony.
"""

from msgspec import Struct

from designer.document.model import INPUT, OUTPUT, Graph
from designer.document.order import reading_order, upstream


class End(Struct, frozen=True):
    """An output of the model: the node that marks it (or is it), its name, and whose output."""

    node: str
    name: str
    source: str
    output: int = 0


def input_nodes(graph: Graph) -> tuple[str, ...]:
    """The inputs that lead somewhere, by name."""
    return reading_order(
        n for n in graph.nodes.values() if n.type == INPUT and n.id in graph.outgoing
    )


def output_ends(graph: Graph) -> tuple[End, ...]:
    """The outputs by name; marks without a wire are passed over."""
    marks = reading_order(n for n in graph.nodes.values() if n.type == OUTPUT)
    if marks:
        wired = ((key, graph.incoming[key][0]) for key in marks if key in graph.incoming)
        return tuple(End(k, graph.nodes[k].name, e.source, e.output) for k, e in wired)
    sinks = (
        n for n in graph.nodes.values() if n.id in graph.incoming and n.id not in graph.outgoing
    )
    return tuple(End(key, graph.nodes[key].name, key) for key in reading_order(sinks))


def members(graph: Graph) -> set[str]:
    """The nodes that some output needs: these and only these make the model."""
    return upstream(graph, (end.source for end in output_ends(graph)))
