"""Which theme is on: the user's choice, or the system's; and telling it to every view."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from designer.ui import theme
from designer.ui.settings import Settings
from designer.ui.theme import Theme

KEY = "view/theme"
_MIDDLE = 128  # of the lightness from 0 to 255


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
        self.theme = theme.load(self._name())
        self._paint()

    @property
    def choice(self) -> str:
        """What the user chose: "system", "light" or "dark"."""
        return str(self._settings.get(KEY))

    def follow_system(self) -> None:
        """Begins to follow the system. After the first paint: it builds the namespace Qt."""
        from designer.ui.color_scheme import set_scheme  # late: see above

        set_scheme(self.choice)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._change)

    def choose(self, choice: str) -> None:
        """Takes and remembers the user's choice."""
        self._settings.put(KEY, choice)
        from designer.ui.color_scheme import set_scheme  # late: see `follow_system`

        set_scheme(choice)
        self._change()

    def add(self, view: Panel) -> None:
        """This view is told of other themes; it has the present one already."""
        self._views.append(view)

    def _name(self) -> str:
        if self.choice != "system":
            return self.choice
        # The style's own palette is dark where the system is; ours hides it once it is set.
        return (
            "dark"
            if QApplication.style().standardPalette().window().color().lightness() < 128
            else "light"
        )

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
