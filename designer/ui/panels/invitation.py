"""What a panel shows while it is empty: one sentence, and the one action that fills it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class Invitation(QWidget):
    """`accepted` when the button is clicked."""

    accepted = Signal()

    def __init__(self, sentence: str, action: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QLabel(sentence, self)
        self.text.setObjectName("second")
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(action, self)
        self.button.clicked.connect(self.accepted)
        column = QVBoxLayout(self)
        column.addStretch()
        column.addWidget(self.text)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch()
