"""Sums in fields: what they come to, and what they never do."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.ui.widgets.arithmetic import evaluate, is_sum


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("64 * 2", 128),
        ("2 ** 5", 32),
        ("(3 + 1) // 2", 2),
        ("-(2 - 5) % 2", 1),
        ("256 / 3", Fraction(256, 3)),
        ("0.1 * 30", 3),
        ("2 ** -1", Fraction(1, 2)),
        ("4 ** 0.5", 2),
        ("+7", 7),
    ],
)
def test_a_sum_comes_to_its_exact_value(text: str, value: Fraction) -> None:
    assert evaluate(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 / 0",
        "0 ** -1",
        "9 ** 9 ** 9",
        "2 ** 100000",
        "(-8) ** 0.5",
        "10.0 ** 0.5 ** -12",
        "1e999",
        "2 @ 3",
        "True + 1",
        "abs(3)",
        "__import__('os')",
        "x + 1",
        "[1][0]",
        "1 if 2 else 3",
        "1j",
        "3 if",
        "(" * 90 + "1" + ")" * 90 + "+1" * 60,
        "-" * 150 + "1",
        "1+" * 150 + "1",
    ],
)
def test_what_is_no_sum_or_grows_too_large_is_refused(text: str) -> None:
    assert evaluate(text) is None


def test_a_plain_number_is_no_sum() -> None:
    assert not is_sum("1e-3")
    assert not is_sum("many")
    assert is_sum("1e-3 * 2")


@given(st.text(alphabet="0123456789.+-*/%()e _,x", max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    assert evaluate(text) is None or isinstance(evaluate(text), Fraction)


@given(st.integers(-999, 999), st.integers(-999, 999), st.sampled_from(["+", "-", "*"]))
def test_it_reckons_as_python_does(one: int, other: int, sign: str) -> None:
    expected = {"+": one + other, "-": one - other, "*": one * other}[sign]
    assert evaluate(f"{one} {sign} ({other})") == expected
