"""Loads the committed catalogue: three files of plain JSON, read without Keras."""

from collections.abc import Callable, Mapping

import msgspec
from msgspec import Struct

from designer import resources
from designer.catalog.registry import Layers
from designer.catalog.spec import Catalog, LayerSpec, ObjectSpec


class _Part(Struct):
    """One file of the catalogue."""

    keras_version: str
    layers: Mapping[str, LayerSpec] = {}
    objects: Mapping[str, ObjectSpec] = {}
    dtypes: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()


PARTS = ("layers.json", "ops.json", "objects.json")


def load(read: Callable[[str], bytes] | None = None) -> Catalog:
    """The catalogue; `read` gives the bytes of a part by its name (default: the resources).

    FileNotFoundError or msgspec.ValidationError mean a broken installation.
    """
    decoder = msgspec.json.Decoder(_Part)
    take = read or (lambda name: resources.read_bytes("catalog", name))
    parts = [decoder.decode(take(name)) for name in PARTS]
    return Catalog(
        keras_version=parts[0].keras_version,
        layers=Layers((key, spec) for part in parts for key, spec in part.layers.items()),
        objects={key: spec for part in parts for key, spec in part.objects.items()},
        dtypes=tuple(name for part in parts for name in part.dtypes),
        policies=tuple(name for part in parts for name in part.policies),
    )
