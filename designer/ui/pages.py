"""Which page the middle of the window shows, the start page or the canvas, and what goes with it:
panels, totals, title and tabs.
"""

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from designer.codegen.datasets import source_of
from designer.document.problem import ProblemError
from designer.infer.report import Report
from designer.ui.action_states import ActionStates
from designer.ui.canvas.view import CanvasView
from designer.ui.designs import Design
from designer.ui.documents import Documents
from designer.ui.message_bar import MessageBar
from designer.ui.monitor import RunMonitor
from designer.ui.session import Session
from designer.ui.start_page import StartPage
from designer.ui.tab_commands import TabCommands
from designer.ui.window import MainWindow

_LAID_OUT = 30  # milliseconds


class Pages(QObject):
    """Follows what is opened, shown and closed."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        documents: Documents,
        start_page: StartPage,
        canvas: CanvasView,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._documents = documents
        self._start_page = start_page
        self._canvas = canvas
        for page in (start_page, canvas):
            window.stack.addWidget(page)

    def connect_with(
        self, states: ActionStates, tabs: TabCommands, bar: MessageBar, monitor: RunMonitor
    ) -> None:
        """Lets these follow the page, and the page follow what is open."""
        self._states = states
        self._tabs = tabs
        self._bar = bar
        self._monitor = monitor
        self._session.leaving.connect(self._settle)
        self._session.reported.connect(self._follow_report)
        self._session.changed.connect(lambda change, origin: self._show_data())
        self._documents.opened.connect(self._begin_design)
        self._documents.shown.connect(self._show_design)
        self._documents.emptied.connect(self.show_start_page)
        self._start_page.left.connect(self._leave_start_page)

    def show_start_page(self) -> None:
        """Shows what can be opened; the designs stay open behind it."""
        self._start_page.show_recent(self._window.settings.recent())
        self._window.stack.setCurrentWidget(self._start_page)
        self._window.show_design_chrome(visible=False)
        self._tabs.follow_page()
        self._window.drawer.setVisible(self._monitor.live)
        self._start_page.setFocus()

    def _leave_start_page(self) -> None:
        if self._session.designs:
            self._documents.show(self._session.current)

    def _begin_design(self) -> None:
        self._show_design()
        # The canvas has its size only when it is shown and the docks have their widths.
        begin = partial(self._begin_canvas, self._session.current)
        QTimer.singleShot(_LAID_OUT, self._canvas, begin)

    def _begin_canvas(self, design: Design) -> None:
        if design is not self._session.current:
            return
        self._canvas.begin()
        # Once more: what is not visible yet, at the start of the window, cannot keep the focus.
        self._canvas.setFocus()

    def _show_design(self) -> None:
        self._bar.turn_over()
        self._window.stack.setCurrentWidget(self._canvas)
        self._window.show_design_chrome(visible=True)
        self._states.follow()
        self._follow_report(self._session.report)
        self._show_data()
        self._window.strip.show_zoom(self._canvas.camera.zoom)
        self._tabs.follow_page()
        self._canvas.setFocus()

    def _settle(self) -> None:
        # Who is typing into a field means the design that is seen: its editor commits when left.
        field = QApplication.focusWidget()
        if field is not None and field is not self._canvas and self._window.isAncestorOf(field):
            field.clearFocus()

    def _follow_report(self, report: Report) -> None:
        if self._window.stack.currentWidget() is self._canvas:
            self._window.strip.show_totals(report.totals, report.complete)

    def _show_data(self) -> None:
        try:
            source = source_of(self._session.document.data)
        except ProblemError:
            source = None  # the report says that it is unknown
        self._window.header.show_data(source.title if source is not None else "")
