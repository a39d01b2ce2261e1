"""Which theme is on: the user's choice, or the system's; and telling it to every view."""

from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from designer.ui import theme
from designer.ui.settings import Settings
from designer.ui.theme import Theme

KEY = "view/theme"
_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Panel(Protocol):
    """A view that takes the colours of a theme. In fact a QWidget, which no protocol can demand."""

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""


class Looks(QObject):
    """Holds the theme of the program; views that were added are told of another one."""

    themed = Signal(object)  # Theme

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._views: list[Panel] = []
        hints = QGuiApplication.styleHints()
        hints.setColorScheme(_SCHEMES[self.choice])
        hints.colorSchemeChanged.connect(self._follow_system)
        self.theme = theme.load(self._name())
        self._paint()

    @property
    def choice(self) -> str:
        """What the user chose: "system", "light" or "dark"."""
        return str(self._settings.get(KEY))

    def choose(self, choice: str) -> None:
        """Takes and remembers the user's choice."""
        self._settings.put(KEY, choice)
        QGuiApplication.styleHints().setColorScheme(_SCHEMES[choice])
        self._change()

    def add(self, view: Panel) -> None:
        """This view is told of other themes; it has the present one already."""
        self._views.append(view)

    def _name(self) -> str:
        if self.choice != "system":
            return self.choice
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _follow_system(self) -> None:
        self._change()

    def _change(self) -> None:
        wanted = theme.load(self._name())
        if wanted is self.theme:
            return
        self.theme = wanted
        self._paint()
        for view in self._views:
            view.set_theme(wanted)
        self.themed.emit(wanted)

    def _paint(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(self.theme.palette())
