"""Keras' refusals in plain words: the rule, the values, and the next step.

Keras stays the judge; this only reads its verdict together with the shapes at hand. Its own
words travel along as the problem's detail.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from designer.document.model import Graph, Node
from designer.document.problem import Problem, Where
from designer.document.sharing import calls
from designer.infer.broadcasting import inputs_of
from designer.infer.mismatch import Shape, data_format, shape_text, shapes_differ
from designer.infer.report import NodeReport
from designer.protocol import Refusal


def explain(graph: Graph, node: Node, nodes: Mapping[str, NodeReport], refusal: Refusal) -> Problem:
    """The problem that a refusal of Keras is."""
    inputs = inputs_of(graph, node, nodes)
    where = Where(node=node.id, param=_named_param(node, refusal))
    if refusal.stage == "connect" and len({shape for _, shape in inputs}) > 1:
        found = data_format(graph, node, inputs) or shapes_differ(node, inputs)
        if found is not None:
            code, template, values = found
            return Problem("error", code, template, values, Where(node=node.id), refusal.message)
    if refusal.stage == "share":
        return _shared(graph, node, nodes, refusal)
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


def _shared(graph: Graph, node: Node, nodes: Mapping[str, NodeReport], refusal: Refusal) -> Problem:
    """The layer has been built by another call, for tensors of another size."""
    ours = _sizes(graph, node, nodes)
    others = [graph.nodes[key] for key in calls(graph, node.id) if key != node.id]
    first = next((n for n in others if _sizes(graph, n, nodes) not in ("", ours)), others[0])
    template = (
        "{name} calls the layer of {other} again, on {shape} after {first}: its weights are made "
        "for one size. Give {name} a layer of its own, or bring both tensors to one size."
    )
    values = {
        "name": node.name,
        "other": first.name,
        "other_id": first.id,
        "shape": ours,
        "first": _sizes(graph, first, nodes),
    }
    where = Where(node=node.id)
    return Problem("error", "shared_sizes", template, values, where, refusal.message)


def _sizes(graph: Graph, node: Node, nodes: Mapping[str, NodeReport]) -> str:
    return " and ".join(shape_text(shape) for _, shape in inputs_of(graph, node, nodes))


def _got(inputs: list[tuple[Node, Shape]]) -> str:
    if not inputs:
        return "this"
    return "the input " + " and ".join(shape_text(shape) for _, shape in inputs)


def _named_param(node: Node, refusal: Refusal) -> str:
    """The parameter that a refusal is about: the first that it names, or whose value it quotes.

    Only where the layer cannot be made: the refusal of a call is about the tensors.
    """
    if refusal.stage != "configure":
        return ""
    named = {name: _mention(refusal.message, [name]) for name in node.params}
    quoted = {name: _mention(refusal.message, _words(v)) for name, v in node.params.items()}
    for places in (named, quoted):
        found = [name for name, place in places.items() if place >= 0]
        if found:
            return min(found, key=lambda name: places[name])
    return ""


def _mention(text: str, words: Sequence[str]) -> int:
    """Where one of the words stands in the text for the first time; -1 if none does."""
    pattern = "|".join(re.escape(word) for word in words)
    found = re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text) if pattern else None
    return found.start() if found else -1


def _words(value: Any) -> list[str]:
    """The words of a value: texts, the names of Keras objects and of what is set in them."""
    if isinstance(value, str):
        return [value.rpartition(".")[2] or value] if value else []
    if isinstance(value, Mapping):
        inner = value.get("params", {})
        set_in_it = [*inner, *_words(list(inner.values()))] if isinstance(inner, Mapping) else []
        return [*_words(value.get("object", "")), *set_in_it]
    return [word for item in value for word in _words(item)] if isinstance(value, list) else []


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
