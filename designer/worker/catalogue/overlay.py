"""What signatures and docstrings cannot tell: a hand table, each line with its reason.

Keep it small: a line goes as soon as Keras says the same in a way that can be read.
"""

from typing import Any

Json = Any

_BOX_ORDERS = ("xyxy", "xywh", "center_xywh", "yxyx")

# Fields of a ParamSpec by "Owner.parameter", or by the parameter's name alone.
PARAMS: dict[str, dict[str, Json]] = {
    # The documentation says nothing of the type, or says it in running text.
    "data_format": {"kind": "choice", "choices": ["channels_last", "channels_first"]},
    "activity_regularizer": {"doc": "Regularizer of the layer's output."},
    "bounding_box_format": {
        "kind": "choice",
        "choices": [size + order for size in ("", "rel_") for order in _BOX_ORDERS],
        "doc": "Format of the bounding boxes that are transformed as well.",
    },
    "quantization_config": {"doc": "How the layer's weights are quantized."},
    "autocast": {"doc": "Whether floating-point inputs are cast to the layer's compute dtype."},
    "RandAugment.interpolation": {"kind": "choice", "choices": ["nearest", "bilinear"]},
    "AugMix.interpolation": {"kind": "choice", "choices": ["nearest", "bilinear"]},
    "ignore_class": {"kind": "int"},
    "attention_axes": {"kind": "ints"},
    "shared_axes": {"kind": "ints"},
    "axes": {"kind": "ints"},
    "axis1": {"kind": "int"},
    "axis2": {"kind": "int"},
    "source": {"kind": "ints"},
    "destination": {"kind": "ints"},
    "spatial_dims": {"kind": "ints"},
    "indices_or_sections": {"kind": "ints"},
    "newshape": {"kind": "shape"},
    "kth": {"kind": "int"},
    "num": {"kind": "int"},
    "order": {"kind": "int"},
    "target_height": {"kind": "int"},
    "target_width": {"kind": "int"},
    "q": {"kind": "floats"},
    "max_val": {"kind": "float"},
    "threshold": {"kind": "float"},
    "default_value": {"kind": "float"},
    "rcond": {"kind": "float"},
    "tol": {"kind": "float"},
    "attn_logits_soft_cap": {"kind": "float"},
    "layer_normalization.epsilon": {"kind": "float"},
    "normalize.epsilon": {"kind": "float"},
    "rms_normalization.epsilon": {"kind": "float"},
    "expand_dims.axis": {"kind": "int"},
    "broadcast_to.shape": {"kind": "shape"},
    "scatter.shape": {"kind": "shape"},
    "slice.shape": {"kind": "shape"},
    "unravel_index.shape": {"kind": "shape"},
    "resize.size": {"kind": "ints", "length": 2},
    "slice.start_indices": {"kind": "ints"},
    "slice_update.start_indices": {"kind": "ints"},
    "logit_soft_cap": {"kind": "float"},
    "flash_attention": {"kind": "bool"},
    "output_sequence_length": {"kind": "int"},
    "gptq_unpacked_column_size": {"kind": "int"},
    "clipnorm": {"kind": "float"},
    "clipvalue": {"kind": "float"},
    "global_clipnorm": {"kind": "float"},
    "loss_scale_factor": {"kind": "float"},
    "ema_overwrite_frequency": {"kind": "int"},
    "gradient_accumulation_steps": {"kind": "int"},
    "baseline": {"kind": "float"},
    "top_k": {"kind": "int"},
    "target_class_ids": {"kind": "ints"},
    "EinsumDense.equation": {"kind": "string"},
    "EinsumDense.output_shape": {"kind": "shape"},
    "MultiHeadAttention.output_shape": {"kind": "shape"},
    "Dice.axis": {"kind": "ints"},
    "Tversky.axis": {"kind": "ints"},
    "F1Score.threshold": {"kind": "float"},
    "FBetaScore.threshold": {"kind": "float"},
    "extract_patches.padding": {"kind": "choice", "choices": ["valid", "same"]},
    "qr.mode": {"kind": "choice", "choices": ["reduced", "complete"]},
    "correlate.mode": {"kind": "choice", "choices": ["valid", "same", "full"]},
    "scatter_update.reduction": {"kind": "choice", "choices": ["add", "max", "min", "mul"]},
    "Hashing.mask_value": {"kind": "string"},
    "StringLookup.mask_token": {"kind": "string"},
    "TextVectorization.ngrams": {"kind": "ints"},
    "RandomErasing.fill_value": {"kind": "floats"},
    "AUC.summation_method": {
        "kind": "choice",
        "choices": ["interpolation", "minoring", "majoring"],
    },
    "R2Score.class_aggregation": {
        "kind": "choice",
        "choices": ["uniform_average", "variance_weighted_average"],
    },
    # The first words name one type while others are accepted too.
    "use_cudnn": {"kind": "json"},
    "save_freq": {"kind": "json"},
    "value_range": {"kind": "floats"},
    "factor": {"kind": "floats"},
    "mean": {"kind": "floats"},
    "variance": {"kind": "floats"},
    "boundaries": {"kind": "floats"},
    "values": {"kind": "floats"},
    "Rescaling.scale": {"kind": "floats"},
    "Rescaling.offset": {"kind": "floats"},
    "Concatenate.axis": {"kind": "int"},
    "RandomNormal.mean": {"kind": "float"},
    "TruncatedNormal.mean": {"kind": "float"},
    "MaxNorm.max_value": {"kind": "float"},
    "EarlyStopping.min_delta": {"kind": "float"},
    "ReduceLROnPlateau.min_lr": {"kind": "float"},
    "BinaryCrossentropy.label_smoothing": {"kind": "float"},
    "CategoricalCrossentropy.label_smoothing": {"kind": "float"},
    "Identity.gain": {"kind": "float"},
    "Orthogonal.gain": {"kind": "float"},
    "Embedding.weights": {"kind": "json"},
    "Bidirectional.merge_mode": {"nullable": True},
    # None is accepted although it is not the default.
    "activation": {"nullable": True},
    "recurrent_activation": {"nullable": True},
    "TextVectorization.standardize": {"nullable": True},
    "TextVectorization.split": {"nullable": True},
    "reduction": {"nullable": True},
    # Objects of a family.
    "default_optimizer": {"kind": "object"},
    "inner_optimizer": {"kind": "object"},
    # Limits of their own.
    "CutMix.factor": {"minimum": 0, "maximum": 1},
    "Masking.mask_value": {"kind": "float"},
    "MinMaxNorm.rate": {"minimum": 0, "maximum": 1},
}

# Parameters that the signatures promise and the constructors refuse.
REFUSED: dict[str, frozenset[str]] = {
    "AutoContrast": frozenset({"factor"}),
    "CenterCrop": frozenset({"factor"}),
    "IntegerLookup": frozenset({"activity_regularizer", "autocast"}),
    "RandomFlip": frozenset({"factor"}),
    "RandomShear": frozenset({"factor"}),
    "RandomTranslation": frozenset({"factor"}),
    "RandomZoom": frozenset({"factor"}),
    "Resizing": frozenset({"factor"}),
    "Solarization": frozenset({"factor"}),
    "StringLookup": frozenset({"activity_regularizer", "autocast"}),
}

# An input has no call to introspect, and only these are a user's to set (`Keras.Input`'s words).
INPUT_DOC = "An input of the model: what samples look like when they come in."
INPUT_PARAMS: tuple[dict[str, Json], ...] = (
    {
        "name": "shape",
        "kind": "shape",
        "required": True,
        "doc": "Shape of one sample, without the batch axis; None where a length is unknown.",
    },
    {
        "name": "batch_size",
        "kind": "int",
        "nullable": True,
        "minimum": 1,
        "doc": "Samples in a batch, if the model needs the number fixed.",
    },
    {
        "name": "dtype",
        "kind": "dtype",
        "nullable": True,
        "doc": "Data type of the input; float32 when nothing is said.",
    },
    {
        "name": "optional",
        "kind": "bool",
        "default": False,
        "doc": "Whether the model may be called without this input.",
    },
    {
        "name": "sparse",
        "kind": "bool",
        "nullable": True,
        "doc": "Whether the input is a sparse tensor.",
    },
    {
        "name": "ragged",
        "kind": "bool",
        "nullable": True,
        "doc": "Whether the input is a ragged tensor.",
    },
)

_CELL = {"object": "layers.LSTMCell", "params": {"units": 4}}
_DENSE = {"object": "layers.Dense", "params": {"units": 4}}

# Values for required parameters (or for those without which the constructor refuses).
SAMPLES: dict[str, dict[str, Json]] = {
    "Activation": {"activation": "relu"},
    "Bidirectional": {"layer": {"object": "layers.LSTM", "params": {"units": 4}}},
    "CategoryEncoding": {"num_tokens": 4},
    "Discretization": {"bin_boundaries": [0.0, 1.0]},
    "Dot": {"axes": 1},
    "EinsumDense": {"equation": "ab,bc->ac", "output_shape": [4]},
    "GroupQueryAttention": {"head_dim": 4, "num_query_heads": 2, "num_key_value_heads": 1},
    "InputLayer": {"shape": [32, 32, 3]},
    "Permute": {"dims": [2, 1]},
    "Pipeline": {"layers": [{"object": "layers.Rescaling", "params": {"scale": 0.5}}]},
    "RNN": {"cell": _CELL},
    "Reshape": {"target_shape": [-1]},
    "SpectralNormalization": {"layer": _DENSE},
    "StackedRNNCells": {"cells": [_CELL, _CELL]},
    "TimeDistributed": {"layer": _DENSE},
    "Wrapper": {"layer": _DENSE},
    # Losses, metrics, schedules, callbacks and functions.
    "IoU": {"num_classes": 2, "target_class_ids": [0]},
    "OneHotIoU": {"num_classes": 2, "target_class_ids": [0]},
    "PiecewiseConstantDecay": {"boundaries": [100], "values": [0.01, 0.001]},
    "MultiOptimizer": {"optimizer_map": {}},
    "argpartition": {"kth": 0},
    "batch_normalization": {"axis": -1},
    "adaptive_average_pool": {"output_size": [2, 2]},
    "adaptive_max_pool": {"output_size": [2, 2]},
    "broadcast_to": {"shape": [2, 8, 8, 3]},
    "crop_images": {"top_cropping": 0, "target_height": 4, "left_cropping": 0, "target_width": 4},
    "depth_to_space": {"block_size": 2},
    "get_item": {"key": 0},
    "map_coordinates": {"order": 1},
    "moments": {"axes": [1]},
    "moveaxis": {"source": 1, "destination": -1},
    "multi_hot": {"num_classes": 4},
    "pad_images": {"top_padding": 0, "target_height": 9, "left_padding": 0, "target_width": 9},
    "psnr": {"max_val": 1.0},
    "reshape": {"newshape": [-1]},
    "resize": {"size": [4, 4]},
    "RandomPosterization": {"factor": 4},
    "scale_and_translate": {
        "output_shape": [2, 8, 8, 3],
        "spatial_dims": [1, 2],
        "method": "linear",
    },
    "scatter": {"shape": [4, 4]},
    "slice": {"start_indices": [0, 0], "shape": [1, 1]},
    "slice_update": {"start_indices": [0, 0]},
    "split": {"indices_or_sections": 1},
    "dsplit": {"indices_or_sections": 1},
    "hsplit": {"indices_or_sections": 1},
    "vsplit": {"indices_or_sections": [1]},
    "swapaxes": {"axis1": 1, "axis2": -1},
    "threshold": {"threshold": 0.0, "default_value": 0.0},
    "unravel_index": {"shape": [4, 4]},
    "unstack": {"axis": 1},
    "LossScaleOptimizer": {"inner_optimizer": {"object": "optimizers.Adam", "params": {}}},
}
# By parameter, where one value fits every owner; by kind, where one fits every parameter.
SAMPLE_VALUES: dict[str, Json] = {
    "rate": 0.5,
    "axis": -1,
    "q": 0.5,
    "factor": 0.5,
    "stddev": 0.1,
    "height": 8,
    "width": 8,
    "height_factor": 0.2,
    "width_factor": 0.2,
    "num_heads": 2,
    "initial_learning_rate": 0.001,
    "decay_rate": 0.9,
    "decay_steps": 1000,
    "first_decay_steps": 1000,
    "num_classes": 2,
    "precision": 0.5,
    "recall": 0.5,
    "sensitivity": 0.5,
    "specificity": 0.5,
}
KIND_SAMPLES: dict[str, Json] = {
    "int": 4,
    "ints": 2,
    "float": 0.5,
    "floats": 0.5,
    "dtype": "float32",
}

UNBUILDABLE: dict[str, str] = {
    "FlaxLayer": "It wraps a Flax module, which is Python code and no literal value.",
    "JaxLayer": "It wraps a JAX function, which is Python code and no literal value.",
    "Lambda": "It wraps a Python function, which is code and no literal value.",
    "Layer": "It is the base class of all layers and has no call of its own.",
    "STFTSpectrogram": "It needs the package scipy, which Keras does not bring.",
    "TFSMLayer": "It runs a SavedModel read from a folder; a design opens no other files.",
    "TorchModuleWrapper": "It wraps a PyTorch module, which is Python code and no literal value.",
    "Wrapper": "It is the base class of layers that wrap another and has no call of its own.",
}

# Exported classes that nobody can name as a value: base classes, and what takes Python functions.
NO_OBJECTS: dict[str, str] = {
    "Callback": "base class",
    "CallbackList": "made by fit",
    "Constraint": "base class",
    "History": "made by fit",
    "Initializer": "base class",
    "LambdaCallback": "takes Python functions",
    "STFT": "needs the package scipy, which Keras does not bring",
    "LearningRateSchedule": "base class",
    "LearningRateScheduler": "takes a Python function",
    "Loss": "base class",
    "MeanMetricWrapper": "takes a Python function",
    "Metric": "base class",
    "MultiOptimizer": "takes the layers of a built model",
    "Optimizer": "base class",
    "OptimizerMap": "takes the layers of a built model",
    "OrbaxCheckpoint": "needs the package orbax",
    "ProgbarLogger": "made by fit",
    "Regularizer": "base class",
    "RemoteMonitor": "sends to a server",
}

# Categories of the palette by Keras' module segment below `keras.src.layers`.
CATEGORIES: dict[str, str] = {
    "activations": "activation",
    "attention": "attention",
    "convolutional": "convolution",
    "core": "core",
    "jax_layer": "core",
    "layer": "core",
    "merging": "merging",
    "normalization": "normalization",
    "pooling": "pooling",
    "preprocessing": "preprocessing",
    "regularization": "regularization",
    "reshaping": "reshaping",
    "rnn": "recurrent",
    "tfsm_layer": "core",
    "torch_utils": "core",
}

_SEVERAL = {"variadic": True, "minimum": 2, "maximum": None}
_PAIR = {"variadic": True, "minimum": 2, "maximum": 2}
_SINGLE = {"variadic": True, "minimum": 1, "maximum": 1}
_STATES = {"variadic": True, "minimum": 1, "maximum": None}

# Arity of ports, which no signature tells: "Owner.port", or the port's name alone.
PORTS: dict[str, dict[str, Json]] = {
    "AdditiveAttention.inputs": {"variadic": True, "minimum": 2, "maximum": 3},
    "AdditiveAttention.mask": _PAIR,
    "Attention.inputs": {"variadic": True, "minimum": 2, "maximum": 3},
    "Attention.mask": _PAIR,
    "Dot.inputs": _PAIR,
    "HashedCrossing.inputs": _SEVERAL,
    "Subtract.inputs": _PAIR,
    "initial_state": _STATES,
    "states": _STATES,
    "GRUCell.states": _SINGLE,
    "LSTMCell.states": _PAIR,
    "SimpleRNNCell.states": _SINGLE,
    "xs": {"variadic": True, "minimum": 1, "maximum": None},
    "stack.x": {"variadic": True, "minimum": 1, "maximum": None},
    "select.condlist": {"variadic": True, "minimum": 1, "maximum": None},
    "select.choicelist": {"variadic": True, "minimum": 1, "maximum": None},
    # Complex numbers are a pair of tensors.
    "fft.x": _PAIR,
    "fft2.x": _PAIR,
    "ifft2.x": _PAIR,
    "irfft.x": _PAIR,
    "istft.x": _PAIR,
}
MERGE_PORT = _SEVERAL

# Arguments of an operation's call that are no tensors, though Keras passes them with the tensors.
NO_TENSORS = frozenset(
    {
        "get_item.key",
        "isclose.rtol",
        "isclose.atol",
        "select.default",
        "slice.start_indices",
        "slice_update.start_indices",
        "percentile.q",
        "quantile.q",
        "nanpercentile.q",
        "nanquantile.q",
    }
)
# Operations that no design can hold: they take functions, or make tensors from nothing.
NO_OPERATIONS: dict[str, str] = {
    "arange": "makes a tensor from nothing",
    "array": "makes a tensor from a literal",
    "associative_scan": "takes a Python function",
    "cond": "takes Python functions",
    "einsum": "takes its tensors after a literal, unnamed",
    "extract_patches_3d": "is extract_patches with three sizes",
    "fori_loop": "takes a Python function",
    "full": "makes a tensor from nothing",
    "jvp": "takes a Python function",
    "map": "takes a Python function",
    "meshgrid": "takes its tensors unnamed",
    "ndim": "answers with a number",
    "rearrange": "takes its axes unnamed",
    "scan": "takes a Python function",
    "switch": "takes Python functions",
    "vectorized_map": "takes a Python function",
    "while_loop": "takes a Python function",
}
