"""More designs that people complain about: unlike axes, silent broadcasts, vectors, volumes."""

from tests.infer.fixes.broken_designs import BROKEN as BROKEN
from tests.infer.fixes.broken_designs import broken
from tests.infer.fixes.sketch import Sketch

# --- Unlike counts of axes ----------------------------------------------------------------------


@broken("shapes_differ", "an image and a vector joined")
def _(s: Sketch) -> None:
    s("Concatenate", s.conv(s.input(32, 32, 3), 16), s("Dense", s.input(10), units=32))


@broken("shapes_differ", "flattened numbers and an image joined")
def _(s: Sketch) -> None:
    x = s.input(8, 8, 4)
    s("Concatenate", s("Flatten", x), s.conv(x, 4))


@broken("shapes_differ", "a sequence and its last step joined")
def _(s: Sketch) -> None:
    x = s.input(20, 8)
    s("Concatenate", x, s("LSTM", x, units=16))


@broken("shapes_differ", "a sequence and a vector joined")
def _(s: Sketch) -> None:
    s("Concatenate", s.input(50, 8), s("Dense", s.input(4), units=8))


@broken("shapes_differ", "an image without channels beside one with them")
def _(s: Sketch) -> None:
    s("Concatenate", s.input(32, 32), s.conv(s.input(32, 32, 3), 8))


@broken("shapes_differ", "patches as a sequence and as an image")
def _(s: Sketch) -> None:
    x = s.conv(s.input(64, 64, 3), 32, 8, strides=8)
    tokens = s("Reshape", x, target_shape=[64, 32])
    s("Concatenate", x, s("LayerNormalization", tokens))


@broken("shapes_differ", "an image added to a vector of another length")
def _(s: Sketch) -> None:
    s("Add", s.conv(s.input(16, 16, 3), 32), s("Dense", s.input(5), units=20))


@broken("keras_refused", "a convolution of an image without channels")
def _(s: Sketch) -> None:
    s.conv(s.input(28, 28), 8)


@broken("keras_refused", "a convolution behind Flatten")
def _(s: Sketch) -> None:
    s.conv(s("Flatten", s.input(28, 28, 1)), 8)


@broken("keras_refused", "a convolution of 784 numbers")
def _(s: Sketch) -> None:
    s.conv(s.input(784), 8)


@broken("keras_refused", "an LSTM behind an LSTM that gives its last step")
def _(s: Sketch) -> None:
    s("LSTM", s("LSTM", s.input(20, 8), units=16), units=16)


@broken("keras_refused", "an LSTM of the features of an image")
def _(s: Sketch) -> None:
    s("LSTM", s.conv(s.input(16, 16, 3), 8), units=16)


@broken("keras_refused", "a 1D convolution of a vector")
def _(s: Sketch) -> None:
    s("Conv1D", s.input(100), filters=8, kernel_size=3)


@broken("keras_refused", "a 3D convolution of a volume without channels")
def _(s: Sketch) -> None:
    s("Conv3D", s.input(16, 16, 16), filters=8, kernel_size=3)


# --- Broadcasting that Keras does without a word ------------------------------------------------


@broken("broadcast", "an addition of one channel to eight")
def _(s: Sketch) -> None:
    x = s.input(32, 32, 3)
    s("Add", s.conv(x, 1), s.conv(x, 8))


@broken("broadcast", "a grey image added to its features")
def _(s: Sketch) -> None:
    x = s.input(256, 256, 1)
    s("Add", x, s.conv(x, 8))


@broken("broadcast", "an addition by the operator of one channel to eight")
def _(s: Sketch) -> None:
    x = s.input(32, 32, 1)
    s.operation("add", x, s.conv(x, 8))


# --- Vectors, sequences, volumes ----------------------------------------------------------------


@broken("shapes_differ", "vectors of 32 and 64 features added")
def _(s: Sketch) -> None:
    x = s("Dense", s.input(10), units=32)
    s("Add", x, s("Dense", s("Dense", x, units=64), units=64))


@broken("shapes_differ", "a residual block of a sequence with more filters")
def _(s: Sketch) -> None:
    x = s.input(100, 16)
    s("Add", x, s("Conv1D", x, filters=32, kernel_size=3, padding="same"))


@broken("shapes_differ", "a causal network with a valid convolution")
def _(s: Sketch) -> None:
    x = s.input(100, 16)
    s("Add", x, s("Conv1D", x, filters=16, kernel_size=5))


@broken("shapes_differ", "a 1D U-Net of 187 steps")
def _(s: Sketch) -> None:
    x = s("Conv1D", s.input(187, 1), filters=8, kernel_size=3, padding="same")
    deep = s("MaxPooling1D", x)
    s("Concatenate", x, s("UpSampling1D", deep))


@broken("shapes_differ", "a sequence of half the length joined to the whole")
def _(s: Sketch) -> None:
    x = s.input(128, 4)
    s("Concatenate", x, s("MaxPooling1D", x))


@broken("shapes_differ", "a sequence of a third of the length added to the whole")
def _(s: Sketch) -> None:
    x = s.input(120, 4)
    s("Add", x, s("AveragePooling1D", x, pool_size=3))


@broken("shapes_differ", "a 3D U-Net of 50 slices")
def _(s: Sketch) -> None:
    x = s.input(50, 64, 64, 1)
    a = s("Conv3D", x, filters=4, kernel_size=3, padding="same")
    b = s("MaxPooling3D", s("MaxPooling3D", a))
    c = s("UpSampling3D", b, size=4)
    s("Concatenate", a, c)


@broken("shapes_differ", "volumes of 8 and 16 channels added")
def _(s: Sketch) -> None:
    x = s("Conv3D", s.input(8, 8, 8, 1), filters=8, kernel_size=3, padding="same")
    s("Add", x, s("Conv3D", x, filters=16, kernel_size=3, padding="same"))


@broken("shapes_differ", "a volume beside one of half its size")
def _(s: Sketch) -> None:
    x = s.input(16, 16, 16, 2)
    s("Concatenate", x, s("MaxPooling3D", x))


@broken("shapes_differ", "volumes cut by valid convolutions")
def _(s: Sketch) -> None:
    x = s.input(20, 20, 20, 2)
    s("Add", s("Conv3D", x, filters=2, kernel_size=3), x)


# --- Operations ---------------------------------------------------------------------------------


@broken("shapes_differ", "the operator plus over 16 and 32 channels")
def _(s: Sketch) -> None:
    x = s.input(16, 16, 16)
    s.operation("add", x, s.conv(x, 32))


@broken("shapes_differ", "the operator times over halves of an image")
def _(s: Sketch) -> None:
    x = s.input(16, 16, 4)
    s.operation("multiply", x, s.down(x))


@broken("shapes_differ", "ops concatenate left at the axis of the batch")
def _(s: Sketch) -> None:
    x = s.input(16, 16, 4)
    s.operation("concatenate", x, s.conv(x, 8))


@broken("shapes_differ", "ops concatenate of 25 and 24 rows")
def _(s: Sketch) -> None:
    x = s.input(25, 25, 4)
    s.operation("concatenate", x, s.up(s.down(x)), axis=-1)


# --- Products -----------------------------------------------------------------------------------


@broken("shapes_differ", "Dot of embeddings of 32 and 64 features")
def _(s: Sketch) -> None:
    a, b = s("Dense", s.input(10), units=32), s("Dense", s.input(20), units=64)
    s("Dot", a, b, axes=1)


@broken("shapes_differ", "Dot of sequences along unlike axes")
def _(s: Sketch) -> None:
    s("Dot", s.input(12, 32), s.input(20, 32), axes=1)


@broken("shapes_differ", "Dot of weights with values by the wrong axes")
def _(s: Sketch) -> None:
    s("Dot", s.input(10, 20), s.input(20, 8), axes=2)


@broken("keras_refused", "matmul of queries and keys that are not turned")
def _(s: Sketch) -> None:
    s.operation("matmul", s.input(10, 32), s.input(12, 32))


# --- Other refusals -----------------------------------------------------------------------------


@broken("keras_refused", "a small image eaten up by valid convolutions")
def _(s: Sketch) -> None:
    x = s.input(8, 8, 3)
    for filters in (8, 16, 32, 64):
        x = s.conv(x, filters, 3, padding="valid")


@broken("keras_refused", "a reshape to another count of numbers")
def _(s: Sketch) -> None:
    x = s("Dense", s.input(100), units=1000)
    s.conv(s("Reshape", x, target_shape=[7, 7, 64]), 32)


@broken("keras_refused", "filters below one")
def _(s: Sketch) -> None:
    s.conv(s.input(8, 8, 3), -3)
