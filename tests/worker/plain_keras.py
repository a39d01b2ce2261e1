"""The model of one entry of the catalogue, made by Keras alone: from its class or function, values
and tensors, with nothing of ours between. What generated code builds is compared with it.
"""

import importlib
import logging
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from designer.protocol import Argument, Json, Step, TensorSpec

BATCH = 2  # samples, where the batch is open


def keras() -> Any:
    """Keras, imported when the first test needs it: it takes seconds."""
    return importlib.import_module("keras")


def _find(key: str) -> Any:
    found = keras()
    for part in key.split("."):
        found = getattr(found, part)
    return found


def _value(given: Json) -> Any:
    """A value as a Keras user would write it: objects made, lists of numbers as tuples."""
    if isinstance(given, Mapping) and given.get("object") == "slice":
        params = given.get("params") or {}
        return slice(*(params.get(bound) for bound in ("start", "stop", "step")))
    if isinstance(given, Mapping) and given.get("object") == "ellipsis":
        return ...
    if isinstance(given, Mapping) and "object" in given:
        made = _find(given["object"])
        family = str(given["object"]).partition(".")[0]
        params = {name: _value(inner) for name, inner in given.get("params", {}).items()}
        return made if family == "activations" else made(**params)
    if isinstance(given, list):
        items = [_value(item) for item in given]
        numbers = all(isinstance(i, int | float | tuple | slice | type(...)) for i in items)
        return tuple(items) if numbers else items
    return given


def _tensors(argument: Argument, inputs: list[Any]) -> Any:
    specs = [spec for spec in argument.tensors if isinstance(spec, TensorSpec)]
    made = [keras().Input(batch_shape=spec.shape, dtype=spec.dtype) for spec in specs]
    inputs += made
    return made if argument.listed else made[0]


def plain_model(step: Step) -> Any:
    """The functional model of a single call, all that it returns its outputs."""
    inputs: list[Any] = []
    named = {argument.name: _tensors(argument, inputs) for argument in step.inputs}
    params = {name: _value(value) for name, value in step.params.items()}
    if step.type.startswith("ops."):
        outputs = _find(step.type)(**named, **params)
    else:
        layer = _find(step.type)(**params)
        first, *others = named
        outputs = layer(named[first], **{name: named[name] for name in others})
    flat = [t for t in keras().tree.flatten(outputs) if isinstance(t, keras().KerasTensor)]
    return keras().Model(inputs if len(inputs) > 1 else inputs[0], flat)


def arrays(model: Any, seed: int, *, definite: bool) -> list[Any]:
    """Values for the inputs of a model: small numbers, a few whole ones, words; or (`definite`)
    matrices with positive eigenvalues.
    """
    rng = np.random.default_rng(seed)
    found = [_array(rng, tensor) for tensor in model.inputs]
    return [2 * np.eye(a.shape[-1]) + a * 0 for a in found] if definite else found


def _array(rng: np.random.Generator, tensor: Any) -> Any:
    shape = [BATCH if size is None else size for size in tensor.shape]
    if tensor.dtype == "string":
        return keras().ops.convert_to_tensor(np.full(shape, "a"), dtype="string")
    if "int" in tensor.dtype:
        return rng.integers(0, 3, shape).astype(tensor.dtype)
    if tensor.dtype == "bool":
        return rng.integers(0, 2, shape).astype(bool)
    return rng.uniform(0.1, 0.9, shape).astype(tensor.dtype)


def outputs(model: Any, values: Sequence[Any]) -> list[Any]:
    """What comes out of the model for these values, as arrays."""
    log = logging.getLogger("tensorflow")  # says which operations it runs one by one
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        found = model(list(values) if len(values) > 1 else values[0], training=False)
    finally:
        log.setLevel(level)
    return [np.asarray(keras().ops.convert_to_numpy(t)) for t in keras().tree.flatten(found)]
