"""Layers such as a user writes: samples for the tests of loading them."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="tests")
class Scale(keras.layers.Layer):
    """Multiplies each channel with a weight of its own.

    Args:
        factor: float, what the weights start from.
    """

    def __init__(self, factor=1.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def build(self, input_shape):
        """Makes one weight for each channel."""
        start = keras.initializers.Constant(self.factor)
        self.scale = self.add_weight(shape=(input_shape[-1],), initializer=start, name="scale")

    def call(self, inputs):
        """The product."""
        return inputs * self.scale

    def compute_output_shape(self, input_shape):
        """As what comes in; wrappers ask for it."""
        return input_shape

    def get_config(self):
        """What makes the same layer again."""
        return {**super().get_config(), "factor": self.factor}


class Gate(keras.layers.Layer):
    """Lets `x` through as far as `gate` opens."""

    def __init__(self, units: int, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = keras.layers.Dense(units, activation="sigmoid")

    def build(self, x_shape, gate_shape):
        """Builds the layer within."""
        self.dense.build(gate_shape)

    def call(self, x, gate, strength=1.0, training=None):
        """The part that goes through."""
        return x * self.dense(gate) * strength


class Halves(keras.layers.Layer):
    """Cuts the last axis into two halves."""

    def call(self, inputs):
        """Both halves."""
        first, second = ops.split(inputs, 2, axis=-1)
        return first, second


class Bare(keras.layers.Layer):
    """Takes neither a name nor anything else."""

    def __init__(self):
        super().__init__()

    def call(self, inputs):
        """What comes in."""
        return inputs


class Weave(keras.layers.Layer):
    """The sum of a pair that comes as a list."""

    def call(self, inputs):
        """The sum."""
        first, second = inputs
        return first + second


class Started(keras.layers.Layer):
    """Holds an initializer and does not say how to save it."""

    def __init__(self, initializer=None, **kwargs):
        super().__init__(**kwargs)
        self.start = keras.initializers.get(initializer)

    def call(self, inputs):
        """What comes in."""
        return inputs


class Network(keras.Model):
    """A model is no layer of the palette."""

    def call(self, inputs):
        """What comes in."""
        return inputs
