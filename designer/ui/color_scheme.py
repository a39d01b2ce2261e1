"""Tells Qt which colour scheme is wanted, so that native dialogs and title bars follow."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def set_scheme(choice: str) -> None:
    """Asks for "light", "dark", or what the "system" has."""
    QGuiApplication.styleHints().setColorScheme(_SCHEMES[choice])
