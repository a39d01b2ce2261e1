"""Cost as colour: which step of the heat scale a node has. No Qt."""

import math
from collections.abc import Mapping
from typing import Literal, get_args

from designer.infer.costs import Costs, NodeCost

Measure = Literal["macs", "parameters", "memory"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
STEPS = 7


def value_of(cost: NodeCost, measure: Measure) -> int | None:
    """What a node costs by that measure; None where it is not known."""
    if measure == "macs":
        return cost.macs
    return cost.parameters if measure == "parameters" else cost.activations


def largest(costs: Costs, measure: Measure) -> int:
    """The most that a node costs."""
    return max((value_of(cost, measure) or 0 for cost in costs.nodes.values()), default=0)


def tint(step: int) -> str:
    """The name by which a theme knows a step, from 0."""
    return f"heat{step}"


def tints(costs: Costs, measure: Measure) -> Mapping[str, str]:
    """By node its step: in equal parts of the largest cost, the first for what costs nothing.

    A node whose cost is not known has none.
    """
    most = max(largest(costs, measure), 1)
    found = {}
    for node, cost in costs.nodes.items():
        value = value_of(cost, measure)
        if value is not None:
            found[node] = tint(math.ceil((STEPS - 1) * value / most))
    return found
