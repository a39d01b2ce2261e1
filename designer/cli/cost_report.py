"""What `skipwire check` tells of costs: by node for JSON, and the sums for people."""

import math

from designer.document.model import Document
from designer.infer.costs import Costs, NodeCost
from designer.infer.figures import bytes_text, scaled
from designer.infer.receptive import Field
from designer.protocol import Json


def count_text(count: int | None) -> str:
    """A count with its thousands, `?` for an unknown one."""
    return "?" if count is None else f"{count:,}"


def node_json(cost: NodeCost | None, batch: int) -> Json:
    """Null where unknown; the receptive field by axis, "all" where it is the whole input."""
    if cost is None:
        cost = NodeCost()
    kept = cost.activations
    return {
        "macs": cost.macs,
        "activation_bytes": None if kept is None else kept * batch,
        "receptive_field": _field(cost.field),
        "depth": cost.depth,
    }


def _field(field: Field | None) -> Json:
    if field is None:
        return None
    return ["all" if math.isinf(size) else math.ceil(size) for size in field.sizes]


def sums_json(costs: Costs, document: Document, batch: int) -> Json:
    """The sums; `..._at_least` says that a summand is not known."""
    sums = costs.sums
    return {
        "batch_size": batch,
        "macs": sums.macs,
        "macs_at_least": sums.operations_at_least,
        "activation_bytes": sums.activation_bytes(batch),
        "training_bytes": sums.training_bytes(batch, document.training.optimizer),
        "bytes_at_least": sums.activations_at_least,
        "depth": sums.depth,
    }


def sums_text(told: Json) -> str:
    """The same as one line."""
    least = "at least " if told["macs_at_least"] else ""
    more = "at least " if told["bytes_at_least"] else ""
    return (
        f"{least}{scaled(told['macs'])} multiply-accumulates a sample, depth {told['depth']}; "
        f"at a batch of {told['batch_size']} {more}{bytes_text(told['activation_bytes'])} of "
        f"activations, training takes {more}{bytes_text(told['training_bytes'])}"
    )
