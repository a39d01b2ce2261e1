"""Opening a file as a design, whatever it is: the reader is chosen by what the file holds."""

from pathlib import Path

from designer.catalog.spec import Catalog
from designer.document.files import cannot_read, open_regular
from designer.document.model import Document
from designer.document.problem import Where, failure
from designer.formats import READERS

HEAD = 64


def open_design(path: str | Path, catalog: Catalog) -> Document:
    """The design in a .skipwire or .keras file.

    ProblemError "cannot_read", "unknown_format", or whatever its reader finds wrong.
    """
    path = Path(path)
    head = _head(path)
    for recognises, read in READERS:
        if recognises(path, head):
            return read(path, catalog)
    template = (
        "{path} is no file that Skipwire can open: it opens designs (.skipwire) and models "
        "saved by Keras 3 (.keras)."
    )
    raise failure("unknown_format", template, Where(file=str(path)), path=str(path))


def _head(path: Path) -> bytes:
    """The first bytes; none of a folder."""
    try:
        if path.is_dir():
            return b""
        with open_regular(path) as file:
            return file.read(HEAD)
    except OSError as error:
        raise cannot_read(path, error) from error
