"""A user's own layers in the script: what is imported from which module, and under which names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from designer.catalog.spec import Catalog
from designer.codegen.naming import RESERVED, Names
from designer.codegen.wrapping import WIDTH
from designer.document.model import Node
from designer.document.own_layers import kinds_of, split


def own_names(makers: Iterable[Node], catalog: Catalog) -> Mapping[str, str]:
    """By type: what the script calls each own layer that these nodes are, or hold, or call.

    A name that Python or the script needs, or that another module's layer has, gets a number.
    """
    kinds = {kind for node in makers for kind in kinds_of(node) if kind in catalog.layers}
    names, found = Names(), {}
    for kind in sorted(kinds):
        label = split(kind)[1]
        found[kind] = names.take(f"{label}_layer" if label in RESERVED else label)
    return found


def import_lines(names: Mapping[str, str]) -> list[str]:
    """The lines that import them, with a word on where Python looks for them."""
    modules: dict[str, list[str]] = {}
    for kind, name in names.items():
        module, label = split(kind)
        words = label if label == name else f"{label} as {name}"
        modules.setdefault(module, []).append(words)
    if not modules:
        return []
    listed = ", ".join(sorted(modules))
    comment = f"# Your own layers: {listed}, beside this script or in a folder of PYTHONPATH."
    lines = ["", comment if len(comment) <= WIDTH else "# Your own layers."]
    for module in sorted(modules):
        lines += _import(module, sorted(modules[module]))
    return lines


def _import(module: str, labels: list[str]) -> list[str]:
    line = f"from {module} import {', '.join(labels)}"
    if len(line) <= WIDTH:
        return [line]
    return [f"from {module} import (", *(f"    {label}," for label in labels), ")"]


def holds_layers(makers: Iterable[Node]) -> bool:
    """Whether a parameter of these nodes holds a layer of Keras."""
    return any(key.startswith("layers.") for node in makers for key in _objects(node.params))


def _objects(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("object"), str):
            yield value["object"]
        for item in value.values():
            yield from _objects(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _objects(item)
