"""Tensors that do not meet at a merge: which rule is broken, and the usual ways out of it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from designer.document.model import INPUT, Graph, Node
from designer.document.order import reading_order, upstream

_MERGES = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")
_OPERATIONS = ("add", "subtract", "multiply", "divide", "maximum", "minimum")
ELEMENTWISE = frozenset(
    [f"layers.{name}" for name in _MERGES] + [f"ops.{name}" for name in _OPERATIONS]
)
FIRST = "channels_first"
CHANNEL_COUNTS = (1, 3, 4)

Shape = tuple[int | None, ...]
Finding = tuple[str, str, dict[str, object]]  # code, template, values
Inputs = list[tuple[Node, Shape]]


def shape_text(shape: Sequence[int | None]) -> str:
    """A shape without its batch axis as it stands on wires: `32×32×64`, `?` for unknown."""
    return "×".join("?" if size is None else str(size) for size in shape[1:]) or "scalar"


def _tuple(shape: Sequence[int | None]) -> str:
    return "(" + ", ".join(str(size) for size in shape) + ")"


def _merges(node: Node) -> bool:
    return node.type in ELEMENTWISE or node.type.lower().endswith(".concatenate")


def joined_axis(node: Node) -> object:
    """The axis that a Concatenate joins along: the layer's default is the last, that of the
    operation the first.
    """
    return node.params.get("axis", 0 if node.type.startswith("ops.") else -1)


def _unequal(inputs: Inputs) -> tuple[tuple[Node, Shape], tuple[Node, Shape]]:
    """The first two neighbours whose shapes differ."""
    return next((p for p in pairwise(inputs) if p[0][1] != p[1][1]), (inputs[0], inputs[1]))


def _start(node: Node, inputs: Inputs) -> tuple[str, dict[str, object]]:
    (one, first), (other, second) = _unequal(inputs)
    values: dict[str, object] = {
        "name": node.name,
        "one": one.name,
        "first": shape_text(first),
        "other": other.name,
        "second": shape_text(second),
    }
    return "{name}: {one} gives {first} and {other} gives {second}. ", values


def shapes_differ(node: Node, inputs: Inputs) -> Finding | None:
    """What a merge's rule is and how tensors of these shapes are usually brought together.

    `inputs` are at least two source nodes with their shapes, the batch axis included.
    """
    kind = node.type.rpartition(".")[2]
    start, values = _start(node, inputs)
    (_, first), (_, second) = _unequal(inputs)
    if _merges(node) and kind.lower() == "concatenate":
        rule = "Concatenate needs equal sizes on every axis but axis {axis}. "
        values["axis"] = joined_axis(node)
        return "shapes_differ", start + rule + _way_out(first, second), values
    if _merges(node):
        values["kind"] = kind
        return (
            "shapes_differ",
            start + "{kind} needs equal shapes. " + _way_out(first, second),
            values,
        )
    if kind == "Dot":
        rule = "Dot needs equal sizes on the axes it contracts. Set axes, or reshape one side."
        return "shapes_differ", start + rule, values
    return None


def _way_out(first: Shape, second: Shape) -> str:
    if len(first) != len(second):
        return "Bring both to the same number of axes with Flatten, Reshape or a global pooling."
    if first[-1] != second[-1] and first[1:-1] == second[1:-1]:
        return "Give both the same number of channels: put a 1×1 Conv2D into the shorter way."
    pairs = list(zip(first[1:-1], second[1:-1], strict=True))
    if all(a and b and (a % b == 0 or b % a == 0) for a, b in pairs):
        return "Use strides or pooling on the larger one, or UpSampling2D on the smaller one."
    return "Crop the larger one with Cropping2D, or pad the smaller one with ZeroPadding2D."


def data_format(graph: Graph, node: Node, inputs: Inputs) -> Finding | None:
    """The trap of channels-first data among channels-last layers, if this is it."""
    if not _merges(node) or len(inputs) < 2:
        return None
    (one, first), (other, second) = _unequal(inputs)
    if len(first) != len(second) or len(first) < 4:
        return None
    start, values = _start(node, inputs)
    before = upstream(graph, [node.id])
    found = [graph.nodes[key] for key in reading_order(graph.nodes[key] for key in before)]
    readers = [member for member in found if _reads_channels_last(member)]
    suspects = [m for m in found if m.type == INPUT and _looks_first(stated_shape(m))]
    if suspects and readers:
        return _misread(start, values, suspects[0], readers)
    stating = [member for member in found if member.params.get("data_format") == FIRST]
    if stating and readers:
        return _mixed(start, values, stating, readers)
    if (first[-1], *first[1:-1]) == second[1:]:
        return _turned(start, values, one, other)
    if (second[-1], *second[1:-1]) == first[1:]:
        return _turned(start, values, other, one)
    return None


def _misread(start: str, values: dict[str, object], source: Node, readers: list[Node]) -> Finding:
    shape = stated_shape(source)
    rule = (
        "The input {input} is {shape}, which looks like channels first, but {reader} reads the "
        "last axis as channels ({rows} rows, {channels} channels). "
    )
    step = (
        'Either set data_format to "channels_first" in {readers}, or give {input} the shape '
        "{turned}."
    )
    values |= {
        "input": source.name,
        "shape": _tuple(shape),
        "turned": _tuple((*shape[1:], shape[0])),
        "reader": readers[0].name,
        "readers": ", ".join(reader.name for reader in readers[:5]),
        "rows": shape[0],
        "channels": shape[-1],
    }
    return "data_format", start + rule + step, values


def _mixed(
    start: str, values: dict[str, object], stating: list[Node], readers: list[Node]
) -> Finding:
    rule = "{stating} reads channels first, but {reader} reads the last axis as channels. "
    step = "Use one data format everywhere: take data_format back in {stating}, or set it in all."
    names = {"stating": ", ".join(node.name for node in stating[:5]), "reader": readers[0].name}
    return "data_format", start + rule + step, {**values, **names}


def _turned(start: str, values: dict[str, object], last: Node, first: Node) -> Finding:
    rule = "These are the same sizes in another order: {last} has its channels last, {head} first. "
    step = (
        "Use one data format everywhere: either change the shape of {head}, or set data_format "
        'to "channels_first" on the way of {last}.'
    )
    return "data_format", start + rule + step, {**values, "last": last.name, "head": first.name}


def stated_shape(node: Node) -> Shape:
    """The shape that an input node states, without the batch axis; empty where it states none."""
    shape = node.params.get("shape")
    return tuple(shape) if isinstance(shape, list | tuple) else ()


def _looks_first(shape: Shape) -> bool:
    """Few channels, then larger sizes."""
    large = all(isinstance(size, int) and size > 4 for size in shape[1:])
    return len(shape) >= 3 and shape[0] in CHANNEL_COUNTS and large


def _reads_channels_last(node: Node) -> bool:
    spatial = re.search(r"(Conv|Pool|UpSampling|Cropping|ZeroPadding)\w*[123]D", node.type)
    return bool(spatial) and node.params.get("data_format") != FIRST
