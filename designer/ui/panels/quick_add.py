"""The search at the pointer: type a few letters, Enter places the layer and wires it."""

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from designer.ui.canvas.placing import Pending
from designer.ui.finding import Entry, entries, find
from designer.ui.panels.sections import quiet
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.widgets.dots import dot_icon
from designer.ui.widgets.list_keys import ListKeys

_LIMIT = 40
_PAD = 8  # pixels
_SIZE = QSize(280, 320)


class QuickAdd(QFrame):
    """A popup of a field and a list. `chosen` gives type, place and the wire in the hand."""

    chosen = Signal(str, QPointF, object)  # type key, scene position, pending wire or None

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAccessibleName(self.tr("Add a layer"))
        self._session = session
        self.renew()
        self._theme = theme
        self._place = QPointF()
        self._pending: Pending | None = None
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Search layers"))
        self.field.setAccessibleName(self.tr("Search layers"))
        self.field.textChanged.connect(self._fill)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Layers that match"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._accept)
        ListKeys(self.field, self.list, self._accept)
        self.nothing = quiet("", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        column.setSpacing(_PAD)
        column.addWidget(self.field)
        column.addWidget(self.nothing)
        column.addWidget(self.list)
        self.resize(_SIZE)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme

    def renew(self) -> None:
        """Other layers can be placed now."""
        self._entries = entries(self._session.catalog, self.tr("Output"))

    def open_at(
        self, screen: QPoint, place: QPointF, pending: Pending | None = None, typed: str = ""
    ) -> None:
        """Opens at a point of the screen, for a node at `place` on the canvas."""
        self._place, self._pending = place, pending
        self.field.setText(typed)
        self._fill(typed)
        area = self.screen().availableGeometry()
        x = min(screen.x(), area.right() - self.width())
        y = min(screen.y(), area.bottom() - self.height())
        self.move(max(x, area.left()), max(y, area.top()))
        self.show()
        self.field.setFocus()

    def _fill(self, typed: str) -> None:
        self.list.clear()
        offered = self.offered()
        found = find(typed, offered) if typed.strip() else offered
        for entry in found[:_LIMIT]:
            item = QListWidgetItem(dot_icon(self._theme.category(entry.category)), entry.name)
            item.setData(Qt.ItemDataRole.UserRole, entry.type)
            item.setToolTip(entry.doc.partition("\n")[0])
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        sentence = self.tr("Nothing in Keras is called “{text}”. Try another word.")
        self.nothing.setText(sentence.format(text=typed.strip()))
        self.nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        self._hug()

    def _hug(self) -> None:
        """As high as what it shows, up to the height of the design."""
        rows = self.list.count() * self.list.sizeHintForRow(0)
        shown = rows + 8 if rows else self.nothing.heightForWidth(_SIZE.width() - 2 * _PAD)
        high = 3 * _PAD + self.field.sizeHint().height() + shown
        self.resize(_SIZE.width(), min(_SIZE.height(), high))

    def offered(self) -> list[Entry]:
        """What can be placed here; with a wire in the hand, what it can end at."""
        unfit = self._pending.unfit if self._pending is not None else ()
        return [entry for entry in self._entries if entry.type not in unfit]

    def _accept(self) -> None:
        item = self.list.currentItem()
        self.hide()
        if item is not None:
            key = str(item.data(Qt.ItemDataRole.UserRole))
            self.chosen.emit(key, self._place, self._pending)
