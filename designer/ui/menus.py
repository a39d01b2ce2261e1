"""Builds the menus and the actions of a window from the action table."""

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QLocale, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from designer.ui.actions import ACTIONS, ActionSpec, label

RECENT = "File/Open recent"
_MENUS: tuple[tuple[str, str], ...] = (
    ("File", str(QT_TRANSLATE_NOOP("actions", "&File"))),
    ("Edit", str(QT_TRANSLATE_NOOP("actions", "&Edit"))),
    ("View", str(QT_TRANSLATE_NOOP("actions", "&View"))),
    ("View/Theme", str(QT_TRANSLATE_NOOP("actions", "T&heme"))),
    ("Arrange", str(QT_TRANSLATE_NOOP("actions", "&Arrange"))),
    ("Arrange/Direction", str(QT_TRANSLATE_NOOP("actions", "&Direction"))),
    ("Train", str(QT_TRANSLATE_NOOP("actions", "&Train"))),
    ("Help", str(QT_TRANSLATE_NOOP("actions", "&Help"))),
)
_RECENT_TITLE = str(QT_TRANSLATE_NOOP("actions", "Open &recent"))
_RECENT_AFTER = "file.open"


def shortcut_text(spec: ActionSpec) -> str:
    """The keys of a command as this system writes them, several by a comma."""
    form = QKeySequence.SequenceFormat.NativeText
    return QLocale().createSeparatedList(
        [QKeySequence(keys).toString(form) for keys in spec.shortcuts]
    )


def build_actions(window: QMainWindow) -> dict[str, QAction]:
    """An action for each line of the table, children of the window."""
    actions = {spec.id: _action(spec, window) for spec in ACTIONS}
    groups: dict[str, QActionGroup] = {}
    for spec in ACTIONS:
        if spec.group:
            if spec.group not in groups:
                groups[spec.group] = QActionGroup(window)
            groups[spec.group].addAction(actions[spec.id])
    return actions


def build_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Fills a menu bar; the menus by their path, that of recent files included."""
    menus: dict[str, QMenu] = {}
    for path, title in _MENUS:
        parent = menus.get(path.rpartition("/")[0])
        text = label(title)
        menus[path] = parent.addMenu(text) if parent else bar.addMenu(text)
    for spec in ACTIONS:
        menu = menus[spec.menu]
        if spec.separated:
            menu.addSeparator()
        menu.addAction(actions[spec.id])
        if spec.id == _RECENT_AFTER:
            menus[RECENT] = menu.addMenu(label(_RECENT_TITLE))
    for menu in menus.values():
        menu.setToolTipsVisible(True)
    return menus


def _action(spec: ActionSpec, window: QMainWindow) -> QAction:
    action = QAction(label(spec.text), window)
    action.setObjectName(spec.id)
    action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
    action.setCheckable(spec.checkable)
    tip = label(spec.tip)
    keys = shortcut_text(spec)
    action.setToolTip(f"{tip} ({keys})" if keys else tip)
    action.setStatusTip(tip)
    action.setMenuRole(QAction.MenuRole.NoRole)
    if spec.scope == "canvas":
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return action
