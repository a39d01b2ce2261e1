"""The bar that finds nodes, frames and notes: what is typed selects and
reveals the first hit, Enter the next one.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from designer.document.blocks import scope_of
from designer.document.model import PASSAGES
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
        self.before = self._button(self.tr("Find previous"), lambda: self.next(-1))
        self.after = self._button(self.tr("Find next"), self.next)
        self._close = self._button(self.tr("Close the search"), self.close_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.before)
        row.addWidget(self.after)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self._close)
        canvas.session.leaving.connect(self._forget)
        self.set_theme(theme)
        self._offer(several=False)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._close.setIcon(icon(theme, "close", "second"))
        self.before.setIcon(icon(theme, "up", "second"))
        self.after.setIcon(icon(theme, "down", "second"))

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

    def _button(self, text: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.clicked.connect(lambda: act())
        return button

    def _forget(self) -> None:
        self._current = ""
        self.count.setText("")
        self._offer(several=False)

    def _offer(self, *, several: bool) -> None:
        """The ways to another hit, if there is one."""
        self.before.setEnabled(several)
        self.after.setEnabled(several)

    def _hits(self) -> list[str]:
        """Sheet by sheet, always in the same order: going on must not depend on where one is."""
        session, text = self._canvas.session, self.field.text()
        here = find_nodes(text, session.document, session.report)
        whole = session.whole
        if not whole.blocks:
            return here
        nodes, ranks = whole.graph.nodes, {key: k for k, key in enumerate(("", *whole.blocks))}
        elsewhere = [
            key
            for key in find_nodes(text, whole, session.whole_report)
            if scope_of(whole, key) != session.scope
            and not (key in nodes and nodes[key].type in PASSAGES)
        ]
        return sorted((*here, *elsewhere), key=lambda key: ranks[scope_of(whole, key)])

    def _typed(self) -> None:
        hits, session = self._hits(), self._canvas.session
        near = (k for k, key in enumerate(hits) if scope_of(session.whole, key) == session.scope)
        begin = next(near, 0)
        self._go(hits, hits.index(self._current) if self._current in hits else begin)

    def _go(self, hits: list[str], place: int) -> None:
        self._offer(several=len(hits) > 1)
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
        self._canvas.session.reveal(self._current, self._canvas)
        self._canvas.reveal(self._current)
