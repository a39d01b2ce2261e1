"""How a saved model was compiled, as a training plan; what does not fit one stays as usual."""

import struct
from typing import Any

from designer.catalog.spec import ObjectSpec
from designer.document.model import ObjectValue, TrainingPlan
from designer.document.problem import ProblemError
from designer.formats.keras_values import Values


def training_plan(compiled: Any, values: Values) -> TrainingPlan:
    """The plan; never fails, because a design without its compilation is still worth opening."""
    usual = TrainingPlan()
    if not isinstance(compiled, dict):
        return usual
    loss = _object(_only(compiled.get("loss")), "losses", values)
    optimizer = _object(compiled.get("optimizer"), "optimizers", values)
    metrics = compiled.get("metrics")
    found = [_object(m, "metrics", values) for m in metrics] if isinstance(metrics, list) else []
    return TrainingPlan(
        loss=loss or usual.loss,
        optimizer=optimizer or usual.optimizer,
        metrics=tuple(metric for metric in found if metric),
    )


def chosen_loss(value: Any, values: Values) -> ObjectValue | None:
    """One loss as it is saved; None for what is none that Keras has."""
    return _object(value, "losses", values)


def _only(value: Any) -> Any:
    """The one loss of a list or mapping of one."""
    items = list(value.values()) if isinstance(value, dict) and "class_name" not in value else value
    return items[0] if isinstance(items, list) and len(items) == 1 else items


def _object(value: Any, family: str, values: Values) -> ObjectValue | None:
    named = values.named(family, value)
    if named is not None:
        return ObjectValue(named.key)
    if not isinstance(value, dict):
        return None
    named = values.named(family, value.get("config"))
    if named is not None and value.get("class_name") == "function":
        return ObjectValue(named.key)
    spec = values.spec(value)
    if not isinstance(spec, ObjectSpec) or spec.family != family:
        return None
    try:
        config = _plain_numbers(value.get("config"))
        return ObjectValue(spec.key, values.params(spec, config, spec.name))
    except ProblemError:
        return None


def _plain_numbers(config: Any) -> Any:
    """The shortest numbers that are the same in 32 bits: 0.001 instead of 0.0010000000474974513.

    Keras keeps a learning rate in 32 bits and writes it out in 64.
    """
    if not isinstance(config, dict):
        return config
    return {k: _shortest(v) if isinstance(v, float) else v for k, v in config.items()}


def _shortest(value: float) -> float:
    for digits in range(1, 9):
        short = float(f"{value:.{digits}g}")
        if _single(short) == value:
            return short
    return value


def _single(value: float) -> float:
    try:
        found: float = struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return value
    return found
