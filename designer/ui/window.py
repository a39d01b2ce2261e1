"""The window's frame: menus, header, docks, drawer and strip, nothing that needs a document.

It must be on the screen before anything heavy is imported, so that canvas and panels come into
it later by `place` (designer.ui.workbench).
"""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QMimeData, QSize, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from designer import resources
from designer.ui.actions import ACTIONS
from designer.ui.drawer import Drawer
from designer.ui.header import Header
from designer.ui.menu_titles import build_titles
from designer.ui.settings import Settings
from designer.ui.status import StatusStrip
from designer.ui.theme import Theme

SIZE = QSize(1280, 800)
FRAME = QSize(4, 44)  # what a window manager puts round a window, amply
SIDES = ("palette", "inspector")


class MainWindow(QMainWindow):
    """`may_close` is asked before the window closes; None means yes."""

    painted = Signal()  # once, after the first paint
    dropped = Signal(str)  # a local file was dropped on the window
    closed = Signal()

    def __init__(self, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.may_close: Callable[[], bool] | None = None
        self.settings = settings
        self._was_painted = False
        self.has_design = False
        self._had_design = False
        self.setWindowTitle("Skipwire")
        self.setAcceptDrops(True)
        self.actions_by_id: dict[str, QAction] = {}
        self.docks: dict[str, QDockWidget] = {}
        self.header = Header(self)
        self.menus = build_titles(self.header.menus)
        self.setMenuWidget(self.header)
        self.strip = StatusStrip(theme, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(QFrame(self.stack))
        self._column = QVBoxLayout()
        self._canvas_side = self._centre()
        self.setCentralWidget(self._canvas_side)
        self._has_place = self.restoreGeometry(self.settings.layout("geometry"))
        if not self._has_place:
            self.resize(SIZE)
        self.set_theme(theme)

    def fit_into(self, room: QSize) -> None:
        """Makes a window that has no place yet fit a screen's room, its frame included."""
        if not self._has_place:
            self.resize(SIZE.boundedTo(room - FRAME))

    def complete(self) -> None:
        """Adds what nobody can miss in the first paint: commands, docks, the drawer."""
        from designer.ui import menus  # late: brings the namespace Qt, 28 ms of enumerations
        from designer.ui.furniture import add_dock, make_splitter

        self.actions_by_id = menus.build_actions(self)
        menus.fill_menus(self.menus, self.actions_by_id)
        self.header.bind(self.actions_by_id["train.start"])
        self.drawer = Drawer(self)
        self.splitter = make_splitter(self, self._canvas_side, self.drawer)
        self.drawer.opened.connect(self._make_room)
        self.setCentralWidget(self.splitter)
        self.docks = {side: add_dock(self, side) for side in SIDES}
        for side, dock in self.docks.items():
            self._follow_action(dock, self.actions_by_id[f"view.{side}"])
        self._restore()

    # --- what is put into it ------------------------------------------------------------------

    def place(self, side: str, panel: QWidget) -> None:
        """Puts a panel into the dock "palette" or "inspector"."""
        self.docks[side].setWidget(panel)

    def insert_above_canvas(self, row: QWidget) -> None:
        """Puts a row above canvas and start page."""
        self._column.insertWidget(0, row)

    def insert_above_page(self, row: QWidget) -> None:
        """Puts a row between the tabs and the canvas or start page."""
        self._column.insertWidget(self._column.indexOf(self.stack), row)

    def insert_above_strip(self, bar: QWidget) -> None:
        """Puts a bar between canvas and strip."""
        self._column.insertWidget(self._column.indexOf(self.stack) + 1, bar)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme; panels are told by who placed them."""
        self.theme = theme
        sheet = resources.read_text("themes", "window.qss")
        for role, color in theme.roles.items():
            sheet = sheet.replace("{" + role + "}", color)
        self.setPalette(theme.palette())
        self.setStyleSheet(sheet)
        self.strip.set_theme(theme)

    def show_design_chrome(self, *, visible: bool) -> None:
        """Panels and commands around a design; without one there is the start page alone."""
        self.has_design = visible
        for spec in ACTIONS:
            if spec.design:
                self.actions_by_id[spec.id].setEnabled(visible)
        for side, dock in self.docks.items():
            dock.setVisible(visible and self.actions_by_id[f"view.{side}"].isChecked())
        if visible and not self._had_design:
            from designer.ui.furniture import give_widths  # late: see `complete`

            kept = {side: self._kept_width(side) for side in self.docks}
            # Once they are laid out: docks that are not shown yet take no width.
            QTimer.singleShot(0, self, lambda: give_widths(self, self.docks, kept))
        self._had_design = self._had_design or visible
        self.drawer.setVisible(visible)
        self.header.data.setVisible(visible)
        self.header.button.setVisible(visible)
        if not visible:
            self.strip.show_no_design()
            self.setWindowFilePath("")
            self.setWindowTitle("Skipwire")
            self.setWindowModified(False)

    # --- Qt -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close is not None and not self.may_close():
            event.ignore()
            return
        self._keep()
        event.accept()
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
        for file in files:
            self.dropped.emit(file)

    # --- parts --------------------------------------------------------------------------------

    def _centre(self) -> QWidget:
        side = QWidget(self)
        side.setLayout(self._column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.stack, 1)
        self._column.addWidget(self.strip)
        return side

    def _follow_action(self, dock: QDockWidget, action: QAction) -> None:
        action.setChecked(True)
        action.toggled.connect(lambda wanted: dock.setVisible(wanted and self.has_design))

    def _make_room(self, panel: str) -> None:
        # Folded, the drawer's greatest height is its tabs', and the canvas gets what it leaves.
        wanted = min(self.drawer.wanted_height, self.height() // 2) if panel else 0
        self.splitter.setSizes([self.splitter.height() - wanted, wanted])

    def _restore(self) -> None:
        for side in self.docks:
            hidden = self.settings.layout(side) == b"hidden"
            self.actions_by_id[f"view.{side}"].setChecked(not hidden)

    def _kept_width(self, side: str) -> int:
        """The width that a dock had when the window closed last; 0 if it is not known."""
        kept = bytes(self.settings.layout(f"{side}_width").data())
        return int(kept) if kept.isdigit() else 0

    def restore_drawer(self) -> None:
        """Opens the panel that was open when the window closed last."""
        key = bytes(self.settings.layout("drawer").data()).decode(errors="replace")
        if key in self.drawer.keys:
            self.drawer.show_panel(key)

    def _keep(self) -> None:
        self.settings.keep_layout("geometry", self.saveGeometry())
        if not self.actions_by_id:
            return  # closed before it was furnished
        for side in self.docks:
            shown = self.actions_by_id[f"view.{side}"].isChecked()
            self.settings.keep_layout(side, QByteArray(b"shown" if shown else b"hidden"))
            if self.docks[side].isVisible():
                width = str(self.docks[side].width()).encode()
                self.settings.keep_layout(f"{side}_width", QByteArray(width))
        self.settings.keep_layout("drawer", QByteArray(self.drawer.current.encode()))
        self.settings.flush()


def local_files(mime: QMimeData) -> list[str]:
    """The paths of the local files that are dragged."""
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
