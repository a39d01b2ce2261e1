"""The receptive field: how much of the input, along each of its axes, one place of a tensor sees.

The recursion of Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural
Networks", Distill 2019 (doi:10.23915/distill.00021): with a window k (dilated by d) and a stride s
the size grows by (k - 1) d times the stride so far, which itself grows by the factor s. Where paths
meet the largest counts; padding does not.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from designer.infer.call import Call, UnknownSizeError


@dataclass(frozen=True, slots=True)
class Field:
    """Sizes and strides in places of the input, one for each of its axes but batch and channels.

    A size of infinity is all of the input; no axes at all where the input is a vector.
    """

    sizes: tuple[float, ...]
    strides: tuple[float, ...]


WHOLE = math.inf

_POINTWISE = frozenset(
    f"layers.{name}"
    for name in (
        "Identity", "Activation", "ReLU", "LeakyReLU", "ELU", "PReLU", "Softmax", "Dropout",
        "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout",
        "GaussianDropout", "GaussianNoise", "ActivityRegularization", "Masking", "Dense",
        "BatchNormalization", "LayerNormalization", "RMSNormalization", "Normalization",
        "Rescaling", "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate",
        "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D", "Cropping1D", "Cropping2D",
        "Cropping3D", "CenterCrop", "RandomContrast", "RandomBrightness", "EinsumDense",
    )
)  # fmt: skip
_WHOLE = frozenset(
    f"layers.{name}"
    for name in (
        "Flatten", "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D",
        "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D", "LSTM", "GRU",
        "SimpleRNN", "RNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "Attention",
        "AdditiveAttention", "MultiHeadAttention", "GroupQueryAttention", "GroupNormalization",
        "UnitNormalization", "Dot",
    )
)  # fmt: skip
_SMOOTH = ("bilinear", "bicubic", "lanczos3", "lanczos5")


def beginning(rank: int) -> Field:
    """What an input sees of itself, of a shape with `rank` axes."""
    axes = max(rank - 2, 0)
    return Field((1,) * axes, (1,) * axes)


def receptive(call: Call, fields: Sequence[Field | None]) -> Field | None:
    """The field after a call on tensors with these fields; None where it cannot be told."""
    before = _joined(fields)
    if before is None:
        return None
    if call.type == "layers.Embedding" and not before.sizes:
        return beginning(len(call.first.shape) + 1)
    if call.type in _POINTWISE or set(before.sizes) <= {WHOLE}:
        return before
    if call.type in _WHOLE:
        return Field((WHOLE,) * len(before.sizes), before.strides)
    try:
        return _widened(call, before)
    except UnknownSizeError:
        return None


def _joined(fields: Sequence[Field | None]) -> Field | None:
    """Where paths meet: along each axis the largest; a vector adds nothing to an image."""
    found: Field | None = None
    for field in fields:
        if field is None:
            return None
        if found is None or not found.sizes:
            found = field
        elif field.sizes and field is not found:
            if len(field.sizes) != len(found.sizes):
                return None
            found = Field(
                tuple(map(max, found.sizes, field.sizes)),
                tuple(map(max, found.strides, field.strides)),
            )
    return found


def _widened(call: Call, before: Field) -> Field | None:
    """By what slides over the last axes; None for what is not known to slide."""
    name = call.type.removeprefix("layers.")
    if name == "TimeDistributed":
        inner = call.inner("layer")
        return receptive(inner, [before]) if inner is not None else None
    steps = _steps(call, name)
    if steps is None or len(steps) > len(before.sizes):
        return _alike(call, before)
    untouched = len(before.sizes) - len(steps)
    steps = ((0.0, 1.0),) * untouched + steps
    return Field(
        tuple(r + more * j for r, j, (more, _) in zip(before.sizes, before.strides, steps,
              strict=True)),
        tuple(j * factor for j, (_, factor) in zip(before.strides, steps, strict=True)),
    )  # fmt: skip


Steps = tuple[tuple[float, float], ...]  # by axis: places more, and the factor of the stride


def _steps(call: Call, name: str) -> Steps | None:
    rank = next((int(part) for part in name if part.isdigit()), 0)
    if not rank or not call.type.startswith("layers."):
        return None
    if name.endswith("Transpose"):
        return _transposed(call, rank)
    if name.startswith("UpSampling"):
        return _upsampled(call, rank)
    if name.startswith(("Conv", "DepthwiseConv", "SeparableConv")):
        return _sliding(call, "kernel_size", rank)
    if name.startswith(("MaxPooling", "AveragePooling")):
        return _sliding(call, "pool_size", rank)
    return None


def _sliding(call: Call, window: str, rank: int) -> Steps:
    sizes = call.sizes(window, rank)
    strides = call.sizes("strides" if call.params.get("strides") is not None else window, rank)
    dilated = call.sizes("dilation_rate", rank) if "dilation_rate" in call.params else (1,) * rank
    spread = zip(sizes, strides, dilated, strict=True)
    return tuple(((size - 1.0) * rate, float(stride)) for size, stride, rate in spread)


def _transposed(call: Call, rank: int) -> Steps:
    """A place sees as many places as windows overlap on it; the stride shrinks."""
    sizes, strides = call.sizes("kernel_size", rank), call.sizes("strides", rank)
    pairs = zip(sizes, strides, strict=True)
    return tuple((math.ceil(size / stride) - 1.0, 1 / stride) for size, stride in pairs)


def _upsampled(call: Call, rank: int) -> Steps:
    """Repeated places see what they are copies of; interpolated ones their neighbour as well."""
    more = 1.0 if call.params.get("interpolation") in _SMOOTH else 0.0
    return tuple((more, 1 / size) for size in call.sizes("size", rank))


def _alike(call: Call, before: Field) -> Field | None:
    """An operation by number keeps the shape; of all else nothing is known."""
    if call.type.removeprefix("ops.") not in _BY_NUMBER:
        return None
    return before


_BY_NUMBER: Mapping[str, None] = dict.fromkeys((
    "add", "subtract", "multiply", "divide", "true_divide", "maximum", "minimum", "power",
    "absolute", "abs", "square", "sqrt", "exp", "log", "negative", "reciprocal", "clip", "relu",
    "relu6", "sigmoid", "silu", "tanh", "gelu", "elu", "selu", "softplus", "leaky_relu",
    "hard_sigmoid", "hard_silu", "stop_gradient", "cast", "copy", "concatenate",
))  # fmt: skip
