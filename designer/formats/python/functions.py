"""Functions of Python and methods of lists, texts and mappings that a script may call while it is
read: each on plain values, within the bounds of `constants`, without effect outside the script.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from designer.formats.python.constants import (
    MAX_ITEMS,
    SCALARS,
    NotConstantError,
    bounded,
    is_constant,
    items,
    number,
    replaced,
    walk,
)

_ERRORS = (TypeError, ValueError, ArithmeticError, LookupError, RecursionError)
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "bool": bool,
    "dict": dict,
    "float": float,
    "int": int,
    "list": list,
    "str": str,
    "tuple": tuple,
}


def _lists(values: tuple[Any, ...]) -> list[list[Any]]:
    return [items(value) for value in values]


def _int(value: Any = 0) -> int:
    if isinstance(value, str) and len(value) > 20:
        raise NotConstantError("the number is too large")
    return int(value)


def _text(value: Any = "") -> str:
    if not isinstance(value, SCALARS):
        raise NotConstantError("only numbers are turned into texts")
    return str(value)


def _dict(value: Any = (), **more: Any) -> dict[Any, Any]:
    pairs = value.items() if isinstance(value, dict) else items(value)
    return {**dict(pairs), **more}


def _isinstance(value: Any, kinds: Any) -> bool:
    wanted = kinds if isinstance(kinds, tuple) else (kinds,)
    names = [getattr(kind, "path", "").removeprefix("builtins.") for kind in wanted]
    if not all(name in _TYPES for name in names) or not is_constant(value):
        raise NotConstantError("its type is not known")
    return any(isinstance(value, _TYPES[name]) for name in names)


def _range(*values: Any) -> range:
    if not all(isinstance(value, int) for value in values):
        raise NotConstantError("a range needs whole numbers")
    return range(*values)


def _constants(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function for arguments that are constants through and through."""

    def checked(*args: Any, **kwargs: Any) -> Any:
        args = tuple(items(arg) if isinstance(arg, range | dict) else arg for arg in args)
        if not is_constant([*args, *kwargs.values()]):
            raise NotConstantError("an argument is not known")
        return function(*args, **kwargs)

    return checked


def _enumerated(value: Any, start: int = 0) -> list[tuple[int, Any]]:
    return list(enumerate(items(value), start))


def _length(value: Any) -> int:
    return len(value) if isinstance(value, dict | str | list | tuple) else len(items(value))


def _mapped(function: Any, *values: Any) -> list[Any]:
    raise NotConstantError("map is not read: write a list comprehension")


BUILTINS: Mapping[str, Callable[..., Any]] = {
    "abs": _constants(abs),
    "all": _constants(all),
    "any": _constants(any),
    "bool": _constants(bool),
    "dict": _dict,
    "divmod": _constants(divmod),
    "enumerate": _enumerated,
    "float": _constants(number),
    "int": _constants(_int),
    "isinstance": _isinstance,
    "len": _length,
    "list": lambda value=(): items(value),
    "map": _mapped,
    "max": _constants(max),
    "min": _constants(min),
    "print": lambda *values, **options: None,
    "range": _range,
    "reversed": lambda value: items(value)[::-1],
    "round": _constants(round),
    "set": lambda value=(): list(dict.fromkeys(items(value))),
    "slice": _constants(slice),
    "sorted": _constants(sorted),
    "str": _text,
    "sum": _constants(sum),
    "tuple": lambda value=(): tuple(items(value)),
    "zip": lambda *values, **options: list(zip(*_lists(values), strict=False)),
}
_MATH: Mapping[str, Callable[..., Any]] = {
    name: _constants(getattr(math, name))
    for name in ("ceil", "floor", "log", "log2", "sqrt", "log10", "exp", "gcd")
}
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{f"builtins.{name}": function for name, function in BUILTINS.items()},
    **{f"math.{name}": function for name, function in _MATH.items()},
    "collections.OrderedDict": _dict,
}
CONSTANTS: Mapping[str, Any] = {"math.pi": math.pi, "math.e": math.e, "numpy.newaxis": None}

_STR = ("capitalize", "lower", "upper", "title", "strip", "startswith", "endswith", "replace")
_LIST = ("append", "extend", "insert", "pop", "reverse", "index", "copy", "count", "clear")
_DICT = ("get", "update", "pop", "setdefault", "copy")
METHODS: Mapping[type, tuple[str, ...]] = {
    dict: (*_DICT, "items", "keys", "values"),
    list: _LIST,
    str: (*_STR, "format", "join", "split"),
    tuple: ("index", "count"),
}


def call(path: str, args: list[Any], kwargs: Mapping[str, Any]) -> Any:
    """What a function of FUNCTIONS gives; NotConstantError."""
    return _tried(FUNCTIONS[path], *args, **kwargs)


def method(owner: Any, name: str, args: list[Any], kwargs: Mapping[str, Any]) -> Any:
    """What a method of a list, text or mapping gives and does; NotConstantError."""
    if name not in METHODS.get(type(owner), ()):
        raise NotConstantError(f"there is no {name}")
    if isinstance(owner, str):
        return _of_text(owner, name, args, kwargs)
    if isinstance(owner, dict) and name in ("items", "keys", "values"):
        pairs = list(owner.items())
        return {"items": pairs, "keys": [k for k, _ in pairs], "values": [v for _, v in pairs]}[
            name
        ]
    if name in ("append", "extend", "insert", "update", "setdefault"):
        room = MAX_ITEMS - len(owner) - sum(1 for _ in walk(args))
        if room < 0:
            raise NotConstantError("the list is too long")
    if name == "extend":
        args = [items(args[0])] if len(args) == 1 else args
    return _tried(getattr(owner, name), *args, **kwargs)


def _of_text(owner: str, name: str, args: list[Any], kwargs: Mapping[str, Any]) -> Any:
    if name == "format":
        return replaced(owner, args, kwargs)
    if name == "join":
        args = [[_text(part) for part in items(args[0])] if args else []]
    elif not is_constant(args):
        raise NotConstantError("an argument is not known")
    if name == "replace" and len(owner) * max(
        [1, *(len(a) for a in args if isinstance(a, str))]
    ) > (MAX_ITEMS):
        raise NotConstantError("the text is too long")
    return _tried(getattr(owner, name), *args, **kwargs)


def _tried(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return bounded(function(*args, **kwargs))
    except _ERRORS as error:
        raise NotConstantError(str(error)) from error
