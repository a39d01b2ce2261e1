"""The top row: the menu bar, what the design trains on, and the one coloured button."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt
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
    """`train` is triggered by the button and gives it its text, state and tool tip."""

    def __init__(self, train: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self._train = train
        self.menus = QMenuBar(self)
        self.menus.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.data = QLabel(self)
        self.data.setObjectName("second")
        self.data.setAccessibleName(self.tr("Data source"))
        self.data.setToolTip(self.tr("What this design trains on; choose it in the inspector"))
        self.button = QPushButton(self)
        self.button.setObjectName("train")
        self.button.setIconSize(QSize(14, 14))
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(train.trigger)
        train.changed.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 7, 14, 7)
        row.setSpacing(18)
        row.addWidget(self.menus, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.data)
        row.addWidget(self.button)
        self.show_data("")
        self._follow()

    def show_data(self, title: str) -> None:
        """Shows the title of the chosen data source, "" where none is."""
        self.data.setText(title or QCoreApplication.translate("header", _NO_DATA))

    def _follow(self) -> None:
        self.button.setText(self._train.text().replace("&", ""))
        self.button.setEnabled(self._train.isEnabled())
        self.button.setIcon(self._train.icon())
        self.button.setToolTip(self._train.toolTip())
        self.button.setAccessibleName(self.button.text())
