"""The frames and notes of a design as a list beside the outline, in step with the canvas."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from designer.document.marks import holdings
from designer.document.model import Document, Frame
from designer.ui.canvas.mark_commands import title_of
from designer.ui.icons import icon
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.widgets.dots import dot_icon

_ID = Qt.ItemDataRole.UserRole
_WIDTH = 220  # px


class MarkList(QListWidget):
    """Takes no room while there are none. `go_to` names what the canvas is to show."""

    go_to = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._document = Document()
        self.setAccessibleName(self.tr("Frames and notes"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setFixedWidth(_WIDTH)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemSelectionChanged.connect(self._choose)
        session.selected.connect(self._show_selection)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self._fill()

    def follow(self, document: Document) -> None:
        """Lists what this document has; what frames hold depends on where nodes are."""
        before, self._document = self._document, document
        if before.marks or document.marks:
            self._fill()
        self.setVisible(bool(document.marks))

    def chosen(self) -> frozenset[str]:
        """The ids whose rows are selected."""
        return frozenset(str(item.data(_ID)) for item in self.selectedItems())

    def _fill(self) -> None:
        held = holdings(self._document)
        with QSignalBlocker(self):
            self.clear()
            for key, mark in sorted(self._document.marks.items(), key=lambda row: row[0]):
                sign = icon(self._theme, "note", "second")
                if isinstance(mark, Frame):
                    sign = dot_icon(self._theme.category(mark.color))
                text = title_of(self._document, key, held.get(key, ()))
                item = QListWidgetItem(sign, text[:1].upper() + text[1:], self)
                item.setData(_ID, key)
                item.setToolTip(item.text())
        self._show_selection()

    def _show_selection(self) -> None:
        wanted = self._session.marks
        if wanted == self.chosen():
            return
        with QSignalBlocker(self):
            for row in range(self.count()):
                self.item(row).setSelected(str(self.item(row).data(_ID)) in wanted)

    def _choose(self) -> None:
        ids = self.chosen()
        self._session.select(ids, self)
        if len(ids) == 1:
            self.go_to.emit(next(iter(ids)))
