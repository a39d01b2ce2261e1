"""The types of blocks are answered, and not counted."""

import pytest

from designer.catalog import registry
from designer.catalog.load import load
from designer.catalog.registry import BLOCK, Layers, input_name
from designer.catalog.spec import LayerSpec
from designer.document import model, showing

DENSE = LayerSpec("layers.Dense", "Dense", "core", "keras.layers", "Dense")


def test_a_block_type_is_known_by_its_number_of_inputs() -> None:
    layers = Layers({"layers.Dense": DENSE})
    for count in (0, 1, 2, 12):
        key = f"{BLOCK}{count}"
        assert key in layers
        assert [p.name for p in layers[key].inputs] == [input_name(k) for k in range(count)]
        assert layers.get(key) is layers[key]
        assert layers[key].category == "blocks"


def test_block_types_are_not_among_the_layers() -> None:
    layers = Layers({"layers.Dense": DENSE})
    assert list(layers) == ["layers.Dense"]
    assert len(layers) == 1
    assert layers["layers.Dense"] is layers.get("layers.Dense") is DENSE


@pytest.mark.parametrize("key", ["block/", "block/-1", "block/01", "block/1000", "blocks/1", "x"])
def test_what_is_no_block_type_is_unknown(key: str) -> None:
    layers = Layers()
    assert key not in layers
    assert layers.get(key) is None
    assert layers.get(key, DENSE) is DENSE
    with pytest.raises(KeyError):
        layers[key]


def test_the_catalogue_knows_the_ports_of_blocks_as_the_document_names_them() -> None:
    layers = load().layers
    assert (registry.ENTRY, registry.EXIT) == (model.ENTRY, model.EXIT)
    assert (registry.OUTPUT, registry.BLOCK) == (model.OUTPUT, showing.BLOCK)
    assert layers[model.ENTRY].inputs == ()
    assert len(layers[model.EXIT].inputs) == 1
    assert "block/2" in layers
