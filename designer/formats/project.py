"""Skipwire's own files: a design as the document's text format."""

from pathlib import Path

from designer.catalog.spec import Catalog
from designer.document.files import read_limited, write_atomic
from designer.document.model import Document
from designer.document.own_layers import anchored, relative
from designer.document.serialize import MAX_BYTES, SUFFIX, from_bytes, to_bytes


def recognises(path: Path, head: bytes) -> bool:
    """Our suffix, or JSON by its first letter."""
    return path.suffix.lower() == SUFFIX or head.lstrip()[:1] == b"{"


def read(path: Path, catalog: Catalog) -> Document:
    """The design in a .skipwire file; ProblemError says what is wrong with it and where."""
    del catalog  # readers all take it; a design is checked against it when it is shown
    document = from_bytes(read_limited(path, MAX_BYTES), str(path))
    return anchored(document, path.parent)


def write(path: Path, document: Document) -> None:
    """Saves a design whole or not at all; ProblemError "cannot_write" leaves the old file."""
    write_atomic(path, to_bytes(relative(document, path.parent)))
