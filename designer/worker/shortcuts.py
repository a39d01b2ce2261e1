"""Shorter ways to what Keras' own helpers say, for processes that ask for shapes and no more.

Making a layer, Keras asks of each attribute whether it is one of eight kinds to be tracked, walks
three classes to set it, and asks of symbolic tensors and initializers whether TensorFlow knows
them. For numbers, words, functions and descriptions the answer is known: together with remembered
signatures this saves nearly half of the time of a question.
"""

import functools
from inspect import Signature
from types import FunctionType
from typing import Any

from keras import DTypePolicy, InputSpec, KerasTensor, initializers
from keras.layers import Layer
from keras.src import backend
from keras.src.backend.tensorflow import core
from keras.src.ops.node import Node
from keras.src.utils import naming
from keras.src.utils.tracking import Tracker

from designer.worker import signatures

# Neither a variable, a layer, a metric or a seed, nor anything that could hold one.
_UNTRACKED = frozenset(
    {str, int, float, bool, type(None), FunctionType, Signature}
    | {DTypePolicy, InputSpec, KerasTensor, Node}
    | {initializers.GlorotUniform, initializers.Zeros, initializers.Ones}
)
_NAMES = 4096  # classes' names in lower case that are remembered
_NO_TENSORS = (KerasTensor, initializers.Initializer, type(None), list)


def take() -> None:
    """From now on this process takes the short ways; once is enough."""
    signatures.remember()
    if not hasattr(Tracker.track, "__wrapped__"):
        _track_less()
        _set_less()
        _ask_less()
        naming.to_snake_case = functools.lru_cache(_NAMES)(naming.to_snake_case)


def _track_less() -> None:
    whole = Tracker.track

    @functools.wraps(whole)
    def track(self: Any, attr: Any) -> Any:
        return attr if type(attr) in _UNTRACKED else whole(self, attr)

    Tracker.track = track


def _set_less() -> None:
    whole = Layer.__setattr__

    @functools.wraps(whole)
    def set_attribute(self: Any, name: str, value: Any) -> None:
        # The first attribute of all makes the tracker.
        if type(value) in _UNTRACKED and "_tracker" in self.__dict__:
            object.__setattr__(self, name, value)
        else:
            whole(self, name, value)

    Layer.__setattr__ = set_attribute


def _ask_less() -> None:
    whole = core.is_tensor

    def is_tensor(x: Any) -> Any:
        return False if isinstance(x, _NO_TENSORS) else whole(x)

    for module in (backend, core):
        module.is_tensor = is_tensor
