"""Values that do not suit the network: pixels up to 255 that nothing scales, targets that are no
probabilities, and outputs that no weight can change.
"""

from collections.abc import Iterator

from designer.catalog.spec import Catalog
from designer.codegen.datasets import DataFacts
from designer.codegen.endings import BINARY, OF_PROBABILITIES, Ending, endings
from designer.document.model import Document, Graph
from designer.document.problem import Problem, Where
from designer.infer.bypass import active
from designer.infer.ends import output_ends
from designer.infer.report import Report

LARGE = 32.0  # initial weights are made for inputs about as large as 1
SPARSE = "losses.SparseCategoricalCrossentropy"
_SCALING = frozenset(
    f"layers.{name}"
    for name in (
        "Rescaling", "Normalization", "BatchNormalization", "LayerNormalization",
        "GroupNormalization", "UnitNormalization", "RMSNormalization", "Embedding",
        "Discretization", "CategoryEncoding", "Hashing", "HashedCrossing", "IntegerLookup",
        "StringLookup", "TextVectorization", "Lambda",
    )
) | frozenset(
    f"ops.{name}"
    for name in ("divide", "true_divide", "multiply", "normalize", "one_hot", "standardize", "log",
                 "log1p", "tanh", "sigmoid")
)  # fmt: skip
# What comes out of these cannot be improved by changing what goes in by a little.
_STEPPED = frozenset(
    f"ops.{name}"
    for name in ("argmax", "argmin", "argsort", "stop_gradient", "round", "floor", "ceil", "sign",
                 "one_hot", "equal", "not_equal", "greater", "greater_equal", "less", "less_equal",
                 "searchsorted", "digitize", "bincount", "shape")
)  # fmt: skip


def range_problems(
    document: Document, catalog: Catalog, report: Report, facts: DataFacts
) -> Iterator[Problem]:
    """The warnings of value ranges, and of outputs that training cannot change."""
    graph = active(document, catalog).graph
    yield from _inputs(graph, report, facts)
    for ending in endings(document, catalog, report):
        yield from _targets(ending, facts)
    if report.complete:
        yield from _untrained(graph, report)


def _inputs(graph: Graph, report: Report, facts: DataFacts) -> Iterator[Problem]:
    low, high = facts.low, facts.high
    if low is None or high is None or max(-low, high) < LARGE:
        return
    for port in report.inputs:
        reader = _unscaled(graph, report, port.node)
        if reader:
            template = (
                "The values of {name} go from {low:g} to {high:g}, and {reader} gets them as they "
                "are. Networks learn from values about as large as 1: put a Rescaling or a "
                "Normalization behind {name}."
            )
            values = {
                "name": port.name,
                "low": low,
                "high": high,
                "reader": graph.nodes[reader].name,
                "reader_node": reader,
                "scale": 1 / max(-low, high),
            }
            yield Problem(
                "warning", "value_range", template, values, Where(node=port.node, section="data")
            )


def _unscaled(graph: Graph, report: Report, start: str) -> str:
    """The first node with weights that the data of an input comes to without being scaled."""
    seen, waiting = {start}, [start]
    for key in waiting:  # grows while it is walked
        for edge in graph.outgoing.get(key, ()):
            node = graph.nodes[edge.target]
            if node.id in seen or node.type in _SCALING:
                continue
            known = report.nodes.get(node.id)
            if known is not None and known.parameters:
                return node.id
            seen.add(node.id)
            waiting.append(node.id)
    return ""


def _targets(ending: Ending, facts: DataFacts) -> Iterator[Problem]:
    low, high, units = facts.target_low, facts.target_high, ending.units
    if low is None or high is None:
        return
    where = Where(node=ending.port.node, param="loss", section="training")
    values: dict[str, object] = {
        "name": ending.port.name,
        "loss": ending.loss,
        "low": low,
        "high": high,
        "units": units,
        "classes": int(high) + 1,
    }
    if ending.key == SPARSE:
        if facts.classes is None and units is not None and units <= high:
            template = (
                "The targets hold the label {high:g} and {name} has only {units} units: it would "
                "point past the last one. Give the last layer {classes} units."
            )
            yield Problem("error", "classes", template, values, where)
    elif ending.key in OF_PROBABILITIES and (low < 0 or high > 1) and ending.meets(facts):
        template = (
            "The targets go from {low:g} to {high:g}, and {loss} compares probabilities from 0 to "
            "1. Scale the targets, or choose {other}."
        )
        labels = ending.key in BINARY and (facts.classes or 0) > 2
        values["other"] = (
            "SparseCategoricalCrossentropy with a unit for each class" if labels
            else "another loss, such as MeanSquaredError"
        )  # fmt: skip
        yield Problem("warning", "target_range", template, values, where)


def _untrained(graph: Graph, report: Report) -> Iterator[Problem]:
    for end in output_ends(graph):
        if _learns(graph, report, end.source):
            continue
        template = (
            "Training changes nothing about {name}: no layer with trainable weights has a way to "
            "it along which a gradient comes back. Wire it behind such a layer, or delete it."
        )
        where = Where(node=end.node, section="training")
        yield Problem("warning", "untrained_output", template, {"name": end.name}, where)


def _learns(graph: Graph, report: Report, start: str) -> bool:
    seen, waiting = {start}, [start]
    for key in waiting:  # grows while it is walked
        node, maker = graph.nodes[key], graph.nodes[key].shares or key
        if node.type in _STEPPED:
            continue
        known = report.nodes.get(maker) or report.nodes.get(key)
        if known is None or known.failed or known.trainable:
            return True
        for edge in graph.incoming.get(key, ()):
            if edge.source not in seen:
                seen.add(edge.source)
                waiting.append(edge.source)
    return False
