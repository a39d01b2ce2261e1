"""Layers of a saved model whose classes are a user's own: nodes that keep their configuration and
wait for the file with the class to be loaded. Nothing of them is looked up in Python.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from designer.catalog.spec import LayerSpec, ParamSpec, PortSpec
from designer.infer.adopting import PLACE
from designer.protocol import CUSTOM

LONGEST = 200  # characters of a module with its class
# What Keras writes for every layer, and what it means by default.
_PARAMS = (ParamSpec("trainable", "bool", default=True), ParamSpec("dtype", "dtype", nullable=True))


def own_kind(saved: Mapping[str, Any]) -> str:
    """The type of a saved object of a class that is not Keras' own; "" for all others."""
    module, name = saved.get("module"), saved.get("class_name")
    if not isinstance(module, str) or not isinstance(name, str):
        return ""
    path = f"{module}.{name}"
    words = path.split(".")
    named = len(path) <= LONGEST and all(word.isidentifier() for word in words)
    return CUSTOM + path if named and words[0] != "keras" else ""


def stand_in(saved: Mapping[str, Any]) -> LayerSpec | None:
    """What is known of such a layer by its calls; None where it is none.

    Tensors without a name are told by their places, until the file says what they are called.
    """
    kind = own_kind(saved)
    if not kind:
        return None
    calls = saved.get("inbound_nodes")
    ports = tuple(_ports(calls if isinstance(calls, list) else ()))
    module, _, name = kind.removeprefix(CUSTOM).rpartition(".")
    return LayerSpec(kind, name, "custom", module, name, inputs=ports, params=_PARAMS)


def _ports(calls: Iterable[Any]) -> Iterable[PortSpec]:
    listed: dict[str, bool] = {}
    for call in calls:
        args, kwargs = _arguments(call)
        given = {f"{PLACE}{place}": value for place, value in enumerate(args, start=1)}
        for name, value in {**given, **kwargs}.items():
            if name in given or _is_tensors(value):
                listed[name] = listed.get(name, False) or isinstance(value, list)
    for name, variadic in listed.items():
        optional = not name.startswith(PLACE)
        yield PortSpec(name, variadic, optional, maximum=None if variadic else 1)


def _arguments(call: Any) -> tuple[list[Any], dict[str, Any]]:
    if not isinstance(call, dict):
        return [], {}
    args, kwargs = call.get("args"), call.get("kwargs")
    return args if isinstance(args, list) else [], kwargs if isinstance(kwargs, dict) else {}


def _is_tensors(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_is_tensors, value))
    return isinstance(value, dict) and value.get("class_name") == "__keras_tensor__"
