"""Products of tensors, Dot and matmul: other axes, a turned tensor, or a Dense that brings one
side to the length of the other.
"""

from collections.abc import Iterable, Iterator

from designer.infer.fixes.fix import Insert, SetParam
from designer.infer.fixes.meeting import Case, Feed, feeds_of, layer
from designer.infer.fixes.proposal import Proposal, propose

_MATRIX = ("ops.matmul", "ops.dot")
_CODES = ("shapes_differ", "keras_refused", "param_missing", "data_format")


def products(case: Case) -> Iterable[Proposal]:
    """Ways to contract axes of equal size."""
    node = case.node
    if node is None or case.problem.code not in _CODES:
        return
    feeds = feeds_of(case, node) if node.type in ("layers.Dot", *_MATRIX) else None
    if feeds is None or len(feeds) != 2:
        return
    if node.type == "layers.Dot":
        yield from _axes(case, *feeds)
        yield from _as_long(*_contracted(node.params.get("axes", -1), *feeds))
    else:
        yield from _turned(*feeds)
        yield from _as_long(feeds[0], len(feeds[0].shape) - 1, feeds[1], _inner(feeds[1]))


def _inner(feed: Feed) -> int:
    return max(len(feed.shape) - 2, 0)


def _axes(case: Case, one: Feed, other: Feed) -> Iterator[Proposal]:
    pairs = [
        (i, j)
        for i in reversed(range(1, len(one.shape)))
        for j in reversed(range(1, len(other.shape)))
        if one.shape[i] == other.shape[j] is not None
    ]
    pairs.sort(key=lambda pair: abs(pair[0] - pair[1]))
    for rank, (i, j) in enumerate(pairs[:3]):
        axes = i if i == j else [i, j]
        yield propose(
            rank, "dot_axes", "Contract axis {i} of {one} with axis {j} of {other}",
            (SetParam(case.problem.where.node, "axes", axes),),
            "Both have the size {size}, and a product needs equal sizes there.",
            i=i, j=j, one=one.node.name, other=other.node.name, size=one.shape[i],
        )  # fmt: skip


def _contracted(axes: object, one: Feed, other: Feed) -> tuple[Feed, int, Feed, int]:
    pair = axes if isinstance(axes, list | tuple) and len(axes) == 2 else (axes, axes)
    first, second = (axis if isinstance(axis, int) else -1 for axis in pair)
    return one, first % len(one.shape), other, second % len(other.shape)


def _as_long(one: Feed, i: int, other: Feed, j: int) -> Iterator[Proposal]:
    sides = ((one, i, other.shape[j]), (other, j, one.shape[i]))
    for rank, (feed, axis, size) in enumerate(sides):
        if axis == len(feed.shape) - 1 and axis > 0 and size and size != feed.shape[axis]:
            steps = (Insert(feed.edge, (layer(feed, "Dense", {"units": size}),)),)
            yield propose(
                10 + rank, "dense", "Bring {name} to {size} features with Dense", steps,
                "A Dense layer acts on the last axis, which then is as long as the other's.",
                name=feed.node.name, size=size,
            )  # fmt: skip


def _turned(one: Feed, other: Feed) -> Iterator[Proposal]:
    if len(other.shape) == 3 and other.shape[2] == one.shape[-1]:
        steps = (Insert(other.edge, (layer(other, "Permute", {"dims": [2, 1]}),)),)
        template = "Transpose {name} with Permute"
        why = "A matrix product needs as many columns on the left as there are rows on the right."
        yield propose(0, "transpose", template, steps, why, name=other.node.name)
