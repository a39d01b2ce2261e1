"""Ways in and out of the program, one module each. READERS is the list of the ways in."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.formats import keras_file, project, python_source


class Reader(NamedTuple):
    """One way in. `placed` tells whether its designs say where their nodes are."""

    recognises: Callable[[Path, bytes], bool]
    read: Callable[[Path, Catalog], Document]
    placed: bool


# The first that is in charge of a path with its first bytes reads it.
READERS: tuple[Reader, ...] = (
    Reader(keras_file.recognises, keras_file.read, placed=False),
    Reader(python_source.recognises, python_source.read, placed=True),
    Reader(project.recognises, project.read, placed=True),
)
