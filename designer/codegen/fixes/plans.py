"""Numbers and objects of the training plan that Keras would not take: the nearest that it takes, a
parameter back at its default, or the object that people begin with.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from designer.codegen.fixes.endpoint import facts_of, goal, set_loss
from designer.codegen.objectives import WEIGHT
from designer.document.model import ObjectValue, TrainingPlan
from designer.infer.fixes.fix import ResetParam, SetChoice, SetPlan, Step
from designer.infer.fixes.meeting import Case
from designer.infer.fixes.proposal import Proposal, propose

_LOSSES = ("MeanSquaredError", "SparseCategoricalCrossentropy", "CategoricalCrossentropy",
           "BinaryCrossentropy")  # fmt: skip
_COUNTS = ("num_classes",)


def plans(case: Case) -> Iterable[Proposal]:
    """Ways to a plan that Keras takes."""
    found = _BY_CODE.get(case.problem.code)
    return found(case) if found is not None else ()


def _number(case: Case) -> Iterator[Proposal]:
    values = case.problem.values
    name, value, most = str(values.get("name")), values.get("value"), values.get("most")
    if not isinstance(value, int) or not isinstance(most, int):
        return
    nearest = most if value > most else getattr(TrainingPlan(), name)
    why = "It lies in the range that is allowed."
    yield _planned(name, nearest, why)


def _planned(name: str, value: int, why: str) -> Proposal:
    template = "Set {name} to {value}"
    return propose(0, "number", template, (SetPlan(name, value),), why, name=name, value=value)


def _batch(case: Case) -> Iterator[Proposal]:
    samples = case.problem.values.get("samples")
    if isinstance(samples, int) and samples > 0:
        size = min(32, 1 << (samples.bit_length() - 1))
        yield _planned("batch_size", size, "An epoch then has several steps.")


def _objects(case: Case) -> Iterator[tuple[str, ObjectValue]]:
    plan = case.document.training
    yield "loss", goal(case).loss
    yield "optimizer", plan.optimizer
    for metric in plan.metrics:
        yield "metrics", metric


def _exchanged(case: Case, param: str, old: ObjectValue, new: ObjectValue) -> Step:
    return set_loss(case, new) if param == "loss" else SetChoice(old, new)


def _unknown(case: Case) -> Iterator[Proposal]:
    """What Keras does not have gives way to what people begin with; a metric to nothing."""
    key = case.problem.values.get("key")
    for param, value in _objects(case):
        if value.object != key:
            continue
        if param == "metrics":
            yield _without(value)
            continue
        names = [f"losses.{name}" for name in _LOSSES] if param == "loss" else ["optimizers.Adam"]
        for rank, name in enumerate(names):
            steps = (_exchanged(case, param, value, ObjectValue(name)),)
            values = {"object": name.rpartition(".")[2]}
            why = "It is one that people begin with."
            yield propose(rank, "exchange", "Train with {object}", steps, why, **values)


def _without(metric: ObjectValue) -> Proposal:
    name = metric.object.rpartition(".")[2]
    steps = (SetChoice(metric, None),)
    why = "The loss is measured anyway."
    return propose(9, "without", "Take the metric {name} away", steps, why, name=name)


def _missing(case: Case) -> Iterator[Proposal]:
    """A count of classes that the data tells; else the object goes."""
    key, wanted, facts = (*map(case.problem.values.get, ("key", "name")), facts_of(case))
    for param, value in _objects(case):
        if value.object.rpartition(".")[2] != key:
            continue
        if wanted in _COUNTS and facts is not None and facts.classes is not None:
            params = {**value.params, str(wanted): facts.classes}
            steps = (_exchanged(case, param, value, ObjectValue(value.object, params)),)
            why = "The data has so many classes."
            values = {"param": wanted, "name": key, "count": facts.classes}
            yield propose(0, "count", "Set {param} of {name} to {count}", steps, why, **values)
        if param == "metrics":
            yield _without(value)
        elif param == "optimizer":
            steps = (_exchanged(case, param, value, ObjectValue("optimizers.Adam")),)
            why = "It is one that people begin with."
            yield propose(1, "exchange", "Train with {object}", steps, why, object="Adam")


def _reset(case: Case) -> Iterator[Proposal]:
    """A parameter of the loss, the optimizer or a metric goes back to its default."""
    wanted = case.problem.values.get("name")
    for param, value in _objects(case):
        for name in value.params:
            if wanted in (None, name, value.object.rpartition(".")[2]):
                rest = {key: kept for key, kept in value.params.items() if key != name}
                steps = (_exchanged(case, param, value, ObjectValue(value.object, rest)),)
                told = {"param": name, "name": value.object.rpartition(".")[2]}
                why = "Keras then takes its own default."
                template = "Set {param} of {name} back to its default"
                yield propose(0, "reset", template, steps, why, **told)


def _weight(case: Case) -> Iterator[Proposal]:
    if case.node is not None:
        why = "Every output then counts once."
        steps = (ResetParam(case.node.id, WEIGHT),)
        template = "Give the loss of {name} the weight 1"
        yield propose(0, "weight", template, steps, why, name=case.node.name)


_BY_CODE: Mapping[str, Callable[[Case], Iterable[Proposal]]] = {
    "out_of_range": _number,
    "large_batch": _batch,
    "loss_weight": _weight,
    "unknown_object": _unknown,
    "missing_parameter": _missing,
    "bad_value": _reset,
    "unknown_parameter": _reset,
    "activation_parameters": _reset,
    "not_a_literal": _reset,
    "not_parameters": _reset,
}
