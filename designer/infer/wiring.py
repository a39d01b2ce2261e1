"""Is this wire possible, and where would it end? The one place that decides it.

Shapes are Keras' business and no reason to refuse a wire here: a misfit is wired and explained.
"""

from collections.abc import Mapping

from designer.catalog.registry import OUTPUT_SPEC
from designer.catalog.spec import Catalog, PortSpec
from designer.document.model import EXIT, INPUT, OUTPUT, Document, Edge, Graph
from designer.document.order import downstream, reaches, upstream
from designer.document.problem import Problem, Where
from designer.document.rewire import PortOrder


def ports(catalog: Catalog, kind: str) -> tuple[PortSpec, ...]:
    """The input ports of a node of that type; none for inputs and for unknown types."""
    if kind == OUTPUT:
        return OUTPUT_SPEC.inputs
    spec = catalog.layers.get(kind)
    return spec.inputs if spec is not None and kind != INPUT else ()


def port_order(catalog: Catalog) -> PortOrder:
    """The names of a type's inputs in their order, as edits ask for them."""
    return lambda kind: [port.name for port in ports(catalog, kind)]


def circling(graph: Graph, node: str, *, forward: bool) -> set[str]:
    """The nodes with which a wire from this one (to it, if not `forward`) would close a circle."""
    return upstream(graph, (node,)) if forward else downstream(graph, (node,))


def _free_slot(graph: Graph, target: str, port: PortSpec) -> int | None:
    """The next free slot of a port; None when it is full."""
    taken = [e.slot for e in graph.incoming.get(target, ()) if e.input == port.name]
    if not port.variadic:
        return None if taken else 0
    if port.maximum is not None and len(taken) >= port.maximum:
        return None
    return max(taken, default=-1) + 1


def _refusal(
    code: str,
    template: str,
    target: str,
    values: Mapping[str, object] | None = None,
    port: str = "",
) -> Problem:
    return Problem("error", code, template, values or {}, Where(node=target, port=port))


def _choose(
    graph: Graph, found: tuple[PortSpec, ...], target: str, wanted: str | None, slot: int | None
) -> tuple[PortSpec, int] | Problem:
    name = graph.nodes[target].name
    if wanted is not None:
        port = next((p for p in found if p.name == wanted), None)
        if port is None:
            template = "{name} has no input {port!r}; it has {ports}. Wire to one of these."
            known = ", ".join(p.name for p in found) or "none"
            values = {"name": name, "port": wanted, "ports": known}
            return _refusal("no_such_port", template, target, values, wanted)
        free = _free_slot(graph, target, port) if slot is None else slot
        # A single port that is taken gives its place to the new wire.
        return port, (free if free is not None else _last_slot(graph, target, port))
    for port in found:
        free = _free_slot(graph, target, port)
        if free is not None:
            return port, free
    if len(found) == 1 and not found[0].variadic:
        return found[0], 0
    template = "All inputs of {name} are taken. Drop the wire on one of them to replace it."
    return _refusal("ports_full", template, target, {"name": name})


def _last_slot(graph: Graph, target: str, port: PortSpec) -> int:
    taken = (e.slot for e in graph.incoming.get(target, ()) if e.input == port.name)
    return max(taken, default=0)


def wire(
    document: Document,
    catalog: Catalog,
    source: str,
    output: int,
    target: str,
    input: str | None = None,  # noqa: A002 - the name that edges give it
    slot: int | None = None,
) -> Edge | Problem:
    """The wire from an output to a node: to the named port and slot, or to the first that is free.

    A Problem says why there is none: a circle, an unknown node or port, a node without inputs.
    """
    graph = document.graph
    if source not in graph.nodes or target not in graph.nodes:
        return _refusal("no_such_node", "There is no such node in this design any more.", target)
    name = graph.nodes[target].name
    if graph.nodes[source].type == EXIT:
        template = "{name} leads out of the block: wire what comes after it outside."
        return _refusal("after_exit", template, source, {"name": graph.nodes[source].name})
    if graph.nodes[source].type == OUTPUT:
        template = "{name} is an output of the model: nothing comes after it. Wire from its source."
        return _refusal("after_output", template, source, {"name": graph.nodes[source].name})
    found = ports(catalog, graph.nodes[target].type)
    if not found:
        template = "{name} takes no input: data enters the model there. Wire to a layer."
        return _refusal("no_inputs", template, target, {"name": name})
    if source == target or reaches(graph, target, source):
        template = (
            "A wire from {source} to {name} would close a circle, and data flows one way in a "
            "Keras model. Wire from an earlier node."
        )
        values = {"source": graph.nodes[source].name, "name": name}
        return _refusal("cycle", template, target, values)
    choice = _choose(graph, found, target, input, slot)
    if isinstance(choice, Problem):
        return choice
    port, place = choice
    return Edge(source, output, target, port.name, place)
