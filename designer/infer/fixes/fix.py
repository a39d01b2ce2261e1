"""A fix is a value: what it does, why it helps, and the steps of one edit, so that it can be
shown, kept and sent. `applied` makes the edit; new layers stand on the wire that they were put on.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, structs

from designer.document import edits
from designer.document.model import OUTPUT, Document, Edge, Graph, Node
from designer.document.rewire import insert


class Layer(Struct, frozen=True):
    """A layer that is to be added; only parameters that are no default. `port` takes the tensor."""

    type: str
    params: Mapping[str, Any] = {}
    port: str = "inputs"


class Insert(Struct, frozen=True, tag="insert"):
    """Puts new layers, in this order, on a wire."""

    edge: Edge
    layers: tuple[Layer, ...]


class SetParam(Struct, frozen=True, tag="set"):
    """Sets a parameter of a node."""

    node: str
    name: str
    value: Any


class ResetParam(Struct, frozen=True, tag="reset"):
    """Takes a parameter back to Keras' default."""

    node: str
    name: str


class Connect(Struct, frozen=True, tag="connect"):
    """Adds a wire; one at the same place gives way."""

    edge: Edge


class Remove(Struct, frozen=True, tag="remove"):
    """Deletes a node with its wires."""

    node: str


class Disconnect(Struct, frozen=True, tag="disconnect"):
    """Deletes a wire."""

    edge: Edge


class Rename(Struct, frozen=True, tag="rename"):
    """Gives a node another name."""

    node: str
    name: str


class MarkOutput(Struct, frozen=True, tag="output"):
    """Makes what a node gives an output of the model."""

    node: str


Step = Insert | SetParam | ResetParam | Connect | Remove | Disconnect | Rename | MarkOutput


class Fix(Struct, frozen=True):
    """One way out of a problem. `template` with `values` is its label, an order in the imperative;
    `why` the explanation. Both are told in English here and translated by the window.
    """

    code: str
    template: str
    values: Mapping[str, Any]
    steps: tuple[Step, ...]
    why: str = ""

    @property
    def label(self) -> str:
        """The label in English."""
        return self.template.format(**self.values)

    @property
    def explanation(self) -> str:
        """The explanation in English."""
        return self.why.format(**self.values)


def applied(document: Document, fix: Fix) -> Document:
    """The document with the fix in it; ProblemError where the design has changed too much."""
    for step in fix.steps:
        document = _step(document, step)
    return document


def added(before: Document, after: Document) -> frozenset[str]:
    """The ids of the nodes that only the second document has."""
    return frozenset(after.graph.nodes.keys() - before.graph.nodes.keys())


def _step(document: Document, step: Step) -> Document:
    match step:
        case Insert(edge, layers):
            return _inserted(document, edge, layers)
        case SetParam(node, name, value):
            return edits.set_param(document, node, name, value)
        case ResetParam(node, name):
            return edits.reset_param(document, node, name)
        case Rename(node, name):
            return edits.rename(document, node, name)
        case MarkOutput(node):
            return _marked(document, node)
        case _:
            return _rewired(document, step)


def _rewired(document: Document, step: Connect | Disconnect | Remove) -> Document:
    match step:
        case Connect(edge):
            return edits.connect(document, edge)
        case Disconnect(edge):
            return edits.disconnect(document, [edge])
        case Remove(node):
            return edits.remove(document, [node])


def _inserted(document: Document, edge: Edge, layers: tuple[Layer, ...]) -> Document:
    nodes = document.graph.nodes
    if edge.source in nodes and edge.target in nodes:
        start, end = nodes[edge.source], nodes[edge.target]
    for place, layer in enumerate(layers, 1):
        part = place / (len(layers) + 1)
        node = _between(document.graph, layer, start, end, part)
        document = edits.add(document, (node,))
        incoming = Edge(edge.source, edge.output, node.id, layer.port)
        document = insert(document, edge, incoming)
        edge = structs.replace(edge, source=node.id, output=0)
    return document


def _between(graph: Graph, layer: Layer, start: Node, end: Node, part: float) -> Node:
    x, y = start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part
    return edits.new_node(graph, layer.type, round(x), round(y), layer.params)


def _marked(document: Document, node: str) -> Document:
    source = document.graph.nodes[node]
    down = document.direction == "down"
    x, y = (source.x, source.y + 96) if down else (source.x + 224, source.y)
    output = edits.new_node(document.graph, OUTPUT, x, y)
    return edits.add(document, (output,), (Edge(node, 0, output.id, "inputs"),))
