"""Python code as a design or as nodes to paste: Keras functional and sequential models, of today
and of Keras 1 and 2, understood by their syntax tree. Nothing of the code is ever executed.

Code counts as of Keras 1 by `python.story.is_keras_1`; what is translated is told in notes.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from designer.catalog.spec import Catalog
from designer.document.extent import Extent, around, extent_of
from designer.document.fragment import Fragment
from designer.document.mark_lines import TEXT_LIMIT
from designer.document.model import Document, Note
from designer.document.showing import shown
from designer.layout.sheets import arrange_sheets

SUFFIXES = (".py", ".pyw", ".ipynb")
NOTE = "note_of_import"  # the id of the note that lists what was translated
WIDTH, GAP = 320.0, 64.0  # px: of the note, and between it and the nodes
TITLE, LINE, SPACE = 44.0, 15.0, 6.0  # px: of its title and edges, of a line, between two entries
COLUMNS = 44  # characters of a line of the note

# The reader itself is imported late: twenty modules that most starts of the window never need.


def recognises(path: Path, head: bytes) -> bool:
    """Python files and Jupyter notebooks, by their suffix."""
    del head
    return path.suffix.lower() in SUFFIXES


def read(path: Path, catalog: Catalog) -> Document:
    """The design in a script or notebook, laid out; what was translated stands on a note beside it.

    ProblemError with the line, its text and the next step for what cannot be read as a network.
    """
    from designer.formats.python.reading import read_source, source_of

    found = read_source(source_of(path), catalog, path.stem)
    document = arrange_sheets(found.document)
    if not found.notes:
        return document
    return replace(document, marks={NOTE: _note(document, path.name, found.notes)})


def _note(document: Document, name: str, notes: Sequence[str]) -> Note:
    """What was translated, as a note left of the nodes."""
    text = "\n".join((f"**Read from {name}**", "", *(f"- {note}" for note in notes)))[:TEXT_LIMIT]
    height = TITLE + sum(SPACE + LINE * (1 + len(note) // COLUMNS) for note in notes)
    nodes = shown(document).graph.nodes.values()
    extent = around(map(extent_of, nodes)) or Extent(0.0, 0.0, 0.0, 0.0)
    return Note(NOTE, text, extent.left - WIDTH - GAP, extent.top, WIDTH, height)


def translations(document: Document) -> int:
    """How many lines the note of an import has."""
    note = document.marks.get(NOTE)
    return note.text.count("\n- ") if isinstance(note, Note) else 0


def paste(text: str, catalog: Catalog) -> tuple[Fragment, tuple[str, ...]]:
    """The nodes that pasted code makes, laid out, and notes about it; see `reading.paste`."""
    from designer.formats.python.reading import paste as read_nodes

    return read_nodes(text, catalog)
