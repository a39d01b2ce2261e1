"""A piece of a design, cut out to be put in elsewhere: nodes, the wires among them, the wires that
came in from outside, frames and notes. As bytes it is a small design file with an envelope, and
is checked like one: it may come from any program.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from designer.document import edits
from designer.document.marks import copied
from designer.document.model import OUTPUT, Document, Edge, Graph, Mark, Node
from designer.document.problem import Where, failure
from designer.document.serialize import load_json, read, to_bytes

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

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it to put in."""
        return not (self.nodes or self.marks)


class _Envelope(Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    design: Any
    inputs: list[tuple[str, int, str, str, int]] = []
    owners: dict[str, str] = {}


def cut_out(document: Document, ids: Iterable[str]) -> Fragment:
    """What has these ids, in the order of the document; unknown ids are passed over."""
    graph, wanted = document.graph, set(ids)
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
        nodes.append(node)
    coming = [e for n in nodes for e in graph.incoming.get(n.id, ())]
    return Fragment(
        tuple(nodes),
        frozenset(e for e in coming if e.source in wanted),
        frozenset(e for e in coming if e.source not in wanted),
        owners,
        tuple(mark for key, mark in document.marks.items() if key in wanted),
    )


def to_data(fragment: Fragment) -> bytes:
    """The bytes that a clipboard carries."""
    graph = Graph({node.id: node for node in fragment.nodes}, fragment.edges)
    inputs = [[e.source, e.output, e.target, e.input, e.slot] for e in sorted(fragment.inputs)]
    rest = json.dumps({"format": FORMAT, "inputs": inputs, "owners": dict(fragment.owners)})
    marks = {mark.id: mark for mark in fragment.marks}
    design = to_bytes(Document(graph=graph, marks=marks)).strip()
    return b'{"design": ' + design + b", " + rest[1:].encode("utf-8", "replace")


def from_data(data: bytes) -> Fragment:
    """The fragment in those bytes, or in those of a whole design; ProblemError if it is neither."""
    where = Where()
    body = load_json(data, where)
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        whole = read(body, where)
        return cut_out(whole, (*whole.graph.nodes, *whole.marks))
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
    return Fragment(nodes, graph.edges, frozenset(inputs), envelope.owners, marks)


def _enters(edge: Edge, graph: Graph) -> bool:
    return edge.target in graph.nodes and min(edge.output, edge.slot) >= 0


def put_in(
    document: Document, fragment: Fragment, dx: float, dy: float, *, keep_inputs: bool = False
) -> tuple[Document, dict[str, str]]:
    """Adds all of it, moved by (dx, dy), under fresh ids and names; tells the new id of each old.

    `keep_inputs` wires them to the nodes outside that fed them, where this design has those.
    """
    nodes = _resettled(document.graph, fragment)
    after, new_ids = edits.paste(document, nodes, fragment.edges, dx, dy)
    after, new_marks = copied(after, fragment.marks, dx, dy)
    new_ids |= new_marks
    if not keep_inputs:
        return after, new_ids
    there = document.graph.nodes
    coming: dict[tuple[str, str, int], Edge] = {}
    for edge in sorted(fragment.inputs):
        source = there.get(edge.source)
        if source is not None and source.type != OUTPUT:
            edge = replace(edge, target=new_ids[edge.target])
            coming[edge.target, edge.input, edge.slot] = edge
    taken = {(e.target, e.input, e.slot) for e in after.graph.edges}
    added = frozenset(edge for place, edge in coming.items() if place not in taken)
    graph = Graph(after.graph.nodes, after.graph.edges | added)
    return edits.replace_graph(after, graph), new_ids


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
