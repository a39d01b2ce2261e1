"""The arrays of the data against the model: inputs of their shape and range, outputs of the size of
the targets, a unit for each class.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import prod

from designer.codegen.fixes.endpoint import Endpoint, Shape, endpoint, facts_of
from designer.document.model import INPUT, OUTPUT, Edge, Graph
from designer.document.order import upstream
from designer.infer.ends import output_ends
from designer.infer.fixes.fix import Follow, Layer, Remove, SetParam, Step
from designer.infer.fixes.meeting import Case, Feed, layer, reads_first
from designer.infer.fixes.proposal import Proposal, propose
from designer.infer.fixes.sources import eats
from designer.infer.fixes.ways import Goal, way
from designer.infer.mismatch import shape_text

_GROWING = ("up", "pad", "resize", "transpose")
_SHRINKING = ("pool", "crop", "resize")
_WHY = {
    "up": "Each value is repeated, until there is one for each target.",
    "crop": "What is cut off lies at the edge.",
    "pad": "Rows or columns of zeros make up for what is missing.",
    "resize": "Values between the old ones are interpolated.",
    "pool": "The strongest of each neighbourhood is kept, one for each target.",
    "transpose": "A transposed convolution learns how to enlarge.",
}


def arrays(case: Case) -> Iterable[Proposal]:
    """Ways to a model of the sizes that the data has."""
    found = _BY_CODE.get(case.problem.code)
    return found(case) if found is not None else ()


# --- Inputs -------------------------------------------------------------------------------------


def _shaped(case: Case) -> Iterator[Proposal]:
    facts, node = facts_of(case), case.node
    places = [port.node for port in case.report.inputs]
    if facts is None or node is None or node.type != INPUT or node.id not in places:
        return
    given = facts.inputs[places.index(node.id)].shape
    steps: list[Step] = [SetParam(node.id, "shape", [*given[1:]])]
    values = {"name": node.name, "shape": shape_text(given)}
    why = "It then takes the arrays as the data has them."
    yield propose(0, "input_shape", "Give {name} the shape {shape}", steps, why, **values)


def _scaled(case: Case) -> Iterator[Proposal]:
    node, scale = case.node, case.problem.values.get("scale")
    if node is None or not isinstance(scale, float):
        return
    why = "Every value is divided by the largest, so that none is larger than 1."
    steps = (Follow(node.id, 0, (Layer("layers.Rescaling", {"scale": scale}),)),)
    template = "Put Rescaling behind {name}"
    yield propose(0, "rescale", template, steps, why, name=node.name)
    why = "The mean of each channel becomes 0 and its variance 1, learned while training."
    steps = (Follow(node.id, 0, (Layer("layers.BatchNormalization"),)),)
    template = "Put BatchNormalization behind {name}"
    yield propose(1, "normalise", template, steps, why, name=node.name)


# --- Outputs ------------------------------------------------------------------------------------


def _sized(case: Case) -> Iterator[Proposal]:
    """Rows and columns as the targets have them."""
    end, target = endpoint(case), _target(case)
    if end is None or target is None or end.shape is None:
        return
    yield from _kept(end)
    feed = _feed(end, end.shape)
    first = feed.first and feed.rank > 0
    goal = Goal(target[2:] if first else target[1:-1], target[1] if first else target[-1])
    pairs = zip(feed.sizes, goal.sizes, strict=True)
    smaller = any((ours or 0) < (theirs or 0) for ours, theirs in pairs)
    for rank, kind in enumerate(_GROWING if smaller else _SHRINKING, 1):
        layers = way(feed, kind, goal)
        if layers:
            names = " + ".join(item.type.rpartition(".")[2] for item in layers)
            template = "Bring {name} to {shape} with {layers}"
            values = {"name": feed.node.name, "shape": shape_text(target), "layers": names}
            why = _WHY[kind]
            yield propose(rank, kind, template, end.behind(*layers), why, **values)


def _kept(end: Endpoint) -> Iterator[Proposal]:
    """Convolutions that eat the edge do so no more."""
    graph = end.case.graph
    eaters = [key for key in upstream(graph, [end.source]) if eats(end.case, key)]
    if eaters:
        names = ", ".join(graph.nodes[key].name for key in sorted(eaters)[:4])
        names += ", …" * (len(eaters) > 4)
        why = "With same padding a convolution gives as many rows and columns as it gets."
        steps = [SetParam(key, "padding", "same") for key in eaters]
        yield propose(0, "same", 'Set padding of {names} to "same"', steps, why, names=names)


def _feed(end: Endpoint, shape: Shape) -> Feed:
    graph = end.case.graph
    edge = end.mark or Edge(end.source, end.output, "", "")
    first = reads_first(graph, end.source)
    return Feed(edge, graph.nodes[end.source], shape, frozenset(), first)


def _target(case: Case) -> Shape | None:
    facts, places = facts_of(case), [port.node for port in case.report.outputs]
    if facts is None or len(facts.targets) != len(places):
        return None
    node = case.problem.where.node
    return facts.targets[places.index(node)].shape if node in places else None


def _shaped_target(case: Case) -> Iterator[Proposal]:
    """As many numbers as the targets have, at the end of the model."""
    end, target, facts = endpoint(case), _target(case), facts_of(case)
    if end is None or target is None or end.shape is None or facts is None:
        return
    ours, theirs = end.shape[1:], target[1:]
    name = case.graph.nodes[end.source].name
    size = theirs[-1] if theirs else 1
    if len(ours) == len(theirs) and ours[:-1] == theirs[:-1] and size is not None:
        yield from _as_many(end, size)
    per_sample = prod(n or 1 for n in theirs)
    if len(ours) > 1 and (len(theirs) < 2 or per_sample == 1):
        units = facts.classes if per_sample == 1 and facts.classes else per_sample
        yield from _as_rows(end, end.shape, units)
    if len(ours) == 1 and len(theirs) > 1 and None not in theirs:
        dense = Layer("layers.Dense", {"units": per_sample})
        reshape = Layer("layers.Reshape", {"target_shape": [*theirs]})
        why = "A Dense layer gives as many numbers as the targets have, Reshape their axes."
        template = "Put {layers} behind {name}"
        values = {"layers": "Dense + Reshape", "name": name}
        steps = end.behind(dense, reshape)
        yield propose(5, "axes", template, steps, why, **values)


def _as_many(end: Endpoint, size: int) -> Iterator[Proposal]:
    why = "The model then gives as many numbers as the targets have."
    steps = end.counted(size)
    name = end.case.graph.nodes[steps[0].node].name if steps and isinstance(
        steps[0], SetParam) else ""  # fmt: skip
    template = "Let {name} give {count}"
    if steps:
        yield propose(0, "count", template, steps, why, name=name, count=size)
    kind = "Dense" if end.shape is None or len(end.shape) not in (3, 4, 5) else "Conv{n}D"
    params: dict[str, object] = {"units": size}
    if kind != "Dense":
        params = {"filters": size, "kernel_size": 1}
    feed = _feed(end, end.shape or ())
    added = layer(feed, kind, params)
    values = {"layers": added.type.rpartition(".")[2], "name": feed.node.name}
    template = "Put {layers} behind {name}"
    yield propose(1, "count", template, end.behind(added), why, **values)


def _as_rows(end: Endpoint, shape: Shape, units: int) -> Iterator[Proposal]:
    """One row of numbers for a sample, where the model gives an image or a sequence."""
    feed = _feed(end, shape)
    dense = Layer("layers.Dense", {"units": units})
    softmax = Layer("layers.Dense", {"units": units, "activation": "softmax"})
    why = "The targets are one row for each sample."
    kinds = ("GlobalAveragePooling{n}D", "Flatten") if feed.rank in (1, 2, 3) else ("Flatten",)
    rank = 2
    for kind in kinds:
        for last in (dense, softmax):
            layers = (layer(feed, kind, {}), last)
            names = " + ".join(item.type.rpartition(".")[2] for item in layers)
            template = "Put {layers} behind {name}"
            values = {"layers": names, "name": feed.node.name}
            yield propose(rank, "rows", template, end.behind(*layers), why, **values)
            rank += 1


def _classes(case: Case) -> Iterator[Proposal]:
    end, classes = endpoint(case), case.problem.values.get("classes")
    if end is None or not isinstance(classes, int):
        return
    steps = end.counted(classes)
    if steps and isinstance(steps[0], SetParam):
        name = case.graph.nodes[steps[0].node].name
        why = "There is then one unit for each class."
        template = "Give {name} {count} units"
        yield propose(0, "classes", template, steps, why, name=name, count=classes)


def _fewer(case: Case) -> Iterator[Proposal]:
    """Outputs that are too many: one goes, with all that leads to nothing else."""
    ends = output_ends(case.graph)
    wanted = case.problem.where.node
    about = [end for end in ends if wanted in ("", end.node)]
    for rank, end in enumerate(about if len(ends) > 1 else ()):
        node, branch = case.graph.nodes[end.node], _only_for(case.graph, end.node)
        steps = [Remove(key) for key in branch]
        why = "The other outputs stay, with all that leads to them."
        template = "Delete the output {name}"
        if len(branch) > (2 if node.type == OUTPUT else 1):
            template = "Delete the output {name} and the {count} nodes that lead to it alone"
        values = {"name": node.name, "count": len(branch) - 1}
        yield propose(rank + len(branch), "fewer", template, steps, why, **values)


def _only_for(graph: Graph, end: str) -> list[str]:
    """The node, and what leads to nothing else."""
    found = [end]
    for key in found:  # grows while it is walked
        for edge in graph.incoming.get(key, ()):
            fed = {e.target for e in graph.outgoing[edge.source]}
            if edge.source not in found and fed.issubset(found):
                found.append(edge.source)
    return found


_BY_CODE: Mapping[str, Callable[[Case], Iterable[Proposal]]] = {
    "input_shape": _shaped,
    "channel_order": _shaped,
    "value_range": _scaled,
    "mask_size": _sized,
    "target_shape": _shaped_target,
    "classes": _classes,
    "spare_classes": _classes,
    "output_count": _fewer,
    "untrained_output": _fewer,
}
