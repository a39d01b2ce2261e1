"""Finding layers by a few letters."""

import pytest

from designer.catalog.spec import Catalog
from designer.ui.fuzzy import find_layers, score


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("conv2d", "Conv2D"),
        ("c2d", "Conv2D"),
        ("dense", "Dense"),
        ("add", "Add"),
        ("concat", "Concatenate"),
        ("maxpooling2", "MaxPooling2D"),
        ("mha", "MultiHeadAttention"),
    ],
)
def test_a_few_letters_find_the_layer(catalog: Catalog, typed: str, first: str) -> None:
    assert find_layers(typed, catalog.layers.values(), 5)[0].name == first


def test_layers_come_before_operations(catalog: Catalog) -> None:
    found = find_layers("conv", catalog.layers.values(), 3)
    assert not any(spec.operation for spec in found)


def test_letters_that_do_not_occur_find_nothing(catalog: Catalog) -> None:
    assert not find_layers("qqzx", catalog.layers.values(), 5)
    assert score("nope", "Dense") == 0
