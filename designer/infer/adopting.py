"""Nodes of a user's own layers that were read before the file was loaded, and what they are in it.

A saved model names a class by the module that it had then, and its tensors by their places alone;
when a file with that class is loaded, both become what the file says.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from designer.catalog.own_layers import of_module
from designer.catalog.spec import Catalog, LayerSpec
from designer.document.model import Document, Edge, Graph, Node
from designer.document.own_layers import adopt, custom, split

PLACE = "tensor_"  # begins the name of a port that is known by its place alone: "tensor_1"


def adopted(document: Document, catalog: Catalog, module: str) -> Document:
    """The document with the nodes in it that the module's layers stand for; itself if none."""
    layers = {spec.name: spec for spec in of_module(catalog, module)}
    kinds = _kinds(document.graph, catalog, layers)
    document = adopt(document, kinds)
    graph = document.graph
    edges = frozenset(_bound(graph, catalog, edge) for edge in graph.edges)
    if edges == graph.edges:
        return document
    return replace(document, graph=Graph(graph.nodes, edges))


def _kinds(graph: Graph, catalog: Catalog, layers: Mapping[str, LayerSpec]) -> Mapping[str, str]:
    """What types that are not loaded become: layers of the same name."""
    strange = {node.type for node in graph.nodes.values() if custom(node.type)}
    return {
        kind: layers[split(kind)[1]].key
        for kind in strange
        if kind not in catalog.layers and split(kind)[1] in layers
    }


def _bound(graph: Graph, catalog: Catalog, edge: Edge) -> Edge:
    """A wire to a port that is known by its place, at the port itself."""
    node: Node = graph.nodes[edge.target]
    spec = catalog.layers.get(node.type) if custom(node.type) else None
    if spec is None or not edge.input.startswith(PLACE) or spec.port(edge.input) is not None:
        return edge
    number = edge.input.removeprefix(PLACE)
    place = int(number) - 1 if number.isdecimal() else -1
    if not 0 <= place < len(spec.inputs):
        return edge
    return replace(edge, input=spec.inputs[place].name)
