"""Tensors to try the entries of the catalogue with: one of them suits nearly every layer."""

from designer.protocol import TensorSpec
from tests.worker_client import tensor

INPUTS = (
    tensor(8, 8, 3),
    tensor(8, 8, 32),
    tensor(8, 4),
    tensor(8),
    tensor(8, 8, 8, 3),
    tensor(8, 8, 8, 8, 3),
    tensor(8, dtype="int32"),
    tensor(4, 1, dtype="int32"),
    tensor(1, dtype="string"),
    TensorSpec((None,), "int32"),
    tensor(4, 4),
    TensorSpec((9,), "float32"),
)
# What needs tensors of different shapes, so that one shape for all ports cannot do.
PARTICULAR = {
    "layers.GRUCell": "a state of its own size",
    "layers.LSTMCell": "states of their own size",
    "layers.SimpleRNNCell": "a state of its own size",
    "layers.StackedRNNCells": "states of their own sizes",
    "ops.depthwise_conv": "a kernel",
    "ops.image.affine_transform": "a row of eight numbers",
    "ops.image.map_coordinates": "coordinates",
    "ops.image.perspective_transform": "four corners",
    "ops.image.scale_and_translate": "vectors that are known",
    "ops.separable_conv": "two kernels",
}
