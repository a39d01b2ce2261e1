"""Refusals in one short sentence, for a wire that is still in the hand: what meets what, and where
they differ. The full explanation, with the ways out, follows once the wire is dropped.
"""

import re
from collections.abc import Mapping, Sequence

from designer.document.model import Edge, Node
from designer.document.problem import Problem, Where
from designer.infer.explain import first_sentence
from designer.infer.mismatch import ELEMENTWISE, Shape, shape_text
from designer.protocol import Refusal

_AXES = {
    1: ("features",),
    2: ("steps", "channels"),
    3: ("height", "width", "channels"),
    4: ("depth", "height", "width", "channels"),
}
AGAINST = "{first} against {second}: "  # how a sentence begins that tells two shapes apart
_BY_RULE = {
    "cycle": "This wire would close a circle.",
    "ports_full": "All inputs of {name} are taken.",
    "no_inputs": "{name} takes no input.",
    "after_output": "{name} is an output: nothing comes after it.",
}
_AXIS_COUNT = re.compile(r"expected (min_|max_)?ndim=(\d+), found ndim=(\d+)")
_EATEN = "output size would be zero or negative"
_CONTRACTED = re.compile(r"axis values (\d+) \(at axis \d+\) != (\d+) \(at axis \d+\)")
_UNKNOWN = "must be fully-defined"
_LONGEST = 160  # characters of Keras' own words

Shapes = Sequence[tuple[Edge, Shape]]


def by_rule(problem: Problem) -> Problem:
    """The same refusal of the rules of wiring, in short."""
    template = _BY_RULE.get(problem.code, problem.template)
    return Problem("error", problem.code, template, problem.values, problem.where)


def by_keras(node: Node, wire: Edge, inputs: Shapes, refusal: Refusal) -> Problem:
    """Why Keras refuses these tensors; `wire` is the one in the hand, among the inputs."""
    if refusal.stage == "configure":
        template = "Keras refuses the parameters of {name} as they are."
        return _said(node, "keras_refused", template, {"name": node.name}, refusal)
    values: dict[str, object] = {"kind": node.type.rpartition(".")[2], "name": node.name}
    met = _met(node, wire, inputs)
    found = _unequal(*met) if met is not None else None
    found = found or _axis_count(wire, inputs, refusal) or _other(wire, inputs, refusal)
    code, template, more = found
    return _said(node, code, template, values | more, refusal)


def stretched(node: Node, told: Problem) -> Problem:
    """The warning of a silent broadcast in short."""
    template = "Stretches {small} to {large}: Keras broadcasts without a word."
    return Problem("warning", told.code, template, told.values, Where(node=node.id))


Found = tuple[str, str, dict[str, object]]


def _said(
    node: Node, code: str, template: str, values: Mapping[str, object], refusal: Refusal
) -> Problem:
    return Problem("error", code, template, values, Where(node=node.id), refusal.message)


def _met(node: Node, wire: Edge, inputs: Shapes) -> tuple[Shape, Shape, object] | None:
    """The shape in the hand, the first other one at a merge that differs, and the free axis."""
    joins = node.type.rpartition(".")[2].lower() == "concatenate"
    if node.type not in ELEMENTWISE and not joins:
        return None
    held = next(shape for edge, shape in inputs if edge == wire)
    free = node.params.get("axis", 0 if node.type.startswith("ops.") else -1) if joins else None
    for edge, shape in inputs:
        if edge != wire and differing(held, shape, free):
            return held, shape, free
    return None


def differing(one: Shape, other: Shape, free: object = None) -> tuple[int, ...]:
    """The axes, without the batch, in which two shapes differ; all of them if their count does.

    `free` is an axis (with the batch counted, or from the end) that may differ.
    """
    if len(one) != len(other):
        return tuple(range(max(len(one), len(other)) - 1))
    spared = free % len(one) if isinstance(free, int) else None
    pairs = enumerate(zip(one[1:], other[1:], strict=True))
    return tuple(
        axis
        for axis, (a, b) in pairs
        if axis + 1 != spared and a != b and a is not None and b is not None
    )


def _unequal(one: Shape, other: Shape, free: object) -> Found:
    values: dict[str, object] = {"first": shape_text(one), "second": shape_text(other)}
    if len(one) != len(other):
        values |= {"a": len(one) - 1, "b": len(other) - 1}
        return "shapes_differ", AGAINST + "{a} and {b} axes.", values
    axes = differing(one, other, free)
    if _turned(one, other) and len(axes) > 1:
        template = AGAINST + "channels first on one side, last on the other."
        return "data_format", template, values
    values["axes"] = _named(axes, len(one) - 1)
    pairs = [(one[axis + 1] or 0, other[axis + 1] or 0) for axis in axes]
    plural = len(axes) > 1 or str(values["axes"]).endswith("s")
    verb = "differ" if plural else "differs"
    how_much = _by_how_much(pairs, values)
    return "shapes_differ", AGAINST + "{axes} " + verb + how_much, values


def _by_how_much(pairs: list[tuple[int, int]], values: dict[str, object]) -> str:
    gaps = {abs(a - b) for a, b in pairs}
    if len(gaps) == 1 and min(gaps) <= 2 and min(map(min, pairs)) > 4:
        values["gap"] = gaps.pop()
        return " by {gap}."
    factors = {max(pair) / (min(pair) or 1) for pair in pairs}
    if len(factors) == 1 and (factor := factors.pop()).is_integer() and min(map(min, pairs)) > 1:
        values["factor"] = int(factor)
        return " by a factor of {factor}."
    return "."


def _turned(one: Shape, other: Shape) -> bool:
    """Whether these are the same sizes, one with its channels first, the other last."""
    if len(one) < 4:
        return False
    return (one[-1], *one[1:-1]) == other[1:] or (other[-1], *other[1:-1]) == one[1:]


def _named(axes: Sequence[int], rank: int) -> str:
    known = _AXES.get(rank)
    names = [known[axis] if known else f"axis {axis + 1}" for axis in axes]
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _axis_count(wire: Edge, inputs: Shapes, refusal: Refusal) -> Found | None:
    found = _AXIS_COUNT.search(refusal.message)
    if found is None:
        return None
    bound, wanted, got = found.group(1), int(found.group(2)) - 1, int(found.group(3)) - 1
    shape = next((s for _, s in inputs if len(s) == got + 1), dict(inputs)[wire])
    values: dict[str, object] = {"shape": shape_text(shape), "wanted": wanted, "got": got}
    has = "{shape} has {got} axis; " if got == 1 else "{shape} has {got} axes; "
    takes = "{kind} takes {wanted} or more." if bound == "min_" else "{kind} takes {wanted}."
    return "axes_differ", has + takes, values


def _other(wire: Edge, inputs: Shapes, refusal: Refusal) -> Found:
    values: dict[str, object] = {"shape": shape_text(dict(inputs)[wire])}
    if _EATEN in refusal.message:
        return "too_small", "{shape} is too small: {kind} would leave nothing of it.", values
    if _UNKNOWN in refusal.message:
        return "unknown_size", "{kind} needs a size that {shape} leaves open.", values
    contracted = _CONTRACTED.search(refusal.message)
    if contracted is not None:
        values |= {"a": contracted.group(1), "b": contracted.group(2)}
        return "shapes_differ", "{kind} contracts {a} against {b}: these must be equal.", values
    words = first_sentence(refusal)
    values["words"] = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    return "keras_refused", "{words}", values
