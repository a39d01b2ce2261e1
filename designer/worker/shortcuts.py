"""Shorter ways to what Keras' own helpers say, for processes that ask for shapes and no more.

Making a layer, Keras asks of each attribute whether it is one of eight kinds to be tracked, and of
each symbolic tensor whether TensorFlow knows it. For a number and for a KerasTensor the answer is
known: together with remembered signatures this saves a third of the time of a question.
"""

import functools
from typing import Any

from keras import KerasTensor
from keras.src import backend
from keras.src.backend.tensorflow import core
from keras.src.utils.tracking import Tracker

from designer.worker import signatures

_UNTRACKED = frozenset({str, int, float, bool, type(None)})


def take() -> None:
    """From now on this process takes the short ways; once is enough."""
    signatures.remember()
    if not hasattr(Tracker.track, "__wrapped__"):
        _track_less()
        _ask_less()


def _track_less() -> None:
    whole = Tracker.track

    @functools.wraps(whole)
    def track(self: Any, attr: Any) -> Any:
        return attr if type(attr) in _UNTRACKED else whole(self, attr)

    Tracker.track = track


def _ask_less() -> None:
    whole = core.is_tensor

    def is_tensor(x: Any) -> Any:
        return False if type(x) is KerasTensor else whole(x)

    for module in (backend, core):
        module.is_tensor = is_tensor
