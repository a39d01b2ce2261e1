"""Arithmetic, texts and lists of a script's constants, within bounds that no hostile text passes.

Only values of the types named here are ever touched; whatever goes wrong is NotConstantError.
"""

import ast
import math
import operator
import re
import string
from collections.abc import Callable, Iterator, Mapping
from typing import Any

MAX_INT = 2**63 - 1
MAX_TEXT = 2_000
MAX_ITEMS = 10_000
MAX_EXPONENT = 64
_SPEC = re.compile(r"[<>=^+ \-#0,_]{0,4}\d{0,2}[,_]?(\.\d{1,2})?[bdeEfFgGnosxX%]?")
_PERCENT = re.compile(r"%(%|[-+ 0#]{0,3}\d{0,2}(\.\d{1,2})?[diuxXeEfFgGsr])")
SCALARS = (int, float, str, type(None), type(...))


class NotConstantError(Exception):
    """The value cannot be told, and why."""


_BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
_COMPARE: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
_UNARY: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Invert: operator.invert,
}
_ERRORS = (TypeError, ValueError, ArithmeticError, LookupError, RecursionError)


def walk(value: Any) -> Iterator[Any]:
    """What lies in nested lists and mappings, in order; NotConstantError where it is too much.

    Lists that hold one another many times over, or themselves, are told by their number too.
    """
    stack, left = [value], MAX_ITEMS
    while stack:
        value = stack.pop()
        left -= 1
        if not left:
            raise NotConstantError("the list is too long")
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list | tuple):
            stack += reversed(value)
        else:
            yield value


def is_constant(value: Any) -> bool:
    """Whether it is a plain constant, or a list or mapping of such."""
    return all(isinstance(item, (*SCALARS, range, slice)) for item in walk(value))


def bounded(value: Any) -> Any:
    """The value if it is no larger than a network's constants are; NotConstantError otherwise."""
    if isinstance(value, int) and abs(value) > MAX_INT:
        raise NotConstantError("the number is too large")
    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise NotConstantError("the text is too long")
    if isinstance(value, list | tuple | dict):
        for _ in walk(value):
            continue  # raises where it is too long, what lies in it included
    if isinstance(value, complex):
        raise NotConstantError("it is a complex number")
    return value


def binary(kind: type[ast.operator], left: Any, right: Any) -> Any:
    """`left kind right`."""
    function = _BINARY.get(kind)
    if function is None or not (is_constant(left) or isinstance(left, list | tuple)):
        raise NotConstantError("it is no operation on constants")
    if kind is ast.Mod and isinstance(left, str):
        return percent(left, right)
    if kind in (ast.Pow, ast.LShift):
        _check_power(left, right)
    if kind is ast.Mult:
        _check_product(left, right)
    return _tried(function, left, right)


def _check_power(left: Any, right: Any) -> None:
    small = isinstance(right, int | float) and abs(right) <= MAX_EXPONENT
    if not small or not isinstance(left, int | float) or abs(left) > MAX_INT:
        raise NotConstantError("the power is too large")


def _check_product(left: Any, right: Any) -> None:
    for one, times in ((left, right), (right, left)):
        if isinstance(one, str | list | tuple) and isinstance(times, int):
            limit = MAX_TEXT if isinstance(one, str) else MAX_ITEMS
            if len(one) * times > limit:
                raise NotConstantError("the product is too long")


def _tried(function: Callable[..., Any], *values: Any) -> Any:
    try:
        return bounded(function(*values))
    except _ERRORS as error:
        raise NotConstantError(str(error)) from error


def unary(kind: type[ast.unaryop], value: Any) -> Any:
    """`-value` and the like."""
    function = _UNARY.get(kind)
    if function is None or not is_constant(value):
        raise NotConstantError("it is no operation on constants")
    return _tried(function, value)


def compare(kind: type[ast.cmpop], left: Any, right: Any) -> bool:
    """`left kind right`, by value."""
    function = _COMPARE.get(kind)
    if function is None or not (is_constant(left) and is_constant(right)):
        raise NotConstantError("it is no comparison of constants")
    return bool(_tried(function, left, right))


def formatted(value: Any, spec: str) -> str:
    """The value in an f-string."""
    if not isinstance(value, SCALARS):
        raise NotConstantError("only numbers and texts can be written into a text")
    if not _SPEC.fullmatch(spec):
        raise NotConstantError("its format is not a simple one")
    return str(_tried(format, value, spec))


def percent(template: str, values: Any) -> str:
    """`"conv%d" % 3`."""
    if re.sub(_PERCENT, "", template).count("%"):
        raise NotConstantError("its format is not a simple one")
    items = values if isinstance(values, tuple) else (values,)
    if not all(isinstance(item, SCALARS) for item in items):
        raise NotConstantError("only numbers and texts can be written into a text")
    return str(_tried(operator.mod, template, tuple(items)))


def replaced(template: str, args: list[Any], kwargs: Mapping[str, Any]) -> str:
    """`"block_{}".format(3)`."""
    text, number = "", 0
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        raise NotConstantError(str(error)) from error
    for before, name, spec, conversion in parts:
        text += before
        if name is None:
            continue
        if conversion not in (None, "s"):
            raise NotConstantError("its format is not a simple one")
        if not name:
            name, number = str(number), number + 1
        place = args[int(name)] if name.isdecimal() and int(name) < len(args) else kwargs.get(name)
        text += formatted(place, spec or "")
    return str(bounded(text))


def items(value: Any) -> list[Any]:
    """What a loop or list() runs over; NotConstantError where that is unknown or endless."""
    if isinstance(value, range):
        if len(value[: MAX_ITEMS + 1]) > MAX_ITEMS:
            raise NotConstantError("it counts too far")
        return list(value)
    if isinstance(value, list | tuple | dict | str):
        return list(value)
    raise NotConstantError("it is no list")


def item(value: Any, key: Any) -> Any:
    """`value[key]` of a list, text or mapping."""
    if isinstance(value, dict):
        if not isinstance(key, SCALARS) or key not in value:
            raise NotConstantError(f"there is no {str(key)[:40]} in it")
        return value[key]
    if isinstance(value, list | tuple | str | range) and isinstance(key, int | slice):
        return _tried(operator.getitem, value, key)
    raise NotConstantError("it has no items")


def number(text: str | float) -> float:
    """`float("1e-3")`."""
    try:
        found = float(text)
    except ValueError as error:
        raise NotConstantError(str(error)) from error
    if math.isnan(found):
        raise NotConstantError("it is no number")
    return found
