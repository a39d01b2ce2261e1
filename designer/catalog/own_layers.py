"""The layers of a user's own files in the catalogue: they come when a file is loaded, and go."""

from collections.abc import Mapping
from typing import Any

import msgspec

from designer.catalog.registry import Layers
from designer.catalog.spec import Catalog, LayerSpec
from designer.protocol import CUSTOM


def read(module: str, told: Mapping[str, Any]) -> dict[str, LayerSpec]:
    """The specifications as the worker tells them; ValueError for what cannot be one of them.

    A file runs in the worker and could tell anything: no key but its own is taken.
    """
    specs = msgspec.convert(dict(told), dict[str, LayerSpec])
    for key, spec in specs.items():
        names = (spec.name, spec.class_name)
        own = f"{CUSTOM}{module}.{spec.name}"
        if key != own or spec.key != own or spec.module != module or names[0] != names[1]:
            raise ValueError(f"{key!r} is no layer of the module {module}")
        if not spec.name.isidentifier() or any(
            not port.name.isidentifier() for port in spec.inputs
        ):
            raise ValueError(f"{key!r} has a name that Python does not know")
    return specs


def put(
    catalog: Catalog, module: str, specs: Mapping[str, LayerSpec], file: tuple[str, str]
) -> None:
    """Let these be the layers of that module, and no others. `file` is its path, "" for a module
    that is found by its name, and its hash.
    """
    layers = _layers(catalog)
    drop(catalog, module)
    layers.update(specs)
    layers.files[module] = file


def drop(catalog: Catalog, module: str) -> None:
    """The module has no layers any more."""
    layers = _layers(catalog)
    for key in [k for k, spec in layers.items() if spec.custom and spec.module == module]:
        del layers[key]
    layers.files.pop(module, None)


def files(catalog: Catalog) -> Mapping[str, tuple[str, str]]:
    """Path and hash of each module whose layers are loaded."""
    return catalog.layers.files if isinstance(catalog.layers, Layers) else {}


def of_module(catalog: Catalog, module: str) -> tuple[LayerSpec, ...]:
    """The layers of that module which can be placed now, by name."""
    found = (s for s in tuple(catalog.layers.values()) if s.custom and s.module == module)
    return tuple(sorted(found, key=lambda spec: spec.name))


def _layers(catalog: Catalog) -> Layers:
    assert isinstance(catalog.layers, Layers), "a catalogue that was loaded"
    return catalog.layers
