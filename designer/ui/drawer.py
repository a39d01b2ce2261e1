"""The area below the canvas: a row of tabs that is always seen, panels that fold away under it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

_UNLIMITED = 16_777_215  # Qt's own largest size of a widget
OPEN_HEIGHT = 264  # pixels, until the user drags it


class Drawer(QWidget):
    """A click on a tab opens its panel, a click on the open one folds the drawer."""

    opened = Signal(str)  # id of the panel that is seen now, "" when folded

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ids: list[str] = []
        self._open = False
        self._height = OPEN_HEIGHT
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("drawer")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Panels below the canvas"))
        self.tabs.tabBarClicked.connect(self._clicked)
        self.tabs.currentChanged.connect(self._follow_tab)
        self.pages = QStackedWidget(self)
        head = QFrame(self)
        head.setObjectName("drawerHead")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self.tabs)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.pages, 1)
        self.fold()

    def announce(self, key: str, title: str, tip: str) -> None:
        """Adds a tab; its panel comes later by `fill`."""
        self._ids.append(key)
        place = self.tabs.addTab(title)
        self.tabs.setTabToolTip(place, tip)
        self.pages.addWidget(QWidget(self.pages))

    def fill(self, key: str, panel: QWidget) -> None:
        """Puts the panel behind its tab."""
        place = self._ids.index(key)
        former = self.pages.widget(place)
        current = self.pages.currentIndex()
        self.pages.insertWidget(place, panel)
        if former is not None:
            self.pages.removeWidget(former)
            former.deleteLater()
        self.pages.setCurrentIndex(current)

    def title(self, key: str, text: str) -> None:
        """Gives a tab another text (a count, for instance)."""
        self.tabs.setTabText(self._ids.index(key), text)

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids of all panels."""
        return tuple(self._ids)

    @property
    def current(self) -> str:
        """The id of the panel that is seen, "" when folded."""
        return self._ids[self.tabs.currentIndex()] if self._open else ""

    def show_panel(self, key: str) -> None:
        """Unfolds the drawer with that panel."""
        self.tabs.setCurrentIndex(self._ids.index(key))
        self._set_open(wanted=True)

    def toggle(self, key: str) -> None:
        """Shows the panel, or folds the drawer if it is the one that is seen."""
        if self.current == key:
            self.fold()
        else:
            self.show_panel(key)

    def fold(self) -> None:
        """Leaves the row of tabs only."""
        self._set_open(wanted=False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._open:
            self.fold()  # only now does the style sheet tell the height of a tab

    def _clicked(self, place: int) -> None:
        if place >= 0:
            self.toggle(self._ids[place])

    def _follow_tab(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        if self._open:
            self.opened.emit(self.current)

    def _set_open(self, *, wanted: bool) -> None:
        if self._open and not wanted:
            self._height = self.height()
        self._open = wanted
        self.pages.setVisible(wanted)
        self.setMinimumHeight(160 if wanted else 0)
        self.setMaximumHeight(_UNLIMITED if wanted else self.tabs.sizeHint().height())
        self.tabs.setProperty("open", wanted)
        self.tabs.style().unpolish(self.tabs)
        self.tabs.style().polish(self.tabs)
        self.opened.emit(self.current)

    @property
    def wanted_height(self) -> int:
        """The height that it had when it was open last."""
        return self._height
