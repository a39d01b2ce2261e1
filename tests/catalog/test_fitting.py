"""Texts where numbers are wanted are found; all else is for Keras to judge."""

import pytest

from designer.catalog.fitting import expected
from designer.catalog.spec import Catalog, ParamKind, ParamSpec


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("int", "a whole number"),
        ("float", "a number"),
        ("bool", "true or false"),
        ("string", ""),
        ("json", ""),
    ],
)
def test_a_text_is_no_number(kind: ParamKind, words: str) -> None:
    assert expected(ParamSpec("p", kind), "many") == words


@pytest.mark.parametrize("value", [None, 1, 1.5, True, [1], {"object": "x", "params": {}}])
def test_what_keras_may_accept_is_left_to_keras(value: object) -> None:
    assert expected(ParamSpec("p", "int"), value) == ""


def test_no_default_of_keras_is_refused(catalog: Catalog) -> None:
    known = [spec.params for spec in catalog.layers.values()]
    known += [spec.params for spec in catalog.objects.values()]
    assert not [p.name for params in known for p in params if expected(p, p.default)]
