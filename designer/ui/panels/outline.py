"""The outline: the design as a tree of nodes and their inputs, for screen readers and for people
who think in lists. In step with the canvas both ways; it follows only while it is seen.
"""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from designer.document.model import INPUT
from designer.infer.report import Report
from designer.ui.panels.invitation import Invitation
from designer.ui.panels.outline_marks import MarkList
from designer.ui.panels.outline_model import ID, NODE, PROBLEMS, OutlineModel
from designer.ui.panels.row_selection import select_rows
from designer.ui.session import Session
from designer.ui.theme import Theme, sized

_WIDTHS = (156, 132, 110, 84)  # px of the columns but the last
_ROOT = QModelIndex()


class OutlinePanel(QWidget):
    """`go_to` names the node that the canvas is to show, `add_requested` a type to place."""

    go_to = Signal(str)
    add_requested = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._following = False
        self.model = OutlineModel(session.catalog, theme, self)
        self.search = self._build_search()
        self.tree = self._build_tree()
        self.marks = MarkList(session, theme, self)
        self.marks.go_to.connect(self.go_to)
        self.empty = self._build_empty()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.search)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.tree, 1)
        row.addWidget(self.marks)
        column.addLayout(row, 1)
        column.addWidget(self.empty, 1)
        self.tree.selectionModel().selectionChanged.connect(self._choose)
        session.reported.connect(self._follow)
        session.selected.connect(self._show_selection)
        self._color_selection(theme)
        self._follow(session.report)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self.model.set_theme(theme)
        self.marks.set_theme(theme)
        self._color_selection(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow(self._session.report)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.tree.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    # --- Parts ----------------------------------------------------------------------------------

    def _build_search(self) -> QLineEdit:
        search = QLineEdit(self)
        search.setPlaceholderText(self.tr("Filter by name or type"))
        search.setAccessibleName(self.tr("Filter the outline by name or type"))
        search.setClearButtonEnabled(True)
        search.textChanged.connect(self._filter)
        return search

    def _build_tree(self) -> QTreeView:
        tree = QTreeView(self)
        tree.setAccessibleName(self.tr("Outline of the design"))
        tree.setModel(self.model)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setExpandsOnDoubleClick(False)
        tree.setIndentation(16)
        header = tree.header()
        header.setFont(sized(0.85))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsMovable(False)
        for section, width in enumerate(_WIDTHS):
            header.resizeSection(section, width)
        header.setStretchLastSection(True)
        tree.activated.connect(self._go)
        tree.clicked.connect(self._show_chosen)  # also where it was chosen before
        return tree

    def _build_empty(self) -> QWidget:
        sentence = self.tr("The nodes of the design and their inputs will be listed here.")
        page = Invitation(sentence, self.tr("Add an input"), self)
        page.accepted.connect(lambda: self.add_requested.emit(INPUT))
        return page

    # --- Following ------------------------------------------------------------------------------

    def _follow(self, report: Report) -> None:
        if not self.isVisible():
            return
        document = self._session.document
        self._following = True
        self.model.follow(document, report)
        self.marks.follow(document)
        self._following = False
        if self.search.text():
            self._filter()
        there = bool(document.graph.nodes)
        self.search.setVisible(there)
        self.tree.setVisible(there)
        self.empty.setVisible(not there)
        self._show_selection(self._session.selection)

    def _color_selection(self, theme: Theme) -> None:
        # The style sheet colours the cells, the palette the sign to the left that they unfold.
        palette = self.tree.palette()
        palette.setColor(QPalette.ColorRole.Highlight, theme.color("selection"))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.color("text"))
        self.tree.setPalette(palette)

    def _filter(self) -> None:
        """Hides the nodes whose name and type lack a word; they stay selected if they are."""
        words = self.search.text().lower().split()
        for row in range(self.model.rowCount()):
            hidden = bool(words) and not self.model.matches(row, words)
            if hidden != self.tree.isRowHidden(row, _ROOT):
                self.tree.setRowHidden(row, _ROOT, hidden)

    def chosen(self) -> frozenset[str]:
        """The nodes whose rows are selected."""
        return frozenset(str(i.data(ID)) for i in self.tree.selectionModel().selectedRows(NODE))

    def _show_selection(self, nodes: frozenset[str]) -> None:
        if self._following or not self.isVisible() or nodes == self.chosen():
            return
        rows = [row for row in map(self.model.row_of, nodes) if row >= 0]
        self._following = True
        select_rows(self.tree, rows, PROBLEMS)
        self._following = False

    def _choose(self) -> None:
        if self._following:
            return
        self._session.select(self.chosen(), self)
        self._show_chosen()

    def _show_chosen(self) -> None:
        nodes = self.chosen()
        if len(nodes) == 1:
            self.go_to.emit(next(iter(nodes)))

    def _go(self, index: QModelIndex) -> None:
        """Goes to a node, or on from an input to where it comes from."""
        node = str(index.data(ID))
        self._session.select([node], self)
        self.go_to.emit(node)
