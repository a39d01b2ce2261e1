"""Arranging a whole design: one pure edit that gives every node its place."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from designer.document.edits import move
from designer.document.model import INPUT, OUTPUT, Document, Graph
from designer.document.problem import failure
from designer.layout.graphviz import graphviz
from designer.layout.layered import layered

CARD = (176.0, 48.0)
PILL = (144.0, 32.0)

Sizes = Mapping[str, tuple[float, float]]
Layout = Callable[[Sizes, Iterable[tuple[str, str]], str], dict[str, tuple[float, float]]]

METHODS: Mapping[str, Layout] = {
    "layered": partial(layered, figures=True),
    "graphviz": graphviz,
}


def default_sizes(graph: Graph) -> dict[str, tuple[float, float]]:
    """Width and height of each node in px: cards, and pills for inputs and outputs."""
    return {
        key: PILL if node.type in (INPUT, OUTPUT) else CARD for key, node in graph.nodes.items()
    }


def arrange(document: Document, method: str = "layered", sizes: Sizes | None = None) -> Document:
    """The document with every node placed, in its own direction.

    `sizes` in px by node id, the usual ones where it has none. ProblemError "unknown_layout",
    or what the method raises.
    """
    layout = METHODS.get(method)
    if layout is None:
        template = "There is no layout {method}. The layouts are: {known}."
        raise failure("unknown_layout", template, method=method, known=", ".join(METHODS))
    graph = document.graph
    boxes = {**default_sizes(graph), **{k: v for k, v in (sizes or {}).items() if k in graph.nodes}}
    wires = sorted({(edge.source, edge.target) for edge in graph.edges})
    return move(document, layout(boxes, wires, document.direction))
