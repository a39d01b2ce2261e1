"""A piece of a design, cut out to be put in elsewhere: nodes, the wires among them, the wires that
came in from outside, frames and notes, and blocks with all that they hold. As bytes it is a small
design file with an envelope, and is checked like one: it may come from any program.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from designer.document import edits
from designer.document.block_copies import put_blocks
from designer.document.block_lines import lawful
from designer.document.blocks import inner_nodes, within
from designer.document.marks import copied
from designer.document.model import OUTPUT, PASSAGES, Block, Document, Edge, Graph, Mark, Node
from designer.document.problem import Where, failure
from designer.document.serialize import load_json, read, to_bytes
from designer.document.showing import shown

FORMAT = "skipwire nodes"


class Fragment(Struct, frozen=True):
    """`inputs` are wires from nodes outside. `owners` maps nodes to the node outside whose layer
    they shared; they hold that layer's parameters, so that they can stand alone.
    """

    nodes: tuple[Node, ...]
    edges: frozenset[Edge] = frozenset()
    inputs: frozenset[Edge] = frozenset()
    owners: Mapping[str, str] = {}
    marks: tuple[Mark, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it to put in."""
        return not (self.nodes or self.marks or self.blocks)

    @property
    def sheet(self) -> Document:
        """What one sees of it: the nodes, frames and notes, each block as one node."""
        return shown(self.design)

    @property
    def design(self) -> Document:
        """All of it as a design."""
        graph = Graph({node.id: node for node in self.nodes}, self.edges)
        marks = {mark.id: mark for mark in self.marks}
        return Document(graph=graph, marks=marks, blocks={b.id: b for b in self.blocks})


class _Envelope(Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    design: Any
    inputs: list[tuple[str, int, str, str, int]] = []
    owners: dict[str, str] = {}


def cut_out(document: Document, ids: Iterable[str]) -> Fragment:
    """What has these ids, in the order of the document; unknown ids are passed over.

    Blocks come with all that they hold. The ports of a block that does not come stay behind.
    """
    graph, asked = document.graph, set(ids)
    inside = within(document, asked)
    wanted = {*_free_nodes(document, asked), *inner_nodes(document, inside)}
    owners: dict[str, str] = {}
    heirs: dict[str, str] = {}  # owner outside -> the first node that shares its layer
    nodes = []
    for node in graph.nodes.values():
        if node.id not in wanted:
            continue
        if node.shares and node.shares not in wanted:
            heir = heirs.setdefault(node.shares, node.id)
            owners[heir] = node.shares
            owner = graph.nodes[node.shares]
            alone = {"params": owner.params, "shares": ""} if heir == node.id else {"shares": heir}
            node = replace(node, **alone)
        nodes.append(_as_root(node, inside))
    coming = [e for n in nodes for e in graph.incoming.get(n.id, ())]
    return Fragment(
        tuple(nodes),
        frozenset(e for e in coming if e.source in wanted),
        frozenset(e for e in coming if e.source not in wanted),
        owners,
        tuple(
            _as_root(mark, inside)
            for key, mark in document.marks.items()
            if key in asked or mark.block in inside
        ),
        tuple(
            replace(block, parent=block.parent if block.parent in inside else "")
            for key, block in document.blocks.items()
            if key in inside
        ),
    )


def _free_nodes(document: Document, ids: set[str]) -> Iterator[str]:
    nodes = document.graph.nodes
    return (key for key in ids if key in nodes and nodes[key].type not in PASSAGES)


_Thing = TypeVar("_Thing", Node, Mark)


def _as_root(thing: _Thing, inside: AbstractSet[str]) -> _Thing:
    """The node, frame or note on the sheet, unless it is in one of these blocks."""
    return replace(thing, block="") if thing.block and thing.block not in inside else thing


def to_data(fragment: Fragment) -> bytes:
    """The bytes that a clipboard carries."""
    inputs = [[e.source, e.output, e.target, e.input, e.slot] for e in sorted(fragment.inputs)]
    rest = json.dumps({"format": FORMAT, "inputs": inputs, "owners": dict(fragment.owners)})
    design = to_bytes(fragment.design).strip()
    return b'{"design": ' + design + b", " + rest[1:].encode("utf-8", "replace")


def from_data(data: bytes) -> Fragment:
    """The fragment in those bytes, or in those of a whole design; ProblemError if it is neither."""
    where = Where()
    body = load_json(data, where)
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        whole = read(body, where)
        return cut_out(whole, (*whole.graph.nodes, *whole.marks, *whole.blocks))
    try:
        envelope = msgspec.convert(body, _Envelope)
    except msgspec.ValidationError as error:
        template = "What was copied is broken: {reason}. Copy the nodes once more."
        raise failure("broken_field", template, reason=str(error)) from error
    design = read(envelope.design, where)
    graph = design.graph
    inputs = [Edge(*line) for line in envelope.inputs]
    owned = all(key in graph.nodes for key in envelope.owners)
    if not owned or not all(_enters(edge, graph) for edge in inputs):
        template = "What was copied is broken: it names nodes that it lacks. Copy it once more."
        raise failure("loose_wire", template)
    nodes, marks = tuple(graph.nodes.values()), tuple(design.marks.values())
    blocks = tuple(design.blocks.values())
    return Fragment(nodes, graph.edges, frozenset(inputs), envelope.owners, marks, blocks)


def _enters(edge: Edge, graph: Graph) -> bool:
    return edge.target in graph.nodes and min(edge.output, edge.slot) >= 0


def put_in(
    document: Document,
    fragment: Fragment,
    dx: float,
    dy: float,
    *,
    keep_inputs: bool = False,
    scope: str = "",
) -> tuple[Document, dict[str, str]]:
    """Adds all of it, moved by (dx, dy), under fresh ids and names; tells the new id of each old.

    `keep_inputs` wires them to the nodes outside that fed them, where this design has those.
    `scope` is the block that it comes into; inputs and outputs of a model are its ports there.
    """
    nodes = _resettled(document.graph, fragment)
    after, new_ids = edits.paste(document, nodes, fragment.edges, dx, dy)
    after, new_marks = copied(after, fragment.marks, dx, dy)
    after, new_blocks = put_blocks(
        after, fragment.blocks, {**new_ids, **new_marks}, (dx, dy), scope
    )
    new_ids = {**new_ids, **new_marks, **new_blocks}
    if not keep_inputs:
        return after, new_ids
    return _with_inputs(document, after, fragment, new_ids), new_ids


def _with_inputs(
    before: Document, after: Document, fragment: Fragment, new_ids: Mapping[str, str]
) -> Document:
    there = before.graph.nodes
    coming: dict[tuple[str, str, int], Edge] = {}
    for edge in sorted(fragment.inputs):
        source = there.get(edge.source)
        if source is not None and source.type != OUTPUT:
            edge = replace(edge, target=new_ids[edge.target])
            if lawful(after.graph, after.blocks, edge):
                coming[edge.target, edge.input, edge.slot] = edge
    taken = {(e.target, e.input, e.slot) for e in after.graph.edges}
    added = frozenset(edge for place, edge in coming.items() if place not in taken)
    graph = Graph(after.graph.nodes, after.graph.edges | added)
    return edits.replace_graph(after, graph)


def _resettled(graph: Graph, fragment: Fragment) -> list[Node]:
    """The nodes, sharing the layers of their former owners again where this design has them."""
    back: dict[str, str] = {}
    for node in fragment.nodes:
        owner = graph.nodes.get(fragment.owners.get(node.id, ""))
        if owner is not None and owner.type == node.type and not owner.shares:
            back[node.id] = owner.id
    return [
        replace(node, shares=back[node.id], params={})
        if node.id in back
        else replace(node, shares=back.get(node.shares, node.shares))
        for node in fragment.nodes
    ]
