"""Attributes and items of the values that a script handles."""

from typing import Any

from designer.document.model import INPUT
from designer.formats.python import constants
from designer.formats.python.constants import NotConstantError
from designer.formats.python.functions import CONSTANTS, METHODS
from designer.formats.python.network import Sketch
from designer.formats.python.values import (
    Class,
    Function,
    Instance,
    Layer,
    Method,
    Network,
    Path,
    Several,
    Shape,
    Tensor,
    Unknown,
)

_UNKNOWN = Unknown("", 0)
_SHAPES = ("shape", "_keras_shape")


def attribute(owner: Any, name: str, sketch: Sketch) -> Any:
    """`owner.name`; an Unknown without a text where it cannot be told."""
    if isinstance(owner, Path):
        path = f"{owner.path}.{name}"
        return CONSTANTS.get(path, Path(path, owner.guessed))
    if isinstance(owner, Unknown):
        return owner
    if isinstance(owner, Instance | Class):
        return _of_class(owner, name)
    if isinstance(owner, Network):
        return _of_network(owner, name, sketch)
    if isinstance(owner, Layer):
        return _of_layer(owner, name)
    if isinstance(owner, Tensor):
        return _of_tensor(owner, name, sketch)
    if isinstance(owner, Shape):
        return Method(owner, name) if name == "as_list" else _UNKNOWN
    return Method(owner, name) if name in METHODS.get(type(owner), ()) else _UNKNOWN


def _of_class(owner: Instance | Class, name: str) -> Any:
    if name in owner.names:
        return owner.names[name]
    if isinstance(owner, Class):
        return _UNKNOWN
    found = inherited(owner.kind, name)
    return Method(owner, name) if isinstance(found, Function) else found


def inherited(kind: Class, name: str, depth: int = 0) -> Any:
    """What a class, or one that it inherits from, has under that name; Unknown if none has."""
    if name in kind.names:
        return kind.names[name]
    for base in kind.bases if depth < 10 else ():
        if isinstance(base, Class):
            found = inherited(base, name, depth + 1)
            if not isinstance(found, Unknown):
                return found
    return _UNKNOWN


def _of_network(owner: Network, name: str, sketch: Sketch) -> Any:
    if name in ("input", "inputs", "output", "outputs"):
        sketch.build(owner)
        ends = owner.inputs if name.startswith("input") else [end for _, end in owner.outputs]
        if name.endswith("s"):
            return list(ends)
        return ends[0] if len(ends) == 1 else list(ends)
    if name == "name":
        return owner.name or _UNKNOWN
    return _UNKNOWN if name in ("layers", "optimizer", "history") else Method(owner, name)


def _of_layer(owner: Layer, name: str) -> Any:
    if name == "output" and owner.drafts:
        return Tensor(owner.drafts[-1])
    if name in owner.params:
        return owner.params[name]
    return (owner.name or _UNKNOWN) if name == "name" else Method(owner, name)


def _of_tensor(owner: Tensor, name: str, sketch: Sketch) -> Any:
    """Of shapes only those of inputs are known, and what `channels` finds."""
    draft = sketch.drafts[owner.draft]
    shape = draft.params.get("shape")
    if name in _SHAPES and draft.spec.key == INPUT and isinstance(shape, list):
        return (draft.params.get("batch_size"), *shape)
    if name in _SHAPES:
        return Shape(owner.draft)
    return Method(owner, name) if name == "get_shape" else _UNKNOWN


def subscript(owner: Any, key: Any) -> Any:
    """`owner[key]` of what is no tensor; NotConstantError."""
    if isinstance(owner, Several):
        if isinstance(key, int) and not isinstance(key, bool) and (key >= 0 or owner.count):
            output = key if key >= 0 else key + (owner.count or 0)
            return Tensor(owner.draft, output)
        if owner.count is None:
            raise NotConstantError("it is not known how many there are")
        owner = [Tensor(owner.draft, output) for output in range(owner.count)]
    return constants.item(owner, key)
