"""Texts of fields as values, one reader for each kind; `writing` is the way back.

No Qt here, so that every rule can be tested without a window. A reader raises a ProblemError that
says the rule, the value and the next step.
"""

import ast
import json
from collections.abc import Callable, Mapping
from typing import Any

from designer.catalog.spec import ParamSpec
from designer.ui.widgets.arithmetic import is_sum
from designer.ui.widgets.numerals import number_of, parts, read_several, real, size, whole
from designer.ui.widgets.refusal import refusal
from designer.ui.widgets.writing import write

_TEXT_LIMIT = 100_000

Reader = Callable[[ParamSpec, str], Any]


def read(param: ParamSpec, text: str) -> Any:
    """The value that `text` stands for; ProblemError where the parameter cannot have it."""
    if param.kind != "string":
        text = text.strip()
    if text.lower() == "none":
        if param.nullable:
            return None
        if param.kind != "string":
            raise refusal(param, "not_nullable", "{name} cannot be None. Type {example}.", text)
    if not param.required and text == write(param, param.default):
        return param.default
    return READERS.get(param.kind, read_json)(param, text)


# --- Readers ------------------------------------------------------------------------------------


def read_int(param: ParamSpec, text: str) -> int:
    """A whole number inside the limits."""
    return whole(param, text, text)


def read_float(param: ParamSpec, text: str) -> float:
    """A number inside the limits: "0.5", "1e-3"."""
    return real(param, text, text)


def read_string(param: ParamSpec, text: str) -> str:
    """Any text; one of the choices where the parameter has some."""
    if param.choices and text not in param.choices:
        template = "{name} is one of {choices}, not {text!r}. Choose one of them."
        raise refusal(param, "not_a_choice", template, text, choices=", ".join(param.choices))
    return text


def read_bool(param: ParamSpec, text: str) -> bool:
    """True or False, in any case."""
    found = {"true": True, "false": False}.get(text.lower())
    if found is None:
        raise refusal(param, "not_a_bool", "{name} is True or False, not {text!r}.", text)
    return found


def read_ints(param: ParamSpec, text: str) -> Any:
    """An int ("3") or a list of them ("3 × 3", "3, 3", "(3, 3)", "3,"); or of lists."""
    return read_several(param, text, whole)


def read_floats(param: ParamSpec, text: str) -> Any:
    """A number or a list of them, written as `read_ints` takes it."""
    return read_several(param, text, real)


def read_shape(param: ParamSpec, text: str) -> list[int | None]:
    """Sizes without the batch axis; an unknown one is "?" or None: "32 × 32 × 3", "(?, 3)"."""
    sizes = [size(param, part, text) for part in parts(param, text)]
    if param.length is not None and len(sizes) != param.length:
        template = "{name} has {length} sizes, and {text!r} has {count}. Type {example}."
        count, length = len(sizes), param.length
        raise refusal(param, "wrong_length", template, text, length=length, count=count)
    return sizes


def read_json(param: ParamSpec, text: str) -> Any:
    """Anything that JSON or a Python literal can say; tuples become lists."""
    if len(text) > _TEXT_LIMIT:
        template = "{name} takes at most {limit} characters, and this has {count}. Shorten it."
        raise refusal(param, "too_long", template, text[:20], limit=_TEXT_LIMIT, count=len(text))
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
    "policy": read_string,
    "ints": read_ints,
    "floats": read_floats,
    "shape": read_shape,
    "json": read_json,
}


# --- Their parts --------------------------------------------------------------------------------


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def _read_literal(param: ParamSpec, text: str) -> Any:
    if is_sum(text):
        return number_of(text)
    try:
        return _listed(ast.literal_eval(text))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        template = (
            "{name} takes a number, a list or text in quotes, and {text!r} is none of them. "
            "Type {example}."
        )
        raise refusal(param, "not_json", template, text) from None


def _listed(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_listed(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _listed(item) for key, item in value.items()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise ValueError(value)
