"""Names: whatever the text, what comes out is an identifier that shadows nothing."""

import builtins
import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.codegen.naming import Names, identifier, layer_name, plain


@given(st.text())
def test_any_text_becomes_an_identifier(text: str) -> None:
    name = identifier(text)
    assert name.isidentifier() and not keyword.iskeyword(name)
    assert name not in dir(builtins) and len(name) <= 40


@given(st.text())
def test_plain_text_can_end_neither_a_comment_nor_a_docstring(text: str) -> None:
    line = plain(text)
    assert '"' not in line and "\\" not in line and len(line) <= 60
    assert line.splitlines() in ([], [line])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("conv1", "conv1"),
        ("my layer", "my_layer"),
        ("block/conv", "block_conv"),
        ("input", "input_"),
        ("class", "class_"),
        ("keras", "keras_"),
        ("3d", "layer_3d"),
        ("", "layer"),
        ("ﬁlter", "filter_"),
        ("слой", "слой"),
    ],
)
def test_a_name_stays_as_near_as_python_allows(text: str, name: str) -> None:
    assert identifier(text) == name


def test_a_name_is_handed_out_once() -> None:
    names = Names()
    assert [names.take(n) for n in ("a", "a", "a_1", "a")] == ["a", "a_1", "a_1_1", "a_2"]


def test_a_layer_s_name_has_no_slash() -> None:
    assert layer_name("a/b") == "a_b" and layer_name("") == "layer"
