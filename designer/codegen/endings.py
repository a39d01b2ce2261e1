"""How a model ends against its loss: Keras trains on without a word where the two do not go
together, and the loss falls to something that means nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from designer.catalog.spec import Catalog
from designer.codegen.datasets import DataFacts
from designer.codegen.last_activation import last_activation
from designer.codegen.objectives import objective
from designer.document.model import Document
from designer.document.problem import Problem, Severity, Where
from designer.infer.bypass import active
from designer.infer.report import Port, Report

TO_PROBABILITIES = frozenset(("softmax", "sigmoid", "hard_sigmoid", "sparsemax", "sparse_sigmoid"))
EACH_ALONE = frozenset(("sigmoid", "hard_sigmoid", "sparse_sigmoid"))
RELUS = frozenset(("relu", "relu6"))
# What comes out of an activation at most; None where there is no bound.
RANGES: dict[str, tuple[float | None, float | None]] = {
    **dict.fromkeys(TO_PROBABILITIES, (0.0, 1.0)),
    "relu": (0.0, None),
    "relu6": (0.0, 6.0),
    "softplus": (0.0, None),
    "exponential": (0.0, None),
    "tanh": (-1.0, 1.0),
    "hard_tanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0),
}
CATEGORICAL = frozenset(
    f"losses.{name}"
    for name in (
        "CategoricalCrossentropy", "CategoricalFocalCrossentropy", "SparseCategoricalCrossentropy",
    )
)  # fmt: skip
BINARY = frozenset(("losses.BinaryCrossentropy", "losses.BinaryFocalCrossentropy"))
OVERLAPS = frozenset(("losses.Dice", "losses.Tversky", "losses.KLDivergence"))
OF_PROBABILITIES = CATEGORICAL | BINARY | OVERLAPS
DIFFERENCES = frozenset(
    f"losses.{name}"
    for name in (
        "MeanSquaredError", "MeanAbsoluteError", "MeanSquaredLogarithmicError",
        "MeanAbsolutePercentageError", "Huber", "LogCosh",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ending:
    """One output at its loss. `key` is the loss, `units` how many numbers it has on its last axis.

    `activation` is "" where the design does not tell it.
    """

    port: Port
    activation: str
    key: str
    loss: str
    from_logits: bool
    can_logits: bool

    @property
    def units(self) -> int | None:
        """None while unknown, and for an output without an axis."""
        shape = self.port.spec.shape if self.port.spec is not None else ()
        return shape[-1] if len(shape) > 1 else None

    def meets(self, facts: DataFacts) -> bool:
        """Whether the targets are compared as they are: a label against a row of units is not."""
        spec = self.port.spec
        if spec is None or not facts.targets:
            return False
        missing = len(spec.shape) - len(facts.targets[0].shape)
        return missing <= 0 or (missing == 1 and self.units == 1)

    def says(self, severity: Severity, code: str, template: str, **values: object) -> Problem:
        """A problem of this output, its loss named as the place."""
        where = Where(node=self.port.node, param="loss", section="training")
        low, high = RANGES.get(self.activation, (None, None))
        told = {
            "loss": self.loss,
            "name": self.port.name,
            "activation": self.activation,
            "from_logits": self.from_logits,
            "low": low,
            "high": high,
            "units": self.units,
        }
        return Problem(severity, code, template, {**told, **values}, where)


def endings(document: Document, catalog: Catalog, report: Report) -> Iterator[Ending]:
    """The outputs of a design, each with what it ends in."""
    graph = active(document, catalog).graph
    for port in report.outputs:
        chosen = objective(document.training, graph.nodes.get(port.node)).loss
        loss = catalog.objects.get(chosen.object)
        if loss is None:
            continue
        can_logits = any(param.name == "from_logits" for param in loss.params)
        from_logits = chosen.params.get("from_logits") is True
        last = last_activation(graph, port.node)
        yield Ending(port, last, chosen.object, loss.name, from_logits, can_logits)


def ending_problems(
    document: Document, catalog: Catalog, report: Report, facts: DataFacts
) -> Iterator[Problem]:
    """What is doubtful in how the outputs end; one problem an output."""
    for ending in endings(document, catalog, report):
        found = _of_one(ending) or _logits(ending) or _doubtful(ending, facts)
        if found is not None:
            yield found


def _of_one(ending: Ending) -> Problem | None:
    if ending.activation != "softmax" or ending.units != 1:
        return None
    template = (
        "{name} is a softmax over one unit, which is 1 whatever comes in: nothing is learned. Take "
        "sigmoid, or a unit for each class."
    )
    return ending.says("warning", "softmax_of_one", template)


def _logits(ending: Ending) -> Problem | None:
    last = ending.activation
    if not last or (ending.key not in OF_PROBABILITIES and not ending.can_logits):
        return None
    if ending.from_logits:
        return _with_logits(ending)
    if last == "linear":
        template = (
            "{name} has no activation at its end, and {loss} expects probabilities. Set "
            "from_logits to true, or give the last layer softmax or sigmoid."
        )
        if not ending.can_logits:
            template = (
                "{name} has no activation at its end, and {loss} expects probabilities. Give the "
                "last layer softmax or sigmoid."
            )
        return ending.says("warning", "logits", template)
    if last not in TO_PROBABILITIES:
        return ending.says("warning", _code(last), _NOT_PROBABILITIES)
    return _kind_of_probabilities(ending)


_NOT_PROBABILITIES = (
    "{name} ends in {activation}, and {loss} expects probabilities from 0 to 1. Give the last "
    "layer softmax (one class of several) or sigmoid (each by itself)."
)


def _code(activation: str) -> str:
    return "relu_before_loss" if activation in RELUS else "not_probabilities"


def _with_logits(ending: Ending) -> Problem | None:
    if ending.activation in TO_PROBABILITIES:
        template = (
            "{name} ends in {activation}, and the loss applies it again (from_logits is "
            "true). Set from_logits to false, or take the activation away."
        )
        return ending.says("warning", "activation_twice", template)
    if ending.activation in RANGES:
        template = (
            "{name} ends in {activation}, and the loss takes it for logits of any size "
            "(from_logits is true). Take the activation of the last layer away."
        )
        code = "relu_before_loss" if ending.activation in RELUS else "cut_logits"
        return ending.says("warning", code, template)
    return None


def _kind_of_probabilities(ending: Ending) -> Problem | None:
    several = ending.units is None or ending.units > 1
    if ending.key in CATEGORICAL and ending.activation in EACH_ALONE and several:
        template = (
            "{name} ends in {activation}, which judges each class by itself, and {loss} expects "
            "one class of several. Take softmax, or BinaryCrossentropy if several may be right."
        )
        return ending.says("warning", "sigmoid_categorical", template)
    if ending.key in BINARY and ending.activation == "softmax" and several:
        template = (
            "{name} ends in softmax, so its units share one class, and {loss} judges each by "
            "itself. Take CategoricalCrossentropy, or sigmoid if several may be right."
        )
        return ending.says("warning", "softmax_binary", template)
    return None


def _doubtful(ending: Ending, facts: DataFacts) -> Problem | None:
    if ending.key not in DIFFERENCES or not ending.meets(facts) or ending.activation not in RANGES:
        return None
    low, high = RANGES[ending.activation]
    least, greatest = facts.target_low, facts.target_high
    below = low is not None and least is not None and least < low
    above = high is not None and greatest is not None and greatest > high
    if below or above:
        template = (
            "{name} ends in {activation}, which gives values {reach}, and the targets go from "
            "{least:g} to {greatest:g}: it cannot reach them all. Take the activation away, or "
            "scale the targets."
        )
        return ending.says(
            "warning", "target_range", template, reach=_reach(low, high), least=least,
            greatest=greatest,
        )  # fmt: skip
    if ending.activation in RELUS:
        template = (
            "{name} ends in {activation} right before the loss: where it gives 0, it learns no "
            "more. Let the last layer be linear, or take softplus or sigmoid."
        )
        return ending.says("info", "relu_before_loss", template)
    return None


def _reach(low: float | None, high: float | None) -> str:
    if high is None:
        return f"from {low:g} up"
    return f"from {low:g} to {high:g}"
