"""What builds without a word and is hardly meant: strides out of old code, a normalisation along
the wrong axis, a U-Net whose encoder and decoder nothing joins.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from designer.document.model import INPUT, Edge
from designer.infer.fixes.fix import Join, Layer, ResetParam, SetParam, Step
from designer.infer.fixes.meeting import Case
from designer.infer.fixes.proposal import Proposal, propose
from designer.infer.questions import owner


def traps(case: Case) -> Iterable[Proposal]:
    """Ways out of the traps that are not about two tensors that meet."""
    found = _BY_CODE.get(case.problem.code)
    return found(case) if found is not None else ()


def _strides(case: Case) -> Iterator[Proposal]:
    if case.node is None:
        return
    maker = owner(case.graph, case.node)
    kernel = maker.params.get("kernel_size")
    why = "Windows then overlap, and the image shrinks by no more than its edge."
    template = "Let {name} take steps of 1"
    steps: tuple[Step, ...] = (ResetParam(maker.id, "strides"),)
    yield propose(1, "steps_of_one", template, steps, why, name=case.node.name)
    spec = case.catalog.layers.get(maker.type)
    if (
        spec is not None
        and spec.param("padding") is not None
        and maker.params.get("padding") is None
    ):
        why = (
            "In code of old Keras {kernel}, {kernel} are the rows and columns of the kernel. The "
            "image keeps its size, so that skip connections fit."
        )
        template = "Let {name} take steps of 1 with same padding"
        steps = (ResetParam(maker.id, "strides"), SetParam(maker.id, "padding", "same"))
        values = {"name": case.node.name, "kernel": kernel}
        yield propose(2, "steps_of_one", template, steps, why, **values)


def _axis(case: Case) -> Iterator[Proposal]:
    right = case.problem.values.get("right")
    if case.node is None or not isinstance(right, int):
        return
    maker = owner(case.graph, case.node)
    step = ResetParam(maker.id, "axis") if right == -1 else SetParam(maker.id, "axis", right)
    why = "Each channel gets a mean and a variance of its own: that axis holds the channels."
    template = "Let {name} normalise along axis {axis}"
    yield propose(0, "axis", template, (step,), why, name=case.node.name, axis=right)


# --- A U-Net without merges ---------------------------------------------------------------------


def _skips(case: Case) -> Iterator[Proposal]:
    found = tuple(_across(case))
    if not found:
        return
    names = ", ".join(case.graph.nodes[source].name for _, source, _ in found)
    for rank, (kind, why) in enumerate(
        (
            ("Concatenate", "The decoder gets the detail of the encoder beside its own channels."),
            ("Add", "The encoder's values are added to the decoder's; no layer gets wider."),
        )
    ):
        layer = Layer(f"layers.{kind}")
        steps = [Join(edge, layer, source, output) for edge, source, output in found]
        template = "Wire {names} across with {layers}"
        yield propose(rank, "skips", template, steps, why, names=names, layers=kind)


def _across(case: Case) -> Iterator[tuple[Edge, str, int]]:
    """Each wire out of an enlargement with the encoder's output of that size, the last there is."""
    graph, values = case.graph, case.problem.values
    ups, downs = values.get("ups"), values.get("downs")
    if not isinstance(ups, list | tuple) or not isinstance(downs, list | tuple):
        return
    before = [graph.incoming[key][0] for key in downs if key in graph.incoming]
    made = [edge for edge in before if graph.nodes[edge.source].type != INPUT]
    for key in ups:
        shape = case.shape(key)
        fed = graph.outgoing.get(key, ())
        same = [e for e in made if _sizes(case.shape(e.source, e.output)) == _sizes(shape)]
        if shape is not None and len(fed) == 1 and same:
            yield fed[0], same[-1].source, same[-1].output


def _sizes(shape: tuple[int | None, ...] | None) -> tuple[int | None, ...]:
    return shape[1:-1] if shape is not None else ()


_BY_CODE: Mapping[str, Callable[[Case], Iterable[Proposal]]] = {
    "strides_equal_kernel": _strides,
    "normalization_axis": _axis,
    "no_merge": _skips,
}
