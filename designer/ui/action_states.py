"""Keeps the commands as they are now: enabled, checked, and named after what undo would undo."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from designer.document.sharing import calls
from designer.ui import menus
from designer.ui.actions import ACTIONS, label
from designer.ui.block_commands import enabled
from designer.ui.commands import all_bypassed, graphviz_installed
from designer.ui.icons import icon
from designer.ui.letters import give_letters, plain
from designer.ui.looks import Looks
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.window import MainWindow

# How many nodes must be selected for what acts on a selection.
_AT_LEAST = {
    **dict.fromkeys(("edit.delete_joined", "edit.bypass"), 1),
    **{spec.id: 1 for spec in ACTIONS if spec.id.startswith("move.")},
    "share.duplicate": 1,
    "share.join": 2,
    **dict.fromkeys(("go.parameters", "wire.from", "wire.to"), 1),
    **{spec.id: 2 for spec in ACTIONS if spec.id.startswith("arrange.align_")},
    **{spec.id: 3 for spec in ACTIONS if spec.id.startswith("arrange.distribute_")},
}
# What acts on nodes, frames and notes alike, and what on frames and notes alone.
_OF_ANYTHING = (
    "edit.copy", "edit.cut", "edit.duplicate", "edit.select_none", "edit.delete", "view.frame",
)  # fmt: skip
_OF_MARKS = ("frame.select_content", "frame.fit", "frame.delete_all")
_PANELS = ("code", "training", "problems", "runs")


def _text(key: str) -> str:
    return label(next(spec.text for spec in ACTIONS if spec.id == key))


class ActionStates(QObject):
    """Follows the session; `recent_wanted` when a recent file is chosen from the menu."""

    recent_wanted = Signal(object)  # Path

    def __init__(self, window: MainWindow, session: Session, looks: Looks) -> None:
        super().__init__(window)
        self._window = window
        self._actions = window.actions_by_id
        self._session = session
        self._looks = looks
        session.history_changed.connect(self.follow)
        session.selected.connect(self.follow)
        session.changed.connect(self._follow_direction)
        looks.themed.connect(self.set_icons)
        window.menus[menus.RECENT].aboutToShow.connect(self._fill_recent)
        self.set_icons(looks.theme)
        self.follow_looks()
        self.follow_heat("")
        self.follow()
        self._check_graphviz()

    def canvas_actions(self) -> list[QAction]:
        """Those whose keys count only where the canvas has the focus."""
        return [self._actions[spec.id] for spec in ACTIONS if spec.scope == "canvas"]

    def set_icons(self, theme: Theme) -> None:
        """Draws the icons in the colours of a theme."""
        for spec in ACTIONS:
            if spec.icon:
                role = "accent_text" if spec.id == "train.start" else "text"
                self._actions[spec.id].setIcon(icon(theme, spec.icon, role))

    def follow_looks(self) -> None:
        """Checks the theme that is chosen."""
        self._actions[f"theme.{self._looks.choice}"].setChecked(True)

    def follow_heat(self, measure: str) -> None:
        """Checks what the nodes are coloured by, "" for their types."""
        self._actions[f"heat.{measure or 'off'}"].setChecked(True)

    def follow(self) -> None:
        """Takes over what history and selection are now."""
        if not self._window.has_design:
            return
        history, selection = self._session.history, self._session.selection
        self._name("edit.undo", history.undo_label if history.can_undo else "")
        self._name("edit.redo", history.redo_label if history.can_redo else "")
        for key, least in _AT_LEAST.items():
            self._actions[key].setEnabled(len(selection) >= least)
        for key in _OF_ANYTHING:
            self._actions[key].setEnabled(bool(self._session.chosen))
        for key in _OF_MARKS:
            self._actions[key].setEnabled(bool(self._session.marks))
        graph = self._session.whole.graph
        shared = any(len(calls(graph, key)) > 1 for key in selection) if graph.shared else False
        self._actions["share.part"].setEnabled(shared)
        for key, can in enabled(self._session).items():
            self._actions[key].setEnabled(can)
        self._actions["edit.rename"].setEnabled(len(self._session.chosen) == 1)
        text = self.tr("S&witch on") if all_bypassed(self._session) else _text("edit.bypass")
        self._actions["edit.bypass"].setText(text)
        self._actions["file.revert"].setEnabled(
            self._session.path is not None and self._session.modified
        )
        self._check_graphviz()
        self._title()

    def _name(self, key: str, what: str) -> None:
        action, text = self._actions[key], _text(key)
        action.setText(f"{text} {plain(what[:1].lower() + what[1:])}" if what else text)
        action.setEnabled(bool(what))

    def _title(self) -> None:
        session = self._session
        self._window.setWindowFilePath(str(session.path or ""))
        self._window.setWindowTitle(f"{session.title}[*] – Skipwire")
        self._window.setWindowModified(session.modified)

    def _follow_direction(self) -> None:
        self._actions[f"arrange.{self._session.document.direction}"].setChecked(True)

    def _check_graphviz(self) -> None:
        action = self._actions["arrange.graphviz"]
        there = graphviz_installed()
        action.setEnabled(there and self._window.has_design)
        if not there:
            action.setToolTip(self.tr("Needs the program dot: install the package graphviz"))

    def _fill_recent(self) -> None:
        menu = self._window.menus[menus.RECENT]
        menu.clear()
        for path in self._window.settings.recent():
            action = menu.addAction(plain(path.name))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self.recent_wanted.emit(path))
        if menu.isEmpty():
            menu.addAction(self.tr("Nothing yet")).setEnabled(False)
        else:
            menu.addSeparator()
            menu.addAction(self.tr("Forget these")).triggered.connect(
                lambda: self._window.settings.forget_recent()
            )
        give_letters(menu)
