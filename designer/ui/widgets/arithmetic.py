"""Sums in a field: `64 * 2`, `2 ** 5`, `(3 + 1) // 2`. Exact, bounded, and never executed.

The text is parsed, not run: numbers, + - * / // % ** and brackets are all there is. Fractions keep
0.1 * 30 the whole number that it is.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

TEXT_LIMIT = 200
_BITS = 4096  # what a number may need: 1e308 needs 1024
_DEPTH = 40
_UNREADABLE = (SyntaxError, ValueError, MemoryError, RecursionError, ArithmeticError)
_LETTERS = re.compile(r"[0-9eE.+\-*/%()_ \t]+")

_BINARY: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: lambda one, other: Fraction(one // other),
    ast.Mod: operator.mod,
}
_UNARY: Mapping[type[ast.unaryop], Callable[[Fraction], Fraction]] = {
    ast.UAdd: lambda one: one,
    ast.USub: operator.neg,
}


def evaluate(text: str) -> Fraction | None:
    """What the sum comes to; None where `text` is none, divides by zero, or gets too large."""
    if len(text) > TEXT_LIMIT or not _LETTERS.fullmatch(text):
        return None
    try:
        return _value(ast.parse(text.strip(), mode="eval").body, _DEPTH)
    except _UNREADABLE:
        return None


def is_sum(text: str) -> bool:
    """Whether `text` is more than a number: something is worked out in it."""
    try:
        float(text)
    except ValueError:
        return evaluate(text) is not None
    return False


def _value(node: ast.expr, depth: int) -> Fraction:
    if depth == 0:
        raise RecursionError
    if isinstance(node, ast.Constant):
        return _number(node.value)
    if isinstance(node, ast.UnaryOp) and type(node.op) in _UNARY:
        return _UNARY[type(node.op)](_value(node.operand, depth - 1))
    if not isinstance(node, ast.BinOp):
        raise ValueError(node)
    left, right = _value(node.left, depth - 1), _value(node.right, depth - 1)
    if isinstance(node.op, ast.Pow):
        return _bounded(_power(left, right))
    if type(node.op) not in _BINARY:
        raise ValueError(node.op)
    return _bounded(_BINARY[type(node.op)](left, right))


def _number(value: object) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(value)
    # A float's shortest text is what the user typed: 0.1 is a tenth, not its nearest double.
    return _bounded(Fraction(value if isinstance(value, int) else Decimal(repr(value))))


def _power(left: Fraction, right: Fraction) -> Fraction:
    """Bounded before it is worked out: 9 ** 9 ** 9 would never come back."""
    if right.denominator != 1:
        if left < 0:
            raise ValueError(left)
        return Fraction(Decimal(repr(float(left) ** float(right))))
    if _bits(left) * abs(right) > _BITS:
        raise ValueError(right)
    return Fraction(left ** int(right))


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _bounded(value: Fraction) -> Fraction:
    if _bits(value) > _BITS:
        raise ValueError(value.denominator)
    return value
