"""The library of blocks: designs that hold one block each, in `resources/blocks/` and in a folder
of the user's own. What a block is for is in the design's notes.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from designer.catalog.registry import LIBRARY, input_ports
from designer.catalog.spec import LayerSpec, ParamSpec
from designer.document.blocks import block_of, values
from designer.document.files import read_limited, write_atomic
from designer.document.fragment import cut_out, put_in
from designer.document.model import Document
from designer.document.problem import Problem, ProblemError, Where, failure
from designer.document.serialize import SUFFIX, from_bytes, to_bytes
from designer.resources import path, read_bytes

FOLDER = "blocks"
OWN = f"{LIBRARY}own/"  # the type of a block in the user's folder
MAX_BYTES = 4_000_000
MOST = 500  # blocks of one folder


@dataclass(frozen=True, slots=True)
class LibraryBlock:
    """A block that waits to be placed: how it is found and looks, and the design that holds it."""

    spec: LayerSpec
    data: bytes
    file: Path

    @property
    def own(self) -> bool:
        """Whether it is the user's, who may remove it."""
        return self.spec.key.startswith(OWN)


def shipped() -> tuple[LibraryBlock, ...]:
    """The blocks on board, in the order in which they are offered; index.json has other words for
    each, by which it is found.
    """
    found = []
    for row in json.loads(read_bytes(FOLDER, "index.json")):
        file = path(FOLDER, row["key"] + SUFFIX)
        found.append(_read(LIBRARY + row["key"], file, tuple(row["words"])))
    return tuple(found)


def owned(folder: Path) -> tuple[tuple[LibraryBlock, ...], tuple[Problem, ...]]:
    """The blocks in the user's folder by name, and what is wrong with files that were skipped."""
    found, problems = [], []
    for file in sorted(folder.glob("*" + SUFFIX))[:MOST]:
        try:
            found.append(_read(OWN + file.stem, file))
        except ProblemError as error:
            problems.append(_skipped(file, error.problem))
    found.sort(key=lambda block: (block.spec.name.lower(), block.spec.key))
    return tuple(found), tuple(problems)


def _skipped(file: Path, reason: Problem) -> Problem:
    template = "{file} is not in your library of blocks: {reason} Save the block again."
    values = {"file": file.name, "reason": reason.message}
    return Problem("warning", "block_skipped", template, values, Where(file=str(file)))


def _read(key: str, file: Path, words: tuple[str, ...] = ()) -> LibraryBlock:
    data = read_limited(file, MAX_BYTES)
    document = from_bytes(data, str(file))
    return LibraryBlock(_spec(key, document, words, str(file)), data, file)


def _spec(key: str, document: Document, words: tuple[str, ...], file: str) -> LayerSpec:
    block = document.blocks[_only(document, file)]
    ports = input_ports(len(block.inputs))
    set_ = values(document, block)
    params = tuple(ParamSpec(name, "json", set_.get(name)) for name in block.params)
    name = block.kind or block.title
    several = len(block.outputs) > 1
    return LayerSpec(
        key, name, "blocks", "", "", document.notes, ports, params, aliases=words, several=several
    )


def _only(document: Document, file: str = "") -> str:
    """The id of the one block that such a design holds."""
    outer = [block.id for block in document.blocks.values() if not block.parent]
    if len(outer) != 1:
        template = "It holds {count} blocks, and a file of the library holds one."
        raise failure("not_one_block", template, Where(file=file), count=len(outer))
    return outer[0]


def put(
    whole: Document, data: bytes, at: tuple[float, float], scope: str = ""
) -> tuple[Document, str]:
    """The design with a copy of a block of the library centred there; also tells its id.

    Ids are fresh, and names are free in the whole design.
    """
    held = from_bytes(data)
    key = _only(held)
    block = held.blocks[key]
    fragment = cut_out(held, [key])
    after, new_ids = put_in(whole, fragment, at[0] - block.x, at[1] - block.y, scope=scope)
    return after, new_ids[key]


def save(folder: Path, document: Document, key: str) -> Path:
    """Puts a block of a design into the user's library, under the name of its kind.

    One of that name is replaced. ProblemError if the file cannot be written.
    """
    block = block_of(document, key)
    held = cut_out(document, [key]).design
    outer = replace(held.blocks[key], x=0.0, y=0.0, title=_title(block.kind, block.title))
    alone = Document(
        name=block.kind,
        graph=held.graph,
        direction=document.direction,
        notes=_notes(held),
        marks=held.marks,
        blocks={**held.blocks, key: outer},
        layer_files=document.layer_files,
    )
    file = folder / (file_name(block.kind or block.title) + SUFFIX)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        template = "The folder {folder} cannot be made: {reason}. Choose another data folder."
        values = {"folder": str(folder), "reason": error.strerror or str(error)}
        raise failure("cannot_write", template, Where(file=str(folder)), **values) from error
    write_atomic(file, to_bytes(alone))
    return file


def _title(kind: str, title: str) -> str:
    words = re.sub(r"\W+", "_", kind).strip("_").lower()
    return words or title


def _notes(held: Document) -> str:
    """What the block's notes say of it."""
    texts: Iterable[str] = (getattr(mark, "text", "") for mark in held.marks.values())
    return "\n\n".join(text for text in texts if text)


def file_name(name: str) -> str:
    """A name that every file system takes."""
    kept = re.sub(r"[^\w\- ]+", "_", name).strip(" ._")
    return kept[:80] or "block"


def remove(block: LibraryBlock) -> None:
    """Takes a block out of the user's library; ProblemError if it cannot be."""
    try:
        block.file.unlink(missing_ok=True)
    except OSError as error:
        template = "{file} cannot be removed: {reason}. Delete it in its folder."
        values = {"file": str(block.file), "reason": error.strerror or str(error)}
        raise failure("cannot_remove", template, Where(file=str(block.file)), **values) from error


def by_type(blocks: Iterable[LibraryBlock]) -> Mapping[str, tuple[LayerSpec, bytes]]:
    """The blocks as the catalogue has them."""
    return {block.spec.key: (block.spec, block.data) for block in blocks}
