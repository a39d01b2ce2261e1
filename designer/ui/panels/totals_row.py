"""The sums below a table, column by column, whatever is scrolled or sorted above them."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTableView, QWidget

from designer.ui.panels.analysis_model import LAYER, SHAPE
from designer.ui.theme import Theme, sized

_HEIGHT = 26
_PAD = 8  # px, as the cells have
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TotalsRow(QWidget):
    """Paints its texts where the columns of the table are now."""

    def __init__(self, table: QTableView, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = sized(0.85, family=theme.mono)
        self._table = table
        self._texts: tuple[str, ...] = ()
        header = table.horizontalHeader()
        header.sectionResized.connect(lambda: self.update())
        header.sectionMoved.connect(lambda: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda: self.update())
        self.setFixedHeight(_HEIGHT)

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says, by column."""
        return self._texts

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Shows these sums."""
        self._texts = texts
        self.setAccessibleName(", ".join(text for text in texts if text))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        painter.setPen(QPen(palette.mid().color(), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setPen(palette.text().color())
        words = sized(1.0, weight=self.font().Weight.DemiBold)
        for column, text in enumerate(self._texts):
            painter.setFont(words if column == LAYER else self._figures)
            painter.drawText(self._cell(column), int(_LEFT if column <= SHAPE else _RIGHT), text)
        painter.end()

    def _cell(self, column: int) -> QRect:
        header = self._table.horizontalHeader()
        left, wide = header.sectionViewportPosition(column), header.sectionSize(column)
        return QRect(left + _PAD, 1, wide - 2 * _PAD, self.height() - 1)
