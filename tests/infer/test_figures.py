"""Figures in a few characters."""

import math

import pytest

from designer.infer.figures import bytes_text, field_text, scaled
from designer.infer.receptive import Field


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (896, "896"), (999.6, "1 k"), (18_496, "18.5 k"), (592_163, "592 k"),
     (41_000_000, "41 M"), (4_112_000_000, "4.1 G")],
)  # fmt: skip
def test_counts_have_at_most_three_figures(value: float, text: str) -> None:
    assert scaled(value) == text


def test_bytes_are_decimal() -> None:
    assert [bytes_text(size) for size in (640, 9_474_608)] == ["640 B", "9.5 MB"]


def test_a_field_with_equal_axes_is_one_number() -> None:
    assert field_text(Field((212, 212), (32, 32))) == "212"
    assert field_text(Field((3, 7.5), (1, 0.5))) == "3×8"
    assert field_text(Field((math.inf, math.inf), (1, 1)), "whole") == "whole"
    assert field_text(Field((), ())) == ""
    assert field_text(None) == "?"
