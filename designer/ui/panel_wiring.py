"""What each panel asks for, and who does it: panels only tell by signals, here they are heard."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:  # panels are loaded when they are built, not by the table of their wires
    from designer.runs.folder import RunFolder
    from designer.runs.listing import RunSummary
    from designer.ui.block_library import BlockLibrary
    from designer.ui.canvas.view import CanvasView
    from designer.ui.dialogs import DialogAsker
    from designer.ui.documents import Documents
    from designer.ui.layer_commands import LayerCommands
    from designer.ui.monitor import RunMonitor
    from designer.ui.notices import Notices
    from designer.ui.own_layers import OwnLayers
    from designer.ui.panels.analysis import AnalysisPanel
    from designer.ui.panels.code import CodePanel
    from designer.ui.panels.inspector import InspectorPanel
    from designer.ui.panels.outline import OutlinePanel
    from designer.ui.panels.palette import PalettePanel
    from designer.ui.panels.problems import ProblemsPanel
    from designer.ui.panels.runs import RunsPanel
    from designer.ui.panels.training import TrainingPanel
    from designer.ui.session import Session
    from designer.ui.trainings import Trainings


class Bench(Protocol):
    """What the wires need of the workbench, which itself is not imported: it imports us."""

    canvas: "CanvasView"
    dialogs: "DialogAsker"
    documents: "Documents"
    layer_commands: "LayerCommands"
    library: "BlockLibrary"
    monitor: "RunMonitor"
    notices: "Notices"
    own_layers: "OwnLayers"
    panels: "dict[str, QWidget]"
    session: "Session"
    trainings: "Trainings"

    def place_in_the_middle(self, kind: str) -> None:
        """Adds a node where the canvas is looked at."""

    def export_python(self) -> None:
        """Writes the script to a file that the user names."""


def wire_panel(bench: Bench, key: str, panel: QWidget) -> None:
    """Connects the signals of a panel that was just built."""
    connect = _WIRES.get(key)
    if connect is not None:
        connect(bench, panel)


def _palette(bench: Bench, widget: QWidget) -> None:
    panel = cast("PalettePanel", widget)
    panel.add_requested.connect(bench.place_in_the_middle)
    panel.load_wanted.connect(bench.layer_commands.load)
    bench.own_layers.changed.connect(panel.renew)
    bench.library.changed.connect(panel.renew)
    panel.discard_wanted.connect(bench.library.discard)


def _inspector(bench: Bench, widget: QWidget) -> None:
    panel = cast("InspectorPanel", widget)
    panel.design.add_requested.connect(bench.place_in_the_middle)
    panel.go_to.connect(bench.canvas.reveal)


def _code(bench: Bench, widget: QWidget) -> None:
    panel = cast("CodePanel", widget)
    panel.export_requested.connect(bench.export_python)
    panel.go_to.connect(bench.canvas.reveal)
    panel.add_requested.connect(bench.place_in_the_middle)


def _problems(bench: Bench, widget: QWidget) -> None:
    panel = cast("ProblemsPanel", widget)
    panel.go_to.connect(bench.canvas.reveal)
    panel.point_at.connect(lambda param: _point_at(bench, param))
    panel.counted.connect(bench.notices.count_problems)
    panel.layers_wanted.connect(bench.layer_commands.load)


def _point_at(bench: Bench, param: str) -> None:
    """The field of a parameter of the selected node, once the inspector is there."""
    inspector = bench.panels.get("inspector")
    if inspector is not None:
        cast("InspectorPanel", inspector).reveal(param)


def _outline(bench: Bench, widget: QWidget) -> None:
    panel = cast("OutlinePanel", widget)
    panel.go_to.connect(bench.canvas.reveal)
    panel.add_requested.connect(bench.place_in_the_middle)


def _analysis(bench: Bench, widget: QWidget) -> None:
    panel = cast("AnalysisPanel", widget)

    def save(table: str) -> None:
        session = bench.session
        folder = session.path.parent if session.path is not None else Path()
        path = bench.dialogs.table_path(folder / f"{session.document.name}.csv")
        if path is not None:
            bench.documents.export(path, table)

    panel.go_to.connect(bench.canvas.reveal)
    panel.add_requested.connect(bench.place_in_the_middle)
    panel.save_wanted.connect(save)


def _training(bench: Bench, widget: QWidget) -> None:
    panel = cast("TrainingPanel", widget)
    panel.train_wanted.connect(bench.trainings.start)
    panel.resume_wanted.connect(lambda: bench.trainings.go_on())
    panel.save_wanted.connect(_saver(bench))


def _runs(bench: Bench, widget: QWidget) -> None:
    panel = cast("RunsPanel", widget)

    def delete(run: "RunSummary") -> None:
        if bench.dialogs.delete_run(run.folder.path.name):
            panel.delete(run)

    panel.show_wanted.connect(bench.monitor.follow)
    panel.open_wanted.connect(bench.documents.open_copy)
    panel.resume_wanted.connect(bench.trainings.go_on)
    panel.train_wanted.connect(bench.trainings.start)
    panel.save_wanted.connect(_saver(bench))
    panel.delete_wanted.connect(delete)
    panel.failed.connect(bench.notices.complain)


def _saver(bench: Bench) -> "Callable[[RunFolder], None]":
    return lambda folder: bench.trainings.save_model(bench.dialogs.model_path, folder)


_WIRES: dict[str, "Callable[[Bench, QWidget], None]"] = {
    "palette": _palette,
    "inspector": _inspector,
    "code": _code,
    "problems": _problems,
    "training": _training,
    "runs": _runs,
    "outline": _outline,
    "analysis": _analysis,
}
