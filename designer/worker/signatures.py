"""Remembers the signatures of functions: Keras asks Python anew for each layer that it makes.

A function's signature is derived from its code in about 50 us and never changes; a layer asks for
six. Only plain functions and methods are remembered, all else is answered by `inspect` itself.
"""

import functools
import inspect
from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any

_KEPT = 4096


def remember() -> None:
    """From now on `inspect` remembers, in this whole process; once is enough."""
    if not hasattr(inspect.signature, "__wrapped__"):
        inspect.signature = _remembering(inspect.signature)
        inspect.getfullargspec = functools.lru_cache(_KEPT)(inspect.getfullargspec)


def _remembering(derive: Callable[..., inspect.Signature]) -> Callable[..., inspect.Signature]:
    @functools.lru_cache(_KEPT)
    def of_function(function: FunctionType) -> inspect.Signature:
        return derive(function)

    @functools.lru_cache(_KEPT)
    def of_method(function: FunctionType) -> inspect.Signature:
        # Whose method it is does not matter.
        return derive(MethodType(function, function))

    @functools.wraps(derive)
    def signature(thing: Any, **options: Any) -> inspect.Signature:
        if options:
            return derive(thing, **options)
        if type(thing) is FunctionType:
            inner = vars(thing).get("__wrapped__")
            # Keras wraps `build` anew for each layer; a wrapper has the signature of what it wraps.
            if type(inner) is MethodType and "__signature__" not in vars(thing):
                return signature(inner)
            return of_function(thing)
        if type(thing) is MethodType and type(thing.__func__) is FunctionType:
            return of_method(thing.__func__)
        return derive(thing)

    return signature
