"""Values as the text of a field. `reading` gives the same value for the text again."""

import json
from collections.abc import Sequence
from typing import Any

from designer.catalog.spec import ParamSpec

_SEVERAL = ("ints", "floats", "shape")


def write(param: ParamSpec, value: Any) -> str:
    """`value` as the text of its field; `read` gives the same value for it."""
    if value is None:
        return "None"
    if param.kind in _SEVERAL and is_numbers(value):
        return _write_numbers(value, single="," if param.kind != "shape" else "")
    if isinstance(value, str) and param.kind != "json":
        return value
    if param.kind in ("int", "float", "ints", "floats", "bool") and not _is_plain(value):
        return write_number(value)
    return json.dumps(value, ensure_ascii=False)


def write_number(value: Any) -> str:
    """A number or a truth value in Python's words, whole floats as short as they can be."""
    return repr(value)


def is_numbers(value: Any) -> bool:
    """Whether it is a list of numbers (and None), nested or not."""
    if not isinstance(value, list | tuple):
        return False
    return all(is_numbers(item) or not _is_plain(item) for item in value)


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | list | tuple | dict)


def _write_numbers(value: Sequence[Any], single: str) -> str:
    """`3 × 3` for a flat list, `(1, 1), (2, 2)` for a nested one."""
    if any(isinstance(item, list | tuple) for item in value):
        return ", ".join(_write_inner(item) for item in value) + ("," if len(value) == 1 else "")
    parts = ["?" if item is None else write_number(item) for item in value]
    if not parts:
        return "()"
    return " × ".join(parts) + (single if len(parts) == 1 else "")


def _write_inner(value: Any) -> str:
    if not isinstance(value, list | tuple):
        return write_number(value)
    inner = ", ".join(_write_inner(item) for item in value)
    return f"({inner},)" if len(value) == 1 else f"({inner})"
