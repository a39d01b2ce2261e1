"""Leads wires through the borders of blocks after an edit of the whole design that knew of none.

A repair works on the flat graph: what it adds comes into the block of its neighbours, and a wire
that would go through a border gets, or shares, a port there.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from designer.document import edits
from designer.document.block_lines import edges_beside
from designer.document.blocks import path, tidied
from designer.document.model import (
    ENTRY,
    EXIT,
    INPUT,
    OUTPUT,
    PASSAGES,
    Document,
    Edge,
    Graph,
    Node,
)
from designer.document.showing import PORT, passage_name

AWAY = 88.0  # px from a node to a port that it needs


def settled(before: Document, after: Document) -> Document:
    """`after`, sound again: the very same document where it is."""
    if not after.blocks:
        return after
    adopted = _adopted(before, after)
    for edge in sorted(edges_beside(adopted)):
        adopted = _led(adopted, edge)
    return tidied(adopted)


def _adopted(before: Document, after: Document) -> Document:
    """New layers and operations lie where all that they are wired to lies, as far as that is."""
    known = before.graph.nodes
    new = [
        node
        for key, node in after.graph.nodes.items()
        if key not in known and not node.block and node.type not in (INPUT, OUTPUT)
    ]
    nodes = dict(after.graph.nodes)
    for node in new:
        nodes[node.id] = replace(node, block=_home(after, node, nodes))
    if not new:
        return after
    return edits.replace_graph(after, Graph(nodes, after.graph.edges))


def _home(document: Document, node: Node, nodes: dict[str, Node]) -> str:
    """The deepest scope that holds all that a new node is wired to."""
    graph = document.graph
    ways = [path(document, _outward(document, nodes[e.source], EXIT)) for e in
            graph.incoming.get(node.id, ())]  # fmt: skip
    ways += [path(document, _outward(document, nodes[e.target], ENTRY)) for e in
             graph.outgoing.get(node.id, ())]  # fmt: skip
    return _last_common(ways)


def _last_common(ways: Iterable[tuple[str, ...]]) -> str:
    common = ""
    for step in zip(*ways, strict=False):
        if len(set(step)) > 1:
            break
        common = step[0]
    return common


def _outward(document: Document, node: Node, port: str) -> str:
    """The scope in which that end of a wire is seen."""
    return document.blocks[node.block].parent if node.type == port else node.block


def _led(document: Document, edge: Edge) -> Document:
    """One wire, out of the blocks around its source and into those around its target."""
    nodes = document.graph.nodes
    out = path(document, _outward(document, nodes[edge.source], EXIT))
    into = path(document, _outward(document, nodes[edge.target], ENTRY))
    shared = len([1 for one, other in zip(out, into, strict=False) if one == other])
    result = edits.disconnect(document, [edge])
    source, output = edge.source, edge.output
    for block in reversed(out[shared:]):
        result, source = _through(result, source, output, block, EXIT)
        output = 0
    for block in into[shared:]:
        result, source = _through(result, source, output, block, ENTRY)
        output = 0
    return edits.connect(result, replace(edge, source=source, output=output))


def _through(
    document: Document, source: str, output: int, block: str, kind: str
) -> tuple[Document, str]:
    """The port of a block that hands this tensor on, made where there is none yet."""
    graph = document.graph
    for edge in graph.outgoing.get(source, ()):
        port = graph.nodes[edge.target]
        if edge.output == output and port.type == kind and port.block == block:
            return document, port.id
    node = _port(document, source, block, kind)
    wire = Edge(source, output, node.id, PORT)
    return tidied(edits.add(document, [node], [wire])), node.id


def _port(document: Document, source: str, block: str, kind: str) -> Node:
    nodes, sign = document.graph.nodes, -1 if kind == ENTRY else 1
    inner = [n for n in nodes.values() if n.block == block and n.type not in PASSAGES]
    near = inner or [nodes[source]]
    y = (min if kind == ENTRY else max)(n.y for n in near) + sign * AWAY
    x = max(n.x for n in near) + AWAY
    made = edits.new_node(document.graph, kind, x, y)
    there = document.blocks[block]
    place = len(there.inputs if kind == ENTRY else there.outputs)
    return replace(made, block=block, name=passage_name(kind, place or None))
