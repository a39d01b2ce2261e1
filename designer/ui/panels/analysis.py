"""The analysis: what each layer costs, sortable, in step with the canvas; it follows while seen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from designer.document.model import INPUT
from designer.infer.costs import Costs
from designer.ui.analysis import Analysis
from designer.ui.going import point_out, standing_for
from designer.ui.heat import MEASURES
from designer.ui.panels.analysis_model import DEPTH, ID, LAYER, AnalysisModel
from designer.ui.panels.invitation import Invitation
from designer.ui.panels.row_selection import select_rows
from designer.ui.panels.totals_row import TotalsRow
from designer.ui.session import Session
from designer.ui.theme import Theme, sized
from designer.ui.widgets.fields import Combo, field_height
from designer.ui.widgets.spin import pad

_WIDTHS = (110, 110, 100, 88, 62, 72, 88, 106, 58)  # px of the columns
_ROW = 24
_LARGEST_BATCH = 1_000_000


class AnalysisPanel(QWidget):
    """`go_to` names the node that the canvas is to show; `save_wanted` carries a table as CSV."""

    go_to = Signal(str)
    add_requested = Signal(str)
    save_wanted = Signal(str)

    def __init__(
        self, session: Session, theme: Theme, analysis: Analysis, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._analysis = analysis
        self._following = False
        self.model = AnalysisModel(theme, self)
        self.batch = self._build_batch()
        self.heat = self._build_heat()
        self.export = QPushButton(self.tr("Export as CSV…"), self)
        self.export.clicked.connect(lambda: self.save_wanted.emit(self.model.as_csv()))
        self.table = self._build_table()
        self.totals = TotalsRow(self.table, theme, self)
        self.empty = self._build_empty()
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._choose)
        analysis.tally.counted.connect(self._follow)
        analysis.heated.connect(self._show_heat)
        session.selected.connect(self._show_selection)
        self.set_theme(theme)
        self._follow(analysis.tally.costs)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self.model.set_theme(theme)
        palette = self.table.palette()
        palette.setColor(QPalette.ColorRole.Highlight, theme.color("selection"))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.color("text"))
        self.table.setPalette(palette)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow(self._analysis.tally.costs)

    # --- Parts ----------------------------------------------------------------------------------

    def _build_batch(self) -> QSpinBox:
        batch = QSpinBox(self)
        pad(batch)
        batch.setFixedHeight(field_height(self))
        batch.setRange(1, _LARGEST_BATCH)
        batch.setKeyboardTracking(False)
        batch.setAccessibleName(self.tr("Batch size"))
        batch.setToolTip(
            self.tr("Samples in the batch whose memory is told; training keeps its own")
        )
        batch.valueChanged.connect(self._analysis.tally.choose_batch)
        return batch

    def _build_heat(self) -> Combo:
        names = {
            "macs": self.tr("MACs"),
            "parameters": self.tr("Parameters"),
            "memory": self.tr("Activation memory"),
        }
        heat = Combo(self)
        heat.addItem(self.tr("Type of layer"), None)
        for measure in MEASURES:
            heat.addItem(names[measure], measure)
        heat.setAccessibleName(self.tr("Colour the canvas by"))
        heat.activated.connect(lambda: self._analysis.color_by(heat.currentData()))
        return heat

    def _build_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("analysis")
        table.setAccessibleName(self.tr("Costs of the layers"))
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        header = table.horizontalHeader()
        header.setFont(sized(0.85))
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        header.setSectionResizeMode(LAYER, QHeaderView.ResizeMode.Stretch)
        table.setSortingEnabled(True)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # as the data flows
        table.clicked.connect(self._show_chosen)  # also where it was chosen before
        table.activated.connect(self._show_chosen)
        return table

    def _build_empty(self) -> Invitation:
        sentence = self.tr("What each layer costs will be listed here: weights, MACs and memory.")
        page = Invitation(sentence, self.tr("Add an input"), self)
        page.accepted.connect(lambda: self.add_requested.emit(INPUT))
        return page

    def _lay_out(self) -> None:
        self.head = QWidget(self)
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for text, field in (
            (self.tr("Batch size"), self.batch),
            (self.tr("Colour the canvas by"), self.heat),
        ):
            label = QLabel(text, self.head)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
            row.addSpacing(8)
        row.addStretch()
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)
        column.addWidget(self.totals)
        column.addWidget(self.empty, 1)

    # --- Following ------------------------------------------------------------------------------

    def _follow(self, costs: Costs) -> None:
        if not self.isVisible():
            return
        tally = self._analysis.tally
        self._following = True
        self.batch.setValue(tally.batch)
        self.model.follow(self._session.whole, costs, tally.batch)
        self.totals.show_texts(self.model.totals())
        self._following = False
        there = bool(self.model.rowCount())
        for part in (self.head, self.table, self.totals):
            part.setVisible(there)
        self.empty.setVisible(not there)
        self._show_heat(self._analysis.heat or "")
        self._show_selection(self._session.selection)

    def _show_heat(self, measure: str) -> None:
        self.heat.setCurrentIndex(self.heat.findData(measure or None))

    def chosen(self) -> frozenset[str]:
        """The nodes whose rows are selected."""
        rows = self.table.selectionModel().selectedRows(LAYER)
        return frozenset(str(index.data(ID)) for index in rows)

    def _show_selection(self, nodes: frozenset[str]) -> None:
        if self._following or not self.isVisible():
            return
        if nodes == standing_for(self._session, self.chosen()):
            return
        rows = [row for row in map(self.model.row_of, nodes) if row >= 0]
        self._following = True
        select_rows(self.table, rows, DEPTH)
        self._following = False

    def _choose(self) -> None:
        if self._following:
            return
        chosen = self.chosen()
        if len(chosen) == 1:
            point_out(self._session, min(chosen), self)
        else:
            self._session.select(standing_for(self._session, chosen), self)
        self._show_chosen()

    def _show_chosen(self) -> None:
        nodes = self.chosen()
        if len(nodes) == 1:
            self.go_to.emit(min(standing_for(self._session, nodes), default=""))
