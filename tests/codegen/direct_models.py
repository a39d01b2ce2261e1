"""The model that a design means, made from its graph by Keras without any text in between."""

from collections.abc import Mapping
from typing import Any

from designer.catalog.spec import Catalog
from designer.document.model import INPUT, OUTPUT, Document, Graph, Node
from designer.document.order import topological
from designer.infer.ends import input_nodes, output_ends


def find(keras: Any, key: str) -> Any:
    """The class or function that a key names."""
    found = keras
    for part in key.split("."):
        found = getattr(found, part)
    return found


def value(keras: Any, given: Any) -> Any:
    """A value of a design as Keras takes it."""
    if isinstance(given, Mapping) and "object" in given:
        made = find(keras, given["object"])
        return made(**{k: value(keras, v) for k, v in given.get("params", {}).items()})
    if isinstance(given, list):
        items = [value(keras, item) for item in given]
        return items if items != given else tuple(items)
    return given


def values(keras: Any, node: Node) -> dict[str, Any]:
    """The parameters of a node as Keras takes them; called once only, for objects draw seeds."""
    return {name: value(keras, given) for name, given in node.params.items()}


def directly(keras: Any, document: Document, catalog: Catalog) -> Any:
    """The model, made from the graph without any text in between."""
    graph = document.graph
    tensors: dict[str, Any] = {}
    made: dict[str, Any] = {}
    for key in topological(graph):
        node = graph.nodes[key]
        if node.type == INPUT:
            tensors[key] = keras.Input(**values(keras, node), name=node.name)
        elif node.type != OUTPUT:
            positional, named = arguments(graph, node, catalog, tensors)
            if node.bypassed:
                listed = isinstance(positional[0], list)
                tensors[key] = positional[0][0] if listed else positional[0]
                continue
            if node.type.startswith("ops."):
                tensors[key] = find(keras, node.type)(*positional, **named, **values(keras, node))
                continue
            owner = node.shares or key
            if owner not in made:
                layer = graph.nodes[owner]
                name = node.name if layer.bypassed else layer.name
                made[owner] = find(keras, layer.type)(**values(keras, layer), name=name)
            tensors[key] = made[owner](*positional, **named)
    inputs = [tensors[key] for key in input_nodes(graph)]
    ends = output_ends(graph)
    outputs = [pick(tensors[end.source], end.output) for end in ends]
    one = (inputs[0] if len(inputs) == 1 else inputs, outputs[0] if len(outputs) == 1 else outputs)
    return keras.Model(*one, name=document.name.replace(" ", "_"))


def pick(result: Any, output: int) -> Any:
    """One output of a call."""
    return result[output] if isinstance(result, list | tuple) else result


def arguments(
    graph: Graph, node: Node, catalog: Catalog, tensors: Mapping[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """What the call of a node gets."""
    positional, named = [], dict(node.arguments)
    for port in catalog.layers[node.type].inputs:
        edges = [e for e in graph.incoming.get(node.id, ()) if e.input == port.name]
        found = [pick(tensors[e.source], e.output) for e in edges]
        if not found:
            continue
        given = found if port.variadic else found[0]
        if port.optional:
            named[port.name] = given
        else:
            positional.append(given)
    return positional, named
