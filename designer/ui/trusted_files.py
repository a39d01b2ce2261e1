"""The files of layers that are loaded without a question, and how one is taken off that list."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from designer.ui.trust import Trust

_ROWS = 3


class TrustedFiles(QWidget):
    """A list and its button. What is taken off is off at once."""

    def __init__(self, trust: Trust, parent: QWidget) -> None:
        super().__init__(parent)
        self._trust = trust
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Custom layers that may be loaded"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setFixedHeight(_ROWS * (self.fontMetrics().height() + 10))
        tip = self.tr(
            "Files that you agreed to run. They are loaded without a question as long as their "
            "content stays the same."
        )
        self.list.setToolTip(tip)
        self.list.setAccessibleDescription(tip)
        self.remove = QPushButton(self.tr("Remove"), self)
        self.remove.setToolTip(self.tr("Ask again before the selected file is run"))
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(lambda row: self.remove.setEnabled(row >= 0))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.list, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.list)
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        files = self._trust.files()
        for path in files:
            item = QListWidgetItem(str(path), self.list)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
        if not files:
            empty = QListWidgetItem(self.tr("None yet"), self.list)
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
        self.remove.setEnabled(False)

    def _remove(self) -> None:
        item = self.list.currentItem()
        if item is not None and item.data(Qt.ItemDataRole.UserRole):
            self._trust.remove(Path(str(item.data(Qt.ItemDataRole.UserRole))))
            self._fill()
