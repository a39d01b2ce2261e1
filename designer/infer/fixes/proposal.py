"""What a family of fixes hands in: a fix and its rank, the lowest first."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from designer.infer.fixes.fix import Fix, Insert, Layer, Step
from designer.infer.fixes.meeting import Case, Feed


class Proposal(NamedTuple):
    """A fix that nobody has tried yet."""

    rank: float
    fix: Fix


Family = Callable[[Case], Iterable[Proposal]]


def propose(
    rank: float, code: str, template: str, steps: Iterable[Step], why: str = "", **values: object
) -> Proposal:
    """A proposal whose label is the template filled with the values."""
    return Proposal(rank, Fix(code, template, values, tuple(steps), why))


def put(rank: float, code: str, feed: Feed, layers: tuple[Layer, ...], why: str) -> Proposal:
    """Layers on the wire of that tensor, told with the shape that a Reshape gives."""
    names = " + ".join(item.type.rpartition(".")[2] for item in layers)
    shapes = [item.params["target_shape"] for item in layers if "target_shape" in item.params]
    target = f"({', '.join(map(str, shapes[-1]))})" if shapes else ""
    template = "Put {layers} {target} behind {name}" if target else "Put {layers} behind {name}"
    values = {"layers": names, "target": target, "name": feed.node.name}
    return propose(rank, code, template, (Insert(feed.edge, layers),), why, **values)
