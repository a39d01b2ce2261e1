"""A read-only view of Python: highlighted by one regular expression, with line numbers."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStyle, QTextEdit, QWidget

from designer.ui.theme import Theme, sized

FLASH = 600  # milliseconds that changed lines stay lit
_GAP = 12  # pixels on either side of the line numbers
_TOKENS = re.compile(
    r"""
    (?P<comment>\#.*)
  | (?P<string>[rbf]?(?:\"{3}.*?(?:\"{3}|$)|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?))
  | (?P<keyword>\b(?:and|as|assert|break|class|continue|def|elif|else|except|False|finally|for
      |from|if|import|in|is|lambda|None|not|or|pass|raise|return|True|try|while|with|yield)\b)
  | (?P<number>(?<![\w.])-?\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?\b)
  | (?P<name>\b[A-Za-z_]\w*(?=\())
    """,
    re.VERBOSE,
)
_INSIDE = 1  # state of a block that ends within a string of three quotes


class Highlighter(QSyntaxHighlighter):
    """Colours from the theme's code roles; all of it grey while the text is out of date."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self.set_look(theme, dimmed=False)

    def set_look(self, theme: Theme, *, dimmed: bool) -> None:
        """Colour it all again."""
        for kind in ("comment", "string", "keyword", "number", "name"):
            look = QTextCharFormat()
            look.setForeground(theme.color("disabled" if dimmed else f"code_{kind}"))
            self._formats[kind] = look
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        start = 0
        if self.previousBlockState() == _INSIDE:
            end = text.find('"""')
            start = len(text) if end < 0 else end + 3
            self.setFormat(0, start, self._formats["string"])
            if end < 0:
                self.setCurrentBlockState(_INSIDE)
                return
        self.setCurrentBlockState(0)
        for match in _TOKENS.finditer(text, start):
            kind = match.lastgroup or "name"
            self.setFormat(match.start(), match.end() - match.start(), self._formats[kind])
            if kind == "string" and text.endswith(match.group()) and _is_open(match.group()):
                self.setCurrentBlockState(_INSIDE)


def _is_open(string: str) -> bool:
    body = string.lstrip("rbf")
    return body.startswith('"""') and (len(body) < 6 or not body.endswith('"""'))


class _Numbers(QWidget):
    """The strip of line numbers; the view paints it."""

    def __init__(self, view: "CodeView") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self) -> QSize:
        return QSize(self._view.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._view.paint_numbers(event.rect())


class CodeView(QPlainTextEdit):
    """`line_chosen` is a click on a line, or Enter on it: its number from 1."""

    line_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dimmed = False
        self._lit: tuple[tuple[int, int], ...] = ()
        self._changed: tuple[int, int] | None = None
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(sized(1.0, family=theme.mono))
        self.setTabChangesFocus(True)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._numbers = _Numbers(self)
        self._highlighter = Highlighter(self.document(), theme)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(FLASH)
        self._fade.timeout.connect(self._end_flash)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._scroll_numbers)
        self.set_theme(theme)
        self._make_room()

    # --- what is shown ------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("canvas"))
        palette.setColor(
            QPalette.ColorRole.Text, theme.color("disabled" if self._dimmed else "text")
        )
        self.setPalette(palette)
        self.viewport().setPalette(palette)  # under a style sheet it does not inherit
        self._highlighter.set_look(theme, dimmed=self._dimmed)
        self._light()
        self._numbers.update()

    def set_dimmed(self, dimmed: bool) -> None:
        """Whether the text is no longer that of the design."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.set_theme(self._theme)

    def show_text(self, text: str) -> None:
        """Show this text by replacing the lines that differ; scroll and selection stay."""
        old, new = self.toPlainText().split("\n"), text.split("\n")
        if old == new:
            return
        first = _alike(old, new)
        tail = min(_alike(old[::-1], new[::-1]), len(old) - first, len(new) - first)
        place = self.verticalScrollBar().value()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        _select_lines(cursor, self.document(), first, len(old) - tail)
        cursor.insertText(_middle(new, first, len(new) - tail, whole=len(old) - tail == len(old)))
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(place)
        if self.toPlainText() != text:  # an end of the text that lines alone cannot tell
            self.setPlainText(text)
        self._flash(first + 1, max(first + 1, len(new) - tail), fresh=old == [""])

    def light_lines(self, spans: Iterable[tuple[int, int]]) -> None:
        """Light up these lines, first and last from 1."""
        self._lit = tuple(spans)
        self._light()

    def show_line(self, line: int) -> None:
        """Scroll so that the line is to be seen, if it is not."""
        top = self.firstVisibleBlock().blockNumber() + 1
        seen = max(1, self.viewport().height() // max(1, self.fontMetrics().lineSpacing()))
        if not top <= line < top + seen - 1:
            self.verticalScrollBar().setValue(max(0, line - 1 - seen // 3))

    @property
    def lit_lines(self) -> list[int]:
        """The lines that are lit for the selection, from 1."""
        return [line for first, last in self._lit for line in range(first, last + 1)]

    # --- light --------------------------------------------------------------------------------

    def _flash(self, first: int, last: int, *, fresh: bool) -> None:
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        moving = self.style().styleHint(hint, None, self) > 0
        if moving and not fresh and self.isVisible():
            self._changed = (first, last)
            self._fade.start()
        self._light()

    def _end_flash(self) -> None:
        self._changed = None
        self._light()

    def _light(self) -> None:
        found = [self._bar(line, "code_line") for line in self.lit_lines]
        if self._changed is not None:
            lines = range(self._changed[0], self._changed[1] + 1)
            found += [self._bar(line, "hover") for line in lines]
        self.setExtraSelections(found)
        self._numbers.update()

    def _bar(self, line: int, role: str) -> QTextEdit.ExtraSelection:
        bar = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(self._theme.color(role))
        look.setProperty(QTextFormat.Property.FullWidthSelection, True)  # noqa: FBT003 - a value
        # The attributes are written by Qt's own names; the stubs know no setters.
        bar.format = look
        bar.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        return bar

    # --- line numbers -------------------------------------------------------------------------

    def numbers_width(self) -> int:
        """The width of the strip in pixels."""
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("0") * digits + 2 * _GAP

    def paint_numbers(self, area: QRect) -> None:
        """Paint the numbers of the lines that are seen in this part of the strip."""
        lit = set(self.lit_lines)
        with QPainter(self._numbers) as painter:
            painter.fillRect(area, self._theme.color("canvas"))
            painter.setFont(self.font())
            block: QTextBlock = self.firstVisibleBlock()
            top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
            while block.isValid() and top <= area.bottom():
                height = self.blockBoundingRect(block).height()
                number = block.blockNumber() + 1
                painter.setPen(self._theme.color("accent" if number in lit else "disabled"))
                room = QRect(0, int(top), self._numbers.width() - _GAP, int(height))
                painter.drawText(room, Qt.AlignmentFlag.AlignRight, str(number))
                block, top = block.next(), top + height

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)
        self._place_numbers()

    def _place_numbers(self) -> None:
        area = self.contentsRect()
        self._numbers.setGeometry(area.left(), area.top(), self.numbers_width(), area.height())

    def _scroll_numbers(self, area: QRect, moved: int) -> None:
        if moved:
            self._numbers.scroll(0, moved)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    # --- Qt -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_numbers()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and not self.textCursor().hasSelection():
            line = self.cursorForPosition(event.position().toPoint()).blockNumber() + 1
            self.line_chosen.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.line_chosen.emit(self.textCursor().blockNumber() + 1)
        else:
            super().keyPressEvent(event)


def _alike(one: list[str], other: list[str]) -> int:
    """How many lines both begin with."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _select_lines(cursor: QTextCursor, document: QTextDocument, first: int, after: int) -> None:
    """Select the lines from `first` to before `after` (from 0) with their line ends."""
    start = document.findBlockByNumber(first)
    end = document.findBlockByNumber(after)
    last = document.characterCount() - 1
    cursor.setPosition(start.position() if start.isValid() else last)
    keep = QTextCursor.MoveMode.KeepAnchor
    cursor.setPosition(end.position() if end.isValid() else last, keep)


def _middle(lines: list[str], first: int, after: int, *, whole: bool) -> str:
    """The lines with their ends; the last line of a text has none."""
    text = "\n".join(lines[first:after])
    return text if whole or first == after else text + "\n"
