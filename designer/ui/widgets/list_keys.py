"""Keys of a search field that steer the list below it, so that the cursor stays in the field."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ListKeys(QObject):
    """Arrows move in the list, Enter accepts; everything else is the field's."""

    def __init__(
        self, field: QLineEdit, items: QAbstractItemView, accept: Callable[[], object]
    ) -> None:
        super().__init__(field)
        self._items = items
        self._accept = accept
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._accept()
                return True
            if event.key() in LIST_KEYS:
                self._items.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)
