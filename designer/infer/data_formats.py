"""Layers that take another axis for the channels than the data has them on; Keras never asks.

The format of a tensor follows from the layer that last read it as an image, and behind an input
from the look of its shape: few channels beside larger sizes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from designer.catalog.spec import Catalog
from designer.document.model import INPUT, Graph, Node
from designer.document.order import partial_order
from designer.document.problem import Problem, Where
from designer.infer.broadcasting import inputs_of
from designer.infer.mismatch import stated_shape
from designer.infer.questions import owner
from designer.infer.report import NodeReport

FIRST, LAST = "channels_first", "channels_last"
NORMALIZING = frozenset(("layers.BatchNormalization", "layers.GroupNormalization"))
# These read no axis as channels, or put the axes in another order.
_UNREADING = frozenset(("layers.Flatten",))
_TURNING = frozenset(
    ("layers.Flatten", "layers.Reshape", "layers.Permute", "layers.RepeatVector",
     "layers.TimeDistributed", "layers.Bidirectional", "ops.transpose", "ops.reshape",
     "ops.moveaxis", "ops.swapaxes", "ops.expand_dims", "ops.squeeze", "ops.einsum",
     "ops.rearrange", "ops.nn.depth_to_space", "ops.nn.space_to_depth")
)  # fmt: skip
_FEW, _LARGE = (1, 3), 16


@dataclass(frozen=True, slots=True)
class Format:
    """Where a tensor has its channels, and the node from which that is known."""

    name: str
    origin: Node


def format_problems(
    graph: Graph, catalog: Catalog, nodes: Mapping[str, NodeReport]
) -> Iterator[Problem]:
    """The warnings of all nodes that read another format than they get."""
    if not any(_telling(node) for node in graph.nodes.values()):
        return
    formats: dict[str, Format] = {}
    for key in partial_order(graph):
        node = graph.nodes[key]
        before = _before(graph, node, formats)
        yield from _judge(graph, node, catalog, nodes, before)
        after = _after(graph, node, catalog, before)
        if after is not None:
            formats[key] = after


def look(node: Node) -> str:
    """The format that an input's shape looks like; empty where it may be either."""
    shape = stated_shape(node)
    if len(shape) < 3 or node.type != INPUT:
        return ""
    first, last = _looks(shape[0], shape[1:]), _looks(shape[-1], shape[:-1])
    return FIRST if first and not last else LAST if last and not first else ""


def _looks(channels: int | None, sizes: tuple[int | None, ...]) -> bool:
    return channels in _FEW and all(isinstance(n, int) and n >= _LARGE for n in sizes)


def _telling(node: Node) -> bool:
    """Whether there can be any doubt: in most designs no node states a format or an axis."""
    params = node.params
    if node.type == INPUT:
        return look(node) == FIRST
    if params.get("data_format") == FIRST:
        return True
    # The last axis is right as long as nothing above is so.
    placed = params.get("axis", -1) not in (-1, [-1])
    return placed and (node.type in NORMALIZING or node.type == "layers.Concatenate")


def _reads(graph: Graph, node: Node, catalog: Catalog) -> str:
    spec = catalog.layers.get(node.type)
    if spec is None or node.type in _UNREADING or spec.param("data_format") is None:
        return ""
    return FIRST if owner(graph, node).params.get("data_format") == FIRST else LAST


def _before(graph: Graph, node: Node, formats: Mapping[str, Format]) -> Format | None:
    """The format that the inputs of a node agree on."""
    edges = graph.incoming.get(node.id, ())
    found = [formats[edge.source] for edge in edges if edge.source in formats]
    agree = found and len(found) == len(edges) and len({f.name for f in found}) == 1
    return found[0] if agree else None


def _after(graph: Graph, node: Node, catalog: Catalog, before: Format | None) -> Format | None:
    if node.type == INPUT:
        return Format(look(node), node) if look(node) else None
    if node.type in _TURNING:
        return None
    reads = _reads(graph, node, catalog)
    if not reads or (before is not None and before.name == reads):
        return before
    return Format(reads, node)


def _judge(
    graph: Graph,
    node: Node,
    catalog: Catalog,
    nodes: Mapping[str, NodeReport],
    before: Format | None,
) -> Iterator[Problem]:
    shapes = [shape for _, shape in inputs_of(graph, node, nodes)]
    if before is None or not shapes or len(shapes[0]) < 4:
        return
    reads = _reads(graph, node, catalog)
    if reads and reads != before.name:
        yield _misread(node, reads, before)
    elif node.type in NORMALIZING:
        yield from _axis(node, owner(graph, node), len(shapes[0]), before, _NORMALIZES)
    elif node.type == "layers.Concatenate":
        yield from _axis(node, owner(graph, node), len(shapes[0]), before, _JOINS)


def _misread(node: Node, reads: str, before: Format) -> Problem:
    values: dict[str, object] = {
        "name": node.name,
        "axis": "first" if reads == FIRST else "last",
        "other": before.origin.name,
        "origin": before.origin.id,
        "reads": reads,
        "given": before.name,
    }
    where = Where(node=node.id, param="data_format")
    if before.origin.type != INPUT:
        template = (
            "{name} reads the {axis} axis as channels, and {other} before it gives {given}. Use "
            'one data format everywhere: set data_format of {name} to "{given}", or put a Permute '
            "between them."
        )
        return Problem("warning", "mixed_formats", template, values, where)
    shape = stated_shape(before.origin)
    turned = (*shape[1:], shape[0]) if before.name == FIRST else (shape[-1], *shape[:-1])
    values |= {"shape": str(shape), "turned": str(turned), "turned_shape": list(turned)}
    template = (
        "{name} reads the {axis} axis as channels, and the input {other} is {shape}, which looks "
        'like {given}. Give {other} the shape {turned}, or set data_format to "{given}" here and '
        "in all that follows."
    )
    return Problem("warning", "input_format", template, values, where)


_NORMALIZES = (
    "normalization_axis",
    (
        "{name} normalises along axis {axis}, and its data is {given}: the channels are on axis "
        "{right}. Set axis to {right}."
    ),
)
_JOINS = (
    "merge_axis",
    (
        "{name} joins along axis {axis}, and its data is {given}: the image grows, the channels do "
        "not. If channels should be joined, set axis to {right}."
    ),
)


def _axis(
    node: Node, maker: Node, rank: int, before: Format, said: tuple[str, str]
) -> Iterator[Problem]:
    axis = maker.params.get("axis", -1)
    axis = axis[0] if isinstance(axis, list | tuple) and len(axis) == 1 else axis
    if not isinstance(axis, int) or isinstance(axis, bool):
        return
    channels = 1 if before.name == FIRST else rank - 1
    if axis % rank == channels:
        return
    code, template = said
    values = {
        "name": node.name,
        "axis": axis,
        "given": before.name,
        "right": 1 if before.name == FIRST else -1,
        "origin": before.origin.id,
    }
    yield Problem("warning", code, template, values, Where(node=node.id, param="axis"))
