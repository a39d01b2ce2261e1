"""The line of the inspector that says that what it shows is not part of the model now, with the way
back.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from designer.ui.panels.sections import MARGIN, RHYTHM, quiet


class BypassLine(QFrame):
    """Takes no room while nothing of the selection is bypassed."""

    wanted = Signal()  # the nodes are to be switched on again

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("bypassed")
        self.text = quiet("", self)
        self.text.setAccessibleName(self.tr("Bypassed"))
        self.button = QPushButton(self.tr("Switch on"), self)
        self.button.setToolTip(self.tr("Make it part of the model again"))
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, RHYTHM, MARGIN, RHYTHM)
        row.setSpacing(RHYTHM)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()

    def show_count(self, bypassed: int, selected: int) -> None:
        """Says how many of the selected nodes are bypassed."""
        if selected == 1:
            self.text.setText(self.tr("Bypassed: what comes in goes straight out."))
        else:
            text = self.tr("{count} of these {n} nodes are bypassed.")
            self.text.setText(text.format(count=bypassed, n=selected))
        self.setVisible(bypassed > 0)
