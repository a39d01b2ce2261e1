"""What each panel asks for, and who does it: panels only tell by signals, here they are heard."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:  # panels are loaded when they are built, not by the table of their wires
    from designer.runs.folder import RunFolder
    from designer.runs.listing import RunSummary
    from designer.ui.panels.code import CodePanel
    from designer.ui.panels.inspector import InspectorPanel
    from designer.ui.panels.palette import PalettePanel
    from designer.ui.panels.problems import ProblemsPanel
    from designer.ui.panels.runs import RunsPanel
    from designer.ui.panels.training import TrainingPanel
    from designer.ui.workbench import Workbench


def wire_panel(bench: "Workbench", key: str, panel: QWidget) -> None:
    """Connects the signals of a panel that was just built."""
    connect = _WIRES.get(key)
    if connect is not None:
        connect(bench, panel)


def _palette(bench: "Workbench", widget: QWidget) -> None:
    cast("PalettePanel", widget).add_requested.connect(bench.place_in_the_middle)


def _inspector(bench: "Workbench", widget: QWidget) -> None:
    panel = cast("InspectorPanel", widget)
    panel.design.add_requested.connect(bench.place_in_the_middle)


def _code(bench: "Workbench", widget: QWidget) -> None:
    panel = cast("CodePanel", widget)
    panel.export_requested.connect(bench.export_python)
    panel.add_requested.connect(bench.place_in_the_middle)


def _problems(bench: "Workbench", widget: QWidget) -> None:
    panel = cast("ProblemsPanel", widget)
    panel.go_to.connect(bench.canvas.reveal)
    panel.counted.connect(bench.count_problems)


def _training(bench: "Workbench", widget: QWidget) -> None:
    panel = cast("TrainingPanel", widget)
    panel.train_wanted.connect(bench.trainings.start)
    panel.save_wanted.connect(_saver(bench))


def _runs(bench: "Workbench", widget: QWidget) -> None:
    panel = cast("RunsPanel", widget)

    def delete(run: "RunSummary") -> None:
        if bench.dialogs.delete_run(run.folder.path.name):
            panel.delete(run)

    panel.show_wanted.connect(bench.monitor.follow)
    panel.open_wanted.connect(bench.documents.open_copy)
    panel.train_wanted.connect(bench.trainings.start)
    panel.save_wanted.connect(_saver(bench))
    panel.delete_wanted.connect(delete)
    panel.failed.connect(bench.complain)


def _saver(bench: "Workbench") -> "Callable[[RunFolder], None]":
    return lambda folder: bench.trainings.save_model(bench.dialogs.model_path, folder)


_WIRES: dict[str, "Callable[[Workbench, QWidget], None]"] = {
    "palette": _palette,
    "inspector": _inspector,
    "code": _code,
    "problems": _problems,
    "training": _training,
    "runs": _runs,
}
