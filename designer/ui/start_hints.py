"""What hands do first, told on the start page as long as there is nothing else to show."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from designer.ui.theme import sized

_GAP = 24  # pixels between the columns


def _tr(text: str) -> str:
    return QCoreApplication.translate("start", text)


def section_head(text: str, parent: QWidget) -> QLabel:
    """The quiet line above a part of the page."""
    head = QLabel(text, parent)
    head.setObjectName("second")
    head.setFont(sized(1, QFont.Weight.DemiBold))
    return head


class Hints(QWidget):
    """The four things to know, side by side."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(4)
        head = section_head(_tr("The first steps"), self)
        grid.addWidget(head, 0, 0, 1, 4)
        grid.setRowMinimumHeight(0, head.sizeHint().height() + 8)
        for column, (title, words) in enumerate(_steps()):
            name = QLabel(title, self)
            name.setFont(sized(1, QFont.Weight.DemiBold))
            sentence = QLabel(words, self)
            sentence.setObjectName("second")
            sentence.setWordWrap(True)
            sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name, 1, column)
            grid.addWidget(sentence, 2, column)
            grid.setColumnStretch(column, 1)


def _steps() -> tuple[tuple[str, str], ...]:
    return (
        (
            _tr("1  Place layers"),
            _tr("Drag them from the palette, double-click the canvas, or just type a name."),
        ),
        (
            _tr("2  Wire them"),
            _tr("Drag from port to port. Each wire says its shape, and whether it fits."),
        ),
        (
            _tr("3  Skip"),
            _tr("Wire past layers into Add or Concatenate; a mismatch comes with its fixes."),
        ),
        (
            _tr("4  Train"),
            _tr("Choose data in the inspector and press Train: the curves are drawn live."),
        ),
    )
