"""The bar that finds nodes, frames and notes: what is typed selects and
reveals the first hit, Enter the next one.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from designer.ui.canvas.view import CanvasView
from designer.ui.icons import icon
from designer.ui.node_finding import find_nodes
from designer.ui.theme import Theme

_WIDEST = 320  # px


class FindBar(QFrame):
    """Hidden until `open`; Esc closes it and leaves the selection."""

    def __init__(self, canvas: CanvasView, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._canvas = canvas
        self._current = ""
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Name, type, shape, title or note"))
        self.field.setAccessibleName(self.tr("Find in the design"))
        self.field.setMaximumWidth(_WIDEST)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.count = QLabel(self)
        self.count.setAccessibleName(self.tr("Hits"))
        self._close = QToolButton(self)
        self._close.setAccessibleName(self.tr("Close the search"))
        self._close.setToolTip(self.tr("Close the search"))
        self._close.clicked.connect(self.close_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self._close)
        canvas.session.leaving.connect(self._forget)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._close.setIcon(icon(theme, "close", "second"))

    def open(self) -> None:
        """Shows the bar with what was sought last, ready to be typed over."""
        self.show()
        self.field.selectAll()
        self.field.setFocus()

    def close_bar(self) -> None:
        """Hides the bar; the keys go to the canvas again."""
        self.hide()
        self._canvas.setFocus()

    def next(self, step: int = 1) -> None:
        """Selects the hit after (or with -1 before) the current one, round and round."""
        hits = self._hits()
        if self._current in hits:
            self._go(hits, (hits.index(self._current) + step) % len(hits))
        else:
            self._go(hits, 0 if step > 0 else -1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.next(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)

    def _forget(self) -> None:
        self._current = ""
        self.count.setText("")

    def _hits(self) -> list[str]:
        session = self._canvas.session
        return find_nodes(self.field.text(), session.document, session.report)

    def _typed(self) -> None:
        hits = self._hits()
        self._go(hits, hits.index(self._current) if self._current in hits else 0)

    def _go(self, hits: list[str], place: int) -> None:
        if not hits:
            self._current = ""
            sought = self.field.text().strip()
            self.count.setText(
                self.tr("Nothing has that name, type, shape or text") if sought else ""
            )
            return
        self._current = hits[place]
        number = self.tr("{number} of {count}")
        self.count.setText(number.format(number=place % len(hits) + 1, count=len(hits)))
        self._canvas.choose({self._current})
        self._canvas.reveal(self._current)
