"""The second line of a card says what distinguishes a node, and nothing that is a default."""

from typing import Any

import pytest

from designer.catalog.spec import Catalog
from designer.document.model import ENTRY, EXIT, OUTPUT, Node
from designer.protocol import TensorSpec
from designer.ui.canvas.summary import count_text, shape_text, summary, type_name


@pytest.mark.parametrize(
    ("kind", "params", "text"),
    [
        (
            "layers.Conv2D",
            {"filters": 64, "kernel_size": [3, 3], "strides": 2, "activation": "relu"},
            "Conv2D  64 · 3×3 / 2 · relu",
        ),
        ("layers.Conv2D", {"filters": 64, "kernel_size": 3}, "Conv2D  64 · 3×3"),
        ("layers.Conv2D", {"filters": 64, "kernel_size": 3, "strides": [1, 1]}, "Conv2D  64 · 3×3"),
        ("layers.Conv2D", {"filters": 8, "kernel_size": [1, 3]}, "Conv2D  8 · 1×3"),
        ("layers.Dense", {"units": 10, "use_bias": False}, "Dense  10 · no bias"),
        ("layers.Dense", {"units": 10, "activation": "linear"}, "Dense  10"),
        ("layers.Concatenate", {"axis": 3}, "Concatenate  axis 3"),
        ("layers.Concatenate", {"axis": -1}, "Concatenate"),
        ("layers.Dropout", {"rate": 0.5}, "Dropout  0.5"),
        ("layers.Nonsense", {"rate": 0.5}, "Nonsense"),
        (OUTPUT, {}, ""),
    ],
)
def test_a_summary_tells_what_is_not_default(
    catalog: Catalog, kind: str, params: dict[str, Any], text: str
) -> None:
    node = Node("n", kind, "n", params)
    assert summary(node, catalog.layers.get(kind)) == text


def test_a_shape_drops_the_batch_and_marks_what_is_unknown() -> None:
    assert shape_text(TensorSpec((None, 32, 32, 64))) == "32×32×64"
    assert shape_text(TensorSpec((None, None, 3))) == "?×3"
    assert shape_text(TensorSpec((None,))) == "1"
    assert shape_text(None) == "?"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, ""),
        (896, "896"),
        (36_928, "36.9 k"),
        (999_960, "1.0 M"),
        (592_163, "592.2 k"),
        (3_400_000_000, "3.4 G"),
        (9_999_999_999_999, "10000.0 G"),
    ],
)
def test_counts_are_short(count: int, text: str) -> None:
    assert count_text(count) == text


def test_a_block_is_summed_up_by_its_kind_and_what_it_was_given() -> None:
    params = {"filters": 32, "size": [3, 3], "activation": "relu", "act": {"object": "a.Relu"}}
    node = Node("b", "block/2", "first", params, {"kind": "ApesBlock"})
    assert summary(node, None).startswith("ApesBlock  32 · 3")
    assert summary(Node("b", "block/0", "b", {}, {"kind": "K"}), None) == "K"
    for count, text in ((0, "0 layers"), (1, "1 layer"), (3, "3 layers")):
        full = Node("b", "block/1", "b", {"filters": 32}, {"kind": "K", "layers": count})
        assert summary(full, None) == f"K · {text}  32"
    assert summary(Node("p", ENTRY, "input"), None) == ""
    assert [type_name(t) for t in ("block/2", ENTRY, EXIT)] == [
        "Block", "Block input", "Block output",
    ]  # fmt: skip
