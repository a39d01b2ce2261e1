"""Other refusals of Keras: a tensor eaten up by valid windows, a Reshape to another count of
numbers, a parameter that Keras does not take.
"""

import re
from collections.abc import Iterable, Iterator
from math import prod

from designer.document.model import Node
from designer.infer.fixes.fix import Insert, ResetParam, SetParam
from designer.infer.fixes.meeting import Case, Feed, feeds_of, layer, spatial, whole
from designer.infer.fixes.proposal import Proposal, propose
from designer.infer.questions import owner
from designer.infer.starts import starting_params

_EATEN = re.compile(r"output size would be zero or negative|negative dimension", re.IGNORECASE)


def refusals(case: Case) -> Iterable[Proposal]:
    """What usually helps against such a refusal."""
    node = case.node
    if node is None or case.problem.severity != "error":
        return
    yield from _parameter(case, node)
    feeds = feeds_of(case, node)
    if not feeds or case.problem.code != "keras_refused":
        return
    yield from _eaten(case, node)
    if node.type == "layers.Reshape":
        yield from _reshape(case, node, feeds[0])


def _eaten(case: Case, node: Node) -> Iterator[Proposal]:
    if not _EATEN.search(case.problem.detail) or spatial(node) is None:
        return
    why = "With same padding the window may reach over the edge, so small tensors are not eaten up."
    yield propose(
        0, "same", 'Set padding of {names} to "same"', (SetParam(node.id, "padding", "same"),),
        why, names=node.name,
    )  # fmt: skip


def _reshape(case: Case, node: Node, feed: Feed) -> Iterator[Proposal]:
    sizes, target = whole(feed.shape[1:]), owner(case.graph, node).params.get("target_shape")
    if sizes is None or not isinstance(target, list | tuple) or not target:
        return
    known, total = prod(size for size in target if size != -1), prod(sizes)
    source = owner(case.graph, feed.node)
    if source.type == "layers.Dense" and -1 not in target and len(sizes) == 1:
        steps = (SetParam(source.id, "units", known),)
        why = "A Reshape needs as many numbers as it gives."
        template = "Set {param} of {name} to {count}"
        values = {"param": "units", "name": source.name, "count": known}
        yield propose(0, "count", template, steps, why, **values)
    for rank, place in enumerate((len(target) - 1, *range(len(target) - 1)), 1):
        rest = prod(size for at, size in enumerate(target) if at != place and size != -1)
        if rest and total % rest == 0:
            shape = [total // rest if at == place else size for at, size in enumerate(target)]
            yield _target(rank, node, shape)
    if len(sizes) > 1 and -1 not in target:
        dense = (layer(feed, "Flatten", {}), layer(feed, "Dense", {"units": known}))
        why = "A Dense layer gives as many numbers as are needed."
        template = "Put Flatten + Dense behind {name}"
        steps_ = (Insert(feed.edge, dense),)
        yield propose(9, "dense", template, steps_, why, name=feed.node.name)


def _target(rank: int, node: Node, shape: list[int]) -> Proposal:
    told = f"({', '.join(map(str, shape))})"
    steps = (SetParam(node.id, "target_shape", shape),)
    why = "These sizes hold exactly the numbers that come in."
    template = "Set target_shape of {name} to {shape}"
    return propose(rank, "target_shape", template, steps, why, name=node.name, shape=told)


def _parameter(case: Case, node: Node) -> Iterator[Proposal]:
    """A parameter that is refused goes back to its default, or to what people begin with."""
    param, maker = case.problem.where.param, owner(case.graph, node)
    spec = case.catalog.layers.get(maker.type)
    if not param or spec is None or param == "name":
        return
    known = spec.param(param)
    starts = starting_params(spec)
    values = {"param": param, "name": node.name}
    if (known is None or not known.required) and param in maker.params:
        why = "Keras then takes its own default."
        template = "Set {param} of {name} back to its default"
        yield propose(1, "reset", template, (ResetParam(maker.id, param),), why, **values)
    if param in starts and starts[param] != maker.params.get(param):
        why = "A value that people begin with."
        template = "Set {param} of {name} to {value}"
        steps = (SetParam(maker.id, param, starts[param]),)
        yield propose(2, "start", template, steps, why, **values, value=starts[param])
