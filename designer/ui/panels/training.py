"""The training panel: curves on the left, where the run stands and its buttons on the right."""

from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from designer.runs.folder import RunFolder
from designer.runs.progress import Progress
from designer.ui.late import LateImport
from designer.ui.monitor import RunMonitor
from designer.ui.panels.invitation import Invitation
from designer.ui.panels.run_state import RunState
from designer.ui.theme import Theme, sized
from designer.ui.widgets.fields import Check, Combo

if TYPE_CHECKING:  # pyqtgraph comes when the first run is shown, in a thread
    from pyqtgraph import PlotWidget

    from designer.ui.panels.curves import CurvePlot

CURVES = "designer.ui.panels.curves"
_METRIC_WIDTH = 132  # pixels


class TrainingPanel(QWidget):
    """Shows the run that the monitor follows."""

    train_wanted = Signal()
    resume_wanted = Signal()  # the run that is shown is to go on from its checkpoint
    save_wanted = Signal(object)  # RunFolder: the trained model is to be saved elsewhere

    def __init__(self, monitor: RunMonitor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._monitor = monitor
        self._theme = theme
        self._dirty = False
        self.curves: CurvePlot | None = None
        self.metrics = Combo(self)
        self.metrics.setFixedWidth(_METRIC_WIDTH)
        self.metrics.setAccessibleName(self.tr("Metric"))
        self.metrics.setToolTip(self.tr("Which metric is drawn"))
        self.metrics.currentTextChanged.connect(self._show_metric)
        self._log = Check(self)
        self._log.setText(self.tr("Logarithmic"))
        self._log.setToolTip(self.tr("Draw values on a logarithmic axis"))
        self._reading = QLabel(self)
        self._reading.setFont(sized(0.85, family=theme.mono))
        self._plot_side = self._build_plot_side()
        self.state = RunState(monitor, theme, self)
        self.state.save_wanted.connect(self._save)
        self.state.train_wanted.connect(self.train_wanted)
        self.state.resume_wanted.connect(self.resume_wanted)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._build_empty())
        self._pages.addWidget(self._build_run())
        self._importer = LateImport(CURVES, self)
        self._importer.ready.connect(self._make_plot)
        self._importer.failed.connect(self._no_curves)
        monitor.followed.connect(self._start_over)
        monitor.progressed.connect(self._follow)
        if monitor.folder is not None:
            self._start_over(monitor.folder)
            self._follow(monitor.progress)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self.state.set_theme(theme)
        if self.curves is not None:
            self.curves.set_theme(theme)

    # --- Parts ----------------------------------------------------------------------------------

    def _build_empty(self) -> QWidget:
        sentence = self.tr("Loss and metrics are drawn here while a network trains.")
        page = Invitation(sentence, self.tr("Train this design"), self)
        page.accepted.connect(self.train_wanted)
        return page

    def _build_plot_side(self) -> QWidget:
        side = QWidget(self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.metrics)
        row.addWidget(self._log)
        row.addStretch()
        row.addWidget(self._reading)
        self._waiting = QLabel(self.tr("Preparing the plot …"), side)
        self._waiting.setObjectName("second")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._plot_column = QVBoxLayout(side)
        self._plot_column.setContentsMargins(0, 0, 0, 0)
        self._plot_column.addLayout(row)
        self._plot_column.addWidget(self._waiting, 1)
        return side

    def _build_run(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(16)
        row.addWidget(self._plot_side, 1)
        row.addWidget(self.state)
        return page

    # --- The plot -------------------------------------------------------------------------------

    def _make_plot(self, module: ModuleType) -> None:
        """The first of three parts with events between them: together they would be felt."""
        plot = module.make_plot(self._plot_side)
        QTimer.singleShot(0, self, lambda: self._make_curves(module, plot))

    def _make_curves(self, module: ModuleType, plot: "PlotWidget") -> None:
        curves = module.CurvePlot(self._theme, self._plot_side, plot)
        curves.hide()
        QTimer.singleShot(0, self, lambda: self._put_curves(curves))

    def _put_curves(self, curves: "CurvePlot") -> None:
        curves.pointed.connect(self._reading.setText)
        self._log.toggled.connect(curves.set_log)
        curves.set_log(self._log.isChecked())
        self._plot_column.replaceWidget(self._waiting, curves)
        curves.show()
        self._waiting.deleteLater()
        self.curves = curves
        curves.follow(self._monitor.progress)
        self._show_metric(self.metrics.currentText())

    def _no_curves(self, reason: str) -> None:
        text = self.tr("No plot: {reason}. Install pyqtgraph; the run itself goes on.")
        self._waiting.setText(text.format(reason=reason))

    def _show_metric(self, metric: str) -> None:
        if self.curves is not None and metric:
            self.curves.show_metric(metric)

    def _start_over(self, _: RunFolder) -> None:
        self._pages.setCurrentIndex(1)
        self._importer.start()
        self.metrics.clear()
        if self.curves is not None:
            self.curves.start_over()

    def _follow(self, progress: Progress) -> None:
        known = {self.metrics.itemText(i) for i in range(self.metrics.count())}
        new = dict.fromkeys(metric for metric, _ in progress.curves if metric not in known)
        # The first one is shown: the loss of all outputs, before those of each.
        self.metrics.addItems(sorted(new, key=lambda metric: metric != "loss"))
        self._dirty = True
        if self.isVisible():
            self._draw()

    def _draw(self) -> None:
        if self._dirty and self.curves is not None:
            self._dirty = False
            self.curves.follow(self._monitor.progress)

    def _save(self) -> None:
        if self._monitor.folder is not None:
            self.save_wanted.emit(self._monitor.folder)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._reading.clear()
