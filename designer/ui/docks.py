"""The panels of the window, one line each. Their modules are loaded when a panel is built, because
the window is to be painted before they could be (and pyqtgraph only when a curve is wanted).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from designer.ui.advice import Advice
    from designer.ui.analysis import Analysis
    from designer.ui.drawer import Drawer
    from designer.ui.looks import Panel
    from designer.ui.monitor import RunMonitor
    from designer.ui.session import Session
    from designer.ui.settings import Settings
    from designer.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Furnishing:
    """What a panel can be built from."""

    session: "Session"
    theme: "Theme"
    monitor: "RunMonitor"
    settings: "Settings"
    advice: "Advice"
    analysis: "Analysis"


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A panel: its place ("palette", "inspector" or "drawer"), and what makes it.

    `eager` ones are built with the window, others when they are first seen.
    """

    key: str
    place: str
    title: str
    tip: str
    build: "Callable[[Furnishing], Panel]"
    eager: bool = True


def _palette(given: Furnishing) -> "Panel":
    from designer.ui.panels.palette import PalettePanel  # late: after the first paint

    return PalettePanel(given.session, given.theme, given.settings)


def _inspector(given: Furnishing) -> "Panel":
    from designer.ui.panels.inspector import InspectorPanel  # late: after the first paint

    return InspectorPanel(given.session, given.theme)


def _code(given: Furnishing) -> "Panel":
    from designer.ui.panels.code import CodePanel  # late: after the first paint

    return CodePanel(given.session, given.theme)


def _problems(given: Furnishing) -> "Panel":
    from designer.ui.panels.problems import ProblemsPanel  # late: after the first paint

    return ProblemsPanel(given.session, given.theme, given.advice)


def _outline(given: Furnishing) -> "Panel":
    from designer.ui.panels.outline import OutlinePanel  # late: when the outline is looked at

    return OutlinePanel(given.session, given.theme)


def _analysis(given: Furnishing) -> "Panel":
    from designer.ui.panels.analysis import AnalysisPanel  # late: when costs are looked at

    return AnalysisPanel(given.session, given.theme, given.analysis)


def _training(given: Furnishing) -> "Panel":
    from designer.ui.panels.training import TrainingPanel  # late: when a training is looked at

    return TrainingPanel(given.monitor, given.theme)


def _runs(given: Furnishing) -> "Panel":
    from designer.ui.panels.runs import RunsPanel  # late: when the runs are looked at

    return RunsPanel(given.monitor.base, given.theme)


_CODE = (
    str(QT_TRANSLATE_NOOP("panels", "Code")),
    str(QT_TRANSLATE_NOOP("panels", "The design as a Keras script")),
)
_TRAINING = (
    str(QT_TRANSLATE_NOOP("panels", "Training")),
    str(QT_TRANSLATE_NOOP("panels", "Progress and curves of the training")),
)
_PROBLEMS = (
    str(QT_TRANSLATE_NOOP("panels", "Problems")),
    str(QT_TRANSLATE_NOOP("panels", "What is wrong or doubtful in the design")),
)
_OUTLINE = (
    str(QT_TRANSLATE_NOOP("panels", "Outline")),
    str(QT_TRANSLATE_NOOP("panels", "The design as a list of nodes and their inputs")),
)
_ANALYSIS = (
    str(QT_TRANSLATE_NOOP("panels", "Analysis")),
    str(QT_TRANSLATE_NOOP("panels", "What each layer costs: parameters, MACs, memory")),
)
_RUNS = (
    str(QT_TRANSLATE_NOOP("panels", "Runs")),
    str(QT_TRANSLATE_NOOP("panels", "Trainings of now and before")),
)

PANELS: tuple[PanelSpec, ...] = (
    PanelSpec("palette", "palette", "", "", _palette),
    PanelSpec("inspector", "inspector", "", "", _inspector),
    PanelSpec("code", "drawer", *_CODE, _code),
    PanelSpec("training", "drawer", *_TRAINING, _training, eager=False),
    PanelSpec("problems", "drawer", *_PROBLEMS, _problems),
    PanelSpec("runs", "drawer", *_RUNS, _runs, eager=False),
    PanelSpec("outline", "drawer", *_OUTLINE, _outline, eager=False),
    PanelSpec("analysis", "drawer", *_ANALYSIS, _analysis, eager=False),
)


def announce_panels(drawer: "Drawer") -> None:
    """Gives the drawer a tab for each of its panels."""
    for spec in PANELS:
        if spec.place == "drawer":
            title = QCoreApplication.translate("panels", spec.title)
            drawer.announce(spec.key, title, QCoreApplication.translate("panels", spec.tip))
