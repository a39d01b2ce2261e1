"""The bare fields of the panels, painted alike: a line of text, a combobox, a box.

Every colour comes from the widget's palette, so a new theme reaches them without being told. The
wheel scrolls the panel: a value that the pointer happens to pass stays what it is, only a number
that has the focus steps.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontDatabase,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from designer.ui.theme import sized
from designer.ui.widgets.glyphs import Glyph, paint_glyph

Role = QPalette.ColorRole

CORNER = 5.0
PADDING = 8
ARROW = 18
FIELD_WIDTH = 116
PICTURE = QSize(22, 16)
_FEW = 8  # texts among which a letter chooses at once


def field_font() -> QFont:
    """Values are set in the monospaced family, a size smaller."""
    family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    return sized(0.85, family=family)


def field_height(widget: QWidget) -> int:
    """The height of a field in the widget's font: the text and 5 px above and below."""
    return int(widget.fontMetrics().height()) + 10


def paint_frame(
    painter: QPainter, widget: QWidget, palette: QPalette, *, refused: bool, quiet: bool
) -> None:
    """The rounded frame of a field; `quiet` ones show it only under the pointer or the focus."""
    focused = widget.hasFocus()
    if quiet and not (focused or refused or widget.underMouse()):
        return
    role = Role.BrightText if refused else Role.Highlight if focused else Role.Mid
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.color(role), 1.5 if focused or refused else 1.0))
    painter.setBrush(palette.color(Role.Base))
    inset = 0.75 if focused or refused else 0.5
    frame = QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(frame, CORNER, CORNER)


class Line(QLineEdit):
    """A line of text that tells how it was left: `entered` (Enter), `left`, `escaped`.

    `stepped` counts the steps of Up, Down, Page Up and Page Down. Undo and redo reach the
    document unless the text is being changed.
    """

    entered = Signal()
    left = Signal()
    escaped = Signal()
    arrived = Signal()
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, quiet: bool = False) -> None:
        super().__init__(parent)
        self._refused = False
        self._flagged = False
        self._outcome = ""
        self._wheels = False
        self._quiet = quiet
        self.setFrame(False)
        inset = -2 if quiet else PADDING - 2  # QLineEdit adds 2 of its own
        if not quiet:
            self.setFont(field_font())
        self.setTextMargins(inset, 0, 4, 0)
        palette = QPalette()
        palette.setColor(Role.Base, QColor(Qt.GlobalColor.transparent))
        self.setPalette(palette)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_refused(self, refused: bool) -> None:
        """Whether the text cannot be taken as it stands."""
        if refused != self._refused:
            self._refused = refused
            self.update()

    def set_flagged(self, flagged: bool) -> None:
        """Whether what is set in it is wrong."""
        if flagged != self._flagged:
            self._flagged = flagged
            self.update()

    def set_wheels(self, wheels: bool) -> None:
        """Whether the wheel steps the value while the field has the focus."""
        self._wheels = wheels

    def set_outcome(self, text: str) -> None:
        """What the text comes to ("= 128"), shown small behind it while there is room."""
        if text != self._outcome:
            self._outcome = text
            self.setAccessibleDescription(text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(FIELD_WIDTH, field_height(self))

    def minimumSizeHint(self) -> QSize:
        return QSize(48, field_height(self))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.isModified() and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            undoing = event.matches(QKeySequence.StandardKey.Undo) or event.matches(
                QKeySequence.StandardKey.Redo
            )
            if undoing and not self.isModified():
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = _STEPS.get(Qt.Key(key))
        if steps is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.stepped.emit(steps)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.isModified():
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() // 120
        if self.hasFocus() and self._wheels and steps:
            self.stepped.emit(steps)
            event.accept()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.arrived.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A menu of the field itself or another window only borrows the focus.
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        around = self.parentWidget()
        palette = around.palette() if around else QPalette()
        wrong = self._refused or self._flagged
        with QPainter(self) as painter:
            paint_frame(painter, self, palette, refused=wrong, quiet=self._quiet)
            room = self.rect().adjusted(PADDING, 0, -PADDING, 0)
            metrics = self.fontMetrics()
            taken = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance("  ")
            if taken + metrics.horizontalAdvance(self._outcome) <= room.width():
                painter.setPen(palette.color(Role.PlaceholderText))
                side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                painter.drawText(room, side, self._outcome)
        super().paintEvent(event)


_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}


Pictures = Callable[[str, QPalette], QIcon]  # for a text, in the colours of a palette


class Combo(QComboBox):
    """A combobox that is filled when it is opened: a form of many shows at once.

    Subclasses and owners give `texts` for all that can be chosen; until then it holds the one
    text that it shows. `faint` texts are defaults that nobody has set.
    """

    arrived = Signal()
    filling = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(field_font())
        self._faint = False
        self._flagged = False
        self._filled = False
        self.stepping = False  # True while a key goes from one text to the next
        self._pictures: Pictures | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(16)

    def show_text(self, text: str, *, faint: bool) -> None:
        """Show this text, as one of those to choose from where it is one."""
        self._faint = faint
        place = self.findText(text)
        if place < 0:
            self.insertItem(0, text)
            place = 0
        self.setCurrentIndex(place)
        self.update()

    def set_flagged(self, flagged: bool) -> None:
        """Whether what is set in it is wrong."""
        if flagged != self._flagged:
            self._flagged = flagged
            self.update()

    def set_pictures(self, pictures: Pictures) -> None:
        """What is painted behind a text, in the field and in the list."""
        self._pictures = pictures
        self.setIconSize(PICTURE)

    def fill(self) -> None:
        """Have all texts to choose from, by way of `filling`; once."""
        if not self._filled:
            self._filled = True
            self.filling.emit()

    def offer(self, texts: list[str]) -> None:
        """The texts to choose from; what is shown stays shown."""
        shown = self.currentText()
        self.clear()
        self.addItems(texts)
        for place, text in enumerate(texts if self._pictures is not None else ()):
            self.setItemIcon(place, self._picture(text))
        self.show_text(shown, faint=self._faint)

    def _picture(self, text: str) -> QIcon:
        return self._pictures(text, self.palette()) if self._pictures is not None else QIcon()

    def sizeHint(self) -> QSize:
        return QSize(FIELD_WIDTH, field_height(self))

    def minimumSizeHint(self) -> QSize:
        return QSize(48, field_height(self))

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        self.fill()
        wide = self.view().sizeHintForColumn(0) + 24
        self.view().setMinimumWidth(wide if wide > self.width() else 0)
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.fill()
        letter = event.text()
        if self.count() > _FEW and letter.isprintable() and letter.strip():
            self.showPopup()  # to type on until the right one is found; Enter takes it
            self.view().keyboardSearch(letter)
            return
        self.stepping = True
        super().keyPressEvent(event)
        self.stepping = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.arrived.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        around = self.parentWidget()
        palette = around.palette() if around else self.palette()
        with QPainter(self) as painter:
            paint_frame(painter, self, palette, refused=self._flagged, quiet=False)
            faint = self._faint or not self.isEnabled()
            painter.setPen(palette.color(Role.PlaceholderText if faint else Role.Text))
            room = self.rect().adjusted(PADDING, 0, -ARROW, 0)
            picture = self._picture(self.currentText())
            if not picture.isNull():
                spot = QRect(QPoint(0, 0), PICTURE)
                spot.moveCenter(QPoint(room.right() - PICTURE.width() // 2, room.center().y()))
                painter.setOpacity(0.6 if faint else 1.0)
                picture.paint(painter, spot)
                painter.setOpacity(1.0)
                room.setRight(spot.left() - 4)
            text = self.fontMetrics().elidedText(
                self.currentText(), Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
            centre = QPointF(self.width() - 10.0, self.height() / 2)
            paint_glyph(painter, Glyph.DOWN, centre, palette.color(Role.PlaceholderText))


_SIGNS = {Qt.CheckState.Checked: Glyph.TICK, Qt.CheckState.PartiallyChecked: Glyph.DASH}


class Check(QCheckBox):
    """A check box drawn like the other fields, its word beside it; `faint` ones are defaults."""

    arrived = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faint = False
        self._flagged = False

    def set_flagged(self, flagged: bool) -> None:
        """Whether what is set in it is wrong."""
        if flagged != self._flagged:
            self._flagged = flagged
            self.update()

    def set_faint(self, faint: bool) -> None:
        """Whether it shows a default that nobody has set."""
        self._faint = faint
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(FIELD_WIDTH, field_height(self))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.arrived.emit()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        role = Role.PlaceholderText if self._faint else Role.Text
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            near = self.hasFocus()
            edge = Role.BrightText if self._flagged else Role.Highlight if near else Role.Mid
            strong = near or self._flagged
            painter.setPen(QPen(palette.color(edge), 1.5 if strong else 1.0))
            painter.setBrush(palette.color(Role.Base))
            box = QRectF(1, self.height() / 2 - 7.5, 15, 15)
            painter.drawRoundedRect(box, 3.5, 3.5)
            sign = _SIGNS.get(self.checkState())
            if sign is not None:
                paint_glyph(painter, sign, box.center(), palette.color(role))
            painter.setPen(palette.color(role))
            room = self.rect().adjusted(24, 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())


class Label(QLabel):
    """A label that gives way: what does not fit is cut with an ellipsis."""

    def minimumSizeHint(self) -> QSize:
        return QSize(32, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width() + 1
        )
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(room, self.alignment() | Qt.AlignmentFlag.AlignVCenter, text)
