"""Which files of the user's own layers a design needs: never their code, only where it is.

In a document the paths are absolute; in a file they are relative to the design's folder.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import replace

from designer.document.model import Document, Graph, LayerFile, Node
from designer.document.problem import Where, failure
from designer.protocol import CUSTOM

MOST = 200  # files of layers in one design
PATH_LIMIT = 4_096

Module = Annotated[str, Meta(min_length=1, max_length=200)]
Place = Annotated[str, Meta(max_length=PATH_LIMIT, pattern="^[^\\x00-\\x1f\\x7f]*$(?!\\n)")]
Digest = Annotated[str, Meta(max_length=64, pattern="^[0-9a-f]*$(?!\\n)")]


class LayerFileLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A LayerFile as it stands in a file of a design."""

    module: Module
    file: Place = ""
    sha256: Digest = ""


def lines_of(document: Document) -> list[LayerFileLine]:
    """The lines of a design's file."""
    return [LayerFileLine(f.module, f.file, f.sha256) for f in document.layer_files]


def files_of(lines: list[LayerFileLine], where: Where) -> tuple[LayerFile, ...]:
    """What the lines say; ProblemError "bad_layer_file" for what no design can name."""
    if len(lines) > MOST:
        template = "The design names {count} files of layers; at most {most} can be."
        raise failure("bad_layer_file", template, where, count=len(lines), most=MOST)
    names = [line.module for line in lines]
    for name in names:
        if names.count(name) > 1 or not all(part.isidentifier() for part in name.split(".")):
            template = (
                "The design names {module!r} as a module of layers: it must be one that Python can "
                "import, and be named once. Mend that line."
            )
            raise failure("bad_layer_file", template, where, module=name)
    return tuple(LayerFile(line.module, line.file, line.sha256) for line in lines)


def custom(kind: str) -> bool:
    """Whether a node's type is a user's own layer."""
    return kind.startswith(CUSTOM)


def split(kind: str) -> tuple[str, str]:
    """Module and class of such a type: "custom.my_layers.Scale" is ("my_layers", "Scale")."""
    module, _, name = kind.removeprefix(CUSTOM).rpartition(".")
    return module, name


def needed(graph: Graph) -> frozenset[str]:
    """The modules whose layers a graph uses, those within parameters included."""
    kinds = (kind for node in graph.nodes.values() for kind in kinds_of(node))
    return frozenset(split(kind)[0] for kind in kinds)


def kinds_of(node: Node) -> Iterator[str]:
    """The own types in a node: its own, and those of layers that its parameters hold."""
    if custom(node.type):
        yield node.type
    if node.params:
        yield from _held(list(node.params.values()))


def _held(values: list[Any]) -> Iterator[str]:
    while values:
        value = values.pop()
        if isinstance(value, list | tuple):
            values.extend(value)
        elif isinstance(value, Mapping):
            values.extend(value.values())
            kind = value.get("object")
            if isinstance(kind, str) and custom(kind):
                yield kind


def recorded(document: Document, loaded: Mapping[str, tuple[str, str]]) -> Document:
    """The document that names the files it needs: those that are loaded, else those it named.

    `loaded` are path and hash by module.
    """
    if not loaded and not document.layer_files:
        return document
    known = {file.module: file for file in document.layer_files}
    known |= {module: LayerFile(module, *told) for module, told in loaded.items()}
    files = tuple(known[module] for module in sorted(needed(document.graph)) if module in known)
    return document if files == document.layer_files else replace(document, layer_files=files)


def anchored(document: Document, folder: Path) -> Document:
    """A document that was read in this folder, with absolute paths."""
    return _moved(document, lambda path: os.path.normpath(folder.absolute() / path))


def relative(document: Document, folder: Path) -> Document:
    """A document as it is written into this folder."""
    home = folder.absolute()

    def within(path: str) -> str:
        try:
            return Path(os.path.relpath(path, home)).as_posix()
        except ValueError:  # another drive
            return path

    return _moved(document, within)


def beside(document: Document, names: Collection[str]) -> Document:
    """A document as it is written into a folder that has these files of its own."""
    return _moved(document, lambda path: Path(path).name if Path(path).name in names else path)


def _moved(document: Document, place: Any) -> Document:
    if not document.layer_files:
        return document
    files = (replace(f, file=place(f.file)) if f.file else f for f in document.layer_files)
    return replace(document, layer_files=tuple(files))


def adopt(document: Document, kinds: Mapping[str, str]) -> Document:
    """The document with nodes of other types: by type, what each is to be."""
    nodes = document.graph.nodes
    changed = {k: replace(n, type=kinds[n.type]) for k, n in nodes.items() if n.type in kinds}
    if not changed:
        return document
    return replace(document, graph=Graph({**nodes, **changed}, document.graph.edges))
