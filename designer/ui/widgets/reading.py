"""Values as the text of a field, and back: one reader and one writer for each kind.

No Qt here, so that every rule can be tested without a window. A reader raises a ProblemError that
says the rule, the value and the next step.
"""

import ast
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from designer.catalog.spec import ParamSpec
from designer.document.problem import ProblemError, Where, failure

_SEPARATORS = re.compile(r"[\s,;*×xX]+")
_BRACKETS = {"(": ")", "[": "]"}
_TEXT_LIMIT = 100_000
_Number = TypeVar("_Number", int, float)

Reader = Callable[[ParamSpec, str], Any]


def read(param: ParamSpec, text: str) -> Any:
    """The value that `text` stands for; ProblemError where the parameter cannot have it."""
    if param.kind != "string":
        text = text.strip()
    if text.lower() == "none":
        if param.nullable:
            return None
        if param.kind != "string":
            raise _refusal(param, "not_nullable", "{name} cannot be None. Type {example}.", text)
    if not param.required and text == write(param, param.default):
        return param.default
    return READERS.get(param.kind, read_json)(param, text)


def write(param: ParamSpec, value: Any) -> str:
    """`value` as the text of its field; `read` gives the same value for it."""
    if value is None:
        return "None"
    if param.kind in ("ints", "floats", "shape") and _is_flat(value):
        return _write_numbers(value, single="," if param.kind != "shape" else "")
    if isinstance(value, str) and param.kind != "json":
        return value
    if param.kind in ("int", "float", "ints", "floats", "bool") and not _is_plain(value):
        return write_number(value)
    return json.dumps(value, ensure_ascii=False)


def write_number(value: Any) -> str:
    """A number or a truth value in Python's words, whole floats as short as they can be."""
    return repr(value)


def step(param: ParamSpec, value: Any, count: int) -> Any:
    """The number `count` steps further, inside the limits; floats step in their first digit."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        value = param.minimum or 0
    if param.kind == "int":
        moved: float = int(value) + count
    else:
        moved = _step_float(float(value), count)
    low = -math.inf if param.minimum is None else param.minimum
    high = math.inf if param.maximum is None else param.maximum
    held = min(max(moved, low), high)
    return int(held) if param.kind == "int" else held


def _step_float(value: float, count: int) -> float:
    if value == 0:
        return count * 0.1
    power = math.floor(math.log10(abs(value)) + 1e-9)
    shrinks = (count < 0) == (value > 0)
    if shrinks and math.isclose(abs(value), 10.0**power):
        power -= 1
    return round(value + count * 10.0**power, 12 - power if power < 0 else 12)


# --- Readers ------------------------------------------------------------------------------------


def read_int(param: ParamSpec, text: str) -> int:
    """A whole number inside the limits."""
    return _whole(param, text, text)


def read_float(param: ParamSpec, text: str) -> float:
    """A number inside the limits: "0.5", "1e-3"."""
    return _real(param, text, text)


def read_string(param: ParamSpec, text: str) -> str:
    """Any text; one of the choices where the parameter has some."""
    if param.choices and text not in param.choices:
        template = "{name} is one of {choices}, not {text!r}. Choose one of them."
        raise _refusal(param, "not_a_choice", template, text, choices=", ".join(param.choices))
    return text


def read_bool(param: ParamSpec, text: str) -> bool:
    """True or False, in any case."""
    found = {"true": True, "false": False}.get(text.lower())
    if found is None:
        raise _refusal(param, "not_a_bool", "{name} is True or False, not {text!r}.", text)
    return found


def read_ints(param: ParamSpec, text: str) -> Any:
    """An int ("3") or a list of them ("3 × 3", "3, 3", "(3, 3)", "3,"); nested lists as JSON."""
    return _read_several(param, text, _whole)


def read_floats(param: ParamSpec, text: str) -> Any:
    """A number or a list of them, written as `read_ints` takes it."""
    return _read_several(param, text, _real)


def read_shape(param: ParamSpec, text: str) -> list[int | None]:
    """Sizes without the batch axis; an unknown one is "?" or None: "32 × 32 × 3", "(?, 3)"."""
    sizes = [_size(param, part, text) for part in _parts(param, text)]
    if param.length is not None and len(sizes) != param.length:
        template = "{name} has {length} sizes, and {text!r} has {count}. Type {example}."
        count, length = len(sizes), param.length
        raise _refusal(param, "wrong_length", template, text, length=length, count=count)
    return sizes


def read_json(param: ParamSpec, text: str) -> Any:
    """Anything that JSON or a Python literal can say; tuples become lists."""
    if len(text) > _TEXT_LIMIT:
        template = "{name} takes at most {limit} characters, and this has {count}. Shorten it."
        raise _refusal(param, "too_long", template, text[:20], limit=_TEXT_LIMIT, count=len(text))
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return _read_literal(param, text)


READERS: Mapping[str, Reader] = {
    "int": read_int,
    "float": read_float,
    "bool": read_bool,
    "string": read_string,
    "choice": read_string,
    "dtype": read_string,
    "ints": read_ints,
    "floats": read_floats,
    "shape": read_shape,
    "json": read_json,
}


# --- Their parts --------------------------------------------------------------------------------


def _refusal(param: ParamSpec, code: str, template: str, text: str, **values: Any) -> ProblemError:
    where = Where(param=param.name)
    return failure(
        code, template, where, name=param.name, text=text, example=example(param), **values
    )


def example(param: ParamSpec) -> str:
    """A value that the parameter would take, for the end of a message."""
    if param.default is not None and not param.required:
        return write(param, param.default)
    low = int(param.minimum) if param.minimum is not None else 1
    several = " × ".join([str(max(low, 3))] * (param.length or 2))
    whole = str(max(low, 32) if param.maximum is None else int(param.maximum))
    return {
        "int": whole,
        "float": "0.5",
        "ints": several,
        "floats": "0.5, 0.5",
        "shape": "32 × 32 × 3",
        "json": '"text", 3 or [1, 2]',
    }.get(param.kind, "another")


def _whole(param: ParamSpec, part: str, text: str) -> int:
    try:
        number = int(part)
    except ValueError:
        template = "{name} takes whole numbers, and {text!r} is none. Type {example}."
        raise _refusal(param, "not_an_int", template, text) from None
    return _limited(param, number, text)


def _real(param: ParamSpec, part: str, text: str) -> float:
    try:
        number = float(part)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        template = "{name} takes numbers, and {text!r} is none. Type {example} or 1e-3."
        raise _refusal(param, "not_a_number", template, text)
    return _limited(param, number, text)


def _limited(param: ParamSpec, number: _Number, text: str) -> _Number:
    if param.minimum is not None and number < param.minimum:
        template = "{name} is at least {limit}, and {text!r} is less. Type {limit} or more."
        raise _refusal(param, "too_small", template, text, limit=f"{param.minimum:g}")
    if param.maximum is not None and number > param.maximum:
        template = "{name} is at most {limit}, and {text!r} is more. Type {limit} or less."
        raise _refusal(param, "too_large", template, text, limit=f"{param.maximum:g}")
    return number


def _size(param: ParamSpec, part: str, text: str) -> int | None:
    if part.lower() in ("?", "none"):
        return None
    try:
        size = int(part)
    except ValueError:
        size = 0
    if size == 0 or size < -1:
        template = "{name} is a shape: whole sizes from 1, '?' where unknown, not {text!r}."
        raise _refusal(param, "not_a_shape", template + " Type {example}.", text)
    return size


def _parts(param: ParamSpec, text: str) -> list[str]:
    inner = text.strip()
    if inner and inner[0] in _BRACKETS:
        if inner[-1] != _BRACKETS[inner[0]] or len(inner) < 2:
            template = "{name}: the bracket in {text!r} is not closed. Type {example}."
            raise _refusal(param, "open_bracket", template, text)
        inner = inner[1:-1]
    return [part for part in _SEPARATORS.split(inner) if part]


def _read_several(
    param: ParamSpec, text: str, one: Callable[[ParamSpec, str, str], int | float]
) -> Any:
    bare = text.replace(" ", "")
    if bare[:2] in ("((", "[[", "([", "[("):
        return _read_literal(param, text)
    numbers = [one(param, part, text) for part in _parts(param, text)]
    if not numbers and bare not in ("()", "[]"):
        template = "{name} takes one number or several. Type {example}."
        raise _refusal(param, "empty", template, text)
    listed = len(numbers) != 1 or bare[:1] in ("(", "[") or bare.endswith(",")
    if listed and param.length is not None and len(numbers) != param.length:
        template = "{name} takes one number or {length}, and {text!r} has {count}. Type {example}."
        count, length = len(numbers), param.length
        raise _refusal(param, "wrong_length", template, text, length=length, count=count)
    return numbers if listed else numbers[0]


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def _read_literal(param: ParamSpec, text: str) -> Any:
    try:
        return _listed(ast.literal_eval(text))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        template = (
            "{name} takes a number, a list or text in quotes, and {text!r} is none of them. "
            "Type {example}."
        )
        raise _refusal(param, "not_json", template, text) from None


def _listed(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_listed(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _listed(item) for key, item in value.items()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise ValueError(value)


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | list | tuple | dict)


def _is_flat(value: Any) -> bool:
    return isinstance(value, list | tuple) and not any(_is_plain(item) for item in value)


def _write_numbers(value: Sequence[Any], single: str) -> str:
    parts = ["?" if item is None else write_number(item) for item in value]
    if not parts:
        return "()"
    return " × ".join(parts) + (single if len(parts) == 1 else "")
