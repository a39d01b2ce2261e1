"""The inspector's page for frames and notes: title and colour, or the text, written live."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from designer.document import marks
from designer.document.mark_lines import TITLE_LIMIT
from designer.document.model import COLORS, Color, Document, Frame, Mark, Note
from designer.ui.canvas import mark_commands
from designer.ui.panels.sections import LARGE, MARGIN, RHYTHM, heading, quiet
from designer.ui.session import Session
from designer.ui.theme import Theme, sized
from designer.ui.widgets.fields import Line
from designer.ui.widgets.swatch import Swatch

_COLUMNS = 5


class MarkPage(QWidget):
    """Shows the selected frames and notes of a session, at least one, and edits them."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._shown: tuple[Mark, ...] = ()
        self.title = Line(self, quiet=True)
        self.title.setFont(sized(LARGE, QFont.Weight.DemiBold))
        self.title.setMaxLength(TITLE_LIMIT)
        self.title.setPlaceholderText(self.tr("Title"))
        self.title.setAccessibleName(self.tr("Title of the frame"))
        self.title.entered.connect(self._retitle)
        self.title.left.connect(self._retitle)
        self.title.escaped.connect(self._show_title)
        self.said = quiet("", self)
        self.colors = self._build_colors()
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("note")
        self.text.setPlaceholderText(self.tr("Text, as Markdown"))
        self.text.setAccessibleName(self.tr("Text of the note"))
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._rewrite)
        self.content = QPushButton(self.tr("Select content"), self)
        self.content.clicked.connect(lambda: mark_commands.select_content(session, session.marks))
        self.fit = QPushButton(self.tr("Fit to content"), self)
        self.fit.clicked.connect(lambda: mark_commands.fit(session, session.marks, self._theme))
        self._place()

    def _build_colors(self) -> QWidget:
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        self.swatches: dict[Color, Swatch] = {}
        for place, color in enumerate(COLORS):
            name, shown = mark_commands.color_name(color), self._theme.category(color)
            swatch = Swatch(name, shown, box)
            swatch.clicked.connect(partial(self._recolor, color))
            grid.addWidget(swatch, place // _COLUMNS, place % _COLUMNS)
            self.swatches[color] = swatch
        grid.setColumnStretch(_COLUMNS, 1)
        return box

    def _place(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(RHYTHM)
        self.heading = heading(self.tr("Colour"), self)
        for part in (self.title, self.said, self.text, self.heading, self.colors):
            column.addWidget(part, 1 if part is self.text else 0)
        row = QHBoxLayout()
        row.setSpacing(RHYTHM)
        row.addWidget(self.content)
        row.addWidget(self.fit)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(0)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        for color, swatch in self.swatches.items():
            swatch.set_color(theme.category(color))

    # --- what is shown ------------------------------------------------------------------------

    @property
    def ids(self) -> frozenset[str]:
        """The frames and notes that are shown."""
        return frozenset(mark.id for mark in self._shown)

    def show_marks(self) -> None:
        """Show what is selected in the session now."""
        document = self._session.document
        if self.ids != self._session.marks:
            self.finish()
        chosen = sorted(self._session.marks & document.marks.keys())
        self._shown = tuple(document.marks[key] for key in chosen)
        frames = [mark for mark in self._shown if isinstance(mark, Frame)]
        one = self._shown[0] if len(self._shown) == 1 else None
        self.title.setVisible(isinstance(one, Frame))
        self.text.setVisible(isinstance(one, Note))
        for part in (self.heading, self.colors, self.content):
            part.setVisible(bool(frames))
        self.said.setText(self._words(document, one))
        for color, swatch in self.swatches.items():
            swatch.setChecked(bool(frames) and all(frame.color == color for frame in frames))
        self._show_title()
        self._show_text(one)

    def finish(self) -> None:
        """Commit what is being typed, before something else is shown."""
        if self.title.isModified():
            self._retitle()

    def _words(self, document: Document, one: Mark | None) -> str:
        if one is None:
            text = self.tr("{count} frames and notes are selected.")
            return text.format(count=len(self._shown))
        if isinstance(one, Note):
            return self.tr("Note")
        inside = marks.contents(document, one.id) & document.graph.nodes.keys()
        return self.tr("Frame, {nodes}").format(nodes=mark_commands.nodes_text(len(inside)))

    def _show_title(self) -> None:
        one = self._shown[0] if len(self._shown) == 1 else None
        if isinstance(one, Frame) and one.title != self.title.text():
            self.title.setText(one.title)
            self.title.setCursorPosition(0)
        self.title.setModified(False)

    def _show_text(self, one: Mark | None) -> None:
        if isinstance(one, Note) and one.text != self.text.toPlainText():
            with QSignalBlocker(self.text):
                self.text.setPlainText(one.text)

    # --- to the session -----------------------------------------------------------------------

    def _retitle(self) -> None:
        one = self._shown[0] if len(self._shown) == 1 else None
        if isinstance(one, Frame) and self.title.isModified():
            text = self.title.text()
            self.title.setModified(False)
            if one.id in self._session.document.marks:
                mark_commands.retitle(self._session, one.id, text, "", self)

    def _rewrite(self) -> None:
        one = self._shown[0] if len(self._shown) == 1 else None
        if not isinstance(one, Note):
            return
        key, text = one.id, self.text.toPlainText()
        label = self.tr("Edit note")
        # The letters of a text are one step.
        self._session.do(label, lambda d: marks.rewrite(d, key, text), f"write {key}", self)

    def _recolor(self, color: Color) -> None:
        mark_commands.recolor(self._session, mark_commands.frames_of(self._session), color)
        self.show_marks()
