"""The list of training runs: what ran, how far it came, how good it was."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from designer.document.problem import ProblemError
from designer.runs.listing import RunSummary, delete, list_runs
from designer.ui.panels.invitation import Invitation
from designer.ui.theme import Theme, sized

REFRESH = 2000  # milliseconds, while the list is seen
_NUMBERS = (3, 4, 5)  # columns whose figures stand below each other
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROLE = Qt.ItemDataRole.UserRole


class _Told(QObject):
    found = Signal(object)


def _list(base: Path, told: _Told) -> None:
    """Reads the folders off the window's thread: hundreds of logs on a slow disk take a while."""
    told.found.emit(list_runs(base))


class RunsPanel(QWidget):
    """Lists the runs of one folder, newest first; what is wanted of them it tells by signals."""

    show_wanted = Signal(object)  # RunFolder: show its curves
    open_wanted = Signal(object)  # Path: open the design of the run
    resume_wanted = Signal(object)  # RunFolder: let it go on from its checkpoint
    save_wanted = Signal(object)  # RunFolder: save its model elsewhere
    train_wanted = Signal()
    delete_wanted = Signal(object)  # RunSummary: ask the user, then call delete()
    failed = Signal(object)  # Problem

    def __init__(self, base: Path, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self._theme = theme
        self._runs: list[RunSummary] = []
        self._listing = False
        self._told = _Told()
        self._told.found.connect(self._take)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self.tree = self._build_tree()
        self._buttons = self._build_buttons()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._build_empty())
        self._pages.addWidget(self._build_list())
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH)
        self._timer.timeout.connect(self.refresh)
        self._enable()

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self._fill()

    def refresh(self) -> None:
        """Reads the folders again; the list follows when that is done."""
        if not self._listing:
            self._listing = True
            # A function, for the pool would keep every QRunnable for ever.
            self._pool.start(partial(_list, self._base, self._told))

    def delete(self, run: RunSummary) -> None:
        """Deletes a run's folder for good; a live one is refused."""
        try:
            delete(run.folder)
        except ProblemError as error:
            self.failed.emit(error.problem)
        self.refresh()

    @property
    def current(self) -> RunSummary | None:
        """The run whose line is selected."""
        item = self.tree.currentItem()
        found = item.data(0, _ROLE) if item is not None else None
        return found if isinstance(found, RunSummary) else None

    # --- Parts ----------------------------------------------------------------------------------

    def _build_tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName(self.tr("Training runs"))
        tree.setObjectName("runs")
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setHeaderLabels(
            [self.tr("Design"), self.tr("Started"), self.tr("State"), self.tr("Epochs"),
             self.tr("Last loss"), self.tr("Best loss")]
        )  # fmt: skip
        header = tree.header()
        header.setStretchLastSection(False)
        header.setFont(sized(0.85))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in _NUMBERS:
            tree.headerItem().setTextAlignment(column, _RIGHT)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.itemActivated.connect(self._show)
        tree.currentItemChanged.connect(self._enable)
        return tree

    def _build_buttons(self) -> dict[str, QPushButton]:
        wanted = {
            "show": (self.tr("Show curves"), self._show),
            "continue": (self.tr("Continue"), self._continue),
            "open": (self.tr("Open its design"), self._open),
            "save": (self.tr("Save model…"), self._save),
            "folder": (self.tr("Open folder"), self._reveal),
            "delete": (self.tr("Delete…"), self._delete),
        }
        found = {}
        for key, (text, slot) in wanted.items():
            button = QPushButton(text, self)
            button.clicked.connect(slot)
            found[key] = button
        return found

    def _build_empty(self) -> QWidget:
        sentence = self.tr("Every training is kept here, with its curves and its model.")
        page = Invitation(sentence, self.tr("Train this design"), self)
        page.accepted.connect(self.train_wanted)
        return page

    def _build_list(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self.tree, 1)
        column = QVBoxLayout()
        column.setSpacing(8)
        for button in self._buttons.values():
            column.addWidget(button)
        column.addStretch()
        row.addLayout(column)
        return page

    # --- What is shown --------------------------------------------------------------------------

    def _take(self, runs: list[RunSummary]) -> None:
        self._listing = False
        if runs != self._runs:
            self._runs = runs
            self._fill()

    def _fill(self) -> None:
        current = self.current.folder.path if self.current else None
        self.tree.clear()
        for run in self._runs:
            item = self._row(run)
            self.tree.addTopLevelItem(item)
            if run.folder.path == current:
                self.tree.setCurrentItem(item)
        if self._runs and self.tree.currentItem() is None:
            self.tree.setCurrentIndex(self.tree.model().index(0, 0))
        self._pages.setCurrentIndex(1 if self._runs else 0)
        self._enable()

    def _row(self, run: RunSummary) -> QTreeWidgetItem:
        epochs = f"{run.epochs_done} / {run.epochs if run.epochs is not None else '?'}"
        texts = [run.title, _when(run.created), self._state(run), epochs, _loss(run.loss),
                 _loss(run.best)]  # fmt: skip
        item = QTreeWidgetItem(texts)
        item.setData(0, _ROLE, run)
        item.setToolTip(0, run.problem.message if run.problem else str(run.folder.path))
        mono = sized(0.85, family=self._theme.mono)
        for column in (1, 3, 4, 5):
            item.setFont(column, mono)
            item.setForeground(column, self._theme.color("second"))
        for column in _NUMBERS:
            item.setTextAlignment(column, _RIGHT)
        role = {"failed": "error", "lost": "error", "finished": "good"}.get(run.state, "accent")
        item.setForeground(2, self._theme.color(role))
        return item

    def _state(self, run: RunSummary) -> str:
        if run.state == "finished" and run.stopped:
            return self.tr("stopped")
        return {
            "starting": self.tr("starting"),
            "running": self.tr("training"),
            "paused": self.tr("paused"),
            "finished": self.tr("finished"),
            "failed": self.tr("failed"),
            "lost": self.tr("process gone"),
        }[run.state]

    def _enable(self) -> None:
        run = self.current
        live = run is not None and run.state in ("starting", "running", "paused")
        for key, button in self._buttons.items():
            button.setEnabled(run is not None)
            if run is None:
                continue
            if key == "save":
                button.setEnabled(run.folder.model.exists())
            elif key == "continue":
                button.setEnabled(run.resumable)
            elif key == "open":
                button.setEnabled(run.folder.design.exists())
            elif key == "delete":
                button.setEnabled(not live)

    # --- Orders ---------------------------------------------------------------------------------

    def _show(self) -> None:
        if self.current is not None:
            self.show_wanted.emit(self.current.folder)

    def _continue(self) -> None:
        if self.current is not None:
            self.resume_wanted.emit(self.current.folder)

    def _open(self) -> None:
        if self.current is not None:
            self.open_wanted.emit(self.current.folder.design)

    def _save(self) -> None:
        if self.current is not None:
            self.save_wanted.emit(self.current.folder)

    def _reveal(self) -> None:
        if self.current is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.current.folder.path)))

    def _delete(self) -> None:
        if self.current is not None:
            self.delete_wanted.emit(self.current)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()


def _when(created: str) -> str:
    try:
        return f"{datetime.fromisoformat(created).astimezone():%d %b %Y %H:%M}"
    except ValueError:
        return ""


def _loss(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"
