"""Every layer class that Keras exports, as `LayerSpec` values."""

import inspect
from typing import Any

import keras

from designer.worker.catalogue import docstrings, overlay, params

Json = Any
LITERALS = {"training", "return_attention_scores", "use_causal_mask", "reverse"}
_DOC_OF_TRAINING = "Whether the layer runs as in training; None leaves it to fit and predict."


def all_layers() -> dict[str, Json]:
    """LayerSpecs by key; aliases are told by the class they name."""
    return {f"layers.{names[0]}": _layer(cls, names) for cls, names in _exported().items()}


def _exported() -> dict[type, list[str]]:
    """Each class with its public names, the one it calls itself first."""
    found: dict[type, list[str]] = {}
    for name in sorted(dir(keras.layers)):
        cls = getattr(keras.layers, name)
        if inspect.isclass(cls) and issubclass(cls, keras.layers.Layer):
            found.setdefault(cls, []).append(name)
    for cls, names in found.items():
        if cls.__name__ in names:
            names.remove(cls.__name__)
            names.insert(0, cls.__name__)
    return found


# A layer's dtype may be a policy: one type to compute in, another to keep its weights in.
_POLICY: dict[str, Json] = {"dtype": {"kind": "policy"}}


def _layer(cls: type, names: list[str]) -> dict[str, Json]:
    name = names[0]
    specs = _params(cls, name)
    doc = overlay.INPUT_DOC if name == "InputLayer" else docstrings.summary(cls)
    made: dict[str, Json] = {
        "key": f"layers.{name}",
        "name": "Input" if name == "InputLayer" else name,
        "category": overlay.CATEGORIES[cls.__module__.split(".")[3]],
        "module": _public_module(cls),
        "class_name": cls.__name__,
        "doc": doc,
        "inputs": _ports(cls, name),
        "params": specs,
        "sample": params.sample(name, specs),
        "aliases": names[1:] + (["Input"] if name == "InputLayer" else []),
        "unbuildable": overlay.UNBUILDABLE.get(name, ""),
    }
    return {k: v for k, v in made.items() if v or k == "inputs"}


def _public_module(cls: type) -> str:
    """The module that saved configurations name: `keras.layers` for what is registered there."""
    return "keras.layers" if cls.__module__.startswith("keras.") else cls.__module__


def _params(cls: type, name: str) -> list[Json]:
    if name == "InputLayer":
        return [dict(p) for p in overlay.INPUT_PARAMS]
    told = params.docs(b for b in cls.__mro__ if b is not object)
    made = [
        params.spec(p, name, told.get(p.name, ""), **_POLICY.get(p.name, {}))
        for p in params.of_class(cls, stop=keras.layers.Layer)
        if p.name not in overlay.REFUSED.get(name, ())
    ]
    return made + _call_params(cls, name, told)


def _call_params(cls: type, name: str, told: dict[str, str]) -> list[Json]:
    return [
        literal(p, name, told)
        for p in params.of_function(cls.__dict__.get("call", cls.call))  # type: ignore[attr-defined]
        if p.name in LITERALS
    ]


def literal(parameter: inspect.Parameter, owner: str, told: dict[str, str]) -> Json:
    """A flag of the call, as ParamSpec."""
    doc = ({"training": _DOC_OF_TRAINING} | told).get(parameter.name, "")
    return params.spec(parameter, owner, doc, kind="bool", nullable=True, call=True)


def _ports(cls: type, name: str) -> list[Json]:
    if name == "InputLayer":
        return []
    told = params.docs(b for b in cls.__mro__ if b is not object)
    named = [p for p in params.of_function(cls.call) if p.name != "self"]  # type: ignore[attr-defined]
    tensors = [p for p in named if p.name not in LITERALS]
    if not tensors:
        return [{"name": "inputs"}]
    merge = cls.__module__.split(".")[3] == "merging"
    return [
        port(p, name, told.get(p.name, ""), overlay.MERGE_PORT if merge and i == 0 else {})
        for i, p in enumerate(tensors)
    ]


def port(parameter: inspect.Parameter, owner: str, doc: str, arity: dict[str, Json]) -> Json:
    """A tensor argument; it is optional where the signature has a default."""
    made: dict[str, Json] = {
        "name": parameter.name,
        "optional": parameter.default is not inspect.Parameter.empty,
        "doc": doc,
        **arity,
        **overlay.PORTS.get(parameter.name, {}),
        **overlay.PORTS.get(f"{owner}.{parameter.name}", {}),
    }
    return {k: v for k, v in made.items() if (v or k == "maximum") and (k, v) != ("minimum", 1)}
