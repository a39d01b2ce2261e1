"""Models compiled with a loss for each output: which output gets which, and its weight."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from designer.codegen.objectives import LOSS, WEIGHT
from designer.document.model import OUTPUT, Document, Graph, Node, ObjectValue

Read = Callable[[Any], ObjectValue | None]


def with_losses(document: Document, losses: Any, weights: Any, read: Read) -> Document:
    """The design with what its outputs, in the order of its nodes, were compiled with: a list, or
    by the name of the output's layer or of its place in a mapping.

    The first loss becomes that of the design; what cannot be read is left as the design has it.
    """
    graph, plan = document.graph, document.training
    marks = [node for node in graph.nodes.values() if node.type == OUTPUT]
    if len(marks) < 2:
        return document
    names = [_names(graph, mark) for mark in marks]
    found = [read(loss) if loss is not None else None for loss in _each(losses, names)]
    common = next((loss for loss in found if loss is not None), plan.loss)
    changed = {}
    for mark, loss, weight in zip(marks, found, _each(weights, names), strict=True):
        params: dict[str, Any] = {}
        if loss is not None and loss != common:
            params[LOSS] = {"object": loss.object, "params": dict(loss.params)}
        if type(weight) in (int, float) and weight != 1:
            params[WEIGHT] = weight
        changed[mark.id] = replace(mark, params={**mark.params, **params})
    after = Graph({**graph.nodes, **changed}, graph.edges)
    return replace(document, graph=after, training=replace(plan, loss=common))


def _names(graph: Graph, mark: Node) -> tuple[str, ...]:
    sources = [graph.nodes[edge.source].name for edge in graph.incoming.get(mark.id, ())]
    return (*sources, mark.name.removeprefix("output_"))


def _each(given: Any, names: Sequence[tuple[str, ...]]) -> list[Any]:
    """One for each output; None for all where one value is for the whole model."""
    if isinstance(given, list | tuple) and len(given) == len(names):
        return list(given)
    if isinstance(given, Mapping):
        return [next((given[n] for n in known if n in given), None) for known in names]
    return [None] * len(names)
