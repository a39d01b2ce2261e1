"""Furnishes the window after its first paint: session, worker, canvas and panels, and the signals
between them. Views never talk to each other; what they must know of one another passes here.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from designer.catalog.spec import Catalog
from designer.document.problem import Problem, ProblemError
from designer.formats.examples import load_example
from designer.ui import rescue
from designer.ui.action_states import ActionStates
from designer.ui.advice import Advice
from designer.ui.ahead import Ahead
from designer.ui.analysis import Analysis
from designer.ui.arranging import Arranging
from designer.ui.asking import Asker
from designer.ui.block_commands import chosen_block
from designer.ui.block_library import BlockLibrary
from designer.ui.canvas.fix_preview import FixPreview
from designer.ui.canvas.geometry import Point
from designer.ui.canvas.placing import PendingWire
from designer.ui.canvas.view import CanvasView
from designer.ui.canvas_commands import CanvasCommands
from designer.ui.commands import Commands
from designer.ui.dialogs import DialogAsker, show_about
from designer.ui.docks import PANELS, Furnishing, PanelSpec, announce_panels
from designer.ui.documents import Documents
from designer.ui.layer_commands import LayerCommands
from designer.ui.looks import Looks
from designer.ui.message_bar import MessageBar
from designer.ui.monitor import RunMonitor
from designer.ui.notices import Notices
from designer.ui.own_layers import OwnLayers
from designer.ui.pages import Pages
from designer.ui.panel_wiring import wire_panel
from designer.ui.panels.quick_add import QuickAdd
from designer.ui.processes import WorkerLink, worker_command
from designer.ui.recovery import Recovery
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.settings_dialog import SettingsDialog
from designer.ui.start_page import StartPage
from designer.ui.tab_commands import TabCommands
from designer.ui.trainings import Trainings
from designer.ui.trust import Trust
from designer.ui.window import MainWindow


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are kept: `state` for locks and recovery copies, `runs` for trainings, and
    `blocks` for the user's own blocks.
    """

    state: Path
    runs: Path
    blocks: Path


class Workbench(QObject):
    """Everything in one window. `link` is the worker's, not started yet."""

    def __init__(
        self,
        window: MainWindow,
        looks: Looks,
        settings: Settings,
        places: Places,
        catalog: Catalog,
        link: WorkerLink,
        asker: Asker | None = None,
    ) -> None:
        super().__init__(window)
        window.complete()
        announce_panels(window.drawer)
        looks.follow_system()
        self.window = window
        self.looks = looks
        self.settings = settings
        self.link = link
        self.places = places
        self.dialogs = DialogAsker(window)
        self.library = BlockLibrary(catalog, places.blocks, self)
        self.session = Session(catalog, self)
        self.documents = Documents(
            self.session, settings, places.state, asker or self.dialogs, self
        )
        seconds = int(settings.get("files/recovery_seconds"))
        self.recovery = Recovery(self.session, places.state / "recovery", seconds, self)
        self.commands = Commands(self.session, self)
        self.monitor = RunMonitor(places.runs, self._interpreter, self)
        # Before the session hears of a worker: it is given the layers first, then the questions.
        self.own_layers = OwnLayers(self.session, link, Trust(settings), self)
        self.trainings = Trainings(self.session, self.monitor, self, self.own_layers.contents)
        self.panels: dict[str, QWidget] = {}
        self.ahead = Ahead(("training",), self.panel, lambda: self.documents.reading, self)
        self._build_views()
        self.states = ActionStates(window, self.session, looks)
        self.pages.connect_with(self.states, self.tab_commands, self.bar, self.monitor)
        self._connect_session()
        self._connect_views()
        self._connect_actions()
        window.may_close = self.documents.may_leave
        window.dropped.connect(lambda name: self.documents.open(Path(name)))
        window.restore_drawer()
        self.pages.show_start_page()

    # --- life ---------------------------------------------------------------------------------

    def start(self, files: list[Path]) -> None:
        """Starts the worker and opens files, each in a tab."""
        self.link.start()
        self.library.renew()
        self.documents.open_all(files or self.documents.left_open())
        self.canvas_commands.keys.complain(self.bar)
        rescue.offer(self.places.state / "recovery", self.bar, self.documents, self.recovery)
        self.trainings.attach()

    def close(self) -> None:
        """Ends what lives outside the window; the window has been asked already."""
        for panel in self.panels.values():
            panel.close()
        self.link.stop()
        self.canvas_commands.clipboard.leave()
        self.trainings.close()
        self.arranging.close()
        self.advice.close()
        self.analysis.close()
        self.session.close()
        self.documents.remember_open()
        self.documents.close()
        self.recovery.close()

    def open_example(self, key: str) -> None:
        """Opens an example as a design without a file, or goes to it where it is untouched."""
        try:
            self.documents.take_once(load_example(key))
        except ProblemError as error:
            self.notices.complain(error.problem)

    def panel(self, key: str) -> QWidget:
        """A panel, built now if it was not yet."""
        if key not in self.panels:
            spec = next(p for p in PANELS if p.key == key)
            self._build_panel(spec)
        return self.panels[key]

    # --- building -----------------------------------------------------------------------------

    def _build_views(self) -> None:
        window, theme = self.window, self.looks.theme
        self.bar = MessageBar(theme, window)
        window.insert_above_strip(self.bar)
        self.arranging = Arranging(self.session, self.bar, self)
        self.arranging.arranged.connect(self._show_arranged)
        self.notices = Notices(window, self.bar, self.documents, self.link, self.edit_settings)
        self.layer_commands = LayerCommands(
            self.own_layers, self.session, window, self.looks, self.bar, self.notices.complain
        )
        self.layer_commands.follow(self.documents)
        self.tab_commands = TabCommands(self.session, self.documents, window, self.looks)
        self.canvas = CanvasView(self.session, theme)
        self.advice = Advice(self.session, self)
        self.fix_preview = FixPreview(self.canvas)
        self.advice.previewed.connect(self.fix_preview.show_preview)
        self.canvas_commands = CanvasCommands(self.canvas, window, self.looks, self.advice)
        self.analysis = Analysis(self.session, self.canvas, window.strip, self)
        self.start_page = StartPage(self.session.catalog, theme)
        self.quick_add = QuickAdd(self.session, theme, window)
        self.own_layers.changed.connect(self.quick_add.renew)
        self.library.changed.connect(self.quick_add.renew)
        self.library.failed.connect(self.notices.complain)
        self.library.saved.connect(self.notices.tell_written)
        self.pages = Pages(window, self.session, self.documents, self.start_page, self.canvas)
        for view in (window, self.bar, self.canvas, self.start_page, self.quick_add, self.analysis):
            self.looks.add(view)
        for spec in PANELS:
            if spec.eager:
                self._build_panel(spec)

    def _build_panel(self, spec: PanelSpec) -> None:
        session, theme, monitor = self.session, self.looks.theme, self.monitor
        given = Furnishing(session, theme, monitor, self.settings, self.advice, self.analysis)
        panel = spec.build(given)
        self.looks.add(panel)
        assert isinstance(panel, QWidget)
        self.panels[spec.key] = panel
        if spec.place == "drawer":
            self.window.drawer.fill(spec.key, panel)
        else:
            self.window.place(spec.place, panel)
        wire_panel(self, spec.key, panel)

    # --- wiring -------------------------------------------------------------------------------

    def _connect_session(self) -> None:
        session, link = self.session, self.link
        session.asked.connect(link.ask)
        link.told.connect(session.told)
        link.ready.connect(session.worker_ready)
        session.reported.connect(self.ahead.disturb)
        session.failed.connect(self.notices.complain)
        self.trainings.failed.connect(self.notices.complain)
        self.trainings.saved.connect(self.notices.tell_written)
        self.trainings.hindered.connect(lambda: self.window.drawer.show_panel("problems"))
        self.monitor.failed.connect(self.notices.complain)
        self.monitor.followed.connect(self.bar.turn_over)
        # In an event of its own: to start a run takes as long as to make room for its curves.
        self.monitor.followed.connect(self._show_run, Qt.ConnectionType.QueuedConnection)

    def _connect_views(self) -> None:
        strip, page, canvas = self.window.strip, self.start_page, self.canvas
        strip.settings_wanted.connect(self.edit_settings)
        self.analysis.heated.connect(self.states.follow_heat)
        strip.zoom_wanted.connect(lambda: canvas.zoom_to(1.0))
        page.new_wanted.connect(self.documents.new)
        page.open_wanted.connect(lambda: self.documents.open())
        page.paste_wanted.connect(self.paste_as_design)
        page.recent_chosen.connect(self.documents.open)
        page.example_chosen.connect(self.open_example)
        canvas.zoom_changed.connect(strip.show_zoom)
        self.canvas_commands.clipboard.failed.connect(self.notices.complain)
        canvas.search_requested.connect(self._search)
        canvas.typed.connect(self._search_typed)
        self.quick_add.chosen.connect(canvas.place)
        canvas.file_dropped.connect(self.window.dropped)
        canvas.edit_requested.connect(self._edit_node)
        self.window.drawer.opened.connect(self._drawer_opened)

    def _connect_actions(self) -> None:
        handlers = self._handlers()
        self.handled = {*handlers, "view.palette", "view.inspector"}  # the window has those two
        for key, handler in handlers.items():
            self.window.actions_by_id[key].triggered.connect(_ignoring_checked(handler))
        self.states.recent_wanted.connect(self.documents.open)
        for action in self.states.canvas_actions():
            self.canvas.addAction(action)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        documents, commands, canvas = self.documents, self.commands, self.canvas
        drawer, looks, arranging = self.window.drawer, self.looks, self.arranging
        return {
            "file.new": documents.new,
            "file.open": documents.open,
            "file.start": self.pages.show_start_page,
            "file.save": documents.save,
            "file.save_as": documents.save_as,
            "file.revert": documents.revert,
            "file.export_python": self.export_python,
            "file.export_picture": self.export_picture,
            "file.load_layers": self.layer_commands.load,
            "block.save": self._save_block,
            "app.settings": self.edit_settings,
            "app.quit": self.window.close,
            "edit.undo": self.session.undo,
            "edit.redo": self.session.redo,
            "edit.add": canvas.search_here,
            **self.canvas_commands.handlers,
            "edit.rename": self._rename,
            **self.tab_commands.handlers,
            "edit.bypass": commands.bypass,
            "edit.delete": canvas.delete_selection,
            "edit.select_all": canvas.select_all,
            "edit.select_none": commands.select_none,
            "view.zoom_in": lambda: canvas.zoom_by(1.25),
            "view.zoom_out": lambda: canvas.zoom_by(0.8),
            "view.actual_size": lambda: canvas.zoom_to(1.0),
            "view.fit": canvas.fit,
            "view.frame": canvas.frame_selection,
            **{f"view.{key}": partial(drawer.toggle, key) for key in drawer.keys},
            **self.analysis.handlers(),
            "theme.system": lambda: looks.choose("system"),
            "theme.light": lambda: looks.choose("light"),
            "theme.dark": lambda: looks.choose("dark"),
            "arrange.layered": lambda: arranging.arrange("layered"),
            "arrange.wrapped": lambda: arranging.arrange("wrapped"),
            "arrange.graphviz": lambda: arranging.arrange("graphviz"),
            "arrange.down": lambda: arranging.turn("down"),
            "arrange.right": lambda: arranging.turn("right"),
            "train.start": self.trainings.start,
            "train.pause": self.monitor.pause,
            "train.stop": self.monitor.stop,
            "train.continue": self.trainings.go_on,
            "train.save_model": self.save_model,
            "help.about": lambda: show_about(self.window, self.link.state),
        }

    def _show_arranged(self, method: str) -> None:
        """A page is looked at as a whole; else the view stays, unless nothing is left in it."""
        canvas = self.canvas
        if method == "wrapped":
            canvas.fit()
        elif not canvas.scene.nodes_within(canvas.camera.box(canvas.visible())):
            canvas.begin()

    # --- commands that need more than the session ---------------------------------------------

    def export_python(self) -> None:
        """Writes the script to a file that the user names."""
        script = self.session.script
        if isinstance(script, Problem):
            self.notices.complain(script)
            return
        folder = self.session.path.parent if self.session.path else Path()
        path = self.dialogs.export_path(folder / f"{self.session.document.name}.py")
        if path is not None:
            self.documents.export(path, script.text)

    def export_picture(self) -> None:
        """Draws the design into a file that the user names."""
        from designer.ui.picture_dialog import export_picture  # late: it loads pydot

        notices = self.notices
        told = notices.complain, notices.tell_written
        export_picture(self.window, self.session, self.looks.theme, *told)

    def paste_as_design(self) -> None:
        """Reads what is on the clipboard, Keras code for instance, as a new design."""
        self.documents.new()
        self.canvas_commands.clipboard.paste_at(Point(0.0, 0.0))
        if self.session.current.pristine:  # why not, the bar says
            self.documents.close_designs([self.session.current])

    def edit_settings(self) -> None:
        """Opens the settings and acts on what changed."""
        dialog = SettingsDialog(self.settings, self.window, self.canvas_commands.keys.edit)
        dialog.exec()
        dialog.deleteLater()
        if "view/theme" in dialog.changed:
            self.looks.choose(str(self.settings.get("view/theme")))
            self.states.follow_looks()
        self.canvas_commands.follow_settings()
        if "worker/interpreter" in dialog.changed:
            self.link.use(worker_command(str(self.settings.get("worker/interpreter"))))

    def _save_block(self) -> None:
        """Puts the selected block, or the one that is open, into the library."""
        key = chosen_block(self.session)
        if key:
            self.library.keep(self.session.whole, key)

    def save_model(self) -> None:
        """Copies the model that was trained last to a file that the user names."""
        self.trainings.save_model(self.dialogs.model_path, self.monitor.folder)

    def place_in_the_middle(self, kind: str) -> None:
        """Adds a node where the canvas is looked at."""
        if not self.window.has_design:
            self.documents.new()
        canvas = self.canvas
        canvas.place(kind, canvas.camera.to_canvas(canvas.visible().center()))

    def _interpreter(self) -> str:
        return str(self.settings.get("worker/interpreter")) or sys.executable

    def _edit_node(self) -> None:
        self.window.actions_by_id["view.inspector"].setChecked(True)
        self.panels["inspector"].setFocus()

    def _rename(self) -> None:
        if not self.canvas.editor.edit_selected():
            self.commands.rename(self._ask_name)

    def _ask_name(self, former: str) -> str | None:
        title, prompt = self.tr("Rename"), self.tr("Name of the layer in Keras")
        name, accepted = QInputDialog.getText(
            self.window, title, prompt, QLineEdit.EchoMode.Normal, former
        )
        return name if accepted else None

    # --- following ----------------------------------------------------------------------------

    def _show_run(self) -> None:
        self.window.drawer.show()  # also beside the start page, where there is no design
        self.window.drawer.show_panel("training")

    def _drawer_opened(self, key: str) -> None:
        if key:
            self.panel(key)

    def _search_typed(self, letters: str) -> None:
        self.canvas.search_here()
        self.quick_add.field.setText(letters)

    def _search(self, place: QPointF, pending: PendingWire | None) -> None:
        self.quick_add.open_at(self.canvas.on_screen(place), place, pending)


def _ignoring_checked(handler: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        handler()

    return run
