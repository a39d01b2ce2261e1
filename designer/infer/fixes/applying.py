"""Fixes as edits: each step is made by the functions that make every other edit. New layers stand
where the wire ran that they were put on, or behind the node that they follow.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from designer.document import edits
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.problem import Where, failure
from designer.document.rewire import insert, remove_and_join
from designer.document.sharing import unshare
from designer.infer.fixes.fix import (
    Begin,
    Connect,
    Disconnect,
    Fix,
    Follow,
    Insert,
    Join,
    Layer,
    MarkOutput,
    Remove,
    Rename,
    ResetParam,
    SetChoice,
    SetLoss,
    SetParam,
    SetPlan,
    Setting,
    Step,
    SwitchOn,
    TakeOut,
    Training,
    Unshare,
    Wiring,
)


def applied(document: Document, fix: Fix) -> Document:
    """The document with the fix in it; ProblemError where the design has changed too much."""
    for step in fix.steps:
        document = _step(document, step)
    return document


def _step(document: Document, step: Step) -> Document:
    if isinstance(step, Training):
        return edits.set_training(document, _trained(document, step))
    if isinstance(step, Setting):
        return _set(document, step)
    if isinstance(step, Insert | Follow | Join | Begin | MarkOutput):
        return _placed(document, step)
    return _rewired(document, step)


def _set(document: Document, step: Setting) -> Document:
    match step:
        case SetParam(node, name, value):
            return edits.set_param(document, node, name, value)
        case ResetParam(node, name):
            return edits.reset_param(document, node, name)
        case Rename(node, name):
            return edits.rename(document, node, name)
        case SwitchOn(node):
            return edits.bypass(document, (node,), on=False)
        case Unshare(node):
            return unshare(document, (node,))


def _rewired(document: Document, step: Wiring) -> Document:
    match step:
        case Connect(edge):
            return edits.connect(document, edge)
        case Disconnect(edge):
            return edits.disconnect(document, [edge])
        case Remove(node):
            return edits.remove(document, [node])
        case TakeOut(node, port):
            return remove_and_join(document, [node], lambda _kind: [port])
    raise TypeError(step)


def _placed(document: Document, step: Wiring) -> Document:
    match step:
        case Insert(edge, layers):
            return _inserted(document, edge, layers)
        case Follow(source, output, layers):
            return _followed(document, source, output, layers)
        case Join(edge, layer, source, output):
            return _joined(document, edge, layer, (source, output))
        case Begin(target, port, params):
            return _begun(document, target, port, params)
        case MarkOutput(node):
            return _marked(document, node)
    raise TypeError(step)


def _trained(document: Document, step: Training) -> Any:
    plan = document.training
    match step:
        case SetLoss(loss):
            return replace(plan, loss=loss)
        case SetPlan(name, value):
            return replace(plan, **{name: value})
        case SetChoice(old, new):
            metrics = tuple(new if metric == old else metric for metric in plan.metrics)
            found = tuple(metric for metric in metrics if metric is not None)
            optimizer = new if new is not None and plan.optimizer == old else plan.optimizer
            return replace(plan, metrics=found, optimizer=optimizer)


def _there(document: Document, key: str) -> Node:
    node = document.graph.nodes.get(key)
    if node is None:
        template = "The node is not there any more."
        raise failure("no_such_node", template, Where(node=key))
    return node


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
        edge = replace(edge, source=node.id, output=0)
    return document


def _joined(document: Document, edge: Edge, layer: Layer, other: tuple[str, int]) -> Document:
    """The merge gets the other tensor first, then that of the wire, as U-Nets are written."""
    start, end = _there(document, edge.source), _there(document, edge.target)
    node = _between(document.graph, layer, start, end, 0.5)
    document = edits.disconnect(edits.add(document, (node,)), [edge])
    for wire in (
        Edge(*other, node.id, layer.port, 0),
        Edge(edge.source, edge.output, node.id, layer.port, 1),
        replace(edge, source=node.id, output=0),
    ):
        document = edits.connect(document, wire)
    return document


def _between(graph: Graph, layer: Layer, start: Node, end: Node, part: float) -> Node:
    x, y = start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part
    return edits.new_node(graph, layer.type, round(x), round(y), layer.params)


def _beside(document: Document, node: Node, steps: int) -> tuple[float, float]:
    """A place some steps behind a node, before it where `steps` is below zero."""
    down = document.direction == "down"
    return (node.x, node.y + 96 * steps) if down else (node.x + 224 * steps, node.y)


def _followed(document: Document, source: str, output: int, layers: tuple[Layer, ...]) -> Document:
    start = _there(document, source)
    fed = [e for e in document.graph.outgoing.get(source, ()) if e.output == output]
    last = (source, output)
    for place, layer in enumerate(layers, 1):
        at = _beside(document, start, place)
        node = edits.new_node(document.graph, layer.type, *at, layer.params)
        document = edits.add(document, (node,), (Edge(*last, node.id, layer.port),))
        last = (node.id, 0)
    for edge in fed:
        document = edits.connect(document, replace(edge, source=last[0], output=last[1]))
    return document


def _begun(document: Document, target: str, port: str, params: Mapping[str, Any]) -> Document:
    at = _beside(document, _there(document, target), -1)
    node = edits.new_node(document.graph, INPUT, *at, params)
    return edits.add(document, (node,), (Edge(node.id, 0, target, port),))


def _marked(document: Document, node: str) -> Document:
    at = _beside(document, _there(document, node), 1)
    output = edits.new_node(document.graph, OUTPUT, *at)
    return edits.add(document, (output,), (Edge(node, 0, output.id, "inputs"),))
