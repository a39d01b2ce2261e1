"""Placing a node, wired at once where a wire was waiting: one pure edit."""

from dataclasses import dataclass

from designer.catalog.library import in_library
from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import EXIT, INPUT, OUTPUT, Document, Edge
from designer.document.problem import Problem
from designer.document.rewire import insert
from designer.infer.starts import starting_params
from designer.infer.wiring import ports, wire
from designer.ui.canvas.geometry import Point, snapped


@dataclass(frozen=True)
class PendingWire:
    """A wire with one free end: from an output of `node`, or (not `forward`) to its `port`."""

    node: str
    forward: bool
    output: int = 0
    port: str = ""
    slot: int | None = None

    @property
    def unfit(self) -> frozenset[str]:
        """The types that it cannot end at: outputs end at inputs, and the other way round."""
        return frozenset((INPUT if self.forward else OUTPUT,))


@dataclass(frozen=True)
class PendingInsert:
    """A wire that waits for a node to be put on it."""

    wire: Edge

    @property
    def unfit(self) -> frozenset[str]:
        """The types that have no wire on both sides."""
        return frozenset((INPUT, OUTPUT))


Pending = PendingWire | PendingInsert


def completed(
    document: Document,
    catalog: Catalog,
    pending: PendingWire,
    other: str,
    port: str | None = None,
    slot: int | None = None,
    output: int = 0,
) -> Edge | Problem:
    """The waiting wire with its other end at that node (at that port, or its first free one)."""
    if pending.forward:
        return wire(document, catalog, pending.node, pending.output, other, port, slot)
    return wire(document, catalog, other, output, pending.node, pending.port, pending.slot)


def takes_wire(catalog: Catalog, kind: str) -> bool:
    """Whether a node of that type can stand on a wire: it has inputs and an output.

    A block can that has one of each, for else nobody would know which are meant.
    """
    if in_library(kind):
        spec = catalog.layers.get(kind)
        return spec is not None and len(spec.inputs) == 1 and not spec.several
    return kind not in (OUTPUT, EXIT) and bool(ports(catalog, kind))


def inserted(document: Document, catalog: Catalog, edge: Edge, node: str) -> Document | Problem:
    """The document with that node on the wire, by its first free input; or why it cannot be."""
    opened = edits.disconnect(document, (edge,))
    incoming = wire(opened, catalog, edge.source, edge.output, node)
    return incoming if isinstance(incoming, Problem) else insert(document, edge, incoming)


def placed(
    document: Document,
    catalog: Catalog,
    kind: str,
    at: Point,
    pending: Pending | None = None,
) -> tuple[Document, str]:
    """The document with a new node centred there, on the grid, and the node's id.

    A waiting wire is connected if the node can take it, and dropped or left as it is otherwise.
    """
    spec = catalog.layers.get(kind)
    params = starting_params(spec) if spec is not None else {}
    node = edits.new_node(document.graph, kind, snapped(at.x), snapped(at.y), params)
    after = edits.add(document, (node,))
    return after if pending is None else attached(after, catalog, node.id, pending), node.id


def attached(document: Document, catalog: Catalog, node: str, pending: Pending) -> Document:
    """The document with the waiting wire at that node; as it is where the node cannot take it."""
    if isinstance(pending, PendingInsert):
        joined = inserted(document, catalog, pending.wire, node)
        return document if isinstance(joined, Problem) else joined
    edge = completed(document, catalog, pending, node)
    return edits.connect(document, edge) if isinstance(edge, Edge) else document
