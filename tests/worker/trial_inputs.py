"""Tensors to try the entries of the catalogue with: one of them suits nearly every entry."""

from collections.abc import Mapping

from designer.protocol import Json, TensorSpec
from tests.worker_client import tensor

_LABELS = TensorSpec((None,), "int32")

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
# What needs tensors of different shapes, by the names of its ports.
PARTICULAR: Mapping[str, Mapping[str, tuple[TensorSpec, ...]]] = {
    "layers.GRUCell": {"inputs": (tensor(8),), "states": (tensor(4),)},
    "layers.LSTMCell": {"inputs": (tensor(8),), "states": (tensor(4), tensor(4))},
    "layers.SimpleRNNCell": {"sequence": (tensor(8),), "states": (tensor(4),)},
    "ops.depthwise_conv": {"inputs": (tensor(8, 8, 3),), "kernel": (TensorSpec((3, 3, 3, 2)),)},
    "ops.separable_conv": {
        "inputs": (tensor(8, 8, 3),),
        "depthwise_kernel": (TensorSpec((3, 3, 3, 2)),),
        "pointwise_kernel": (TensorSpec((1, 1, 6, 4)),),
    },
    "layers.MelSpectrogram": {"inputs": (tensor(16_000),)},
    "ops.conv": {"inputs": (tensor(8, 8, 3),), "kernel": (TensorSpec((3, 3, 3, 4)),)},
    "ops.conv_transpose": {"inputs": (tensor(8, 8, 3),), "kernel": (TensorSpec((3, 3, 4, 3)),)},
    "ops.ctc_decode": {"inputs": (tensor(8, 5),), "sequence_lengths": (_LABELS,)},
    "ops.ctc_loss": {
        "target": (tensor(4, dtype="int32"),),
        "output": (tensor(8, 5),),
        "target_length": (_LABELS,),
        "output_length": (_LABELS,),
    },
    "ops.histogram": {"x": (TensorSpec((9,)),)},
    "ops.in_top_k": {"targets": (_LABELS,), "predictions": (tensor(5),)},
    "ops.lu_factor": {"x": (TensorSpec((4, 4)),)},
    "ops.scatter": {
        "indices": (TensorSpec((4, 2), "int32"),),
        "values": (TensorSpec((4,)),),
    },
    "ops.scatter_update": {
        "inputs": (TensorSpec((9,)),),
        "indices": (TensorSpec((4, 1), "int32"),),
        "updates": (TensorSpec((4,)),),
    },
    "ops.segment_sum": {
        "data": (TensorSpec((9,)),),
        "segment_ids": (TensorSpec((9,), "int32"),),
    },
    "ops.sparse_categorical_crossentropy": {"target": (_LABELS,), "output": (tensor(5),)},
    "ops.view_as_complex": {"x": (tensor(4, 2),)},
    "ops.image.ssim": {"image1": (tensor(16, 16, 3),), "image2": (tensor(16, 16, 3),)},
    "ops.image.affine_transform": {"images": (tensor(8, 8, 3),), "transform": (tensor(8),)},
    "ops.image.perspective_transform": {
        "images": (tensor(8, 8, 3),),
        "start_points": (tensor(4, 2),),
        "end_points": (tensor(4, 2),),
    },
    "ops.image.map_coordinates": {
        "inputs": (TensorSpec((8, 8)),),
        "coordinates": (TensorSpec((2, 4, 4)),),
    },
    "ops.image.scale_and_translate": {
        "images": (TensorSpec((2, 8, 8, 3)),),
        "scale": (TensorSpec((2,)),),
        "translation": (TensorSpec((2,)),),
    },
}
# What no tensors at the ports can do, and why.
CANNOT: Mapping[str, str] = {
    "layers.StackedRNNCells": "Its states are lists in a list, one for each cell, which wires into "
    "one port do not tell apart. RNN takes it as its cell.",
}
# Parameters without which an entry is built, and cannot compute anything.
FILLED: Mapping[str, Mapping[str, Json]] = {
    "layers.IntegerLookup": {"vocabulary": [0, 1]},
    "layers.StringLookup": {"vocabulary": ["a"]},
    "layers.TextVectorization": {"vocabulary": ["a"]},
}
# Operations of matrices that must be positive definite.
DEFINITE = frozenset(("ops.cholesky", "ops.cholesky_inverse"))
