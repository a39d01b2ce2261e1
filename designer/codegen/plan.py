"""What of a graph becomes code, and in which order.

Left out is what cannot be called (a required input is free) and what reaches no output. Without
output nodes, the ends of all branches are the model's outputs.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from designer.catalog.spec import Catalog, LayerSpec
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.order import reading_order, topological
from designer.document.own_layers import custom
from designer.document.problem import ProblemError, Where, failure
from designer.infer.checks import not_loaded
from designer.infer.questions import missing_ports, owner


@dataclass(frozen=True, slots=True)
class Output:
    """An output of the model: which tensor, and the node that marks it, if one does."""

    source: str
    index: int
    marker: Node | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Inputs and outputs by name, as reports order them; calls in topological order."""

    inputs: tuple[Node, ...]
    calls: tuple[Node, ...]
    outputs: tuple[Output, ...]
    left_out: tuple[Node, ...]


def spec_of(node: Node, catalog: Catalog) -> LayerSpec:
    """What the catalogue knows of a node's type; ProblemError "unknown_type" if nothing, or
    "custom_not_loaded" if it is the user's own.
    """
    spec = catalog.layers.get(node.type)
    if spec is None and custom(node.type):
        raise ProblemError(not_loaded(Document(), node))
    if spec is None:
        raise failure(
            "unknown_type",
            "Keras {keras} has no {type}, the type of {name}: replace this node by another one.",
            Where(node.id),
            keras=catalog.keras_version,
            type=node.type,
            name=node.name,
        )
    return spec


def make_plan(document: Document, catalog: Catalog) -> Plan:
    """The plan of a document; ProblemError "cycle", "unknown_type" or "empty_design"."""
    graph = document.graph
    order = topological(graph)
    usable = _usable(graph, order, catalog)
    outputs = _marked(graph, usable) or _ends(graph, usable)
    kept = _needed(graph, {output.source for output in outputs}, order)
    marked = {output.marker.id for output in outputs if output.marker}
    plan = Plan(
        inputs=tuple(graph.nodes[key] for key in _inputs(graph, kept)),
        calls=tuple(
            graph.nodes[key] for key in order if key in kept and graph.nodes[key].type != INPUT
        ),
        outputs=outputs,
        left_out=tuple(graph.nodes[k] for k in order if k not in kept and k not in marked),
    )
    if not plan.inputs:
        raise failure(
            "empty_design",
            "A model runs from an input to at least one layer: place an Input and wire it on.",
        )
    return plan


def _inputs(graph: Graph, kept: set[str]) -> tuple[str, ...]:
    return reading_order(graph.nodes[key] for key in kept if graph.nodes[key].type == INPUT)


def _usable(graph: Graph, order: Iterable[str], catalog: Catalog) -> set[str]:
    found: set[str] = set()
    for key in order:
        node = graph.nodes[key]
        if node.type == OUTPUT:
            continue
        spec = spec_of(owner(graph, node), catalog)
        edges = graph.incoming.get(key, ())
        if all(edge.source in found for edge in edges) and _filled(node, spec, edges):
            found.add(key)
    return found


def _filled(node: Node, spec: LayerSpec, edges: Iterable[Edge]) -> bool:
    if node.type == INPUT:
        return True
    wired = Counter(edge.input for edge in edges)
    return bool(wired) and not missing_ports(spec, node, wired)


def _marked(graph: Graph, usable: set[str]) -> tuple[Output, ...]:
    markers = (node for node in graph.nodes.values() if node.type == OUTPUT)
    return tuple(
        Output(edge.source, edge.output, graph.nodes[key])
        for key in reading_order(markers)
        for edge in graph.incoming.get(key, ())
        if edge.source in usable
    )


def _ends(graph: Graph, usable: set[str]) -> tuple[Output, ...]:
    ends = [
        graph.nodes[key]
        for key in usable
        if not any(edge.target in usable for edge in graph.outgoing.get(key, ()))
    ]
    calls = [node for node in ends if node.type != INPUT]
    return tuple(Output(key, 0) for key in reading_order(calls or ends))


def _needed(graph: Graph, ends: set[str], order: tuple[str, ...]) -> set[str]:
    found = set(ends)
    for key in reversed(order):
        if key in found:
            found.update(edge.source for edge in graph.incoming.get(key, ()))
    return found


def wires(node: Node, spec: LayerSpec, graph: Graph) -> Mapping[str, tuple[Edge, ...]]:
    """The wires into each port of a node that has some, in the order of the ports."""
    edges = graph.incoming.get(node.id, ())
    ports: dict[str, list[Edge]] = {port.name: [] for port in spec.inputs}
    for edge in edges:
        if edge.input not in ports:
            raise failure(
                "no_port",
                "{name} has no input {port}: remove this wire and draw it again.",
                Where(node.id, port=edge.input),
                name=node.name,
                port=edge.input,
            )
        ports[edge.input].append(edge)
    return {name: tuple(found) for name, found in ports.items() if found}
