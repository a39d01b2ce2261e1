"""The short ways end where Keras' own do."""

import subprocess
import sys

import pytest

PROBE = """
from designer.worker import surroundings
with surroundings.prepared():
    import keras
import numpy

class Holder(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.count, self.rate, self.word, self.on, self.none = 3, 0.5, "a", True, None
        self.inner = keras.layers.Dense(2)
        self.several = [keras.layers.Dense(3), 4, keras.layers.Dense(5)]
        self.by_name = {"a": keras.layers.BatchNormalization(), "b": 1}
        self.given_up = keras.layers.Dense(9)
        self.given_up = None
        self.how, self.spec = keras.activations.relu, keras.layers.InputSpec(ndim=2)
        self.start = keras.initializers.Zeros()
        self.wide = 3

    @property
    def wide(self):
        return self.width

    @wide.setter
    def wide(self, value):
        self.width = 2 * value

    def call(self, x):
        for layer in (self.inner, self.several[0], self.several[2], self.by_name["a"]):
            x = layer(x)
        return x

def told():
    layer = Holder()
    out = layer(keras.KerasTensor((None, 7)))
    tensors = [keras.KerasTensor((1,)), keras.ops.ones((2,)), numpy.ones(2)]
    things = [*tensors, keras.Variable(1.0), 3, None, [1], keras.initializers.Ones()]
    return (
        out.shape, [(w.path.rpartition("/")[2], w.shape) for w in layer.weights],
        [(w.path.rpartition("/")[2], w.shape) for w in layer.trainable_weights],
        [type(s).__name__ for s in layer._layers],
        [bool(keras.ops.is_tensor(t)) for t in things],
        (layer.count, layer.rate, layer.word, layer.on, layer.none, layer.several[1]),
        (layer.given_up, layer.how.__name__, layer.spec.ndim, layer.width, layer.wide),
        [keras.src.utils.naming.to_snake_case(n) for n in ("Conv2D", "LSTMCell", "a b")],
        "width" in vars(layer), "wide" in vars(layer),
    )

frozen = Holder()
frozen(keras.KerasTensor((None, 7)))
try:
    frozen.late = keras.layers.Dense(1)
except ValueError as error:
    refused = str(error)

before = told()
from designer.worker import shortcuts
from keras.src.utils.tracking import Tracker
shortcuts.take()
once = Tracker.track
shortcuts.take()
assert Tracker.track is once
assert told() == before, (told(), before)
try:
    frozen.later = keras.layers.Dense(1)
except ValueError as error:
    assert str(error) == refused
    print("the same")
"""


@pytest.mark.keras
@pytest.mark.xdist_group("keras")
def test_layers_have_the_same_weights_and_tensors_are_told_apart_as_before() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=180, check=False
    )
    assert ran.stdout.strip() == "the same", ran.stderr
