"""Where the user chooses the keys of commands: what is changed counts at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from designer.ui.actions import ACTIONS, ActionSpec, label
from designer.ui.key_bindings import KeyBindings
from designer.ui.keymap import Keymap, judge, name_of, native, normal, standard
from designer.ui.menu_titles import MENUS
from designer.ui.panels.sections import quiet
from designer.ui.theme import sized

_SIZE = (680, 620)
_KEYS, _DEFAULT = 1, 2  # columns
_ID = Qt.ItemDataRole.UserRole
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class KeysDialog(QDialog):
    """A list of all commands by menu, and below it the keys of the one that is current."""

    def __init__(self, bindings: KeyBindings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Change shortcuts"))
        self._bindings = bindings
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Search commands or keys"))
        self.field.setAccessibleName(self.tr("Search commands or keys"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._filter)
        self.list = _command_list(self)
        self.list.currentItemChanged.connect(self._show_current)
        self.nothing = quiet(
            self.tr("No command is called like that, and none has that key."), self
        )
        self.editor = KeyEditor(bindings, self)
        self.editor.left.connect(self.list.setFocus)
        self.list.itemActivated.connect(lambda: self.editor.recorder.setFocus())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        for part in (self.field, self.nothing, self.list, self.editor, self._buttons()):
            column.addWidget(part)
        column.setStretchFactor(self.list, 1)
        bindings.changed.connect(self.refresh)
        self.resize(*_SIZE)
        self._fill()

    @property
    def current(self) -> str:
        """The command whose keys can be changed; "" where a menu is current."""
        item = self.list.currentItem()
        return str(item.data(0, _ID) or "") if item is not None else ""

    def choose(self, command: str) -> None:
        """Makes a command the current one."""
        self.list.setCurrentItem(self.items[command])

    def refresh(self) -> None:
        """Shows the keys as they are now."""
        keymap = self._bindings.keymap
        for command, item in self.items.items():
            keys = keymap.keys(command)
            item.setText(_KEYS, _listed(keys))
            item.setFont(_KEYS, sized(1, _weight(command in keymap.chosen)))
        self.reset_all.setEnabled(bool(keymap.chosen))
        self._show_current()

    # --- building -----------------------------------------------------------------------------

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.reset_all = box.addButton(self.tr("Reset all"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset_all.setToolTip(self.tr("Every command has its default keys again"))
        self.reset_all.clicked.connect(lambda: self._bindings.change(Keymap()))
        box.rejected.connect(self.reject)
        for button in box.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)  # Enter in the search must not close the dialog
        return box

    def _fill(self) -> None:
        titles = dict(MENUS)
        menus: dict[str, QTreeWidgetItem] = {}
        self.items: dict[str, QTreeWidgetItem] = {}
        for spec in ACTIONS:
            if spec.menu not in menus:
                parts = [spec.menu.partition("/")[0], spec.menu]
                words = [label(titles[path]).replace("&", "") for path in dict.fromkeys(parts)]
                menus[spec.menu] = QTreeWidgetItem(self.list, [" › ".join(words)])
                menus[spec.menu].setFont(0, sized(1, QFont.Weight.DemiBold))
                menus[spec.menu].setExpanded(True)
            row = QTreeWidgetItem(menus[spec.menu], [name_of(spec), "", _listed(standard(spec))])
            row.setData(0, _ID, spec.id)
            row.setToolTip(0, label(spec.tip))
            row.setForeground(_DEFAULT, self.palette().placeholderText())
            self.items[spec.id] = row
        self._menus = menus
        self.nothing.hide()
        self.refresh()
        self.choose(ACTIONS[0].id)

    # --- following ----------------------------------------------------------------------------

    def _filter(self, typed: str) -> None:
        words = typed.lower().split()
        filled = set[str]()
        for spec in ACTIONS:
            item, menu = self.items[spec.id], self._menus[spec.menu].text(0)
            text = f"{menu} {item.text(0)} {item.text(_KEYS)} {item.toolTip(0)}".lower()
            item.setHidden(not all(word in text for word in words))
            if not item.isHidden():
                filled.add(spec.menu)
        for path, group in self._menus.items():
            group.setHidden(path not in filled)
        shown = [item for item in self.items.values() if not item.isHidden()]
        self.nothing.setVisible(not shown)
        current = self.list.currentItem()
        if shown and (current is None or current.isHidden() or not self.current):
            self.list.setCurrentItem(shown[0])

    def _show_current(self) -> None:
        self.editor.show_command(self.current)


class Recorder(QKeySequenceEdit):
    """Takes one key with its modifiers; Tab and Esc leave it."""

    pressed = Signal(str)  # the key, as Qt writes it
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaximumSequenceLength(1)
        self.setAccessibleName(self.tr("New key: press it here"))
        for line in self.findChildren(QLineEdit):
            line.setAccessibleName(self.accessibleName())
        self.editingFinished.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            event.accept()
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        key = normal(self.keySequence().toString(_PORTABLE))
        self.clear()
        if key:
            self.pressed.emit(key)


class KeyEditor(QWidget):
    """The keys of one command: a button for each to remove it, and a field that records another."""

    left = Signal()

    def __init__(self, bindings: KeyBindings, parent: QWidget) -> None:
        super().__init__(parent)
        self._bindings = bindings
        self._spec: ActionSpec | None = None
        self._wanted = ""
        self.heading = QLabel(self)
        self.heading.setFont(sized(1, QFont.Weight.DemiBold))
        self.tip = quiet("", self)
        self.keys: list[QPushButton] = []
        self._row = QHBoxLayout()
        self.recorder = Recorder(self)
        self.recorder.pressed.connect(self.record)
        self.recorder.left.connect(self.left)
        self.reset = self._button(self.tr("Reset"))
        self.reset.clicked.connect(self._reset)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.message.setAccessibleName(self.tr("About the key"))
        self.take = self._button("")
        self.take.clicked.connect(self._take)
        second = QHBoxLayout()
        second.addWidget(self.recorder, 1)
        second.addWidget(self.reset)
        third = QHBoxLayout()
        third.addWidget(self.message, 1)
        third.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        for part in (self.heading, self.tip, self._row, second, third):
            column.addLayout(part) if isinstance(part, QLayout) else column.addWidget(part)
        # The list above must not jump when there is something to say.
        self.message.setMinimumHeight(2 * self.message.fontMetrics().lineSpacing() + 2)
        self.take.hide()

    def show_command(self, command: str) -> None:
        """Shows the keys of this command; "" for none."""
        spec = next((spec for spec in ACTIONS if spec.id == command), None)
        if spec is not self._spec:
            self._say("")
        self._spec = spec
        self.heading.setText(name_of(spec) if spec else self.tr("No command is chosen"))
        self.tip.setText(label(spec.tip) if spec else self.tr("Choose one in the list."))
        for part in (self.recorder, self.reset):
            part.setEnabled(spec is not None)
        self._show_keys(self._bindings.keymap.keys(spec.id) if spec else ())
        self.reset.setEnabled(spec is not None and spec.id in self._bindings.keymap.chosen)
        if spec is not None:
            words = self.tr("{command} has its default keys again: {keys}")
            keys = _listed(standard(spec)) or self.tr("none")
            self.reset.setToolTip(words.format(command=name_of(spec), keys=keys))

    def record(self, key: str) -> None:
        """The user pressed this key for the command: it is given, refused, or asked about."""
        spec = self._spec
        if spec is None:
            return
        verdict, holder = judge(spec, key), self._bindings.keymap.holder(key)
        if verdict.refused:
            self._say(verdict.refused)
        elif holder == spec.id:
            self._say(self.tr("{key} calls this command already.").format(key=native(key)))
        elif holder is not None:
            self._ask(key, next(s for s in ACTIONS if s.id == holder))
        else:
            self._give(key, verdict.note)

    # --- parts --------------------------------------------------------------------------------

    def _give(self, key: str, words: str = "") -> None:
        if self._spec is not None:
            self._bindings.change(self._bindings.keymap.given(self._spec.id, key))
            self._say(words)

    def _ask(self, key: str, other: ActionSpec) -> None:
        self._wanted = key
        words = self.tr("{key} calls “{command}” in the menu {menu}.")
        menu = label(dict(MENUS)[other.menu.partition("/")[0]]).replace("&", "")
        self._say(words.format(key=native(key), command=name_of(other), menu=menu))
        self.take.setText(self.tr("Take it from {command}").format(command=name_of(other)))
        self.take.show()
        self.take.setFocus()

    def _take(self) -> None:
        key = self._wanted
        self.recorder.setFocus()
        if self._spec is not None:
            self._give(key, judge(self._spec, key).note)

    def _reset(self) -> None:
        if self._spec is not None:
            self.recorder.setFocus()
            self._bindings.change(self._bindings.keymap.reset(self._spec.id))
            self._say("")

    def _remove(self, key: str) -> None:
        if self._spec is not None:
            self.recorder.setFocus()
            self._bindings.change(self._bindings.keymap.taken(self._spec.id, key))
            self._say("")

    def _say(self, words: str) -> None:
        self._wanted = self._wanted if words else ""
        self.take.hide()
        self.message.setText(words)
        self.recorder.setAccessibleDescription(words)

    def _show_keys(self, keys: tuple[str, ...]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self.keys = [self._key_button(key) for key in keys]
        for button in self.keys:
            self._row.addWidget(button)
        if not keys:
            self._row.addWidget(quiet(self.tr("It has no key."), self))
        self._row.addStretch(1)

    def _key_button(self, key: str) -> QPushButton:
        button = self._button(f"{native(key)}  ×")
        button.setAccessibleName(self.tr("Remove {key}").format(key=native(key)))
        button.setToolTip(self.tr("Take this key away from the command"))
        button.clicked.connect(lambda: self._remove(key))
        return button

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return button


def _command_list(parent: QWidget) -> QTreeWidget:
    made = QTreeWidget(parent)
    made.setAccessibleName(made.tr("Commands and their keys"))
    made.setHeaderLabels([parent.tr("Command"), parent.tr("Keys"), parent.tr("Default")])
    made.setUniformRowHeights(True)
    made.setRootIsDecorated(False)
    made.setItemsExpandable(False)
    made.setIndentation(12)
    made.setObjectName("keys")
    made.header().setStretchLastSection(False)
    made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in (_KEYS, _DEFAULT):
        made.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return made


def _listed(keys: tuple[str, ...]) -> str:
    return ", ".join(native(key) for key in keys)


def _weight(changed: bool) -> QFont.Weight:
    return QFont.Weight.DemiBold if changed else QFont.Weight.Normal
