"""Finding types by what people call them."""

import pytest

from designer.catalog.spec import Catalog
from designer.document.model import OUTPUT
from designer.ui.finding import SYNONYMS, entries, find


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("skip", ["layers.Add", "layers.Concatenate"]),
        ("residual", ["layers.Add"]),
        ("upsample", ["layers.UpSampling2D"]),
        ("conv2d", ["layers.Conv2D"]),
        ("cv2d", ["layers.Conv2D"]),
        ("c2d", ["layers.Conv2D"]),
        ("mha", ["layers.MultiHeadAttention"]),
        ("add", ["layers.Add"]),
        ("concat", ["layers.Concatenate"]),
        ("maxpooling2", ["layers.MaxPooling2D"]),
        ("bn", ["layers.BatchNormalization"]),
        ("dense", ["layers.Dense"]),
        ("conv", ["layers.Conv2D"]),
        ("max pool", ["layers.MaxPooling2D"]),
        ("input", ["layers.InputLayer"]),
        ("InputLayer", ["layers.InputLayer"]),
        ("output", [OUTPUT]),
    ],
)
def test_the_likeliest_type_comes_first(catalog: Catalog, query: str, first: list[str]) -> None:
    found = [entry.type for entry in find(query, entries(catalog))]
    assert found[: len(first)] == first


def test_a_category_finds_its_layers(catalog: Catalog) -> None:
    found = {entry.type for entry in find("merging", entries(catalog))}
    assert {"layers.Add", "layers.Concatenate", "layers.Multiply"} <= found


def test_nonsense_finds_nothing(catalog: Catalog) -> None:
    assert find("qqq", entries(catalog)) == []
    assert find("  ", entries(catalog)) == []


def test_every_synonym_names_types_that_exist(catalog: Catalog) -> None:
    known = {entry.type for entry in entries(catalog)}
    assert {type_ for types in SYNONYMS.values() for type_ in types} <= known
