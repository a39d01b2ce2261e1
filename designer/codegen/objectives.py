"""What each output of a model is trained for: its own loss and weight, or those of the design."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from designer.document.model import OUTPUT, Graph, Node, ObjectValue, TrainingPlan

LOSS, WEIGHT, MEASURED = "loss", "loss_weight", "metrics"  # parameters of an output node


class Objective(NamedTuple):
    """The loss of one output, its weight in the sum of all, and whether metrics are computed.

    `own` is whether the output names a loss of its own.
    """

    loss: ObjectValue
    weight: float = 1.0
    measured: bool = True
    own: bool = False


def objective(plan: TrainingPlan, node: Node | None) -> Objective:
    """The objective of the output that this node marks; the design's where nothing marks it."""
    if node is None or node.type != OUTPUT:
        return Objective(plan.loss)
    chosen = _loss(node.params.get(LOSS))
    weight = node.params.get(WEIGHT, 1.0)
    return Objective(
        chosen or plan.loss,
        float(weight) if type(weight) in (int, float) else 1.0,
        node.params.get(MEASURED, True) is not False,
        chosen is not None,
    )


def objectives(plan: TrainingPlan, graph: Graph, keys: Iterable[str]) -> tuple[Objective, ...]:
    """Those of the outputs that these nodes mark, in this order."""
    return tuple(objective(plan, graph.nodes.get(key)) for key in keys)


def _loss(value: Any) -> ObjectValue | None:
    if not isinstance(value, Mapping) or not isinstance(value.get("object"), str):
        return None
    params = value.get("params", {})
    return ObjectValue(value["object"], params if isinstance(params, Mapping) else {})
