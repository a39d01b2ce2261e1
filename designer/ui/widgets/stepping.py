"""The next value up or down: of a number, or of one of several numbers."""

import math
import re
from typing import Any

from designer.catalog.spec import ParamSpec

_WHOLE = ("int", "ints", "shape")
_NUMBER = re.compile(r"[^\s,;×xX()\[\]]+")


def step(param: ParamSpec, value: Any, count: int, place: int = 0) -> Any:
    """The value `count` steps further, inside the limits; floats step in their first digit.

    Of a list the number at `place` steps. None where there is no number to step from.
    """
    if isinstance(value, list | tuple):
        numbers = list(value)
        if place >= len(numbers) or isinstance(numbers[place], list | tuple):
            return None
        numbers[place] = _stepped(param, numbers[place], count)
        return numbers
    return _stepped(param, value, count)


def number_at(text: str, cursor: int) -> int:
    """Which of the numbers in a field the cursor is at, counted from 0."""
    return sum(found.end() < cursor for found in _NUMBER.finditer(text))


def _stepped(param: ParamSpec, value: Any, count: int) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        value = param.minimum or 0
    whole = param.kind in _WHOLE
    moved: float = int(value) + count if whole else _step_float(float(value), count)
    low = -math.inf if param.minimum is None else param.minimum
    high = math.inf if param.maximum is None else param.maximum
    if param.kind == "shape":
        low = 1
    held = min(max(moved, low), high)
    return int(held) if whole else held


def _step_float(value: float, count: int) -> float:
    if value == 0:
        return count * 0.1
    power = math.floor(math.log10(abs(value)) + 1e-9)
    shrinks = (count < 0) == (value > 0)
    if shrinks and math.isclose(abs(value), 10.0**power):
        power -= 1
    return round(value + count * 10.0**power, 12 - power if power < 0 else 12)
