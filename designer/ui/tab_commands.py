"""What is done with open designs as a whole: going round, closing, moving their tabs; by the menus,
by keys, and by the menu of a tab.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from designer.ui.actions import ACTIONS, label
from designer.ui.designs import Design
from designer.ui.documents import Documents
from designer.ui.looks import Looks
from designer.ui.session import Session
from designer.ui.tabs import TabRow
from designer.ui.window import MainWindow

Handlers = Mapping[str, Callable[[], object]]
_TEXTS = {spec.id: spec.text for spec in ACTIONS}
_NUMBERS = range(1, 10)
_OF_A_TAB = ("file.close", "file.close_others", "file.close_all", "", "file.copy_path",
             "file.show_folder")  # fmt: skip


class TabCommands(QObject):
    """Holds the row of tabs; `handlers` is what the window connects."""

    def __init__(
        self, session: Session, documents: Documents, window: MainWindow, looks: Looks
    ) -> None:
        super().__init__(window)
        self._session = session
        self._documents = documents
        self._window = window
        self.row = TabRow(session, looks.theme, window)
        window.insert_above_canvas(self.row)
        looks.add(self.row)
        self.row.new_wanted.connect(documents.new)
        tabs = self.row.tabs
        tabs.chosen.connect(documents.show)
        tabs.close_wanted.connect(lambda design: documents.close_designs([design]))
        tabs.menu_wanted.connect(self._show_menu)
        session.designs_changed.connect(self.follow)
        session.history_changed.connect(self.follow)
        self.follow()

    @property
    def handlers(self) -> Handlers:
        """What each command does."""
        return {
            **{key: partial(self._do, key) for key in _OF_A_TAB if key},
            "file.reopen": self._documents.reopen,
            "designs.next": partial(self._go_round, 1),
            "designs.previous": partial(self._go_round, -1),
            "designs.move_right": partial(self._move, 1),
            "designs.move_left": partial(self._move, -1),
            **{f"designs.{n}": partial(self._go_to, n) for n in _NUMBERS},
        }

    def menu_of(self, design: Design) -> QMenu:
        """The menu of a tab, about its design, which need not be the current one."""
        menu = QMenu(self._window)
        enabled = self._enabled(design)
        for key in _OF_A_TAB:
            if not key:
                menu.addSeparator()
                continue
            action = menu.addAction(label(_TEXTS[key]))
            action.setEnabled(enabled[key])
            action.triggered.connect(partial(self._about, key, design))
        return menu

    def follow_page(self) -> None:
        """The window shows a design now, or the start page."""
        self.row.tabs.show_current(shown=self._window.has_design)
        self.follow()

    def follow(self) -> None:
        """Takes over which designs are open now, and what they are called."""
        session, actions = self._session, self._window.actions_by_id
        open_now = session.designs
        for key, wanted in self._enabled(session.current).items():
            actions[key].setEnabled(wanted and self._window.has_design)
        actions["file.reopen"].setEnabled(self._documents.can_reopen)
        # From the start page every way back is welcome.
        others = len(open_now) > (1 if self._window.has_design else 0)
        for key in ("designs.next", "designs.previous"):
            actions[key].setEnabled(others)
        place = open_now.index(session.current) if session.current in open_now else -1
        actions["designs.move_left"].setEnabled(self._window.has_design and place > 0)
        last = place == len(open_now) - 1
        actions["designs.move_right"].setEnabled(self._window.has_design and not last)
        for number in _NUMBERS:
            self._number(actions[f"designs.{number}"], number)

    # --- parts --------------------------------------------------------------------------------

    def _number(self, action: QAction, number: int) -> None:
        designs = self._session.designs
        there = number <= len(designs)
        action.setVisible(there)
        action.setEnabled(there)
        if there:
            title = self._session.titles[designs[number - 1]].replace("&", "&&")
            action.setText(f"&{number}  {title}")

    def _enabled(self, design: Design) -> dict[str, bool]:
        count, has_file = len(self._session.designs), design.path is not None
        return {
            "file.close": count > 0,
            "file.close_others": count > 1,
            "file.close_all": count > 0,
            "file.copy_path": has_file,
            "file.show_folder": has_file,
        }

    def _do(self, key: str) -> None:
        self._about(key, self._session.current)

    def _about(self, key: str, design: Design, _checked: bool = False) -> None:
        designs = self._session.designs
        if key == "file.close":
            self._close([design])
        elif key == "file.close_others":
            self._close(other for other in designs if other is not design)
        elif key == "file.close_all":
            self._close(designs)
        elif key == "file.copy_path":
            QGuiApplication.clipboard().setText(str(design.path or ""))
        elif design.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(design.path.parent)))

    def _close(self, designs: Iterable[Design]) -> None:
        self._documents.close_designs(designs)

    def _show_menu(self, place: QPoint, design: Design) -> None:
        menu = self.menu_of(design)
        menu.exec(place)
        menu.deleteLater()

    def _go_round(self, step: int) -> None:
        designs = self._session.designs
        if not designs:
            return
        if not self._window.has_design:
            step = 0  # first back from the start page
        place = designs.index(self._session.current)
        self._documents.show(designs[(place + step) % len(designs)])

    def _go_to(self, number: int) -> None:
        designs = self._session.designs
        if number <= len(designs):
            self._documents.show(designs[number - 1])

    def _move(self, step: int) -> None:
        order = list(self._session.designs)
        place = order.index(self._session.current)
        if 0 <= place + step < len(order):
            order.insert(place + step, order.pop(place))
            self._session.arrange(order)
