"""Odd sizes in a network that halves them: another size of the input, a multiple of the factor
by which the network shrinks it, so that every skip connection fits at once.
"""

from collections.abc import Iterable
from math import log2

from designer.document.model import INPUT, Node
from designer.infer.fixes.fix import SetParam
from designer.infer.fixes.meeting import Case, Meeting, differing_pairs, meeting_of
from designer.infer.fixes.proposal import Proposal, propose
from designer.infer.mismatch import shape_text, stated_shape

_WHY = (
    "The network halves the size {times} times. A multiple of {factor} can be halved that often "
    "without a remainder, so what is enlarged again meets sizes like its own."
)


def input_size(case: Case) -> Iterable[Proposal]:
    """The next larger and the next smaller size of the input that can be halved often enough."""
    meeting = meeting_of(case)
    if meeting is None or len(meeting.ranks) > 1:
        return
    pairs = tuple(differing_pairs(meeting.feeds))
    starts = _starts(meeting)
    if len(starts) != 1 or not pairs or any(large - small > 8 for small, large in pairs):
        return
    first = any(feed.first for feed in meeting.feeds)
    for rank, up in ((21, True), (23, False)):
        yield from _sized(case, starts[0], up=up, rank=rank, first=first)


def _starts(meeting: Meeting) -> list[Node]:
    before = frozenset.union(*(feed.before for feed in meeting.feeds))
    nodes = (meeting.case.graph.nodes[key] for key in before)
    return [node for node in nodes if node.type == INPUT and len(stated_shape(node)) > 1]


def _sized(case: Case, node: Node, *, up: bool, rank: int, first: bool) -> Iterable[Proposal]:
    shape = list(stated_shape(node))
    axes = range(1, len(shape)) if first else range(len(shape) - 1)
    factor = _factor(case, shape, [*axes])
    for axis in axes:
        size = shape[axis]
        if isinstance(size, int):
            shape[axis] = (-(-size // factor) if up else size // factor) * factor
    if factor < 2 or tuple(shape) == stated_shape(node) or 0 in shape:
        return
    yield propose(
        rank, "input_size", "Give {name} the size {shape}, a multiple of {factor}",
        (SetParam(node.id, "shape", shape),), _WHY,
        name=node.name, shape=shape_text((None, *shape)), factor=factor, times=round(log2(factor)),
    )  # fmt: skip


def _factor(case: Case, shape: list[int | None], axes: list[int]) -> int:
    """The power of two nearest to how much smaller the smallest tensor of that rank is."""
    size = shape[axes[0]]
    smallest = [
        found
        for told in case.report.nodes.values()
        for spec in told.outputs
        if len(spec.shape) == len(shape) + 1 and (found := spec.shape[axes[0] + 1])
    ]
    if not size or not smallest:
        return 1
    return int(2 ** max(round(log2(max(size / min(smallest), 1))), 0))
