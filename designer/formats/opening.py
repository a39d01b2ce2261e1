"""Opening a file as a design, whatever it is: the reader is chosen by what the file holds."""

from collections.abc import Callable
from pathlib import Path

from designer.catalog.spec import Catalog
from designer.document.files import cannot_read, open_regular
from designer.document.model import Document
from designer.document.problem import Where, failure
from designer.formats import READERS
from designer.layout.sheets import arrange_sheets

HEAD = 64


def open_design(
    path: str | Path, catalog: Catalog, seen: Callable[[Document], object] | None = None
) -> Document:
    """The design in a file, laid out if the file does not say where its nodes are.

    `seen` gets the design before that, for what does not depend on places. ProblemError
    "cannot_read", "unknown_format", or whatever its reader finds wrong.
    """
    path = Path(path)
    head = _head(path)
    for reader in READERS:
        if reader.recognises(path, head):
            document = reader.read(path, catalog)
            if seen is not None:
                seen(document)
            return document if reader.placed else arrange_sheets(document)
    template = (
        "{path} is no file that Skipwire can open: it opens designs (.skipwire), models saved by "
        "Keras 3 (.keras), Python scripts (.py) and notebooks (.ipynb)."
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
