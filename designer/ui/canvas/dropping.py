"""What may be dropped on the canvas: a type from the palette, or a file."""

from PySide6.QtCore import QMimeData

from designer.catalog.spec import Catalog
from designer.document.model import OUTPUT

TYPE_MIME = "application/x-skipwire-type"
_FILES = (".skipwire", ".keras")


def kind_of(mime: QMimeData) -> str:
    """The type that is dragged; "" if it is something else."""
    if not mime.hasFormat(TYPE_MIME):
        return ""
    return bytes(mime.data(TYPE_MIME).data()).decode("utf-8", "replace")


def known(kind: str, catalog: Catalog) -> bool:
    """Whether a node of that type can be placed."""
    return kind == OUTPUT or kind in catalog.layers


def files_of(mime: QMimeData) -> list[str]:
    """The paths of dragged files that can be opened."""
    paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.lower().endswith(_FILES)]
