"""The outline: the design as a tree of blocks, nodes and their inputs, for screen readers and for
people who think in lists. In step with the canvas both ways, whichever block is open there; it
follows only while it is seen.
"""

from collections.abc import Sequence

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

from designer.document.blocks import path, scope_of
from designer.document.model import INPUT
from designer.ui.panels.invitation import Invitation
from designer.ui.panels.outline_cells import NODE, PROBLEMS
from designer.ui.panels.outline_marks import MarkList
from designer.ui.panels.outline_model import ID, OutlineModel
from designer.ui.panels.row_selection import select_rows
from designer.ui.session import Session
from designer.ui.theme import Theme, sized

_WIDTHS = (156, 152, 110, 84)  # px of the columns but the last


class OutlinePanel(QWidget):
    """`go_to` names the node that the canvas is to show, `add_requested` a type to place."""

    go_to = Signal(str)
    add_requested = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._following = False
        self._unfolded: set[str] = set()  # blocks, for what the filter found in them
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
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self.model.set_theme(theme)
        self.marks.set_theme(theme)
        self._color_selection(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

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

    def _follow(self) -> None:
        if not self.isVisible():
            return
        session = self._session
        former, self._following = self._following, True
        self.model.follow(session.whole, session.whole_report)
        self.marks.follow(session.document)
        self._following = former
        if self.search.text():
            self._filter()
        there = bool(session.whole.graph.nodes or session.whole.blocks)
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
        """Hides the nodes whose name and type lack a word; they stay selected if they are.

        Blocks in which something is found are unfolded until there is no filter any more.
        """
        words = self.search.text().lower().split()
        self._sift("", words, spare=not words)
        if not words:
            whole, session = self._session.whole, self._session
            for key in self._unfolded.difference(path(whole, session.scope)):
                self.tree.collapse(self.model.index_of(key))
            self._unfolded.clear()

    def _sift(self, block: str, words: Sequence[str], *, spare: bool) -> bool:
        """Whether something in a block is found; `spare` to hide nothing in it."""
        members, found = self.model.members(block), False
        above = self.model.index_of(block) if members else QModelIndex()
        for row, key in enumerate(members):
            own = not words or self.model.matches(key, words)
            inner = self._sift(key, words, spare=spare or own)
            hidden = not (own or inner or spare)
            if hidden != self.tree.isRowHidden(row, above):
                self.tree.setRowHidden(row, above, hidden)
            if words:
                self._unfold(key, open_=inner)
            found = found or own or inner
        return found

    def _unfold(self, block: str, *, open_: bool) -> None:
        """Unfolds a block, or folds it again if it is unfolded for the filter alone."""
        if open_ == (block in self._unfolded):
            return
        index = self.model.index_of(block)
        if not open_:
            self._unfolded.remove(block)
            self.tree.collapse(index)
        elif not self.tree.isExpanded(index):
            self._unfolded.add(block)
            self.tree.expand(index)

    def chosen(self) -> frozenset[str]:
        """The nodes whose rows are selected."""
        return frozenset(str(i.data(ID)) for i in self.tree.selectionModel().selectedRows(NODE))

    def _show_selection(self, nodes: frozenset[str]) -> None:
        if self._following or not self.isVisible() or nodes == self.chosen():
            return
        above = self.model.index_of(self._session.scope)
        rows = [i.row() for i in map(self.model.index_of, nodes) if i.isValid()]
        self._following = True
        select_rows(self.tree, rows, PROBLEMS, above)
        self._following = False

    def _choose(self) -> None:
        if self._following:
            return
        chosen, session = self.chosen(), self._session
        self._following = True  # what is selected on the way there is no news
        if chosen:
            session.enter(scope_of(session.whole, self._leading(chosen)))
        session.select(chosen, self)
        self._following = False
        self._show_selection(session.selection)  # one block's, if several had chosen rows
        self._show_chosen()

    def _leading(self, chosen: frozenset[str]) -> str:
        """The row that decides which block is shown: the one that was come to last."""
        current = str(self.tree.currentIndex().data(ID))
        return current if current in chosen else min(chosen)

    def _show_chosen(self) -> None:
        nodes = self.chosen()
        if len(nodes) == 1:
            self.go_to.emit(next(iter(nodes)))

    def _go(self, index: QModelIndex) -> None:
        """Goes to a node, into a block, or on from an input to where it comes from."""
        node, row = str(index.data(ID)), index.siblingAtColumn(NODE)
        if node in self._session.whole.blocks and row == self.model.index_of(node):
            self.tree.expand(row)
            self._session.enter(node)
            return
        self._session.reveal(node, self)
        self.go_to.emit(node)
