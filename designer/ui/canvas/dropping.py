"""What may be dropped on the canvas, a type from the palette or a file, and what becomes of it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from designer.catalog.spec import Catalog
from designer.document.model import OUTPUT
from designer.ui.canvas.gestures.drop import DropGesture, Place
from designer.ui.canvas.gestures.gesture import Pointer, Stage
from designer.ui.canvas.hand import Hand

TYPE_MIME = "application/x-skipwire-type"
_FILES = (".skipwire", ".keras", ".py", ".ipynb")


def kind_of(mime: QMimeData, catalog: Catalog) -> str:
    """The type that is dragged; "" if it is something else, or nothing that can be placed."""
    if not mime.hasFormat(TYPE_MIME):
        return ""
    kind = bytes(mime.data(TYPE_MIME).data()).decode("utf-8", "replace")
    return kind if kind == OUTPUT or kind in catalog.layers else ""


def files_of(mime: QMimeData) -> list[str]:
    """The paths of dragged files that can be opened."""
    paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.lower().endswith(_FILES)]


class DropTarget(QObject):
    """Watches a canvas for drags: types go into the hand, files are passed on."""

    def __init__(
        self,
        stage: Stage,
        hand: Hand,
        place: Place,
        opened: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._stage = stage
        self._hand = hand
        self._place = place
        self._opened = opened

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
        elif isinstance(event, QDragMoveEvent):
            self._hand.move(self._pointer(event))
            event.acceptProposedAction()
        elif isinstance(event, QDragLeaveEvent):
            self._hand.cancel()
        elif isinstance(event, QDropEvent):
            self._drop(event)
        else:
            return False
        return True

    def _pointer(self, event: QDropEvent) -> Pointer:
        place = event.position()
        return Pointer(place, self._stage.camera.to_canvas(place), event.modifiers())

    def _enter(self, event: QDropEvent) -> None:
        kind = kind_of(event.mimeData(), self._stage.session.catalog)
        if kind:
            self._hand.begin(DropGesture(self._stage, self._pointer(event), kind, self._place))
        if kind or files_of(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def _drop(self, event: QDropEvent) -> None:
        for path in files_of(event.mimeData()):
            self._opened(path)
        self._hand.release(self._pointer(event))
        event.acceptProposedAction()
        self._stage.setFocus(Qt.FocusReason.MouseFocusReason)
