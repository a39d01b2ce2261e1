"""The list of problems: what is wrong, where, and Keras' own words on request."""

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFont, QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from designer.document.problem import Problem
from designer.infer.report import Report
from designer.ui.icons import icon
from designer.ui.session import Session
from designer.ui.theme import Theme, sized
from designer.ui.translate import tell

_ORDER = {"error": 0, "warning": 1, "info": 2}
_BESIDE = 56  # pixels of a row that are not text: branch, icon, margins
_ABOVE_AND_BELOW = 8
_TALLEST = 2000
_ROLE = Qt.ItemDataRole.UserRole


class _Wrapped(QStyledItemDelegate):
    """Gives a row the height that its text needs in the width of its column."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        asked = super().sizeHint(option, index)
        if index.column() > 0:
            return asked
        font = index.data(Qt.ItemDataRole.FontRole)
        metrics = QFontMetrics(font if isinstance(font, QFont) else self._tree.font())
        width = max(self._tree.columnWidth(0) - _BESIDE, 80)
        room = QRect(0, 0, width, _TALLEST)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QSize(width, needed.height() + _ABOVE_AND_BELOW)


class ProblemsPanel(QWidget):
    """Follows the report. `go_to` names the node to frame; it is selected already."""

    go_to = Signal(str)
    counted = Signal(int, int)  # errors, warnings

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._shown: tuple[Problem, ...] | None = None
        self.tree = self._build_tree()
        self.empty = QLabel(self.tr("No problems: every layer fits the next one."), self)
        self.empty.setObjectName("second")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self.empty)
        self._layers.addWidget(self.tree)
        self._follow(session.report)
        session.reported.connect(self._follow)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        shown, self._shown = self._shown or (), None
        self._show(shown)

    def _build_tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName(self.tr("Problems"))
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.setWordWrap(True)
        tree.setUniformRowHeights(False)
        tree.setIndentation(14)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.setItemDelegate(_Wrapped(tree))
        tree.header().sectionResized.connect(tree.scheduleDelayedItemsLayout)
        tree.itemClicked.connect(self._go)
        tree.itemActivated.connect(self._go)
        copy = QAction(self.tr("Copy"), tree)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        tree.addAction(copy)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return tree

    def copy(self) -> None:
        """Puts the current problem on the clipboard, Keras' words included."""
        item = self.tree.currentItem()
        problem = item.data(0, _ROLE) if item is not None else None
        if isinstance(problem, Problem):
            words = f"\n\n{problem.detail}" if problem.detail else ""
            QGuiApplication.clipboard().setText(tell(problem) + words)

    def _follow(self, report: Report) -> None:
        self._show(report.problems)

    def _show(self, problems: tuple[Problem, ...]) -> None:
        if problems == self._shown:
            return
        self._shown = problems
        self.tree.clear()
        for problem in sorted(problems, key=lambda p: _ORDER[p.severity]):
            self.tree.addTopLevelItem(self._row(problem))
        self._layers.setCurrentWidget(self.tree if problems else self.empty)
        # An empty design lists what it needs, but it is no count of mistakes.
        kinds = [p.severity for p in problems if self._session.document.graph.nodes]
        self.counted.emit(kinds.count("error"), kinds.count("warning"))

    def _row(self, problem: Problem) -> QTreeWidgetItem:
        row = QTreeWidgetItem([tell(problem), self._place(problem)])
        role = problem.severity if problem.severity in self._theme.roles else "second"
        row.setIcon(0, icon(self._theme, problem.severity, role))
        row.setForeground(1, self._theme.color("second"))
        row.setData(0, _ROLE, problem)
        row.setToolTip(0, self.tr("Click to see where it is"))
        row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        if problem.detail:
            words = QTreeWidgetItem([problem.detail])
            words.setFont(0, sized(0.85, family=self._theme.mono))
            words.setForeground(0, self._theme.color("second"))
            words.setData(0, _ROLE, problem)
            row.addChild(words)
        return row

    def _place(self, problem: Problem) -> str:
        node = self._session.document.graph.nodes.get(problem.where.node)
        if node is not None:
            return node.name
        # "Data" and "Training", as the inspector heads those sections.
        return QCoreApplication.translate("sections", problem.where.section.capitalize())

    def _go(self, item: QTreeWidgetItem) -> None:
        problem = item.data(0, _ROLE)
        if not isinstance(problem, Problem):
            return
        if problem.where.node in self._session.document.graph.nodes:
            self._session.select([problem.where.node], self)
            self.go_to.emit(problem.where.node)
        elif problem.where.section:
            self._session.select([], self)
