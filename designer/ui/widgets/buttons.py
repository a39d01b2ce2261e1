"""Small buttons of the panels: one with a sign, and one that unfolds what stands below it."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from designer.ui.widgets.fields import field_height
from designer.ui.widgets.glyphs import Glyph, paint_glyph

Role = QPalette.ColorRole


class GlyphButton(QAbstractButton):
    """A small button with a sign; its text is its tool tip and its accessible name."""

    def __init__(self, glyph: Glyph, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = glyph
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def set_glyph(self, glyph: Glyph) -> None:
        """Show another sign."""
        self._glyph = glyph
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(18, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        near = self.underMouse() or self.hasFocus()
        role = Role.Highlight if near else Role.PlaceholderText
        with QPainter(self) as painter:
            centre = QPointF(self.width() / 2, self.height() / 2)
            paint_glyph(painter, self._glyph, centre, palette.color(role))


class Fold(QAbstractButton):
    """A line that opens and closes what stands below it; `toggled` tells which."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(20 + self.fontMetrics().horizontalAdvance(self.text()), field_height(self))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Without the focus on a click, the field in use would keep it and its text.
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        near = self.underMouse() or self.hasFocus()
        color = palette.color(Role.Text if near else Role.PlaceholderText)
        with QPainter(self) as painter:
            glyph = Glyph.DOWN if self.isChecked() else Glyph.RIGHT
            paint_glyph(painter, glyph, QPointF(6, self.height() / 2), color)
            painter.setPen(color)
            room = self.rect().adjusted(18, 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
