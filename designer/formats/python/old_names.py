"""What Keras 1 and 2 called things that Keras 3 calls otherwise, as tables.

Sources: the legacy interfaces of Keras 2 (keras/legacy/interfaces.py), the release notes of 2.0
and 3.0, and the signatures of each.
"""

from collections.abc import Mapping

OLD_LAYERS: Mapping[str, str] = {
    "AtrousConv1D": "Conv1D",
    "AtrousConv2D": "Conv2D",
    "AtrousConvolution1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "CuDNNGRU": "GRU",
    "CuDNNLSTM": "LSTM",
    "Deconv2D": "Conv2DTranspose",
    "Deconv3D": "Conv3DTranspose",
    "Deconvolution2D": "Conv2DTranspose",
    "Deconvolution3D": "Conv3DTranspose",
    "SyncBatchNormalization": "BatchNormalization",
    "ThresholdedReLU": "ReLU",
}
OLD_OBJECTS: Mapping[tuple[str, str], str] = {
    ("constraints", "maxnorm"): "MaxNorm",
    ("constraints", "nonneg"): "NonNeg",
    ("constraints", "unitnorm"): "UnitNorm",
    ("initializers", "constant"): "Constant",
    ("regularizers", "l1_l2"): "L1L2",
    ("regularizers", "l1l2"): "L1L2",
    ("regularizers", "activity_l2"): "L2",
    ("losses", "logcosh"): "LogCosh",
    ("losses", "cosine_proximity"): "CosineSimilarity",
    ("losses", "kullback_leibler_divergence"): "KLDivergence",
    ("optimizers", "sgd"): "SGD",
    ("optimizers", "rmsprop"): "RMSprop",
    ("optimizers", "adam"): "Adam",
    ("optimizers", "adagrad"): "Adagrad",
    ("optimizers", "adadelta"): "Adadelta",
    ("optimizers", "adamax"): "Adamax",
    ("optimizers", "nadam"): "Nadam",
}

# Parameters of any layer that has the new one.
OLD_PARAMS: Mapping[str, str] = {
    "U_constraint": "recurrent_constraint",
    "U_regularizer": "recurrent_regularizer",
    "W_constraint": "kernel_constraint",
    "W_regularizer": "kernel_regularizer",
    "alpha": "negative_slope",
    "atrous_rate": "dilation_rate",
    "b_constraint": "bias_constraint",
    "b_regularizer": "bias_regularizer",
    "beta_init": "beta_initializer",
    "bias": "use_bias",
    "border_mode": "padding",
    "dim_ordering": "data_format",
    "dims": "target_shape",
    "dropout_U": "recurrent_dropout",
    "dropout_W": "dropout",
    "filter_length": "kernel_size",
    "gamma_init": "gamma_initializer",
    "init": "kernel_initializer",
    "inner_activation": "recurrent_activation",
    "inner_init": "recurrent_initializer",
    "l": "l2",
    "length": "size",
    "lr": "learning_rate",
    "nb_filter": "filters",
    "output_dim": "units",
    "p": "rate",
    "pool_length": "pool_size",
    "sigma": "stddev",
    "stride": "strides",
    "subsample": "strides",
    "subsample_length": "strides",
    "theta": "threshold",
}
# Parameters that did what Keras does by itself now, or said how and not what.
DROPPED = frozenset(
    (
        "consume_less",
        "fused",
        "implementation",
        "initial_weights",
        "input_dim",
        "input_dtype",
        "input_length",
        "input_shape",
        "batch_input_shape",
        "output_shape",
        "reset_after",
        "weights",
        "decay",
    )
)
ORDERINGS: Mapping[str, str | None] = {
    "default": None,
    "tf": "channels_last",
    "th": "channels_first",
}
# Words that only Keras 1 has. One of them as the name of an argument makes a script an old one.
KERAS_1_WORDS = frozenset(
    (
        "W_regularizer",
        "atrous_rate",
        "b_regularizer",
        "border_mode",
        "concat_axis",
        "dim_ordering",
        "dot_axes",
        "filter_length",
        "inner_activation",
        "inner_init",
        "nb_col",
        "nb_epoch",
        "nb_filter",
        "nb_row",
        "pool_length",
        "subsample",
        "subsample_length",
    )
)
KERAS_1_NAMES = frozenset(
    (
        "AtrousConvolution2D",
        "Deconvolution2D",
        "Merge",
        "TimeDistributedDense",
        "merge",
        "set_image_dim_ordering",
    )
)
# What merge(mode=...) makes.
MERGE_MODES: Mapping[str, str] = {
    "ave": "layers.Average",
    "concat": "layers.Concatenate",
    "cos": "layers.Dot",
    "dot": "layers.Dot",
    "max": "layers.Maximum",
    "mul": "layers.Multiply",
    "sum": "layers.Add",
}
