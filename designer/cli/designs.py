"""Reads designs for the commands and writes their results, to a file or to stdout."""

import sys
from pathlib import Path

from designer.catalog.load import load
from designer.catalog.spec import Catalog
from designer.cli.command import UsageError
from designer.document.files import write_atomic
from designer.document.model import Document
from designer.document.own_layers import relative
from designer.document.problem import ProblemError
from designer.document.serialize import to_bytes
from designer.formats.opening import open_design


def read_design(file: str, catalog: Catalog | None = None) -> tuple[Document, Catalog]:
    """The design in a file, and the catalogue it is read with; UsageError if it is unreadable."""
    catalog = catalog or load()
    try:
        return open_design(Path(file), catalog), catalog
    except ProblemError as error:
        raise UsageError(error.problem) from error


def write_design(document: Document, out: str | None) -> None:
    """Writes a design, to a file or to stdout."""
    folder = Path() if out is None or out == "-" else Path(out).parent
    write_result(to_bytes(relative(document, folder)), out)


def write_result(data: bytes, out: str | None) -> None:
    """Puts `data` into the file `out`, whole or not at all; to stdout for None or "-"."""
    if out is None or out == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_atomic(Path(out), data)
