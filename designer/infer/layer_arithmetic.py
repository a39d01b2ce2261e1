"""Floating-point operations of Keras' layers at inference, for one sample.

A multiplication and its addition are two, as TensorFlow's profiler counts. Where a layer uses each
of its weights once at each place, Keras' own count of weights gives the kernel: that holds for
convolutions of any rank, dilated, grouped, depthwise or separable, and for dense layers.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

from designer.infer.attention_arithmetic import RULES as ATTENTION
from designer.infer.call import (
    Call,
    UnknownSizeError,
    channels,
    elements,
    known,
    positions,
)
from designer.infer.recurrent_arithmetic import RULES as RECURRENT
from designer.infer.recurrent_arithmetic import recurrent
from designer.infer.tensor_arithmetic import RULES as OPERATIONS
from designer.infer.tensor_arithmetic import Rule, activation, for_each, nothing
from designer.protocol import TensorSpec

# At inference these hand on what comes in, or move numbers about.
_FREE = (
    "InputLayer", "Identity", "Flatten", "Reshape", "Permute", "RepeatVector", "Masking",
    "Cropping1D", "Cropping2D", "Cropping3D", "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D",
    "UpSampling1D", "UpSampling2D", "UpSampling3D", "Concatenate", "Embedding",
    "ReversibleEmbedding", "Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise",
    "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "ActivityRegularization",
    "LeakyReLU", "ELU", "ReLU", "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D",
    "Resizing", "CenterCrop", "RandomCrop", "RandomFlip", "RandomRotation", "RandomZoom",
    "RandomTranslation", "RandomBrightness", "RandomContrast", "RandomHue", "RandomSaturation",
    "RandomShear", "RandomErasing", "RandomGaussianBlur", "RandomPerspective", "RandomSharpness",
)  # fmt: skip


def float_operations(call: Call) -> int | None:
    """Floating-point operations of a call on one sample; None where no rule or size is known."""
    rule = RULES.get(call.type)
    if rule is None:
        return None
    try:
        return rule(call)
    except UnknownSizeError:
        return None


def _bias(call: Call) -> int:
    return elements(call.result) if call.params.get("use_bias") else 0


def _kernel(call: Call) -> int:
    """Weights that are multiplied: all but one bias for each channel that comes out."""
    return call.weights - (channels(call, call.result) if call.params.get("use_bias") else 0)


def _convolution(call: Call) -> int:
    """Each weight once at each place that comes out, the biases, and the activation."""
    return 2 * _kernel(call) * positions(call, call.result) + _bias(call) + activation(call)


def _transposed(call: Call) -> int:
    """Each weight once at each place that comes in: the gradient of the convolution."""
    return 2 * _kernel(call) * positions(call, call.first) + _bias(call) + activation(call)


def _dense(call: Call) -> int:
    """Each weight once for each row that comes in."""
    rows = elements(call.first) // max(known(call.first.shape[-1]), 1)
    units = call.whole("units")
    kernel = call.weights - (units if call.params.get("use_bias") else 0)
    return 2 * kernel * rows + _bias(call) + activation(call)


def _einsum_dense(call: Call) -> int:
    """A multiplication and an addition for each combination of the equation's indices.

    An ellipsis may only come first, where it stands for the batch and what follows it.
    """
    equation = str(call.params.get("equation")).replace(" ", "")
    inputs, _, right = equation.partition("->")
    source = inputs.partition(",")[0]
    letters = source.removeprefix("...")
    sizes = {**_ends(right.removeprefix("..."), call.result), **_ends(letters, call.first)}
    batch: tuple[int | None, ...] = ()
    if letters == source:
        sizes.pop(source[:1], None)
    else:
        batch = call.first.shape[1 : len(call.first.shape) - len(letters)]
    if not right or "." in sizes:
        raise UnknownSizeError("equation")
    combinations = math.prod(map(known, (*batch, *sizes.values())))
    bias = elements(call.result) if call.params.get("bias_axes") else 0
    return 2 * combinations + bias + activation(call)


def _ends(letters: str, spec: TensorSpec) -> dict[str, int | None]:
    return dict(zip(reversed(letters), reversed(spec.shape), strict=False))


def _merge(call: Call) -> int:
    """One operation for each number and each tensor after the first."""
    return (len(call.tensors) - 1) * elements(call.result)


def _average(call: Call) -> int:
    """The sum, and a division."""
    return len(call.tensors) * elements(call.result)


def _dot(call: Call) -> int:
    """A multiplication and an addition for each number of the axis that is summed over."""
    axes = call.params.get("axes")
    axis = axes[0] if isinstance(axes, list | tuple) else axes
    if not isinstance(axis, int):
        raise UnknownSizeError("axes")
    norms = 3 * sum(map(elements, call.tensors)) if call.params.get("normalize") else 0
    return 2 * elements(call.result) * known(call.first.shape[axis]) + norms


def _pooling(rank: int) -> Rule:
    """The window for each number that comes out."""

    def rule(call: Call) -> int:
        return math.prod(call.sizes("pool_size", rank)) * elements(call.result)

    return rule


def _of_input(count: int) -> Rule:
    """So many operations for each number that comes in."""
    return lambda call: count * elements(call.first)


def _batch_normalization(call: Call) -> int:
    """Scaling and shift of each number, from five to six operations for each channel."""
    axis = call.params.get("axis", -1)
    size = known(call.first.shape[axis])
    return 2 * elements(call.result) + (6 if call.params.get("scale") else 5) * size


def _layer_normalization(call: Call) -> int:
    """Mean, variance, scaling and shift of each number; a few more for each row."""
    count = elements(call.result)
    rows = count // max(known(call.first.shape[-1]), 1)
    scale, center = bool(call.params.get("scale")), bool(call.params.get("center"))
    return (6 + 2 * scale + center) * count + (5 - scale) * rows


def _activation_layer(call: Call) -> int:
    return activation(call)


def _time_distributed(call: Call) -> int:
    """The inner layer on each step of the first axis."""
    inner = call.inner("layer")
    if inner is None:
        raise UnknownSizeError("layer")
    steps = known(call.first.shape[1])
    once = {port: tuple(map(_without_time, group)) for port, group in call.inputs.items()}
    outputs = tuple(map(_without_time, call.outputs))
    return steps * _counted(replace(inner, inputs=once, outputs=outputs))


def _without_time(spec: TensorSpec) -> TensorSpec:
    return TensorSpec((*spec.shape[:1], *spec.shape[2:]), spec.dtype)


def _bidirectional(call: Call) -> int:
    """The inner layer forwards and backwards, with half of the weights each."""
    inner = call.inner("layer")
    if inner is None:
        raise UnknownSizeError("layer")
    return 2 * recurrent(replace(inner, weights=call.weights // 2))


def _spectral(call: Call) -> int:
    """The inner layer, whose kernel has been divided by its norm in training."""
    inner = call.inner("layer")
    if inner is None:
        raise UnknownSizeError("layer")
    return _counted(replace(inner, weights=call.weights - channels(inner, call.result)))


def _counted(call: Call) -> int:
    found = float_operations(call)
    if found is None:
        raise UnknownSizeError(call.type)
    return found


_RANKS = (1, 2, 3)
RULES: Mapping[str, Rule] = {
    **OPERATIONS,
    **ATTENTION,
    **RECURRENT,
    **{f"layers.{name}": nothing for name in _FREE},
    **{f"layers.Conv{rank}D": _convolution for rank in _RANKS},
    **{f"layers.DepthwiseConv{rank}D": _convolution for rank in (1, 2)},
    **{f"layers.SeparableConv{rank}D": _convolution for rank in (1, 2)},
    **{f"layers.Conv{rank}DTranspose": _transposed for rank in _RANKS},
    **{f"layers.MaxPooling{rank}D": _pooling(rank) for rank in _RANKS},
    **{f"layers.AveragePooling{rank}D": _pooling(rank) for rank in _RANKS},
    **{f"layers.GlobalAveragePooling{rank}D": _of_input(1) for rank in _RANKS},
    **{f"layers.AdaptiveAveragePooling{rank}D": _of_input(1) for rank in _RANKS},
    **{f"layers.AdaptiveMaxPooling{rank}D": _of_input(1) for rank in _RANKS},
    **{f"layers.{name}": _merge for name in ("Add", "Subtract", "Multiply", "Maximum", "Minimum")},
    "layers.Average": _average,
    "layers.Dot": _dot,
    "layers.Dense": _dense,
    "layers.EinsumDense": _einsum_dense,
    "layers.Activation": _activation_layer,
    "layers.Softmax": for_each(5),
    "layers.PReLU": for_each(4),
    "layers.BatchNormalization": _batch_normalization,
    "layers.LayerNormalization": _layer_normalization,
    "layers.GroupNormalization": for_each(6),
    "layers.RMSNormalization": for_each(4),
    "layers.UnitNormalization": for_each(3),
    "layers.Normalization": for_each(2),
    "layers.Rescaling": for_each(2),
    "layers.TimeDistributed": _time_distributed,
    "layers.Bidirectional": _bidirectional,
    "layers.SpectralNormalization": _spectral,
}
