"""The key of the heat scale, at the foot of the canvas: what it measures, its ends, and off."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QToolButton, QWidget

from designer.ui.heat import STEPS, tint
from designer.ui.icons import icon
from designer.ui.theme import Theme, sized

_MARGIN = 12  # px to the border of the canvas
_SCALE = QSize(196, 8)


class _Scale(QWidget):
    """The steps side by side."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFixedSize(_SCALE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide = self.width() / STEPS
        for step in range(STEPS):
            rect = QRectF(step * wide, 0, wide, self.height())
            painter.fillRect(rect, self.theme.category(tint(step)))
        painter.setPen(QPen(self.theme.color("border"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class HeatLegend(QFrame):
    """Lies over the lower edge of a canvas; `dismissed` when it is switched off."""

    dismissed = Signal()

    def __init__(self, theme: Theme, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.setObjectName("popup")
        self._canvas = canvas
        self.title = QLabel(self)
        self.title.setFont(sized(0.85))
        self._scale = _Scale(theme, self)
        self._least, self._most = QLabel(self), QLabel(self)
        for label in (self._least, self._most):
            label.setObjectName("second")
            label.setFont(sized(0.85, family=theme.mono))
        self.off = QToolButton(self)
        self.off.setAutoRaise(True)
        self.off.setIconSize(QSize(12, 12))
        self.off.setAccessibleName(self.tr("Colour by type again"))
        self.off.setToolTip(self.tr("Colour by type again"))
        self.off.clicked.connect(self.dismissed)
        self._lay_out()
        self.set_theme(theme)
        self.hide()
        canvas.installEventFilter(self)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 6, 8)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.title, 0, 0, 1, 2)
        grid.addWidget(self.off, 0, 2)
        grid.addWidget(self._scale, 1, 0, 1, 2)
        grid.addWidget(self._least, 2, 0)
        grid.addWidget(self._most, 2, 1)
        grid.setColumnStretch(0, 1)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._scale.theme = theme
        self.off.setIcon(icon(theme, "close", "second"))
        self._scale.update()

    def show_scale(self, title: str, most: str) -> None:
        """Shows what is measured, and the cost of the last step; the first costs nothing."""
        self.title.setText(title)
        self._least.setText("0")
        self._most.setText(most)
        self.setAccessibleName(self.tr("{title}, from 0 to {most}").format(title=title, most=most))
        self.adjustSize()
        self._settle()
        self.show()
        self.raise_()

    def _settle(self) -> None:
        # The corners are the overview map's.
        left = (self._canvas.width() - self.width()) // 2
        self.move(left, self._canvas.height() - self.height() - _MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)
