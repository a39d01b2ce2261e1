"""Numbers in a field: one, several, several of several, each a number or a sum.

What separates them is a comma, a semicolon, a times sign or an x, or spaces: `3 × 3`, `3x3`,
`(3, 3 * 2)`, `(1, 1), (2, 2)`. A star multiplies.
"""

import math
import re
from collections.abc import Callable
from typing import Any, TypeVar

from designer.catalog.spec import ParamSpec
from designer.ui.widgets.arithmetic import evaluate
from designer.ui.widgets.refusal import refusal

_SEPARATORS = ",;×xX"
_OPENING = {"(": ")", "[": "]"}
_CLOSING = frozenset(_OPENING.values())
_DEEPEST = 6  # brackets in brackets
_Number = TypeVar("_Number", int, float)
One = Callable[[ParamSpec, str, str], int | float]


def whole(param: ParamSpec, part: str, text: str) -> int:
    """`part` of `text` as a whole number inside the limits."""
    try:
        return _limited(param, int(part), text)
    except ValueError:
        found = evaluate(part)
    if found is None:
        template = "{name} takes whole numbers, and {text!r} is none. Type {example}."
        raise refusal(param, "not_an_int", template, text) from None
    if found.denominator != 1:
        template = (
            "{name} takes whole numbers, and {part} is {result:g}. Type a whole number; // divides "
            "without a remainder."
        )
        result = float(found)
        raise refusal(param, "not_whole", template, text, part=part.strip(), result=result)
    return _limited(param, found.numerator, text)


def real(param: ParamSpec, part: str, text: str) -> float:
    """`part` of `text` as a number inside the limits."""
    try:
        number = float(part)
    except ValueError:
        number = _worked_out(part)
    if not math.isfinite(number):
        template = "{name} takes numbers, and {text!r} is none. Type {example} or 1e-3."
        raise refusal(param, "not_a_number", template, text)
    return _limited(param, number, text)


def number_of(text: str) -> int | float:
    """What a sum comes to, as an int where it is whole; not finite where it is none."""
    found = evaluate(text)
    return found.numerator if found is not None and found.denominator == 1 else _worked_out(text)


def size(param: ParamSpec, part: str, text: str) -> int | None:
    """`part` of `text` as a size of a shape; None where it is unknown."""
    if part.lower() in ("?", "none"):
        return None
    found = evaluate(part)
    if found is None or found.denominator != 1 or found == 0 or found < -1:
        template = "{name} is a shape: whole sizes from 1, '?' where unknown, not {text!r}."
        raise refusal(param, "not_a_shape", template + " Type {example}.", text)
    return found.numerator


def parts(param: ParamSpec, text: str) -> list[str]:
    """The pieces of `text`, an outer bracket taken away."""
    _check_brackets(param, text)
    return _pieces(_inner(text) if _is_bracketed(text) else text)


def read_several(param: ParamSpec, text: str, one: One) -> Any:
    """A number, or a list of numbers or of lists; ProblemError where `text` is none of them."""
    _check_brackets(param, text)
    found = _several(param, text.strip(), text, one, _DEEPEST)
    if isinstance(found, list) and param.length not in (None, len(found)):
        template = "{name} takes one number or {length}, and {text!r} has {count}. Type {example}."
        values = {"length": param.length, "count": len(found)}
        raise refusal(param, "wrong_length", template, text, **values)
    return found


def _several(param: ParamSpec, part: str, text: str, one: One, depth: int) -> Any:
    bracketed = _is_bracketed(part)
    inner = _inner(part) if bracketed else part
    pieces = _pieces(inner)
    if (not pieces and not bracketed) or depth == 0:
        template = "{name} takes one number or several. Type {example}."
        raise refusal(param, "empty", template, text)
    listed = len(pieces) != 1 or _ends_open(inner) or part[:1] == "["
    if not listed and not bracketed:
        return one(param, pieces[0], text)
    found = [_several(param, piece, text, one, depth - 1) for piece in pieces]
    return found if listed else found[0]


def _ends_open(text: str) -> bool:
    return text.rstrip()[-1:] in (",", ";")


def _inner(text: str) -> str:
    return text.strip()[1:-1]


def _is_bracketed(text: str) -> bool:
    """Whether one pair of brackets is around all of it, as it is not in `(1 + 2) * 3`."""
    text = text.strip()
    if text[:1] not in _OPENING:
        return False
    return all(depth > 0 for depth in _depths(text)[:-1])


def _depths(text: str) -> list[int]:
    """How deep in brackets the text is after each letter."""
    depth, found = 0, []
    for letter in text:
        depth += (letter in _OPENING) - (letter in _CLOSING)
        found.append(depth)
    return found


def _check_brackets(param: ParamSpec, text: str) -> None:
    awaited: list[str] = []
    for letter in text:
        if letter in _OPENING:
            awaited.append(_OPENING[letter])
        elif letter in _CLOSING and (not awaited or awaited.pop() != letter):
            awaited = [letter]
            break
    if awaited:
        template = "{name}: a bracket in {text!r} is not closed, or not opened. Type {example}."
        raise refusal(param, "open_bracket", template, text)


def _pieces(text: str) -> list[str]:
    """What the separators part; spaces do where the whole is not a sum."""
    found, start = [], 0
    for place, (letter, depth) in enumerate(zip(text, _depths(text), strict=True)):
        if depth == 0 and letter in _SEPARATORS:
            found.append(text[start:place])
            start = place + 1
    found.append(text[start:])
    whole = [piece.strip() for piece in found if piece.strip()]
    return [word for piece in whole for word in _words(piece)]


def _words(piece: str) -> list[str]:
    if evaluate(piece) is not None or piece[0] in _OPENING:
        return [piece]
    words = re.split(r"\s+", piece)
    return words if all(evaluate(word) is not None or word == "?" for word in words) else [piece]


def _worked_out(part: str) -> float:
    found = evaluate(part)
    try:
        return math.nan if found is None else float(found)
    except OverflowError:
        return math.inf


def _limited(param: ParamSpec, number: _Number, text: str) -> _Number:
    if param.minimum is not None and number < param.minimum:
        template = "{name} is at least {limit}, and {text!r} is less. Type {limit} or more."
        raise refusal(param, "too_small", template, text, limit=f"{param.minimum:g}")
    if param.maximum is not None and number > param.maximum:
        template = "{name} is at most {limit}, and {text!r} is more. Type {limit} or less."
        raise refusal(param, "too_large", template, text, limit=f"{param.maximum:g}")
    return number
