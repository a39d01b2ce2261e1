"""Python code as a design or as nodes to paste: Keras functional and sequential models, of today
and of Keras 1 and 2, understood by their syntax tree. Nothing of the code is ever executed.

Code counts as of Keras 1 by `python.story.is_keras_1`; what is translated is told in notes.
"""

from pathlib import Path

from msgspec.structs import replace

from designer.catalog.spec import Catalog
from designer.document.fragment import Fragment
from designer.document.model import Document

SUFFIXES = (".py", ".pyw", ".ipynb")

# The reader itself is imported late: twenty modules that most starts of the window never need.


def recognises(path: Path, head: bytes) -> bool:
    """Python files and Jupyter notebooks, by their suffix."""
    del head
    return path.suffix.lower() in SUFFIXES


def read(path: Path, catalog: Catalog) -> Document:
    """The design in a script or notebook, not yet laid out, with the notes about it as its own.

    ProblemError with the line, its text and the next step for what cannot be read as a network.
    """
    from designer.formats.python.reading import read_source, source_of

    found = read_source(source_of(path), catalog, path.stem)
    return replace(found.document, notes="\n".join(found.notes))


def paste(text: str, catalog: Catalog) -> tuple[Fragment, tuple[str, ...]]:
    """The nodes that pasted code makes, laid out, and notes about it; see `reading.paste`."""
    from designer.formats.python.reading import paste as read_nodes

    return read_nodes(text, catalog)
