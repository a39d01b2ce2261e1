"""Floating-point operations of `keras.ops` and of activations, as TensorFlow's profiler counts.

Source: tensorflow/python/profiler/internal/flops_registry.py, which counts an element-wise
arithmetic operation as 1 for each number, a softmax as 5, and transcendental functions as 0. Where
Keras composes an operation of several, the figure is what the profiler tells of the composition.
"""

import math
from collections.abc import Callable, Mapping

from designer.infer.call import Call, UnknownSizeError, elements, known

Rule = Callable[[Call], int]

# By name of the activation: operations for each number that comes out.
ACTIVATIONS: Mapping[str, int] = {
    "linear": 0, "relu": 0, "relu6": 0, "leaky_relu": 0, "elu": 0, "selu": 0, "softplus": 0,
    "softsign": 0, "sigmoid": 0, "tanh": 0, "exponential": 0, "exp": 0, "log_softmax": 0,
    "hard_sigmoid": 2, "silu": 2, "swish": 2, "hard_silu": 3, "hard_swish": 3, "softmax": 5,
    "gelu": 4, "mish": 1, "celu": 5, "glu": 1, "hard_shrink": 1, "hard_tanh": 2, "log_sigmoid": 2,
    "soft_shrink": 4, "sparse_plus": 5, "sparse_sigmoid": 4, "sparsemax": 8, "squareplus": 4,
    "tanh_shrink": 1,
}  # fmt: skip

_ONE_FOR_EACH = (
    "add", "subtract", "multiply", "divide", "true_divide", "divide_no_nan", "maximum", "minimum",
    "power", "greater", "greater_equal", "less", "less_equal", "equal", "not_equal", "square",
    "negative", "log", "reciprocal",
)  # fmt: skip
_TWO_FOR_EACH = ("rsqrt", "clip")
_FREE = (
    "absolute", "abs", "sqrt", "sin", "cos", "tan", "floor", "ceil", "round", "sign",
    "stop_gradient", "cast", "copy", "reshape", "transpose", "squeeze", "expand_dims",
    "concatenate", "stack", "split", "repeat", "tile", "flip", "roll", "pad", "moveaxis",
    "swapaxes", "broadcast_to", "get_item", "slice", "take", "take_along_axis", "ravel",
    "unstack", "max", "amax", "min", "amin", "max_pool", "zeros_like", "ones_like", "full_like",
    "logical_and", "logical_or", "logical_not", "where", "cumsum", "prod", "all", "any",
    "one_hot", "isnan", "isinf", "isfinite", "append", "hstack", "vstack", "dstack", "diagonal",
    "tril", "triu", "rot90", "fliplr", "flipud", "floor_divide", "mod", "arctan2", "image.resize",
    "image.crop_images", "image.pad_images", "real", "imag", "depth_to_space", "space_to_depth",
    "meshgrid", "sort", "argsort", "top_k",
)  # fmt: skip


def activation(call: Call, name: str = "activation") -> int:
    """Operations of the activation that a parameter names; none where it names none."""
    value = call.params.get(name)
    if value is None:
        return 0
    text = str(value["object"] if isinstance(value, Mapping) and "object" in value else value)
    key = text.rpartition(".")[2]
    if key not in ACTIVATIONS:
        raise UnknownSizeError(name)
    each = ACTIVATIONS[key]
    return each * elements(call.result) if each else 0


def nothing(_call: Call) -> int:
    """Moves numbers, and computes none."""
    return 0


def for_each(count: int) -> Rule:
    """So many operations for each number that comes out."""
    return lambda call: count * elements(call.result)


def _sum(call: Call) -> int:
    """One addition less than there are numbers, for each sum."""
    return elements(call.first) - elements(call.result)


def _mean(call: Call) -> int:
    """A sum and a division."""
    return elements(call.first)


def _spread(call: Call) -> int:
    """Mean, difference from it, square, and mean again."""
    return 4 * elements(call.first)


def _product(call: Call) -> int:
    """A multiplication and an addition for each number of the axis that is summed over."""
    left = call.port("x1")
    return 2 * elements(call.result) * known(left.shape[-1] if left.shape else 1)


def _convolution(*kernels: str) -> Rule:
    """Each number of the kernel is multiplied and added once at each place that comes out."""

    def rule(call: Call) -> int:
        sizes = (math.prod(map(known, call.port(name).shape)) for name in kernels)
        return 2 * _places(call, call.result.shape) * sum(sizes)

    return rule


def _transposed(call: Call) -> int:
    """Each number of the kernel is multiplied and added once at each place that comes in."""
    kernel = math.prod(map(known, call.port("kernel").shape))
    return 2 * _places(call, call.port("inputs").shape) * kernel


def _places(call: Call, shape: tuple[int | None, ...]) -> int:
    first = call.params.get("data_format") == "channels_first"
    return math.prod(map(known, shape[2:] if first else shape[1:-1]))


def dot_product_attention(call: Call) -> int:
    """Scores and their weighted sum; inputs are (batch, length, heads, size of a head)."""
    query, key = call.port("query").shape, call.port("key").shape
    heads, size = known(query[-2]), known(query[-1])
    scores = heads * known(query[1]) * known(key[1])
    return 4 * scores * size + 6 * scores  # softmax 5, scale 1


RULES: Mapping[str, Rule] = {
    **{f"ops.{name}": nothing for name in _FREE},
    **{f"ops.{name}": for_each(each) for name, each in ACTIVATIONS.items()},
    **{f"ops.{name}": for_each(1) for name in _ONE_FOR_EACH},
    **{f"ops.{name}": for_each(2) for name in _TWO_FOR_EACH},
    "ops.sum": _sum,
    "ops.mean": _mean,
    "ops.average": _mean,
    "ops.average_pool": _mean,
    "ops.var": _spread,
    "ops.std": _spread,
    "ops.matmul": _product,
    "ops.dot": _product,
    "ops.conv": _convolution("kernel"),
    "ops.depthwise_conv": _convolution("kernel"),
    "ops.separable_conv": _convolution("depthwise_kernel", "pointwise_kernel"),
    "ops.conv_transpose": _transposed,
    "ops.dot_product_attention": dot_product_attention,
}
