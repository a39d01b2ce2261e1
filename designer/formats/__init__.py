"""Ways in and out of the program, one module each. READERS is the list of the ways in."""

from collections.abc import Callable
from pathlib import Path

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.formats import keras_file, project

Reader = tuple[Callable[[Path, bytes], bool], Callable[[Path, Catalog], Document]]

# Is it in charge of a path with these first bytes, and how it reads it. Asked in this order.
READERS: tuple[Reader, ...] = (
    (keras_file.recognises, keras_file.read),
    (project.recognises, project.read),
)
