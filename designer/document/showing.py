"""The sheet of a scope: what the canvas draws of a design with blocks, as a document of its own.

The nodes that lie in the scope are the very same objects; each block there is one node with the
block's id. Wires to its entry nodes end at its ports, wires from its exit nodes begin at them.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from designer.document.blocks import block_of, inner_nodes, layer_counts, values
from designer.document.model import (
    ENTRY,
    EXIT,
    INPUT,
    OUTPUT,
    PASSAGES,
    Block,
    Document,
    Edge,
    Graph,
    Node,
)
from designer.document.problem import Where, failure

BLOCK = "block/"  # the type of a block's node on a sheet: "block/2" has two inputs
PORTS = {INPUT: ENTRY, OUTPUT: EXIT}  # what the ends of a model are in a block
PORT = "inputs"  # the port of an entry or exit node


def port_name(place: int) -> str:
    """The port of a block's node on a sheet that stands for its entry of that place, from 0."""
    return f"input_{place + 1}"


def passage_name(kind: str, place: int | None) -> str:
    """What an entry or exit node is called: as its port, or without a number if it is the only."""
    stem = "input" if kind == ENTRY else "output"
    return stem if place is None else f"{stem}_{place + 1}"


def shown(document: Document, scope: str = "") -> Document:
    """The sheet; a document without blocks is its own sheet, and stays the very same object.

    ProblemError where there is no such block.
    """
    if scope:
        block_of(document, scope)
    elif not document.blocks:
        return document
    here = [block for block in document.blocks.values() if block.parent == scope]
    nodes = {
        node.id: _alone(document, node, scope)
        for node in document.graph.nodes.values()
        if node.block == scope
    }
    counts = layer_counts(document) if here else {}
    nodes |= {block.id: node_of(document, block, counts[block.id]) for block in here}
    edges = frozenset(_edges(document, scope, here))
    marks = {key: mark for key, mark in document.marks.items() if mark.block == scope}
    return replace(document, graph=Graph(nodes, edges), marks=marks)


def _alone(document: Document, node: Node, scope: str) -> Node:
    """The node; if it shares a layer that the sheet does not show, with the layer's parameters."""
    owner = document.graph.nodes.get(node.shares) if node.shares else None
    if owner is None or owner.block == scope:
        return node
    return replace(node, shares="", params=owner.params)


def node_of(document: Document, block: Block, layers: int) -> Node:
    """The node that stands for a block, with so many layers in it, on the sheet that it lies in.

    Its `block` is its own id; its arguments are the kind and `layers`, which the canvas writes
    on it.
    """
    return Node(
        block.id, f"{BLOCK}{len(block.inputs)}", block.title, values(document, block),
        {"kind": block.kind, "layers": layers}, x=block.x, y=block.y,
        bypassed=_bypassed(document, block), block=block.id,
    )  # fmt: skip


def _bypassed(document: Document, block: Block) -> bool:
    """Whether all that it holds is bypassed."""
    bypassed = document.graph.bypassed
    if not bypassed:
        return False
    nodes = document.graph.nodes
    inner = [k for k in inner_nodes(document, [block.id]) if nodes[k].type not in PASSAGES]
    return bool(inner) and bypassed.issuperset(inner)


def _edges(document: Document, scope: str, here: list[Block]) -> Iterator[Edge]:
    entries = {k: (b.id, port_name(place)) for b in here for place, k in enumerate(b.inputs)}
    exits = {k: (b.id, place) for b in here for place, k in enumerate(b.outputs)}
    nodes = document.graph.nodes
    for edge in document.graph.edges:
        start, end = exits.get(edge.source), entries.get(edge.target)
        if start is None and not _here(nodes[edge.source], scope, EXIT):
            continue
        if end is None and not _here(nodes[edge.target], scope, ENTRY):
            continue
        if start is None and end is None:
            yield edge
        else:
            source, output = start or (edge.source, edge.output)
            target, port = end or (edge.target, edge.input)
            yield Edge(source, output, target, port, 0 if end else edge.slot)


def _here(node: Node, scope: str, outward: str) -> bool:
    """Whether the sheet shows that end of a wire; an `outward` port has it on the other side."""
    return node.block == scope and node.type != outward


def flat_edge(document: Document, edge: Edge) -> Edge:
    """The wire of the whole design that a wire of a sheet stands for; ProblemError
    "no_such_port" where a block has no such input or output.
    """
    source, target = document.blocks.get(edge.source), document.blocks.get(edge.target)
    if source is not None:
        edge = replace(edge, source=_port(source, source.outputs, edge.output), output=0)
    if target is not None:
        names = [port_name(place) for place in range(len(target.inputs))]
        place = names.index(edge.input) if edge.input in names else -1
        edge = replace(edge, target=_port(target, target.inputs, place), input=PORT, slot=0)
    return edge


def _port(block: Block, ports: tuple[str, ...], place: int) -> str:
    if not 0 <= place < len(ports):
        template = "{title} has no such port. Open the block and add one there."
        raise failure("no_such_port", template, Where(node=block.id), title=block.title)
    return ports[place]
