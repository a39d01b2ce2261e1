"""Turns the names and values of a design into Keras objects, and nothing but Keras objects.

A design may come from anybody: names are looked up in a fixed set of Keras' public modules, never
imported; what would run code, read files or follow Keras' own deserialization is refused.
"""

import copy
import functools
import inspect
from collections.abc import Callable
from typing import Any

import keras

from designer.protocol import CUSTOM
from designer.worker import custom

Json = Any
_DEEPEST = 16  # wrappers in wrappers; real designs need two
_FAMILIES = (
    "layers",
    "activations",
    "initializers",
    "regularizers",
    "constraints",
    "losses",
    "metrics",
    "optimizers",
    "optimizers.schedules",
)
_NO_VALUES = frozenset({"get", "serialize", "deserialize"})
# They run Python code or read files named by the design.
_UNSAFE = frozenset({"Lambda", "TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper"})
_READS_FILE = frozenset({"vocabulary", "idf_weights"})


class UnacceptableError(ValueError):
    """A name or a value that a design must not or cannot have."""


def layer(key: str, params: dict[str, Json]) -> Any:
    """The layer "layers.X" or "custom.module.X", built with a copy of the parameters, for wrappers
    take keys out of them.
    """
    cls = _named(key)
    if not (inspect.isclass(cls) and issubclass(cls, keras.layers.Layer)):
        raise UnacceptableError(f"{key} is not a layer of Keras {keras.__version__}.")
    return cls(**values(params))


def operation(key: str) -> Callable[..., Any]:
    """The function "ops.x" or "ops.family.x"."""
    *path, name = key.split(".")[1:]
    module: Any = keras.ops
    for part in path:
        module = vars(module).get(part)
    found = vars(module).get(name) if inspect.ismodule(module) and len(path) < 2 else None
    if not inspect.isfunction(found) or name.startswith("_"):
        raise UnacceptableError(f"Keras {keras.__version__} has no operation {key}.")
    return found


def values(params: dict[str, Json]) -> dict[str, Any]:
    """Constructor arguments: object values become objects, lists of numbers become tuples."""
    for name in _READS_FILE & params.keys():
        if isinstance(params[name], str):
            raise UnacceptableError(
                f"{name} names a file ({params[name]!r}); a design opens no other files: "
                "give the values themselves as a list."
            )
    return {name: _value(copy.deepcopy(value), 0) for name, value in params.items()}


def _value(value: Json, depth: int) -> Any:
    if depth > _DEEPEST:
        raise UnacceptableError(f"Values are nested more than {_DEEPEST} deep.")
    if isinstance(value, dict):
        return _object(value, depth) if "object" in value else _mapping(value, depth)
    if isinstance(value, list):
        inner = [_value(v, depth + 1) for v in value]
        # Keras wants tuples for shapes and sizes, but lists for layers, cells and words.
        parts = (int, float, tuple, slice, type(...))
        numbers = all(v is None or isinstance(v, parts) for v in inner)
        return tuple(inner) if numbers else inner
    return value


def _mapping(value: dict[str, Json], depth: int) -> dict[str, Any]:
    if "class_name" in value or "module" in value:
        raise UnacceptableError(
            'A value in Keras\' saved form is not accepted; write {"object": ..., "params": ...}.'
        )
    return {k: _value(v, depth + 1) for k, v in value.items()}


def _object(value: dict[str, Json], depth: int) -> Any:
    if value["object"] in ("slice", "ellipsis"):
        return _subscript(value)
    made, params = _named(str(value["object"])), value.get("params", {})
    if not isinstance(params, dict):
        raise UnacceptableError(f"The parameters of {value['object']} are no mapping: {params!r}.")
    inner = {k: _value(v, depth + 1) for k, v in params.items()}
    if inspect.isfunction(made):
        return functools.partial(made, **inner) if inner else made
    return made(**inner)


def _subscript(value: dict[str, Json]) -> Any:
    """Parts of x[:, 1:3, ...], which Python has and JSON has not."""
    params = value.get("params") or {}
    bounds = [params.get(bound) for bound in ("start", "stop", "step")]
    if not all(bound is None or type(bound) is int for bound in bounds):
        raise UnacceptableError(f"The bounds of a slice are whole numbers or null: {bounds}.")
    return slice(*bounds) if value["object"] == "slice" else ...


def _named(key: str) -> Any:
    """The public class (an activation: the function) of that key, or a layer that was loaded."""
    if key.startswith(CUSTOM):
        own = custom.named(key)
        if not inspect.isclass(own):
            raise UnacceptableError(f"{key.removeprefix(CUSTOM)} is not loaded.")
        return own
    family, _, name = key.rpartition(".")
    if name in _UNSAFE:
        raise UnacceptableError(f"{key} runs code or reads files that a design may not name.")
    module: Any = keras
    for part in family.split(".") if family in _FAMILIES else [""]:
        module = getattr(module, part, None)
    found = getattr(module, "__dict__", {}).get(name)
    wanted = inspect.isfunction if family == "activations" else inspect.isclass
    if not wanted(found) or name.startswith("_") or name in _NO_VALUES:
        raise UnacceptableError(f"Keras {keras.__version__} has nothing called {key!r}.")
    return found
