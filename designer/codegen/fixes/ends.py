"""The end of a model against its loss: another activation, logits told as such, or the loss that
suits what the model gives and what the targets are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from designer.codegen.endings import CATEGORICAL
from designer.codegen.fixes.endpoint import SPARSE, Endpoint, endpoint, facts_of, goal, loss
from designer.infer.fixes.fix import Step
from designer.infer.fixes.meeting import Case
from designer.infer.fixes.proposal import Proposal, propose

_BINARY, _CATEGORICAL = "losses.BinaryCrossentropy", "losses.CategoricalCrossentropy"
_SQUARED = "losses.MeanSquaredError"
_ACTIVATION = "Let {name} end in {activation}"
_LINEAR = "Take the activation of {name} away"
_LOSS = "Train with {loss}"
_WHY = {
    "softmax": "Its units are then probabilities that sum to 1: one class of several.",
    "sigmoid": "Each unit is then a probability by itself.",
    "linear": "Its values may then be of any size.",
}


def ends(case: Case) -> Iterable[Proposal]:
    """Ways to an ending and a loss that go together."""
    found, end = _BY_CODE.get(case.problem.code), endpoint(case)
    return found(case, end) if found is not None and end is not None else ()


def _name(end: Endpoint) -> str:
    return end.last.name if end.last is not None else ""


def _activation(end: Endpoint, rank: float, wanted: str, *more: Step) -> Iterator[Proposal]:
    steps = end.activated(wanted)
    if steps:
        template = _LINEAR if wanted == "linear" else _ACTIVATION
        values = {"name": _name(end), "activation": wanted}
        code = "linear" if wanted == "linear" else "activation"
        yield propose(rank, code, template, (*steps, *more), _WHY[wanted], **values)


def _several(case: Case, end: Endpoint) -> bool:
    """Whether one class of several is wanted."""
    units = end.shape[-1] if end.shape is not None and len(end.shape) > 1 else None
    return goal(case).loss.object in CATEGORICAL and units != 1


def _probabilities(case: Case, end: Endpoint) -> Iterator[Proposal]:
    several = _several(case, end)
    yield from _activation(end, 1 if several else 2, "softmax")
    yield from _activation(end, 2 if several else 1, "sigmoid")


def _logits(case: Case, end: Endpoint) -> Iterator[Proposal]:
    why = "The loss then makes probabilities of the values itself, which is exact for large ones."
    steps = (loss(case, from_logits=True),)
    yield propose(0, "from_logits", "Set from_logits of the loss", steps, why)
    yield from _probabilities(case, end)


def _relu(case: Case, end: Endpoint) -> Iterator[Proposal]:
    if case.problem.values.get("from_logits"):
        yield from _activation(end, 0, "linear")
    elif case.problem.severity == "info":
        yield from _activation(end, 1, "linear")
    else:
        yield from _probabilities(case, end)


def _twice(case: Case, end: Endpoint) -> Iterator[Proposal]:
    why = "The model gives probabilities already, and the loss takes them as they are."
    steps = (loss(case, from_logits=None),)
    yield propose(0, "no_logits", "Set from_logits of the loss back to false", steps, why)
    yield from _activation(end, 1, "linear")


def _cut(_case: Case, end: Endpoint) -> Iterator[Proposal]:
    yield from _activation(end, 0, "linear")


def _chosen(case: Case, rank: float, key: str, why: str, *more: Step) -> Proposal:
    steps = (loss(case, key), *more)
    return propose(rank, "loss", _LOSS, steps, why, loss=key.rpartition(".")[2])


def _one_of_several(case: Case, end: Endpoint) -> Iterator[Proposal]:
    """A sigmoid at a loss for one class of several."""
    yield from _activation(end, 0, "softmax")
    if goal(case).loss.object != SPARSE:
        why = "It judges each class by itself, so that several may be right."
        yield _chosen(case, 1, _BINARY, why)


def _each_alone(case: Case, end: Endpoint) -> Iterator[Proposal]:
    """A softmax at a loss that judges each unit by itself."""
    yield _chosen(case, 0, _CATEGORICAL, "It expects units that share one class.")
    yield from _activation(end, 1, "sigmoid")


def _of_one(case: Case, end: Endpoint) -> Iterator[Proposal]:
    yield from _activation(end, 0, "sigmoid")
    why = "One unit with a sigmoid tells one class from another."
    for steps in filter(None, [end.activated("sigmoid")]):
        yield _chosen(case, 1, _BINARY, why, *steps)


def _out_of_range(case: Case, end: Endpoint) -> Iterator[Proposal]:
    """Targets that the ending cannot reach, or that the loss does not take."""
    facts = facts_of(case)
    if facts is not None and facts.classes is not None and facts.classes > 2:
        yield from _labels(case, end)
    yield from _activation(end, 1, "linear")
    why = "It compares values of any size."
    yield _chosen(case, 2, _SQUARED, why)
    if steps := end.activated("linear"):
        yield _chosen(case, 3, _SQUARED, why, *steps)


def _labels(case: Case, end: Endpoint) -> Iterator[Proposal]:
    """Targets that are labels: their loss, told of logits where the model gives such."""
    facts = facts_of(case)
    classes = facts.classes if facts is not None else None
    units = end.shape[-1] if end.shape is not None else None
    wider = end.counted(classes) if classes is not None and units != classes else ()
    why = "The targets are labels: one whole number for each sample."
    yield propose(0, "loss", _LOSS, (loss(case, SPARSE, from_logits=None),), why,
                  loss="SparseCategoricalCrossentropy")  # fmt: skip
    template = "Train with {loss}, told of logits"
    steps: tuple[Step, ...] = (loss(case, SPARSE, from_logits=True),)
    values = {"loss": "SparseCategoricalCrossentropy"}
    yield propose(1, "loss", template, steps, why, **values)
    template = "Train with {loss}, and let {name} end in softmax with a unit for each class"
    values |= {"name": _name(end)}
    steps = (loss(case, SPARSE, from_logits=None), *wider, *end.activated("softmax"))
    yield propose(2, "loss", template, steps, why, **values)


def _rows(case: Case, _end: Endpoint) -> Iterator[Proposal]:
    """Targets that are no labels, at a loss that takes them alone."""
    yield _chosen(case, 0, _CATEGORICAL, "The targets are rows: one number for each class.")
    template, why = "Train with {loss}, told of logits", "The targets are rows."
    steps = (loss(case, _CATEGORICAL, from_logits=True),)
    yield propose(1, "loss", template, steps, why, loss="CategoricalCrossentropy")
    yield _chosen(case, 2, _SQUARED, "It compares values of any size.")


_BY_CODE: Mapping[str, Callable[[Case, Endpoint], Iterable[Proposal]]] = {
    "logits": _logits,
    "not_probabilities": _probabilities,
    "relu_before_loss": _relu,
    "activation_twice": _twice,
    "cut_logits": _cut,
    "sigmoid_categorical": _one_of_several,
    "softmax_binary": _each_alone,
    "softmax_of_one": _of_one,
    "target_range": _out_of_range,
    "one_hot_expected": _labels,
    "loss_for_labels": _labels,
    "labels_expected": _rows,
}
