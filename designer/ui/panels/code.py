"""The code panel: the design as a Keras script, live, tied to the selection both ways."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from designer.codegen.script import Script
from designer.document.model import INPUT
from designer.document.problem import Problem
from designer.ui.going import point_out
from designer.ui.panels.code_view import CodeView
from designer.ui.panels.sections import MARGIN, RHYTHM, quiet
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.translate import tell


class CodePanel(QWidget):
    """Shows what `session.scripted` tells. While the design cannot be written it keeps the last
    text, dimmed, and says why. `export_requested` asks for a file, `add_requested` for a node.
    """

    export_requested = Signal()
    go_to = Signal(str)  # the node whose line was chosen, for the canvas to show
    add_requested = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._script: Script | None = None
        self._choosing = False
        self.setAccessibleName(self.tr("Code"))
        self._build(theme)
        session.scripted.connect(self.show_script)
        session.selected.connect(self._selected)
        self.set_theme(theme)
        self.show_script(session.script)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(theme.palette())
        self.view.set_theme(theme)

    def show_script(self, told: Script | Problem) -> None:
        """Show the script, or why there is none."""
        if isinstance(told, Problem):
            self._show_state(told)
            return
        self._script = told
        self._show_state(None)
        if self.isVisible():
            self._write()

    def showEvent(self, event: QShowEvent) -> None:
        # A long text takes its time, which nobody need wait for who does not look at it.
        super().showEvent(event)
        self._write()
        self._selected(self._session.selection)

    def _write(self) -> None:
        if self._script is not None:
            self.view.show_text(self._script.text)
            self._light()

    def copy(self) -> None:
        """Put the selected text, or all of it, on the clipboard."""
        chosen = self.view.textCursor().selection().toPlainText()
        QGuiApplication.clipboard().setText(chosen or self.view.toPlainText())

    def _build(self, theme: Theme) -> None:
        self.view = CodeView(theme, self)
        self.view.setAccessibleName(self.tr("Keras script of the design"))
        self.view.line_chosen.connect(self._choose)
        self.why = QLabel(self)
        self.why.setWordWrap(True)
        self.why.setForegroundRole(self.why.foregroundRole().BrightText)
        self.copier = QPushButton(self.tr("Copy"), self)
        self.copier.setToolTip(self.tr("Copy the selected lines, or the whole script"))
        self.copier.clicked.connect(self.copy)
        self.exporter = QPushButton(self.tr("Export…"), self)
        self.exporter.setToolTip(self.tr("Save the script as a Python file"))
        self.exporter.clicked.connect(self.export_requested)
        self.hint = quiet(self.tr("The design's Keras code will be written here."), self)
        self.hint.setWordWrap(False)
        self.add = QPushButton(self.tr("Add an input"), self)
        self.add.clicked.connect(lambda: self.add_requested.emit(INPUT))
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 4, MARGIN, 4)
        head.setSpacing(RHYTHM)
        for widget, stretch in ((self.hint, 0), (self.why, 9), (self.add, 0)):
            head.addWidget(widget, stretch)
        head.addStretch(1)
        head.addWidget(self.copier)
        head.addWidget(self.exporter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addStretch(0)

    def _show_state(self, problem: Problem | None) -> None:
        empty = not self._session.document.graph.nodes
        self.hint.setVisible(empty)
        self.add.setVisible(empty)
        self.view.setVisible(not empty)
        self.why.setVisible(problem is not None and not empty)
        self.why.setText(tell(problem) if problem else "")
        self.view.set_dimmed(problem is not None)
        self.copier.setEnabled(self._script is not None)
        self.exporter.setEnabled(problem is None and self._script is not None)

    # --- the selection, both ways -------------------------------------------------------------

    def _selected(self, ids: frozenset[str]) -> None:
        if not self.isVisible():
            return
        self._light()
        spans = self._spans(ids)
        if spans and not self._choosing:
            self.view.show_line(spans[0][0])

    def _light(self) -> None:
        self.view.light_lines(self._spans(self._session.selection))

    def _spans(self, ids: frozenset[str]) -> list[tuple[int, int]]:
        if self._script is None:
            return []
        return sorted(self._script.spans[node] for node in ids if node in self._script.spans)

    def node_at(self, line: int) -> str:
        """The node whose code stands in a line (from 1), empty if none's does."""
        spans = self._script.spans if self._script is not None else {}
        found = [node for node, (first, last) in spans.items() if first <= line <= last]
        return found[0] if found else ""

    def _choose(self, line: int) -> None:
        node = self.node_at(line)
        if node:
            self._choosing = True  # the line is under the pointer: nothing scrolls away from it
            seen = point_out(self._session, node, self)
            self._choosing = False
            self.go_to.emit(seen)
