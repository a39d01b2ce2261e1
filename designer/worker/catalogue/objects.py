"""Losses, optimizers, metrics, activations, initializers, ... as `ObjectSpec` values."""

import importlib
import inspect
from typing import Any

import keras
import numpy as np

from designer.worker.catalogue import docstrings, overlay, params

Json = Any
FAMILIES = (
    "activations",
    "callbacks",
    "constraints",
    "initializers",
    "losses",
    "metrics",
    "optimizers",
    "optimizers.schedules",
    "regularizers",
)
_SAMPLES = 41
_PLUMBING = {"get", "serialize", "deserialize"}


def all_objects() -> dict[str, Json]:
    """ObjectSpecs by key ("losses.MeanSquaredError")."""
    found: dict[str, Json] = {}
    for family in FAMILIES:
        for value, name in _exported(family).items():
            made = _object(family, value, name)
            found[made["key"]] = made
    return found


def _exported(family: str) -> dict[Any, str]:
    """Classes of a family (functions, for activations) by the name they call themselves."""
    module: Any = keras
    for part in family.split("."):
        module = getattr(module, part)
    wanted = inspect.isfunction if family == "activations" else inspect.isclass
    found: dict[Any, str] = {}
    for name, value in sorted(vars(module).items()):
        called = getattr(value, "__name__", "")
        if wanted(value) and not {name, called} & (_PLUMBING | overlay.NO_OBJECTS.keys()):
            found[value] = name if name == called else found.get(value, name)
    return found


def _object(family: str, value: Any, name: str) -> Json:
    if inspect.isclass(value):
        told = params.docs(b for b in value.__mro__ if b is not object)
        named = params.of_class(value)
    else:
        told = params.docs([value])
        named = params.of_function(value)[1:]
    specs = [params.spec(p, name, told.get(p.name, "")) for p in named]
    made: dict[str, Json] = {
        "key": f"{family}.{name}",
        "name": name,
        "family": family,
        "module": f"keras.{family}",
        "class_name": value.__name__,
        "doc": docstrings.summary(value),
        "params": specs,
        "names": _names(family, value, params.sample(name, specs)),
        "curve": [] if family != "activations" or _needs(specs) else _curve(value),
    }
    return {k: v for k, v in made.items() if v}


def _needs(specs: list[dict[str, Json]]) -> bool:
    return any(spec.get("required") for spec in specs)


def _curve(function: Any) -> list[float]:
    """What an activation makes of values from -8 to 8, to three places.

    The values are the first of two channels, the second is 0: what compares the channels (softmax)
    has a curve so, and every other activation does not care.
    """
    given = np.zeros((_SAMPLES, 2))
    given[:, 0] = np.linspace(-8, 8, _SAMPLES)
    made = keras.ops.convert_to_numpy(function(keras.ops.convert_to_tensor(given, "float64")))
    return [round(float(value), 3) + 0.0 for value in made[:, 0]]


def _names(family: str, value: Any, sample: dict[str, Json]) -> list[str]:
    """The strings for which Keras' own table has the object, or the function it is made from."""
    table = _table(family)
    behind = {id(value)}
    if family in ("losses", "metrics"):
        behind |= {id(f) for f in _functions(value, sample)}
    named = sorted(n for n, found in table.items() if id(found) in behind)
    return [name for name in named if _accepted(family, name)]


def _accepted(family: str, name: str) -> bool:
    """Whether the name alone will do; what has required parameters cannot be named so."""
    try:
        getattr(keras, family).get(name)
    except (KeyError, TypeError, ValueError, ImportError):  # the last one: it wants scipy
        return False
    return True


def _table(family: str) -> dict[str, Any]:
    module = importlib.import_module(f"keras.src.{family}")
    table: dict[str, Any] = getattr(module, "ALL_OBJECTS_DICT", {})
    return table


def _functions(cls: Any, sample: dict[str, Json]) -> list[object]:
    """The function that a loss or metric object wraps (`fn`, `_fn`), if it does."""
    made = cls(**sample)
    return [f for n in ("fn", "_fn") if (f := getattr(made, n, None)) is not None]
