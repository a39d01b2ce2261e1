"""The sheet of shortcuts and the dialog that changes them, as commands of the window."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from designer.ui.dialogs import ShortcutSheet
from designer.ui.key_bindings import KeyBindings
from designer.ui.keys_dialog import KeysDialog
from designer.ui.message_bar import MessageBar
from designer.ui.settings import Settings
from designer.ui.window import MainWindow


class KeyCommands:
    """Holds the keys of a window."""

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        self._window = window
        self.bindings = KeyBindings(settings, window.actions_by_id, window)

    def show_sheet(self) -> None:
        """Shows every key; the dialog follows if the user wants it."""
        sheet = ShortcutSheet(self._window.actions_by_id, self._window)
        answer = sheet.exec()
        sheet.deleteLater()
        if answer == QDialog.DialogCode.Accepted:
            self.edit()

    def edit(self, above: QWidget | None = None) -> None:
        """Lets the user choose other keys."""
        dialog = KeysDialog(self.bindings, above or self._window)
        dialog.exec()
        dialog.deleteLater()

    def complain(self, bar: MessageBar) -> None:
        """Says what of the settings file could not be understood."""
        if self.bindings.ignored:
            words = QCoreApplication.translate(
                "keymap", "Shortcuts in the settings file were ignored: {what}."
            )
            bar.say("warning", words.format(what="; ".join(self.bindings.ignored[:3])))
