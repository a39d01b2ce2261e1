"""Merges that stretch a tensor: Keras follows numpy's broadcasting and says nothing of it.

What is meant so is left alone: gates and masks that multiply, means that are subtracted, and one
value for each channel that a Dense layer or a pooling over the whole image has made.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from designer.document.model import Graph, Node
from designer.document.problem import Problem, Where
from designer.infer.mismatch import ELEMENTWISE, Inputs, Shape, shape_text
from designer.infer.report import NodeReport
from designer.protocol import TensorSpec

_MORE = (
    "true_divide", "floor_divide", "divide_no_nan", "power", "mod", "fmod", "fmax", "fmin",
    "hypot", "arctan2", "logaddexp", "logaddexp2",
)  # fmt: skip
STRETCHING = ELEMENTWISE | frozenset(f"ops.{name}" for name in _MORE)
_SCALING = frozenset(
    ("layers.Multiply", "ops.multiply", "ops.divide", "ops.true_divide", "ops.divide_no_nan")
)
_SUMMARY = re.compile(
    r"layers\.(Dense|EinsumDense|Embedding|Global\w+)"
    r"|ops\.(mean|sum|max|min|amax|amin|var|std|median|quantile|logsumexp|norm|argmax|argmin)"
)
_STEPS_BACK = 8  # from a vector for each channel to the layer that makes it: gates are short


def inputs_of(graph: Graph, node: Node, nodes: Mapping[str, NodeReport]) -> Inputs:
    """The nodes that feed this one, each with the shape that comes from it, where it is known."""
    found = []
    for edge in graph.incoming.get(node.id, ()):
        outputs: tuple[TensorSpec, ...] = nodes[edge.source].outputs if edge.source in nodes else ()
        if edge.output < len(outputs):
            found.append((graph.nodes[edge.source], outputs[edge.output].shape))
    return found


def broadcast(
    graph: Graph, node: Node, nodes: Mapping[str, NodeReport], whole: Graph | None = None
) -> Problem | None:
    """The warning that an element-wise merge stretches a tensor that was hardly meant so.

    `whole` is the design where `graph` is a part of it: what made a tensor may lie further back.
    """
    if node.type not in STRETCHING:
        return None
    for one, other in pairwise(inputs_of(graph, node, nodes)):
        small, large = sorted((one, other), key=lambda pair: _size(pair[1]))
        if _stretches(small[1], large[1]) and not _meant(whole or graph, node, small, large):
            return _problem(node, one[0], other[0], small[1], large[1])
    return None


def _problem(node: Node, one: Node, other: Node, small: Shape, large: Shape) -> Problem:
    template = (
        "{name} stretches {small} to {large}: Keras broadcasts different shapes without a "
        "word. If each element should meet its own, make {one} and {other} the same shape."
    )
    values = {
        "name": node.name,
        "small": shape_text(small),
        "large": shape_text(large),
        "one": one.name,
        "other": other.name,
        "sources": [one.id, other.id],
        "shapes": [list(small), list(large)],
    }
    return Problem("warning", "broadcast", template, values, Where(node=node.id))


def _stretches(first: Shape, second: Shape) -> bool:
    return len(first) > 1 and len(second) > 1 and not _may_be_equal(first, second)


def _may_be_equal(first: Shape, second: Shape) -> bool:
    # None against a number may turn out equal: only sizes that are known to differ count.
    same_rank = len(first) == len(second)
    return same_rank and all(
        a == b or a is None or b is None for a, b in zip(first[1:], second[1:], strict=True)
    )


def _meant(graph: Graph, node: Node, small: tuple[Node, Shape], large: tuple[Node, Shape]) -> bool:
    source, shape = small
    if len(shape) != len(large[1]):
        return False
    pairs = list(zip(shape[1:], large[1][1:], strict=True))
    if any(a not in (b, 1, None) and b is not None for a, b in pairs):
        return False  # both are stretched: an outer product
    return node.type in _SCALING or _summarises(graph, source)


def _summarises(graph: Graph, node: Node) -> bool:
    """Whether it gives one number for many on purpose: a Dense layer, a pooling over all, a mean.

    What stands between, a Reshape or an activation, may be passed on the way back.
    """
    for _ in range(_STEPS_BACK):
        if _SUMMARY.fullmatch(node.type):
            return True
        before = graph.incoming.get(node.id, ())
        if len(before) != 1:
            return False
        node = graph.nodes[before[0].source]
    return False


def _size(shape: Sequence[int | None]) -> int:
    total = len(shape)
    for size in shape[1:]:
        total *= size or 1
    return total
