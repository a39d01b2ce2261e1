"""Keras' refusals in plain words: the rule, the values, and the next step.

Keras stays the judge; this only reads its verdict together with the shapes at hand. Its own
words travel along as the problem's detail.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from designer.document.model import Graph, Node
from designer.document.problem import Problem, Where
from designer.infer.mismatch import ELEMENTWISE, Shape, data_format, shape_text, shapes_differ
from designer.infer.report import NodeReport
from designer.protocol import Refusal, TensorSpec


def _inputs(graph: Graph, node: Node, nodes: Mapping[str, NodeReport]) -> list[tuple[Node, Shape]]:
    found = []
    for edge in graph.incoming.get(node.id, ()):
        outputs: tuple[TensorSpec, ...] = nodes[edge.source].outputs if edge.source in nodes else ()
        if edge.output < len(outputs):
            found.append((graph.nodes[edge.source], outputs[edge.output].shape))
    return found


def broadcast(graph: Graph, node: Node, nodes: Mapping[str, NodeReport]) -> Problem | None:
    """The warning that an element-wise merge stretches a tensor that was hardly meant so.

    Keras follows numpy's broadcasting there and says nothing.
    """
    if node.type not in ELEMENTWISE:
        return None
    inputs = _inputs(graph, node, nodes)
    for (one, first), (other, second) in pairwise(inputs):
        if len(first) > 1 and len(second) > 1 and not _may_be_equal(first, second):
            template = (
                "{name} stretches {small} to {large}: Keras broadcasts different shapes without a "
                "word. If each element should meet its own, make {one} and {other} the same shape."
            )
            values = {
                "name": node.name,
                "small": shape_text(min(first, second, key=_size)),
                "large": shape_text(max(first, second, key=_size)),
                "one": one.name,
                "other": other.name,
            }
            return Problem("warning", "broadcast", template, values, Where(node=node.id))
    return None


def _may_be_equal(first: Shape, second: Shape) -> bool:
    # None against a number may turn out equal: only sizes that are known to differ count.
    same_rank = len(first) == len(second)
    return same_rank and all(
        a == b or a is None or b is None for a, b in zip(first[1:], second[1:], strict=True)
    )


def _size(shape: Sequence[int | None]) -> int:
    total = len(shape)
    for size in shape[1:]:
        total *= size or 1
    return total


def explain(graph: Graph, node: Node, nodes: Mapping[str, NodeReport], refusal: Refusal) -> Problem:
    """The problem that a refusal of Keras is."""
    inputs = _inputs(graph, node, nodes)
    where = Where(node=node.id, param=_named_param(node, refusal))
    if refusal.stage == "connect" and len({shape for _, shape in inputs}) > 1:
        found = data_format(graph, node, inputs) or shapes_differ(node, inputs)
        if found is not None:
            code, template, values = found
            return Problem("error", code, template, values, Where(node=node.id), refusal.message)
    template = "{name}: Keras refuses {what}. {reason} {step}"
    configure = refusal.stage == "configure"
    values = {
        "name": node.name,
        "what": "its parameters" if configure else _got(inputs),
        "reason": first_sentence(refusal),
        "step": "Change the value in the inspector." if configure
        else "Change its parameters, or the layer before it.",
    }  # fmt: skip
    return Problem("error", "keras_refused", template, values, where, refusal.message)


def _got(inputs: list[tuple[Node, Shape]]) -> str:
    if not inputs:
        return "this"
    return "the input " + " and ".join(shape_text(shape) for _, shape in inputs)


def _named_param(node: Node, refusal: Refusal) -> str:
    found = (p for p in node.params if re.search(rf"\b{re.escape(p)}\b", refusal.message))
    return next(found, "") if refusal.stage == "configure" else ""


def first_sentence(refusal: Refusal) -> str:
    """The first sentence of Keras' message, without the name of the exception in front of it, and
    those that say what it expected and what it got.
    """
    text = " ".join(refusal.message.split())
    text = re.sub(r"^Exception encountered when calling \S+?\(?\)?\. ", "", text)
    first, *others = re.split(r"(?<=[.!?]) (?=[A-Z])", text)
    facts = (part for part in others if part.startswith(("Expected", "Received", "Got")))
    head = " ".join((first, *facts)).strip()
    head = head if len(head) <= 300 else head[:299] + "…"
    if not head:
        return f"It raised {refusal.exception}."
    return head if head.endswith((".", "!", "?", "…")) else head + "."
