"""Values of a design as Python expressions: literals, and Keras objects out of the catalogue.

Only names that the catalogue knows are ever written as code; all else goes through literals.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from designer.catalog.spec import Catalog, LayerSpec, ObjectSpec, ParamSpec
from designer.codegen.wrapping import Code, call, keyword, listed, mapped, tupled
from designer.document.problem import Where, failure

POSITIONAL = frozenset(("size", "pool_size"))  # written without their names, as most people do
TUPLES = frozenset(("ints", "floats", "shape"))
_PLAIN = frozenset((str, int, float, bool, type(None)))
SUBSCRIPTS = ("slice", "ellipsis")  # parts of x[:, 1:3, ...], which JSON has not


@dataclass(frozen=True, slots=True)
class Variable:
    """A value that a variable of the script holds."""

    name: str


def quote(text: str) -> str:
    """A string literal with the quotes that ruff prefers: double, unless that escapes more."""
    body = repr(text + "'\"")[1:-4].replace("\\'", "'")  # both quotes in: repr chooses single
    mark = "'" if body.count('"') > body.count("'") else '"'
    return mark + body.replace(mark, "\\" + mark) + mark


def literal(value: Any, where: Where, *, tuples: bool = False) -> Code:
    """A JSON value as code; ProblemError "not_a_literal" for anything else."""
    if value is None or isinstance(value, bool | int):
        return (repr(value),)
    if isinstance(value, float):
        return (repr(value),) if math.isfinite(value) else call("float", [(quote(str(value)),)])
    if isinstance(value, str):
        return (quote(value),)
    if isinstance(value, list | tuple):
        items = [literal(item, where, tuples=tuples) for item in value]
        return tupled(items) if tuples or isinstance(value, tuple) else listed(items)
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return mapped(((quote(k),), literal(v, where)) for k, v in value.items())
    raise failure(
        "not_a_literal",
        "A value of type {type} cannot be written as code: use numbers, texts, lists or objects.",
        where,
        type=type(value).__name__,
    )


def is_object(value: Any) -> bool:
    """Whether the value stands for a Keras object: {"object": ..., "params": {...}}."""
    return isinstance(value, Mapping) and "object" in value and set(value) <= {"object", "params"}


def same(value: Any, default: Any) -> bool:
    """Whether a value says the same as a default: lists equal tuples, True is not 1."""
    if isinstance(value, list | tuple) and isinstance(default, list | tuple):
        return len(value) == len(default) and all(map(same, value, default))
    if isinstance(value, bool) or isinstance(default, bool):
        return value is default
    return bool(value == default)


def shorter(param: ParamSpec, value: Any) -> Any:
    """(3, 3) as 3, where the parameter takes either."""
    if param.kind != "ints" or param.length is None or not isinstance(value, list | tuple):
        return value
    # A pair of pairs (padding, cropping) means something else when it is one pair.
    flat = not any(isinstance(item, list | tuple) for item in value)
    equal = flat and len(value) == param.length and all(same(item, value[0]) for item in value)
    return value[0] if equal and value else value


def is_default(param: ParamSpec, value: Any) -> bool:
    """Whether the value may be left out."""
    if type(value) is type(param.default) and type(value) in _PLAIN:
        return not param.required and bool(value == param.default)  # nearly always, and quick
    if type(value) is dict and type(param.default) is not dict:
        return False  # a Keras object, where the default is a name or none
    return not param.required and same(shorter(param, value), shorter(param, param.default))


class Expressions:
    """Writes values with the help of one catalogue."""

    def __init__(self, catalog: Catalog, own: Mapping[str, str] | None = None) -> None:
        self.catalog = catalog
        self._own = own or {}  # type -> what the script calls a user's own layer

    def value(self, param: ParamSpec, value: Any, where: Where, *, exact: bool = False) -> Code:
        """The value of one parameter; an `exact` pair stays one (some operations insist on it)."""
        short = value if exact else shorter(param, value)
        return self.any(short, where, tuples=param.kind in TUPLES)

    def any(self, value: Any, where: Where, *, tuples: bool = False) -> Code:
        """A literal, a variable or an object, or a list of them."""
        if isinstance(value, Variable):
            return (value.name,)
        if is_object(value):
            return self.object(value["object"], value.get("params", {}), where)
        if isinstance(value, list | tuple) and any(map(is_object, value)):
            subscript = any(is_object(item) and item["object"] in SUBSCRIPTS for item in value)
            return (tupled if subscript else listed)(self.any(item, where) for item in value)
        return literal(value, where, tuples=tuples)

    def object(self, key: Any, params: Any, where: Where) -> Code:
        """A Keras object: `keras.initializers.HeNormal(seed=1)`, `layers.Dense(3)`."""
        if key in SUBSCRIPTS and isinstance(params, Mapping):
            return self._subscript(key, params, where)
        spec = self._find(key, where)
        if not isinstance(params, Mapping):
            raise failure(
                "not_parameters", "The parameters of {key} must be named.", where, key=spec.key
            )
        if isinstance(spec, ObjectSpec) and spec.family == "activations":
            return self._activation(spec, params, where)
        prefix = "" if spec.key.startswith("layers.") else "keras."
        name = self._own.get(spec.key, prefix + spec.key)
        return call(name, self.arguments(spec, params, where))

    def arguments(
        self,
        spec: LayerSpec | ObjectSpec,
        params: Mapping[str, Any],
        where: Where,
        *,
        positional: bool = True,
    ) -> list[Code]:
        """The parameters that differ from their defaults, the leading usual ones by position."""
        known = {param.name: param for param in spec.params if not param.call}
        # A user's constructor may take its arguments by name alone.
        positional = positional and not (isinstance(spec, LayerSpec) and spec.custom)
        self._refuse_unknown(spec, params, known, where)
        found: list[Code] = []
        for param in known.values():
            here = Where(where.node, param.name, section=where.section)
            given = param.name in params
            leading = positional and (param.required or param.name in POSITIONAL)
            if not given or self._default(param, params[param.name]):
                positional = False
                continue
            value = self.value(param, params[param.name], here)
            positional = leading
            found.append(value if leading else keyword(param.name, value))
        if "name" in params and "name" not in known:
            found.append(keyword("name", literal(params["name"], where)))
        return found

    def _subscript(self, key: str, params: Mapping[str, Any], where: Where) -> Code:
        if key == "ellipsis":
            return ("...",)
        bounds = [params.get(bound) for bound in ("start", "stop", "step")]
        if bounds[2] is None:
            bounds.pop()
        return call("slice", [literal(bound, where) for bound in bounds])

    def _default(self, param: ParamSpec, value: Any) -> bool:
        if is_default(param, value):
            return True
        # Saved models say GlorotUniform() where the default is the string "glorot_uniform".
        if not is_object(value) or value.get("params") or not isinstance(param.default, str):
            return False
        spec = self.catalog.objects.get(str(value["object"]))
        return spec is not None and param.default in spec.names

    def _find(self, key: Any, where: Where) -> LayerSpec | ObjectSpec:
        known = isinstance(key, str)
        found = (self.catalog.objects.get(key) or self.catalog.layers.get(key)) if known else None
        if found is None:
            raise failure(
                "unknown_object",
                "Keras {keras} has no {key}: choose another one.",
                where,
                keras=self.catalog.keras_version,
                key=str(key),
            )
        return found

    def _activation(self, spec: ObjectSpec, params: Mapping[str, Any], where: Where) -> Code:
        if params:
            raise failure(
                "activation_parameters",
                "The function {key} takes no parameters here: use an activation layer behind.",
                where,
                key=spec.key,
            )
        return (quote(spec.names[0]),) if spec.names else (f"keras.{spec.key}",)

    def _refuse_unknown(
        self,
        spec: LayerSpec | ObjectSpec,
        params: Mapping[str, Any],
        known: Mapping[str, ParamSpec],
        where: Where,
    ) -> None:
        for name in params:
            if name not in known and name != "name":
                raise failure(
                    "unknown_parameter",
                    "{type} has no parameter {name}: remove it.",
                    Where(where.node, str(name), section=where.section),
                    type=spec.name,
                    name=str(name),
                )
