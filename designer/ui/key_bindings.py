"""The keys of one window: read from the settings, put on its actions, changed at once."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from designer.ui import menus
from designer.ui.actions import ACTIONS
from designer.ui.keymap import Keymap, understood
from designer.ui.settings import Settings


class HasKeys(Protocol):
    """A view that looks up keys by itself."""

    def set_keymap(self, keymap: Keymap) -> None:
        """Takes other keys."""


class KeyBindings(QObject):
    """Holds the keymap; `ignored` are sentences about what the settings file said in vain."""

    changed = Signal()

    def __init__(self, settings: Settings, actions: Mapping[str, QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        self._views: list[HasKeys] = []
        self.keymap, self.ignored = understood(settings.keys())
        self._dress(self.keymap.chosen)

    def add(self, view: HasKeys) -> None:
        """This view is told of the keys, now and whenever they change."""
        self._views.append(view)
        view.set_keymap(self.keymap)

    def change(self, keymap: Keymap) -> None:
        """Puts these keys on menus, tool tips and views, and keeps what is not the table's."""
        before, self.keymap = self.keymap, keymap
        self._settings.keep_keys(keymap.chosen)
        self._settings.flush()
        self._dress({*before.chosen, *keymap.chosen})
        for view in self._views:
            view.set_keymap(keymap)
        self.changed.emit()

    def _dress(self, commands: Mapping[str, object] | set[str]) -> None:
        for spec in ACTIONS:
            if spec.id in commands:
                menus.give_keys(self._actions[spec.id], spec, self.keymap.keys(spec.id))
