"""What builds without a word and is hardly meant: old positional strides, a U-Net that skips
nothing. Merges that stretch stand in `broadcasting`, axes in `data_formats`.
"""

import re
from collections.abc import Iterator, Mapping

from designer.catalog.spec import Catalog
from designer.document.model import INPUT, OUTPUT, Graph, Node
from designer.document.problem import Problem, Where
from designer.infer.data_formats import format_problems
from designer.infer.ends import members, output_ends
from designer.infer.questions import owner
from designer.infer.report import NodeReport

_POSITIONAL = re.compile(r"layers\.((Depthwise|Separable)?Conv2D|Conv3D)")
_DOWN = re.compile(r"layers\.((Max|Average|Adaptive\w+)Pooling[123]D|(\w*)Conv[123]D)")
_UP = re.compile(r"layers\.(UpSampling[123]D|Conv[123]DTranspose)")
_SQUEEZING = frozenset(("layers.Flatten", "layers.Reshape"))
_LEVELS = 2  # from so many halvings and doublings on it is a U


def design_traps(
    graph: Graph, catalog: Catalog, nodes: Mapping[str, NodeReport]
) -> Iterator[Problem]:
    """The warnings that need a look at more than one node."""
    yield from format_problems(graph, catalog, nodes)
    yield from _no_merge(graph, nodes)


def strides_equal_kernel(graph: Graph, node: Node) -> Problem | None:
    """The mark of `Conv2D(3, 3, 3)`: once rows and columns, now kernel and strides.

    Even sizes cut an image into patches, which is meant so.
    """
    if not _POSITIONAL.fullmatch(node.type):
        return None
    params = owner(graph, node).params
    kernel, strides = _sizes(params.get("kernel_size")), _sizes(params.get("strides"))
    if not kernel or kernel != strides or any(size < 3 or size % 2 == 0 for size in kernel):
        return None
    template = (
        "{name} takes steps of {strides} with a kernel of {kernel}: the image shrinks {strides} "
        "times, and no two windows overlap. Code of old Keras reads so, where the third number "
        "was the kernel's columns. Set strides to 1 unless it is meant."
    )
    size = kernel.pop()
    values = {"name": node.name, "kernel": size, "strides": size}
    where = Where(node=node.id, param="strides")
    return Problem("warning", "strides_equal_kernel", template, values, where)


def _sizes(value: object) -> set[int]:
    """The size, if it is one along all axes."""
    items = value if isinstance(value, list | tuple) else [value]
    sizes = {item for item in items if isinstance(item, int)}
    return sizes if len(sizes) == 1 and len(items) == sum(type(i) is int for i in items) else set()


def _no_merge(graph: Graph, nodes: Mapping[str, NodeReport]) -> Iterator[Problem]:
    """An encoder-decoder gives its image back, and none of its wires skips."""
    ends = output_ends(graph)
    ups = [node for node in graph.nodes.values() if _UP.fullmatch(node.type)]
    if len(ups) < _LEVELS or len(ends) != 1:
        return
    inside = members(graph)
    kept = [node for node in graph.nodes.values() if node.id in inside]
    sources = [node for node in kept if node.type == INPUT]
    straight = all(len(graph.incoming.get(node.id, ())) < 2 for node in kept)
    squeezed = any(node.type in _SQUEEZING for node in kept)
    downs = [node for node in kept if _halves(graph, node)]
    if len(sources) != 1 or not straight or squeezed or len(downs) < _LEVELS:
        return
    if _spatial(nodes, sources[0].id) != _spatial(nodes, ends[0].source):
        return
    yield _unmerged([node for node in ups if node.id in inside], downs)


def _unmerged(ups: list[Node], downs: list[Node]) -> Problem:
    template = (
        "No wire leads from the encoder across to the decoder: {last} has only what came through "
        "{first}. A U-Net merges both at every level; an autoencoder that compresses needs none. "
        "If it should be a U-Net, put a Concatenate behind {last}, and wire what {first} gets to "
        "it."
    )
    values = {
        "last": ups[-1].name if ups else "",
        "first": downs[0].name,
        "ups": [node.id for node in ups],
        "downs": [node.id for node in downs],
    }
    where = Where(node=ups[0].id if ups else downs[0].id)
    return Problem("info", "no_merge", template, values, where)


def _halves(graph: Graph, node: Node) -> bool:
    if not _DOWN.fullmatch(node.type) or node.type == OUTPUT:
        return False
    if node.type.endswith("D") and "Pooling" in node.type:
        return True
    strides = owner(graph, node).params.get("strides", 1)
    return max(strides if isinstance(strides, list | tuple) else [strides], default=1) != 1


def _spatial(nodes: Mapping[str, NodeReport], key: str) -> tuple[int | None, ...] | None:
    known = nodes.get(key)
    shape = known.outputs[0].shape if known is not None and known.outputs else ()
    return shape[1:-1] if len(shape) > 2 else None
