"""A file that Python can read and cannot import: line 7 divides by zero."""

import keras

DIVISOR = 0

FACTOR = 1 / DIVISOR


class Never(keras.layers.Layer):
    """Is never made."""
