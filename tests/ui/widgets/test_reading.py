"""Texts of fields and the values that they stand for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.spec import ParamKind, ParamSpec
from designer.document.problem import ProblemError
from designer.ui.widgets.reading import read
from designer.ui.widgets.stepping import number_at, step
from designer.ui.widgets.writing import write

KERNEL = ParamSpec("kernel_size", "ints", required=True, minimum=1, length=2)
RATE = ParamSpec("rate", "float", default=0.5, minimum=0, maximum=1)


@pytest.mark.parametrize(
    "text", ["3, 3", "3 × 3", "3x3", "(3,3)", "[3, 3]", " 3 3 ", "2 + 1, 6//2"]
)
def test_a_pair_of_sizes_may_be_written_in_many_ways(text: str) -> None:
    assert read(KERNEL, text) == [3, 3]


def test_one_number_stays_one_and_a_list_of_one_stays_a_list() -> None:
    axis = ParamSpec("axis", "ints", required=True)
    assert read(KERNEL, "3") == 3
    assert read(axis, "-1") == -1
    assert read(axis, write(axis, [1])) == [1]
    assert read(axis, write(axis, [])) == []


@pytest.mark.parametrize(
    ("param", "text", "code"),
    [
        (KERNEL, "3, 3, 3", "wrong_length"),
        (KERNEL, "0", "too_small"),
        (KERNEL, "three", "not_an_int"),
        (KERNEL, "(3, 3", "open_bracket"),
        (KERNEL, "None", "not_nullable"),
        (RATE, "1.5", "too_large"),
        (RATE, "nan", "not_a_number"),
        (RATE, "half", "not_a_number"),
        (ParamSpec("shape", "shape", required=True), "32 x 0", "not_a_shape"),
        (ParamSpec("config", "json"), "{relu", "not_json"),
        (ParamSpec("padding", "choice", default="same", choices=("same",)), "no", "not_a_choice"),
    ],
)
def test_a_refused_text_says_the_rule_the_value_and_the_next_step(
    param: ParamSpec, text: str, code: str
) -> None:
    with pytest.raises(ProblemError) as caught:
        read(param, text)
    problem = caught.value.problem
    assert problem.code == code
    assert param.name in problem.message
    assert any(word in problem.message for word in ("Type", "Choose", "Shorten"))


@pytest.mark.parametrize(
    ("param", "text", "value"),
    [
        (ParamSpec("filters", "int", required=True, minimum=1), "64 * 2", 128),
        (ParamSpec("filters", "int", required=True, minimum=1), "256 / 2", 128),
        (KERNEL, "(3, 3 * 2)", [3, 6]),
        (KERNEL, "(1 + 2) * 3", 9),
        (KERNEL, "(7)", 7),
        (KERNEL, "[7] ", None),
        (ParamSpec("padding", "ints"), "(1, 2 - 1), (2, 2)", [[1, 1], [2, 2]]),
        (ParamSpec("padding", "ints"), "((1, 1), (2, 2))", [[1, 1], [2, 2]]),
        (ParamSpec("axis", "ints"), "1 -1", 0),
        (RATE, "1 / 4", 0.25),
        (ParamSpec("factor", "floats"), "-1/8, 1/8", [-0.125, 0.125]),
        (ParamSpec("shape", "shape", required=True), "2**8 x 2**8 x 3", [256, 256, 3]),
        (ParamSpec("shape", "shape", required=True), "(?, 64 * 2)", [None, 128]),
        (ParamSpec("x2", "json"), "2 ** 0.5", 2**0.5),
    ],
)
def test_sums_may_stand_wherever_a_number_may(param: ParamSpec, text: str, value: object) -> None:
    if value is None:
        with pytest.raises(ProblemError):
            read(param, text)
    else:
        assert read(param, text) == value


@pytest.mark.parametrize("text", ["255 / 2", "0.1 + 0.2", "2.5"])
def test_a_fraction_in_the_place_of_a_whole_number_is_told(text: str) -> None:
    with pytest.raises(ProblemError) as caught:
        read(ParamSpec("filters", "int", required=True, minimum=1), text)
    assert caught.value.problem.code == "not_whole"
    assert "//" in caught.value.problem.message


def test_an_unknown_size_is_a_question_mark() -> None:
    shape = ParamSpec("shape", "shape", required=True)
    assert read(shape, "? × ? × 3") == [None, None, 3]
    assert read(shape, "(None, 3)") == [None, 3]
    assert write(shape, [None, 32]) == "? × 32"


def test_small_floats_are_read_and_written_as_people_write_them() -> None:
    rate = ParamSpec("learning_rate", "float", default=0.001, minimum=0)
    assert read(rate, "1e-3") == 0.001
    assert read(rate, write(rate, 1e-7)) == 1e-7


def test_text_that_is_not_json_may_be_a_python_literal() -> None:
    anything = ParamSpec("value", "json")
    assert read(anything, "(1, None, {'a': True})") == [1, None, {"a": True}]
    with pytest.raises(ProblemError):
        read(anything, "__import__('os')")


@pytest.mark.parametrize(
    ("value", "count", "after"),
    [(0.001, 1, 0.002), (0.001, -1, 0.0009), (0.5, 1, 0.6), (1.0, 1, 1.0), (0.0, -1, 0.0)],
)
def test_a_float_steps_in_its_first_digit_and_stays_within_limits(
    value: float, count: int, after: float
) -> None:
    assert step(RATE, value, count) == pytest.approx(after)


def test_an_int_steps_by_one_and_from_its_default() -> None:
    filters = ParamSpec("filters", "int", required=True, minimum=1)
    assert step(filters, 32, 1) == 33
    assert step(filters, 1, -1) == 1
    assert step(filters, None, 1) == 2


@pytest.mark.parametrize(
    ("text", "cursor", "value", "after"),
    [
        ("3 × 3", 0, [3, 3], [4, 3]),
        ("3 × 3", 1, [3, 3], [4, 3]),
        ("3 × 3", 5, [3, 3], [3, 4]),
        ("(1, 1)", 2, [1, 1], [2, 1]),
        ("5", 1, 5, 6),
        ("", 0, [1, 1], [2, 1]),
    ],
)
def test_of_several_numbers_the_one_at_the_cursor_steps(
    text: str, cursor: int, value: Any, after: Any
) -> None:
    assert step(KERNEL, value, 1, number_at(text, cursor)) == after


def test_lists_in_lists_do_not_step() -> None:
    assert step(KERNEL, [[1, 1], [1, 1]], 1, 0) is None


def test_a_size_of_a_shape_never_steps_below_one() -> None:
    assert step(ParamSpec("shape", "shape"), [1, None], -1, 0) == [1, None]


_KINDS: dict[ParamKind, st.SearchStrategy[Any]] = {
    "int": st.integers(),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "ints": st.integers()
    | st.recursive(
        st.lists(st.integers()), lambda inner: st.lists(inner, min_size=1), max_leaves=6
    ),
    "floats": st.floats(allow_nan=False, allow_infinity=False)
    | st.lists(st.floats(allow_nan=False, allow_infinity=False)),
    "shape": st.lists(st.none() | st.integers(1, 4096)),
    "json": st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
}


@given(st.sampled_from(sorted(_KINDS)).flatmap(lambda k: st.tuples(st.just(k), _KINDS[k])))
def test_what_is_written_is_read_as_the_same_value(pair: tuple[ParamKind, Any]) -> None:
    kind, value = pair
    param = ParamSpec("value", kind, required=True, nullable=True)
    assert read(param, write(param, value)) == value


@given(st.text(max_size=40), st.sampled_from(sorted(_KINDS)))
def test_no_text_makes_a_reader_fail_in_another_way_than_by_a_problem(
    text: str, kind: ParamKind
) -> None:
    param = ParamSpec("value", kind, required=True)
    try:
        read(param, text)
    except ProblemError as error:
        assert error.problem.message
