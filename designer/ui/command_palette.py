"""Any command by a few of its letters: a popup over the actions of the window, keys beside them."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from designer.ui.actions import ACTIONS, ActionSpec, label
from designer.ui.menu_titles import MENUS
from designer.ui.menus import shortcut_text
from designer.ui.panels.sections import quiet
from designer.ui.theme import Theme
from designer.ui.widgets.list_keys import ListKeys

_SIZE = QSize(480, 360)
_PAD = 8  # pixels around and between its parts
_BELOW = 48  # px from the top of the window
_MENUS = dict(MENUS)
OWN = "app.commands"  # the command that opens the palette


class CommandPalette(QFrame):
    """Opens above the window; Enter does the command, Esc closes."""

    def __init__(self, actions: Mapping[str, QAction], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAccessibleName(self.tr("Commands"))
        self._actions = actions
        self.window_over = parent
        self.theme = theme
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Search commands"))
        self.field.setAccessibleName(self.tr("Search commands"))
        self.field.textChanged.connect(self._fill)
        self.list = QTreeWidget(self)
        self.list.setAccessibleName(self.tr("Commands that match"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemClicked.connect(self._accept)
        ListKeys(self.field, self.list, self._accept)
        self.nothing = quiet(self.tr("No command is called like that."), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        column.setSpacing(_PAD)
        column.addWidget(self.field)
        column.addWidget(self.nothing)
        column.addWidget(self.list)
        self.resize(_SIZE)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self.theme = theme

    def open(self) -> None:
        """Shows what can be done now, near the top of the window."""
        self.field.clear()
        self._fill("")
        window = self.window_over
        place = QPoint((window.width() - self.width()) // 2, _BELOW)
        self.move(window.mapToGlobal(place))
        self.show()
        self.field.setFocus()

    def _fill(self, typed: str) -> None:
        self.list.clear()
        for spec in find_commands(typed, self._offered()):
            item = QTreeWidgetItem([title(spec), shortcut_text(self._actions[spec.id])])
            item.setData(0, Qt.ItemDataRole.UserRole, spec.id)
            item.setToolTip(0, label(spec.tip))
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        self.nothing.setVisible(first is None)
        self.list.setVisible(first is not None)
        self._fit()

    def _fit(self) -> None:
        """As high as what is listed, up to a height from which on it scrolls."""
        rows = self.list.topLevelItemCount() * self.list.sizeHintForRow(0)
        shown = rows + _PAD if rows else self.nothing.heightForWidth(_SIZE.width() - 2 * _PAD)
        high = 3 * _PAD + self.field.sizeHint().height() + shown
        self.resize(_SIZE.width(), min(_SIZE.height(), high))

    def _offered(self) -> list[ActionSpec]:
        return [s for s in ACTIONS if s.id != OWN and self._actions[s.id].isEnabled()]

    def _accept(self) -> None:
        item = self.list.currentItem()
        self.hide()
        if item is not None:
            self._actions[str(item.data(0, Qt.ItemDataRole.UserRole))].trigger()


def title(spec: ActionSpec) -> str:
    """A command as the palette writes it: its menu, and its text without marks."""
    paths = [spec.menu[:end] for end in (spec.menu.find("/"), None) if end != -1]
    words = [label(_MENUS[path]) for path in paths] + [label(spec.text)]
    return " › ".join(words).replace("&", "").rstrip("…")


def find_commands(typed: str, among: list[ActionSpec]) -> list[ActionSpec]:
    """The commands that every word fits; those whose own words begin so come first."""
    words = typed.lower().split()
    ranked = [(_rank(words, spec), spec) for spec in among]
    found = [(rank, spec) for rank, spec in ranked if rank is not None]
    return [spec for _, spec in sorted(found, key=lambda pair: pair[0])]


def _rank(words: list[str], spec: ActionSpec) -> int | None:
    name, whole = title(spec).rpartition("› ")[2].lower(), title(spec).lower()
    worst = 0
    for word in words:
        if any(part.startswith(word) for part in name.split()):
            rank = 0
        elif word in whole:
            rank = 1
        elif word in label(spec.tip).lower():
            rank = 2
        else:
            return None
        worst = max(worst, rank)
    return worst
