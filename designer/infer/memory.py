"""Bytes: of tensors by their data type, and of what an optimizer keeps for each weight."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from designer.document.model import ObjectValue
from designer.protocol import TensorSpec

_BYTES: Mapping[str, int] = {
    "bool": 1, "int8": 1, "uint8": 1, "float8_e4m3fn": 1, "float8_e5m2": 1, "int16": 2, "uint16": 2,
    "float16": 2, "bfloat16": 2, "int32": 4, "uint32": 4, "float32": 4, "int64": 8, "uint64": 8,
    "float64": 8, "complex64": 8, "complex128": 16,
}  # fmt: skip
_WEIGHT = 4  # bytes, where a layer names no type of its own

# Copies of the trainable weights beside themselves, from the variables that each class of
# keras.optimizers makes in `build`.
_SLOTS: Mapping[str, int] = {
    "Adam": 2, "AdamW": 2, "Nadam": 2, "Adamax": 2, "Adadelta": 2, "Ftrl": 2, "Lamb": 2, "Muon": 2,
    "Adagrad": 1, "Lion": 1, "ScheduleFreeAdamW": 2,
}  # fmt: skip


def tensor_bytes(tensors: Sequence[TensorSpec]) -> int | None:
    """Bytes of one sample of these tensors; None where an axis or a data type is not known."""
    found = 0
    for tensor in tensors:
        sizes = [size for size in tensor.shape[1:] if size is not None]
        if len(sizes) < len(tensor.shape) - 1 or tensor.dtype not in _BYTES:
            return None
        found += math.prod(sizes) * _BYTES[tensor.dtype]
    return found


def bytes_of_a_weight(params: Mapping[str, Any]) -> int:
    """Bytes of each weight of a layer: mixed policies keep their weights in float32."""
    named = params.get("dtype")
    return _BYTES.get(named, _WEIGHT) if isinstance(named, str) else _WEIGHT


def optimizer_slots(optimizer: ObjectValue) -> int:
    """How often an optimizer keeps something of the size of the trainable weights."""
    name = optimizer.object.rpartition(".")[2]
    params = optimizer.params
    if name == "SGD":
        return int(bool(params.get("momentum")))
    if name == "RMSprop":
        return 1 + bool(params.get("momentum")) + bool(params.get("centered"))
    if name == "LossScaleOptimizer":
        inner = params.get("inner_optimizer")
        named = inner.get("object", "") if isinstance(inner, Mapping) else ""
        given = inner.get("params", {}) if isinstance(inner, Mapping) else {}
        return optimizer_slots(ObjectValue(str(named), given)) if named else 2
    return _SLOTS.get(name, 2) + bool(params.get("amsgrad"))
