"""Builds the menus and the actions of a window from the action table."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QLocale, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from designer.ui.actions import ACTIONS, ActionSpec, label
from designer.ui.menu_titles import MENUS

RECENT = "File/Open recent"
_RECENT_TITLE = str(QT_TRANSLATE_NOOP("actions", "Open &recent"))
_RECENT_AFTER = "file.open"


def shortcut_text(action: QAction) -> str:
    """The keys of a command as this system writes them, several by a comma."""
    form = QKeySequence.SequenceFormat.NativeText
    return QLocale().createSeparatedList([keys.toString(form) for keys in action.shortcuts()])


def give_keys(action: QAction, spec: ActionSpec, keys: Iterable[str]) -> None:
    """The action has these keys and no others, and its tool tip names them."""
    action.setShortcuts([QKeySequence(key) for key in keys])
    tip, text = label(spec.tip), shortcut_text(action)
    action.setToolTip(f"{tip} ({text})" if text else tip)


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


def fill_menus(menus: dict[str, QMenu], actions: Mapping[str, QAction]) -> None:
    """Puts the actions into the menus, and adds those within menus, recent files included."""
    for path, title in MENUS:
        parent = menus.get(path.rpartition("/")[0])
        if parent is not None:
            menus[path] = QMenu(label(title), parent)
    placed: set[str] = set()
    for spec in ACTIONS:
        menu = menus[spec.menu]
        parent_path = spec.menu.rpartition("/")[0]
        if parent_path and spec.menu not in placed:
            placed.add(spec.menu)
            menus[parent_path].addMenu(menu)
        if spec.separated:
            menu.addSeparator()
        menu.addAction(actions[spec.id])
        if spec.id == _RECENT_AFTER:
            menus[RECENT] = menu.addMenu(label(_RECENT_TITLE))
    for menu in menus.values():
        menu.setToolTipsVisible(True)


def _action(spec: ActionSpec, window: QMainWindow) -> QAction:
    action = QAction(label(spec.text), window)
    action.setObjectName(spec.id)
    give_keys(action, spec, spec.shortcuts)
    action.setCheckable(spec.checkable)
    action.setStatusTip(label(spec.tip))
    action.setMenuRole(QAction.MenuRole.NoRole)
    if spec.scope == "canvas":
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return action
