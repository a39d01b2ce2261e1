"""The top row: the menu bar, what the design trains on, and the one coloured button."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenuBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

_NO_DATA = str(QT_TRANSLATE_NOOP("header", "No data chosen"))


class Header(QFrame):
    """What must be there for the first paint: titles of menus; the rest comes by `bind`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.menus = QMenuBar(self)
        self.menus.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.data = QLabel(self)
        self.data.setObjectName("second")
        self.data.setAccessibleName(self.tr("Data source"))
        self.data.setToolTip(self.tr("What this design trains on; choose it in the inspector"))
        self.button = QPushButton(self)
        self.button.setObjectName("train")
        self.button.setIconSize(QSize(14, 14))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 7, 14, 7)
        row.setSpacing(18)
        row.addWidget(self.menus, 1)
        row.addWidget(self.data)
        row.addWidget(self.button)
        self.data.hide()
        self.button.hide()

    def bind(self, train: QAction) -> None:
        """The button triggers this action, and has its text, state and tool tip."""
        self.button.clicked.connect(train.trigger)
        train.changed.connect(lambda: self._follow(train))
        self._follow(train)

    def show_data(self, title: str) -> None:
        """Shows the title of the chosen data source, "" where none is."""
        self.data.setText(title or QCoreApplication.translate("header", _NO_DATA))

    def _follow(self, train: QAction) -> None:
        self.button.setText(train.text().replace("&", ""))
        self.button.setEnabled(train.isEnabled())
        self.button.setIcon(train.icon())
        self.button.setToolTip(train.toolTip())
        self.button.setAccessibleName(self.button.text())
