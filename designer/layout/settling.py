"""Places for nodes that an edit has added: near where it put them, clear of all others."""

from collections.abc import Iterator

from designer.document.model import Document, Graph
from designer.layout.place import arrange


def settled(before: Document, after: Document) -> Document:
    """`after`, in which the nodes that `before` does not have overlap nothing.

    Those that are wired to each other stay together; what was there before does not move.
    """
    new = after.graph.nodes.keys() - before.graph.nodes.keys()
    if len(new) == len(after.graph.nodes):
        return after
    for group in _groups(after.graph, new):
        after = arrange(after, only=group)
    return after


def _groups(graph: Graph, ids: set[str]) -> Iterator[frozenset[str]]:
    """The nodes of these that are wired to each other, in the order of the graph."""
    rest = dict.fromkeys(key for key in graph.nodes if key in ids)
    while rest:
        found = [next(iter(rest))]
        for key in found:  # grows while it is walked
            rest.pop(key, None)
            ends = [edge.target for edge in graph.outgoing.get(key, ())]
            ends += [edge.source for edge in graph.incoming.get(key, ())]
            found += [end for end in ends if end in rest and end not in found]
        yield frozenset(found)
