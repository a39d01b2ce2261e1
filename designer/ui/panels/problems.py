"""The list of problems: what is wrong, where, what can be done about it, and Keras' own words on
request.
"""

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
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
from designer.infer.checks import NOT_LOADED
from designer.infer.report import Report
from designer.infer.trying import Offer
from designer.ui.advice import Advice, tell_fix, tell_why
from designer.ui.icons import icon
from designer.ui.session import Session
from designer.ui.theme import Theme, sized
from designer.ui.translate import tell

_ORDER = {"error": 0, "warning": 1, "info": 2}
_BESIDE = 56  # pixels of a row that are not text: branch, icon, margins
_ABOVE_AND_BELOW = 8
_TALLEST = 2000
_ROLE = Qt.ItemDataRole.UserRole
_OFFER = Qt.ItemDataRole(_ROLE + 1)
_LOADS = Qt.ItemDataRole(_ROLE + 2)  # the row of what loads a file of layers
_MOST = 6  # fixes that are listed for one problem
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


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
    """Follows the report. `go_to` names the node to frame; it is selected already; `point_at` the
    parameter of it that the problem is about.
    """

    go_to = Signal(str)
    point_at = Signal(str)
    counted = Signal(int, int)  # errors, warnings
    layers_wanted = Signal()  # to load the file of a layer that is not loaded

    def __init__(
        self, session: Session, theme: Theme, advice: Advice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._advice = advice
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
        advice.found.connect(self._show_fixes)

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
        tree.setMouseTracking(True)
        tree.itemEntered.connect(self._look_at)
        tree.currentItemChanged.connect(self._look_at)
        for watched in (tree, tree.viewport()):
            watched.installEventFilter(self)
        copy = QAction(self.tr("Copy"), tree)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        tree.addAction(copy)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return tree

    def copy(self) -> None:
        """Puts the current problem on the clipboard, Keras' words included."""
        problem = self._problem_of(self.tree.currentItem())
        if problem is not None:
            words = f"\n\n{problem.detail}" if problem.detail else ""
            QGuiApplication.clipboard().setText(tell(problem) + words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._advice.preview(None, None)
        if event.type() == QEvent.Type.KeyPress and watched is self.tree:
            assert isinstance(event, QKeyEvent)
            item = self.tree.currentItem()
            if event.key() in _ENTER and item is not None:
                return self._apply(item)
        return False

    def _follow(self, _report: Report) -> None:
        self._show(self._session.whole_report.problems)

    def _show(self, problems: tuple[Problem, ...]) -> None:
        if problems == self._shown:
            return
        self._shown = problems
        self.tree.clear()
        for problem in sorted(problems, key=lambda p: _ORDER[p.severity]):
            row = self._row(problem)
            self.tree.addTopLevelItem(row)
            row.setExpanded(problem.code == NOT_LOADED)
        self._show_fixes()
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
            row.addChild(self._words(problem))
        if problem.code == NOT_LOADED:
            row.addChild(self._load_row(problem))
        return row

    def _load_row(self, problem: Problem) -> QTreeWidgetItem:
        """No edit helps here: the way out is to load the file, which asks first."""
        item = QTreeWidgetItem([self.tr("Load custom layers…")])
        item.setIcon(0, icon(self._theme, "fix", "accent"))
        item.setForeground(0, self._theme.color("accent"))
        item.setToolTip(0, self.tr("Look at the file before it is run"))
        item.setData(0, _ROLE, problem)
        item.setData(0, _LOADS, problem.code)
        return item

    def _words(self, problem: Problem) -> QTreeWidgetItem:
        """Keras' own message, which one click unfolds."""
        head = QTreeWidgetItem([self.tr("What Keras says")])
        words = QTreeWidgetItem([problem.detail])
        words.setFont(0, sized(0.85, family=self._theme.mono))
        head.addChild(words)
        for item in (head, words):
            item.setForeground(0, self._theme.color("second"))
            item.setData(0, _ROLE, problem)
        return head

    # --- Fixes ----------------------------------------------------------------------------------

    def _show_fixes(self) -> None:
        """Gives each problem the fixes that are known by now; the rest of its row stays."""
        for place in range(self.tree.topLevelItemCount()):
            row = self.tree.topLevelItem(place)
            problem = self._problem_of(row)
            if row is not None and problem is not None:
                self._renew(row, problem)

    def _renew(self, row: QTreeWidgetItem, problem: Problem) -> None:
        offers = self._advice.offers(problem)[:_MOST]
        rows = [row.child(place) for place in range(row.childCount())]
        fixes = [item for item in rows if item is not None and _offer_of(item) is not None]
        known = [offer.fix for item in fixes if (offer := _offer_of(item)) is not None]
        if known == [offer.fix for offer in offers]:
            return
        for item in fixes:
            row.removeChild(item)
        row.insertChildren(0, [self._fix_row(problem, offer) for offer in offers])
        row.setExpanded(True)

    def _fix_row(self, problem: Problem, offer: Offer) -> QTreeWidgetItem:
        item = QTreeWidgetItem([tell_fix(offer.fix)])
        item.setIcon(0, icon(self._theme, "fix", "accent"))
        item.setForeground(0, self._theme.color("accent"))
        item.setToolTip(0, tell_why(offer.fix) or self.tr("Click to apply it"))
        item.setData(0, _ROLE, problem)
        item.setData(0, _OFFER, offer)
        return item

    def _look_at(self, item: QTreeWidgetItem | None) -> None:
        """The pointer or the keyboard is on a row: show what its fix would do."""
        problem, offer = self._problem_of(item), _offer_of(item)
        if problem is not None:
            self._advice.want(problem)
        seen = self.tree.underMouse() or self.tree.hasFocus()
        self._advice.preview(problem, offer if seen else None)

    def _apply(self, item: QTreeWidgetItem) -> bool:
        if item.data(0, _LOADS):
            self.layers_wanted.emit()
            return True
        offer = _offer_of(item)
        return offer is not None and self._advice.apply(offer.fix)

    @staticmethod
    def _problem_of(item: QTreeWidgetItem | None) -> Problem | None:
        problem = item.data(0, _ROLE) if item is not None else None
        return problem if isinstance(problem, Problem) else None

    def _place(self, problem: Problem) -> str:
        node = self._session.whole.graph.nodes.get(problem.where.node)
        if node is not None:
            return node.name
        # "Data" and "Training", as the inspector heads those sections.
        return QCoreApplication.translate("sections", problem.where.section.capitalize())

    def _go(self, item: QTreeWidgetItem) -> None:
        problem = self._problem_of(item)
        if problem is None or self._apply(item):
            return
        if item.childCount() and item.parent() is not None:
            item.setExpanded(not item.isExpanded())
        if problem.where.node in self._session.whole.graph.nodes:
            self._session.reveal(problem.where.node, self)
            self.go_to.emit(problem.where.node)
            if problem.where.param:
                self.point_at.emit(problem.where.param)
        elif problem.where.section:
            self._session.select([], self)


def _offer_of(item: QTreeWidgetItem | None) -> Offer | None:
    offer = item.data(0, _OFFER) if item is not None else None
    return offer if isinstance(offer, Offer) else None
