"""The blocks of the library in the catalogue: they can be found and placed as layers can."""

from collections.abc import Mapping

from designer.catalog.registry import LIBRARY, Layers
from designer.catalog.spec import Catalog, LayerSpec


def in_library(key: str) -> bool:
    """Whether a type is that of a block in the library."""
    return key.startswith(LIBRARY)


def shelf(catalog: Catalog) -> Mapping[str, tuple[LayerSpec, bytes]]:
    """The blocks by type: what each looks like, and the design that holds it."""
    return catalog.layers.library if isinstance(catalog.layers, Layers) else {}


def put(catalog: Catalog, blocks: Mapping[str, tuple[LayerSpec, bytes]]) -> None:
    """Let these be the blocks of the library, and no others."""
    assert isinstance(catalog.layers, Layers), "a catalogue that was loaded"
    catalog.layers.library = dict(blocks)
