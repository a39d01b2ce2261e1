"""What several layers have in common, and where they differ in it."""

from collections.abc import Set
from typing import Any

import pytest

from designer.catalog.intersection import common_values, intersection, varied
from designer.catalog.spec import Catalog, ParamSpec

RATE = ParamSpec("rate", "float", default=0.5, minimum=0, maximum=1)
FILTERS = ParamSpec("filters", "int", required=True, minimum=1)
SAME = ParamSpec("padding", "choice", default="valid", choices=("valid", "same"))
CAUSAL = ParamSpec("padding", "choice", default="valid", choices=("causal", "same", "valid"))


def specs(*params: ParamSpec) -> dict[str, ParamSpec]:
    return {param.name: param for param in params}


def test_a_convolution_and_a_dense_layer_share_their_activation_but_not_their_units(
    catalog: Catalog,
) -> None:
    both = [catalog.layers["layers.Conv2D"].params, catalog.layers["layers.Dense"].params]
    names = {param.name for param in intersection(both)}
    assert {"activation", "use_bias", "kernel_initializer", "dtype"} <= names
    assert names.isdisjoint({"filters", "units", "kernel_size"})


def test_parameters_of_one_name_and_another_kind_or_length_are_not_common() -> None:
    one = ParamSpec("strides", "ints", default=1, length=1)
    two = ParamSpec("strides", "ints", default=[1, 1], length=2)
    assert intersection([[one], [two]]) == ()
    assert intersection([[RATE], [ParamSpec("rate", "int")]]) == ()


def test_only_choices_limits_and_none_that_all_take_are_left() -> None:
    (padding,) = intersection([[SAME], [CAUSAL]])
    assert padding.choices == ("valid", "same")
    wide = ParamSpec("rate", "float", default=0.5, nullable=True, minimum=-1, maximum=3)
    (rate,) = intersection([[wide], [RATE]])
    assert (rate.minimum, rate.maximum, rate.nullable) == (0, 1, False)
    assert intersection([[SAME], [ParamSpec("padding", "choice", choices=("full",))]]) == ()


def test_what_one_layer_must_have_and_another_may_is_required() -> None:
    (found,) = intersection([[FILTERS], [ParamSpec("filters", "int", default=8)]])
    assert found.required
    assert found.default is None
    assert varied([[FILTERS], [ParamSpec("filters", "int", default=8)]]) == {"filters"}
    assert varied([[RATE], [RATE]]) == frozenset()


@pytest.mark.parametrize(
    ("several", "values", "mixed"),
    [
        ([{"rate": 0.2}, {"rate": 0.2}], {"rate": 0.2}, set()),
        ([{"rate": 0.2}, {}], {}, {"rate"}),
        ([{"rate": 0.5}, {}], {"rate": 0.5}, set()),
        ([{}, {}], {}, set()),
        ([{"rate": 1}, {"rate": True}], {}, {"rate"}),
        ([{"rate": [1, 2]}, {"rate": (1, 2)}], {"rate": [1, 2]}, set()),
        ([{"odd": 3}, {}], {}, {"odd"}),
        ([{"odd": 3}], {"odd": 3}, set()),
    ],
)
def test_a_value_is_common_where_the_same_applies_everywhere(
    several: list[dict[str, Any]], values: dict[str, Any], mixed: Set[str]
) -> None:
    assert common_values(several, [specs(RATE)] * len(several)) == (values, frozenset(mixed))


def test_a_missing_value_that_is_required_differs_from_one_that_is_there() -> None:
    assert common_values([{"filters": 3}, {}], [specs(FILTERS)] * 2) == ({}, frozenset({"filters"}))
    assert common_values([{}, {}], [specs(FILTERS)] * 2) == ({}, frozenset())


def test_different_defaults_differ_while_nothing_is_set() -> None:
    other = ParamSpec("rate", "float", default=0.1)
    assert common_values([{}, {}], [specs(RATE), specs(other)]) == ({}, frozenset({"rate"}))
