"""Builds the menus and the actions of a window from the action table."""

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QLocale, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from designer.ui.actions import ACTIONS, ActionSpec, label
from designer.ui.menu_titles import MENUS

RECENT = "File/Open recent"
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
