"""Values of a saved Keras configuration as values of a design: names, numbers, objects by key.

Nothing is executed or imported: an object is looked up in the catalogue by its module and class,
and what is not there is refused by name.
"""

import math
from collections.abc import Mapping
from typing import Any

from designer.catalog.spec import Catalog, LayerSpec, ObjectSpec, ParamSpec
from designer.codegen.expressions import is_default, is_object
from designer.document.problem import ProblemError, Where, failure
from designer.formats.keras_own_layers import own_kind

Spec = LayerSpec | ObjectSpec

# What Keras fills in where a parameter is left at None: a fixed value, or another parameter's.
FILLED = {
    "activation": "linear",
    "data_format": "channels_last",
    "dtype": "float32",
    "ragged": False,
    "sparse": False,
}
TAKEN_FROM = {"strides": "pool_size", "value_dim": "key_dim"}
_PLAIN = frozenset((str, int, bool, type(None)))  # values that stand for themselves
DROPPED = frozenset(("name", "build_config", "compile_config", "registered_name"))


def broken(where: Where, what: str) -> ProblemError:
    """The problem that the configuration is not one that Keras writes."""
    template = "{file} is broken: {what}. Save the model again with Keras, or restore a copy."
    return failure("broken_model", template, where, file=where.file, what=what)


def custom(where: Where, layer: str, what: str) -> ProblemError:
    """The problem that a layer needs code that the file does not hold, or that is not run."""
    template = (
        "The layer {layer} uses {what}, which is not part of Keras, and Skipwire runs no code out "
        "of a model file. Replace it by layers of Keras in your program and save the model again."
    )
    return failure("custom_code", template, where, layer=layer, what=what)


def mapping(value: Any, where: Where, what: str) -> dict[str, Any]:
    """The value if it is a mapping."""
    if not isinstance(value, dict):
        raise broken(where, f"{what} is no mapping but {_short(value)}")
    return value


def sequence(value: Any, where: Where, what: str) -> list[Any]:
    """The value if it is a list."""
    if not isinstance(value, list):
        raise broken(where, f"{what} is no list but {_short(value)}")
    return value


def text(value: Any, where: Where, what: str) -> str:
    """The value if it is a text with at least one letter."""
    if not isinstance(value, str) or not value:
        raise broken(where, f"{what} is no text but {_short(value)}")
    return value


def _short(value: Any) -> str:
    words = repr(value)
    return words if len(words) <= 40 else words[:37] + "..."


class Values:
    """Reads the values of one file."""

    def __init__(self, catalog: Catalog, where: Where) -> None:
        self._where = where
        self._specs: dict[tuple[str, str], Spec] = {}
        self._names: dict[tuple[str, str], ObjectSpec] = {}
        self._known: dict[str, dict[str, ParamSpec]] = {}
        self._read: dict[str, Any] = {}  # what a saved object says: most layers hold the same few
        specs: list[Spec] = [*catalog.layers.values(), *catalog.objects.values()]
        for spec in specs:
            self._specs.setdefault((spec.module, spec.class_name), spec)
        # The module that a class had when it was saved may not be the one that it has now.
        self._own = {s.class_name: s for s in specs if isinstance(s, LayerSpec) and s.custom}
        for found in catalog.objects.values():
            for name in (found.name, *found.names):
                self._names.setdefault((found.family, name), found)

    def spec(self, saved: Mapping[str, Any]) -> Spec | None:
        """What the catalogue has for {"module": ..., "class_name": ...}."""
        module, name = saved.get("module"), saved.get("class_name")
        if not isinstance(module, str) or not isinstance(name, str):
            return None
        own = None if module.startswith("keras.") else self._own.get(name)
        return self._specs.get((module, name)) or own

    def named(self, family: str, name: Any) -> ObjectSpec | None:
        """The object of a family that Keras calls by that text ("mse")."""
        return self._names.get((family, name)) if isinstance(name, str) else None

    def params(self, spec: Spec, config: Any, layer: str) -> dict[str, Any]:
        """The parameters that differ from the defaults; `layer` is named in what goes wrong."""
        saved = mapping(config, self._where, f"the configuration of {layer}")
        found = {
            name: value if type(value) in _PLAIN else self.value(value, layer)
            for name, value in saved.items()
            if name not in DROPPED
        }
        known = self._known.get(spec.key)
        if known is None:
            known = self._known[spec.key] = {param.name: param for param in spec.params}
        return {
            name: value
            for name, value in found.items()
            if not self._usual(known.get(name), name, value, found)
        }

    def value(self, value: Any, layer: str) -> Any:
        """One value."""
        if isinstance(value, list):
            return [self.value(item, layer) for item in value]
        if isinstance(value, float) and not math.isfinite(value):
            raise broken(self._where, f"{layer} has a number that is not finite")
        if not isinstance(value, dict):
            return value
        name = value.get("class_name")
        if isinstance(name, str) and "config" in value:
            key = repr(value)
            if key not in self._read:
                self._read[key] = self._object(name, value, layer)
            return self._read[key]
        return {key: self.value(item, layer) for key, item in value.items()}

    def _object(self, name: str, saved: dict[str, Any], layer: str) -> Any:
        config = saved["config"]
        if name.startswith("__"):
            return self._marked(name, config, layer)
        if name in ("DTypePolicy", "FloatDTypePolicy"):
            return text(mapping(config, self._where, "a dtype").get("name"), self._where, "a dtype")
        if name == "SeedGenerator":
            return mapping(config, self._where, "a seed").get("seed")
        if name == "function":
            if any((family, config) in self._names for family in ("activations", "losses")):
                return config
            raise custom(self._where, layer, f"the function {_short(config)}")
        spec = self.spec(saved)
        own = own_kind(saved) if spec is None else ""
        if own:
            held = mapping(config, self._where, f"the configuration of {name}")
            return {"object": own, "params": {k: self.value(v, layer) for k, v in held.items()}}
        if spec is None:
            raise custom(self._where, layer, f"the class {name}")
        params = self.params(spec, config, layer)
        if spec.key == "layers.Bidirectional":
            drop_mirrored(params)
        return {"object": spec.key, "params": params}

    def _marked(self, name: str, config: Any, layer: str) -> Any:
        """Keras' marks for Python values that JSON does not have."""
        if name == "__slice__":
            parts = mapping(config, self._where, "a slice")
            return {
                "object": "slice",
                "params": {part: parts.get(part) for part in ("start", "stop", "step")},
            }
        if name == "__ellipsis__":
            return {"object": "ellipsis", "params": {}}
        if name in ("__numpy__", "__tensor__"):
            held = mapping(config, self._where, "an array")
            return self.value(held.get("value"), layer)
        what = "a Python lambda" if name == "__lambda__" else f"a value of kind {name}"
        raise custom(self._where, layer, what)

    def _usual(
        self, param: ParamSpec | None, name: str, value: Any, params: Mapping[str, Any]
    ) -> bool:
        """Whether the value says what Keras does anyway."""
        if param is None:
            return value is None or value is False or (name == "trainable" and value is True)
        if is_default(param, value):
            return True
        if is_object(value):
            spec = self._names.get((value["object"].rpartition(".")[0], str(param.default)))
            return spec is not None and spec.key == value["object"] and not value["params"]
        if param.default is not None or param.required:
            return False
        other = TAKEN_FROM.get(name, "")
        return bool(value == FILLED.get(name, params.get(other, _NOTHING)))


_NOTHING = object()


def drop_mirrored(params: dict[str, Any]) -> None:
    """Takes the backward layer out where it is the forward one, turned round, as Keras makes it."""
    forward, backward = params.get("layer", {}), params.get("backward_layer", {})
    if not (is_object(forward) and is_object(backward)):
        return
    turned = dict(forward["params"])
    if not turned.pop("go_backwards", False):
        turned["go_backwards"] = True
    if backward == {"object": forward["object"], "params": turned}:
        del params["backward_layer"]
