"""Placing a node, wired at once where a wire was waiting: one pure edit."""

from dataclasses import dataclass

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import Document, Edge
from designer.document.problem import Problem
from designer.infer.starts import starting_params
from designer.infer.wiring import wire
from designer.ui.canvas.geometry import Point, snapped


@dataclass(frozen=True)
class PendingWire:
    """A wire with one free end: from an output of `node`, or (not `forward`) to its `port`."""

    node: str
    forward: bool
    output: int = 0
    port: str = ""
    slot: int | None = None


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


def placed(
    document: Document,
    catalog: Catalog,
    kind: str,
    at: Point,
    pending: PendingWire | None = None,
) -> tuple[Document, str]:
    """The document with a new node centred there, on the grid, and the node's id.

    A waiting wire is connected if the node can take it, and dropped otherwise.
    """
    spec = catalog.layers.get(kind)
    params = starting_params(spec) if spec is not None else {}
    node = edits.new_node(document.graph, kind, snapped(at.x), snapped(at.y), params)
    after = edits.add(document, (node,))
    if pending is not None:
        edge = completed(after, catalog, pending, node.id)
        if isinstance(edge, Edge):
            after = edits.connect(after, edge)
    return after, node.id
