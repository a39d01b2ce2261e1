"""Channels first here, last there: one data format everywhere, by the shape of the input, by the
parameter of the layers, or by turning one tensor.
"""

from collections.abc import Iterable, Iterator

from designer.document.model import INPUT, Node
from designer.document.order import downstream, reading_order, upstream
from designer.infer.fixes.fix import Insert, ResetParam, SetParam, Step
from designer.infer.fixes.meeting import Case, feeds_of, layer
from designer.infer.fixes.proposal import Proposal, propose
from designer.infer.mismatch import CHANNEL_COUNTS, FIRST, shape_text, stated_shape
from designer.infer.questions import owner


def formats(case: Case) -> Iterable[Proposal]:
    """Ways to one data format, for what leads to the node."""
    if case.node is None:
        return
    before = upstream(case.graph, [case.node.id])
    nodes = [case.graph.nodes[key] for key in reading_order(case.graph.nodes[k] for k in before)]
    inputs = [node for node in nodes if node.type == INPUT and looks_first(stated_shape(node))]
    about = case.problem.code == "data_format"
    yield from _turned_input(case, inputs, about=about)
    yield from _set_everywhere(case, inputs, about=about)
    yield from _reset(case, nodes, about=about)
    if about:
        yield from _permuted(case)


def looks_first(shape: tuple[int | None, ...]) -> bool:
    """Few channels, then larger sizes."""
    large = all(isinstance(size, int) and size > 4 for size in shape[1:])
    return len(shape) >= 3 and shape[0] in CHANNEL_COUNTS and large


def _turned_input(case: Case, inputs: list[Node], *, about: bool) -> Iterator[Proposal]:
    if not inputs:
        return
    turned = {node.id: [*stated_shape(node)[1:], stated_shape(node)[0]] for node in inputs}
    steps: list[Step] = [SetParam(key, "shape", shape) for key, shape in turned.items()]
    steps += [ResetParam(node.id, "data_format") for node in _stating(case, inputs)]
    steps += [ResetParam(n.id, "axis") for n in _behind(case, inputs) if _along(n, 1)]
    first = inputs[0]
    yield propose(
        -20 if about else 30, "turn_input", "Give {name} the shape {shape}, channels last", steps,
        "Keras reads the last axis as channels unless it is told otherwise, and on a processor "
        "most layers can be run only so.",
        name=", ".join(node.name for node in inputs), shape=shape_text((None, *turned[first.id])),
    )  # fmt: skip


def _behind(case: Case, starts: Iterable[Node]) -> list[Node]:
    keys = downstream(case.graph, [node.id for node in starts])
    return [node for key, node in case.graph.nodes.items() if key in keys and not node.shares]


def _stating(case: Case, starts: Iterable[Node]) -> list[Node]:
    return [n for n in _behind(case, starts) if n.params.get("data_format") == FIRST]


def _set_everywhere(case: Case, inputs: list[Node], *, about: bool) -> Iterator[Proposal]:
    steps: list[Step] = [
        SetParam(node.id, "data_format", FIRST)
        for node in _behind(case, inputs)
        if _knows(case, node, "data_format") and node.params.get("data_format") != FIRST
    ]
    steps += [SetParam(node.id, "axis", 1) for node in _behind(case, inputs) if _along(node, -1, 3)]
    if not inputs or not steps:
        return
    template = 'Set data_format to "channels_first" in every layer behind {name}'
    why = "The data stay as they are. Convolutions of this format run on graphics cards only."
    names = ", ".join(node.name for node in inputs)
    yield propose(-19 if about else 31, "set_first", template, steps, why, name=names)


def _along(node: Node, *axes: int) -> bool:
    """Whether a layer has its channels at one of these axes."""
    kinds = ("layers.BatchNormalization", "layers.Concatenate")
    return node.type in kinds and node.params.get("axis", -1) in axes


def _knows(case: Case, node: Node, param: str) -> bool:
    spec = case.catalog.layers.get(owner(case.graph, node).type)
    return spec is not None and spec.param(param) is not None


def _reset(case: Case, nodes: list[Node], *, about: bool) -> Iterator[Proposal]:
    """Layers that read channels first although the data have them last."""
    stating = [node for node in nodes if node.params.get("data_format") == FIRST]
    if not stating:
        return
    steps = [ResetParam(node.id, "data_format") for node in stating]
    names = ", ".join(node.name for node in stating[:4]) + ", …" * (len(stating) > 4)
    why = "All layers then read the last axis as channels, which is Keras' default."
    template = "Let {names} read channels last, as the other layers do"
    # Before anything else: a projection between two formats would build, and mean nothing.
    yield propose(-18 if about else -8, "reset_format", template, steps, why, names=names)


def _permuted(case: Case) -> Iterator[Proposal]:
    assert case.node is not None  # asked before
    feeds = feeds_of(case, case.node) or ()
    for feed in feeds:
        rank = len(feed.shape) - 1
        others = {other.shape for other in feeds if other is not feed}
        to_last = (feed.shape[0], *feed.shape[2:], feed.shape[1])
        if others == {to_last} and rank > 1:
            dims = [*range(2, rank + 1), 1]
            steps = (Insert(feed.edge, (layer(feed, "Permute", {"dims": dims}),)),)
            why = "The axes are put into the other order; the numbers stay."
            template = "Turn {name} to channels last with Permute"
            yield propose(-10, "permute", template, steps, why, name=feed.node.name)
