"""What would go wrong in training, told before it starts: data against model, loss against both.

Keras reports some of this late and some never (a loss that sees logits where it expects
probabilities trains on without a word).
"""

from collections.abc import Iterator
from math import inf, prod

from msgspec.structs import replace

from designer.catalog.fitting import expected
from designer.catalog.spec import Catalog, ObjectSpec
from designer.codegen.datasets import DataFacts, source_of
from designer.codegen.endings import ending_problems
from designer.codegen.expressions import Expressions
from designer.codegen.objectives import objective
from designer.codegen.value_ranges import range_problems
from designer.document.model import Document, ObjectValue, TrainingPlan
from designer.document.problem import Problem, ProblemError, Where
from designer.infer.report import Port, Report
from designer.protocol import TensorSpec

MOST_EPOCHS = 1_000_000
MOST_SAMPLES = 1_000_000
MOST_SEED = 2**32 - 1
SPARSE = "losses.SparseCategoricalCrossentropy"
ONE_HOT = frozenset(
    f"losses.Categorical{name}" for name in ("Crossentropy", "FocalCrossentropy", "Hinge")
)
WHOLE = ("int", "uint")


def training_problems(document: Document, catalog: Catalog, report: Report) -> tuple[Problem, ...]:
    """All that is wrong or doubtful in data and training; empty if training may start."""
    found = [*_plan(document.training, catalog), *_own_losses(document, catalog, report)]
    found += _ends(report)
    facts = _facts(document)
    if isinstance(facts, Problem):
        return (*found, facts)
    found += _inputs(facts, report)
    found += _targets(document, facts, report)
    found += ending_problems(document, catalog, report, facts)
    found += range_problems(document, catalog, report, facts)
    found += _amount(document.training, facts)
    return tuple(found)


def _problem(code: str, template: str, where: Where, **values: object) -> Problem:
    return Problem("error", code, template, values, where)


def _doubt(code: str, template: str, where: Where, **values: object) -> Problem:
    return Problem("warning", code, template, values, where)


def _training(param: str, node: str = "") -> Where:
    return Where(node=node, param=param, section="training")


# --- The training plan --------------------------------------------------------------------------


def _plan(plan: TrainingPlan, catalog: Catalog) -> Iterator[Problem]:
    ranges = (
        ("epochs", plan.epochs, 1, MOST_EPOCHS),
        ("batch_size", plan.batch_size, 1, MOST_SAMPLES),
        ("seed", plan.seed, 0, MOST_SEED),
    )
    for name, value, least, most in ranges:
        if not least <= value <= most:
            template = "{name} must lie between {least} and {most}, not be {value}. Change it."
            yield _problem("out_of_range", template, _training(name), name=name, value=value,
                           least=least, most=most)  # fmt: skip
    named = [("loss", "losses", plan.loss), ("optimizer", "optimizers", plan.optimizer)]
    named += [("metrics", "metrics", metric) for metric in plan.metrics]
    for param, family, chosen in named:
        yield from _object(param, family, chosen, catalog)


def _own_losses(document: Document, catalog: Catalog, report: Report) -> Iterator[Problem]:
    for port in report.outputs:
        goal = objective(document.training, document.graph.nodes.get(port.node))
        if goal.own:
            for problem in _object("loss", "losses", goal.loss, catalog):
                yield replace(problem, where=replace(problem.where, node=port.node))
        if not 0 <= goal.weight < inf:
            template = (
                "The loss of {name} has the weight {weight:g}. Give it a weight from 0 up: with 0 "
                "it is computed and trains nothing."
            )
            yield _problem("loss_weight", template, _training("loss_weight", port.node),
                           name=port.name, weight=goal.weight)  # fmt: skip


def _object(param: str, family: str, value: ObjectValue, catalog: Catalog) -> Iterator[Problem]:
    spec = catalog.objects.get(value.object)
    if spec is None or spec.family != family:
        template = "{key} is none of Keras' {family}: choose another one."
        yield _problem("unknown_object", template, _training(param), key=value.object,
                       family=family)  # fmt: skip
        return
    try:
        Expressions(catalog).object(value.object, value.params, _training(param))
    except ProblemError as error:
        yield error.problem
    yield from _missing(param, spec, value)
    yield from _misfits(param, spec, value)


def _missing(param: str, spec: ObjectSpec, value: ObjectValue) -> Iterator[Problem]:
    for needed in spec.params:
        if needed.required and needed.name not in value.params:
            template = "{key} needs a value for {name}: set it."
            yield _problem("missing_parameter", template, _training(param), key=spec.name,
                           name=needed.name)  # fmt: skip


def _misfits(param: str, spec: ObjectSpec, value: ObjectValue) -> Iterator[Problem]:
    for known in spec.params:
        given = value.params.get(known.name)
        wanted = expected(known, given)
        if wanted:
            template = "{name} of {key} must be {expected}, not {value}: change it."
            yield _problem("bad_value", template, _training(param), key=spec.name,
                           name=known.name, expected=wanted, value=repr(given))  # fmt: skip


# --- Data against the model ---------------------------------------------------------------------


def _facts(document: Document) -> DataFacts | Problem:
    try:
        source = source_of(document.data)
        if source is not None:
            return source.facts(document.data.options)
    except ProblemError as error:
        return error.problem
    template = "No data is chosen to train with: choose a data source."
    return _problem("no_data", template, Where(param="source", section="data"))


def _ends(report: Report) -> Iterator[Problem]:
    if not report.inputs:
        template = "The model has no input that leads anywhere: place an Input and wire it on."
        yield _problem("no_inputs", template, _training(""))
    if not report.outputs:
        template = "The model has no output, so there is nothing to train: wire a layer to one."
        yield _problem("no_outputs", template, _training(""))


def _count(code: str, what: str, ports: tuple[Port, ...], given: int) -> Iterator[Problem]:
    if ports and len(ports) != given:
        template = (
            "The model has {count} {what} ({names}), the data has {given}. Remove the others, or "
            "choose other data: a .npz file can hold an array for each."
        )
        names = ", ".join(port.name for port in ports)
        yield _problem(code, template, Where(section="data"), what=what,
                       count=len(ports), names=names, given=given)  # fmt: skip


def _inputs(facts: DataFacts, report: Report) -> Iterator[Problem]:
    yield from _count("input_count", "inputs", report.inputs, len(facts.inputs))
    if len(report.inputs) != len(facts.inputs):
        return
    for port, data in zip(report.inputs, facts.inputs, strict=True):
        if port.spec is not None and not fits(port.spec.shape, data.shape):
            yield _input_shape(port, port.spec, data)


def _input_shape(port: Port, model: TensorSpec, data: TensorSpec) -> Problem:
    ours, theirs = model.shape[1:], data.shape[1:]
    values = {"name": port.name, "model": text(ours), "data": text(theirs)}
    where = Where(node=port.node, param="shape", section="data")
    if ours != theirs and sorted(map(str, ours)) == sorted(map(str, theirs)) and len(ours) == 3:
        template = (
            "{name} expects {model} and the data comes as {data}: the channels stand at the other "
            "end. Change the data's format, or the input's shape to {data}."
        )
        return _problem("channel_order", template, where, **values)
    template = (
        "{name} expects {model} and the data comes as {data}. Set the input's shape to {data}, or "
        "choose other data."
    )
    return _problem("input_shape", template, where, **values)


def fits(model: tuple[int | None, ...], data: tuple[int | None, ...]) -> bool:
    """Whether arrays of the shape `data` go where `model` stands; None takes any size."""
    pairs = zip(model[1:], data[1:], strict=False)
    return len(model) == len(data) and all(m is None or m == d for m, d in pairs)


def text(shape: tuple[int | None, ...]) -> str:
    """A shape without the batch axis, as Python writes it: "(32, 32, 3)"."""
    return str(tuple(shape))


# --- The loss against outputs and targets -------------------------------------------------------


def _targets(document: Document, facts: DataFacts, report: Report) -> Iterator[Problem]:
    yield from _count("output_count", "outputs", report.outputs, len(facts.targets))
    if len(report.outputs) != len(facts.targets):
        return
    for port, target in zip(report.outputs, facts.targets, strict=True):
        if port.spec is None:
            continue
        loss = objective(document.training, document.graph.nodes.get(port.node)).loss.object
        if loss == SPARSE:
            yield from _sparse(port, port.spec, target, facts)
        elif loss in ONE_HOT and _labels(port.spec, target):
            template = (
                "The targets are labels (one whole number a sample), and this loss compares rows "
                "as long as {output}. Choose SparseCategoricalCrossentropy, or one-hot targets."
            )
            yield _problem("one_hot_expected", template, _training("loss", port.node),
                           output=port.name)  # fmt: skip
        elif not _comparable(port.spec.shape, target.shape):
            yield _target_shape(port, port.spec, target, facts)


def _labels(output: TensorSpec, target: TensorSpec) -> bool:
    # One number a sample, where the model gives a row of them.
    per_sample = prod(n or 1 for n in target.shape[1:])
    return per_sample == 1 and len(output.shape) == 2 and (output.shape[-1] or 1) > 1


def _comparable(output: tuple[int | None, ...], target: tuple[int | None, ...]) -> bool:
    # Keras itself adds or takes a last axis of one.
    return any(
        fits(one, other)
        for one in (output, output[:-1] if output[-1] == 1 else output)
        for other in (target, target[:-1] if target[-1] == 1 else target)
    )


def _sparse(
    port: Port, output: TensorSpec, target: TensorSpec, facts: DataFacts
) -> Iterator[Problem]:
    where = _training("loss", port.node)
    units = output.shape[-1]
    if not target.dtype.startswith(WHOLE) or fits(output.shape, target.shape):
        template = (
            "This loss takes labels, one whole number a sample, and the targets are {dtype} of "
            "{data}. Choose CategoricalCrossentropy for one-hot rows, or other targets."
        )
        yield _problem("labels_expected", template, where, dtype=target.dtype,
                       data=text(target.shape[1:]))  # fmt: skip
    elif not _comparable((*output.shape[:-1], 1), target.shape):
        yield _target_shape(port, TensorSpec(output.shape[:-1]), target, facts)
    elif facts.classes is not None and units is not None and units < facts.classes:
        template = (
            "The data has {classes} classes and {name} only {units} units: a label would point "
            "past the last one. Give the last layer {classes} units."
        )
        yield _problem("classes", template, where, classes=facts.classes, name=port.name,
                       units=units)  # fmt: skip
    elif facts.classes is not None and units is not None and units > facts.classes:
        template = (
            "The data has {classes} classes and {name} has {units} units: the others are never "
            "right. Give the last layer {classes} units."
        )
        yield _doubt("spare_classes", template, where, classes=facts.classes, name=port.name,
                     units=units)  # fmt: skip


def _target_shape(port: Port, output: TensorSpec, target: TensorSpec, facts: DataFacts) -> Problem:
    values: dict[str, object] = {
        "name": port.name,
        "model": text(output.shape[1:]),
        "data": text(target.shape[1:]),
        "output": list(output.shape[1:]),
        "target": list(target.shape[1:]),
    }
    where = Where(node=port.node, section="data")
    if facts.kind == "classes" and _labels(output, target):
        template = (
            "{name} gives {model} and the targets are labels. Choose the loss "
            "SparseCategoricalCrossentropy, or one-hot targets."
        )
        return _problem("loss_for_labels", template, where, **values)
    if _sizes_alone(output.shape, target.shape):
        template = (
            "{name} gives {model} and the targets are {data}: each pixel needs a target. Undo "
            "what shrinks the image with UpSampling2D, crop what is too large, or choose targets "
            "of this size."
        )
        return _problem("mask_size", template, where, **values)
    template = (
        "{name} gives {model} and the targets are {data}. Change the last layers so that the "
        "model gives {data}, or choose other data."
    )
    return _problem("target_shape", template, where, **values)


def _sizes_alone(output: tuple[int | None, ...], target: tuple[int | None, ...]) -> bool:
    """Whether two images differ in height or width and in nothing else."""
    ours = output[1:-1] if len(output) == 4 else output[1:]
    theirs = target[1:-1] if len(target) == 4 else target[1:]
    channels = len(output) != 4 or len(target) != 4 or output[-1] == target[-1]
    return len(ours) == len(theirs) == 2 and channels


def _amount(plan: TrainingPlan, facts: DataFacts) -> Iterator[Problem]:
    if plan.batch_size > facts.train_samples:
        template = (
            "A batch of {batch} holds more than all {samples} samples: each epoch is one step. "
            "Take a smaller batch."
        )
        yield _doubt("large_batch", template, _training("batch_size"), batch=plan.batch_size,
                     samples=facts.train_samples)  # fmt: skip
