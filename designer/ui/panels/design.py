"""The design itself: its name, inputs and outputs, data and training plan.

This is what the inspector shows while nothing is selected.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from designer.catalog.spec import ParamSpec
from designer.codegen.datasets import SOURCES, DataSource
from designer.codegen.objectives import objective
from designer.document import edits
from designer.document.diff import Change
from designer.document.model import INPUT, DatasetChoice, ObjectValue, TrainingPlan
from designer.infer.report import Port, Report
from designer.ui.canvas.summary import shape_text, type_name
from designer.ui.panels.data_section import DataSection
from designer.ui.panels.metrics import MetricsEditor
from designer.ui.panels.sections import (
    LARGE,
    MARGIN,
    RHYTHM,
    ProblemCards,
    heading,
    link,
    links,
    quiet,
    scrolled,
)
from designer.ui.session import Session
from designer.ui.theme import Theme, sized
from designer.ui.widgets.fields import Line
from designer.ui.widgets.form import ParamForm, kit_for

_PLAN = TrainingPlan()
_NAME_LIMIT = 200


def _value(chosen: ObjectValue) -> dict[str, Any]:
    return {"object": chosen.object, "params": dict(chosen.params)}


TRAINING = (
    ParamSpec("loss", "object", default=_value(_PLAN.loss), choices=("losses",)),
    ParamSpec("optimizer", "object", default=_value(_PLAN.optimizer), choices=("optimizers",)),
    ParamSpec("epochs", "int", default=_PLAN.epochs, minimum=1, maximum=100_000),
    ParamSpec("batch_size", "int", default=_PLAN.batch_size, minimum=1, maximum=1_000_000),
    ParamSpec("shuffle", "bool", default=_PLAN.shuffle),
    ParamSpec("seed", "int", default=_PLAN.seed, minimum=0, maximum=2**32 - 1),
)
_OBJECTS = {"loss": ("losses",), "optimizer": ("optimizers",)}


class DesignPanel(QWidget):
    """Shows the session's document as a whole and edits it through the session.

    `add_requested` carries the type of a node that the user wants, to fill an empty design.
    """

    add_requested = Signal(str)
    go_to = Signal(str)  # a node that the canvas is to show

    def __init__(
        self,
        session: Session,
        theme: Theme,
        parent: QWidget | None = None,
        sources: Sequence[DataSource] = SOURCES,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._kit = kit_for(session.catalog)
        self._build(theme, sources)
        self._wire()
        self.setPalette(theme.palette())
        self._show_all()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(theme.palette())
        self.data.set_theme(theme)
        self.problems.set_theme(theme)
        self.ends.clear()  # links take the palette's colour when the text is set
        self._reported(self._session.report)

    # --- its parts ----------------------------------------------------------------------------

    def _build(self, theme: Theme, sources: Sequence[DataSource]) -> None:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(RHYTHM)
        self.name = Line(content, quiet=True)
        self.name.setFont(sized(LARGE, QFont.Weight.DemiBold))
        self.name.setAccessibleName(self.tr("Name of the design"))
        self.name.setMaxLength(_NAME_LIMIT)
        self.totals = quiet("", content)
        self.ends = links(content)
        self.ends.setAccessibleName(self.tr("Inputs and outputs"))
        self.ends.linkActivated.connect(self._select)
        self.add = QPushButton(self.tr("Add an input"), content)
        self.add.clicked.connect(lambda: self.add_requested.emit(INPUT))
        aside = QHBoxLayout()
        aside.addWidget(self.add)
        aside.addStretch(1)
        self.data = DataSection(sources, self._kit, theme, content)
        self.training = ParamForm(TRAINING, self._kit, content, ordered=True)
        self.metrics = MetricsEditor(self._kit, content)
        self.problems = ProblemCards(theme, content)
        for widget in (self.name, self.totals):
            column.addWidget(widget)
        column.addWidget(heading(self.tr("Inputs and outputs"), content))
        column.addWidget(self.ends)
        column.addLayout(aside)
        column.addWidget(heading(self.tr("Data"), content))
        column.addWidget(self.data)
        column.addWidget(heading(self.tr("Training"), content))
        column.addWidget(self.problems)
        column.addWidget(self.training)
        column.addWidget(heading(self.tr("Metrics"), content))
        column.addWidget(self.metrics)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content, self))

    def _wire(self) -> None:
        self.name.entered.connect(self._rename)
        self.name.left.connect(self._rename)
        self.name.escaped.connect(self._show_name)
        self.data.chosen.connect(self._set_data)
        self.training.changed.connect(self._set_training)
        self.training.forgotten.connect(self._reset_training)
        self.metrics.changed.connect(self._set_metrics)
        self._session.leaving.connect(self._finish)
        self._session.changed.connect(self._changed)
        self._session.reported.connect(self._reported)

    # --- from the session ---------------------------------------------------------------------

    def _changed(self, change: Change, origin: object) -> None:
        del origin  # what this panel did itself is shown as the document has it, too
        if "name" in change.sections:
            self._show_name()
        if "data" in change.sections:
            self.data.show_choice(self._session.document.data)
        if "training" in change.sections:
            self._show_training()

    def _show_all(self) -> None:
        self._show_name()
        self.data.show_choice(self._session.document.data)
        self._show_training()
        self._reported(self._session.report)

    def _show_name(self) -> None:
        self.name.setModified(False)
        if self.name.text() != self._session.document.name:
            self.name.setText(self._session.document.name)
            self.name.setCursorPosition(0)

    def _show_training(self) -> None:
        plan = self._session.document.training
        values = {spec.name: getattr(plan, spec.name) for spec in TRAINING}
        values = {k: _value(v) if isinstance(v, ObjectValue) else v for k, v in values.items()}
        defaults = {spec.name: spec.default for spec in TRAINING}
        self.training.show_values({k: v for k, v in values.items() if v != defaults[k]})
        self.metrics.show_values([_value(metric) for metric in plan.metrics])

    def _reported(self, report: Report) -> None:
        totals = report.totals
        known = report.complete or totals.parameters
        text = (
            self.tr("{layers} layers · {count} parameters") if known else self.tr("{layers} layers")
        )
        self.totals.setText(text.format(layers=totals.layers, count=f"{totals.parameters:,}"))
        self.totals.setVisible(bool(totals.layers))
        lines = [_end("←", port) for port in report.inputs]
        lines += [_end("→", port) + self._goal(port) for port in report.outputs]
        hint = self.tr("The model's inputs and outputs will be listed here.")
        self.ends.setText("<br>".join(lines) or escape(hint))
        self.add.setVisible(not report.inputs)
        told = {"data": [], "training": []}  # type: dict[str, list[Any]]
        # Nobody has done anything wrong in a design that is empty.
        begun = bool(self._session.document.graph.nodes)
        for problem in report.problems if begun else ():
            told.get(problem.where.section, []).append(problem)
        self.data.show_problems(told["data"])
        self.problems.show_problems(told["training"])

    def _goal(self, port: Port) -> str:
        """What an output is trained for, where that is not what the design says of all."""
        document = self._session.document
        goal = objective(document.training, document.graph.nodes.get(port.node))
        loss = f" · {type_name(goal.loss.object)}" if goal.own else ""
        weight = f" · × {goal.weight:g}" if goal.weight != 1 else ""
        return escape(loss + weight)

    # --- to the session -----------------------------------------------------------------------

    def _select(self, node: str) -> None:
        self._session.reveal(node, self)
        self.go_to.emit(node)

    def _finish(self) -> None:
        """Commit or drop what is being typed: another design will be shown."""
        self._rename()
        for part in (self.data, self.training, self.metrics):
            part.finish()

    def _rename(self) -> None:
        wanted = self.name.text()
        if self.name.isModified() and wanted.strip() != self._session.document.name:
            label = self.tr("Rename the design")
            self._session.do(label, lambda d: edits.set_name(d, wanted), origin=self)
        self._show_name()

    def _set_data(self, choice: DatasetChoice) -> None:
        label = self.tr("Choose the data")
        self._session.do(label, lambda d: edits.set_data(d, choice), origin=self)

    def _set_training(self, name: str, value: Any) -> None:
        families = _OBJECTS.get(name)
        made = self._object(families, value) if families else value
        if made is not None:
            key = f"step training {name}" if self.training.stepping(name) else ""
            self._plan(self.tr("Set {what}").format(what=name), key, **{name: made})

    def _reset_training(self, name: str) -> None:
        label = self.tr("Reset {what}").format(what=name)
        self._plan(label, "", **{name: getattr(_PLAN, name)})

    def _set_metrics(self, values: Sequence[Any]) -> None:
        made = [self._object(("metrics",), value) for value in values]
        known = tuple(metric for metric in made if metric is not None)
        self._plan(self.tr("Set metrics"), "", metrics=known)

    def _object(self, families: tuple[str, ...], value: Any) -> ObjectValue | None:
        option = self._kit.find(families, value)
        if option is None:
            return None
        params = value.get("params", {}) if isinstance(value, dict) else {}
        return ObjectValue(option.key, params)

    def _plan(self, label: str, key: str, **values: Any) -> None:
        plan = replace(self._session.document.training, **values)
        self._session.do(label, lambda d: edits.set_training(d, plan), key, self)


def _end(arrow: str, port: Port) -> str:
    return f"{arrow} {link(port.node, port.name)} {escape(shape_text(port.spec))}"
