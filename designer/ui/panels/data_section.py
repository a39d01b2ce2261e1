"""The part of the design panel about the data: the source, its options, and its facts.

Facts are read a moment later, never while the window waits, and kept while the file is the same.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from designer.codegen.datasets.source import DataFacts, DataSource
from designer.document.model import DatasetChoice
from designer.document.problem import Problem, ProblemError
from designer.protocol import TensorSpec
from designer.ui.canvas.summary import shape_text
from designer.ui.panels.sections import RHYTHM, ProblemCards, quiet
from designer.ui.theme import Theme
from designer.ui.widgets.editor import Kit
from designer.ui.widgets.fields import Combo
from designer.ui.widgets.form import ParamForm

_FILE_OPTIONS = ("path", "file")


class DataSection(QWidget):
    """Shows a DatasetChoice; `chosen` carries the one that the user wants instead."""

    chosen = Signal(object)  # DatasetChoice

    def __init__(
        self, sources: Sequence[DataSource], kit: Kit, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._sources = {source.key: source for source in sources}
        self._kit = kit
        self._choice = DatasetChoice()
        self._known: dict[str, tuple[object, DataFacts | Problem]] = {}
        self._told: tuple[Problem, ...] = ()
        self.form: ParamForm | None = None
        self._form_of = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._show_facts)
        self._build(theme)

    def show_choice(self, choice: DatasetChoice) -> None:
        """Show the source and its options; its facts follow."""
        self._choice = choice
        source = self._sources.get(choice.source)
        nothing = not choice.source
        text = source.title if source else choice.source
        self.source.show_text(self.tr("No data chosen") if nothing else text, faint=nothing)
        self.doc.setText(source.doc if source else self._invitation())
        self._show_form(source)
        self.browse.setVisible(self._file_option() != "")
        self._later.start()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong between the data and the model."""
        self._told = tuple(problems)
        self._show_problems()

    def finish(self) -> None:
        """Commit or drop what is being typed."""
        if self.form is not None:
            self.form.finish()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.problems.set_theme(theme)

    # --- its parts ----------------------------------------------------------------------------

    def _build(self, theme: Theme) -> None:
        self.source = Combo(self)
        self.source.setAccessibleName(self.tr("Data source"))
        self.source.filling.connect(self._fill)
        self.source.activated.connect(self._choose)
        self.doc = quiet("", self)
        self.browse = QPushButton(self.tr("Choose a file…"), self)
        self.browse.clicked.connect(self._browse)
        self.facts = quiet("", self)
        self.facts.setAccessibleName(self.tr("Facts about the data"))
        self.problems = ProblemCards(theme, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(RHYTHM)
        for widget in (self.source, self.doc, self.browse, self.facts, self.problems):
            self._column.addWidget(widget)

    def _invitation(self) -> str:
        return self.tr("Choose the data to train on; its shapes are checked against the model.")

    def _show_form(self, source: DataSource | None) -> None:
        wanted = source.key if source else ""
        if wanted != self._form_of:
            self._form_of = wanted
            if self.form is not None:
                self._column.removeWidget(self.form)
                self.form.hide()
                self.form.deleteLater()
            self.form = None
        if source and source.params and self.form is None:
            self.form = ParamForm(source.params, self._kit, self, ordered=True)
            self.form.changed.connect(self._set)
            self.form.forgotten.connect(self._forget)
            self._column.insertWidget(2, self.form)
        if self.form is not None:
            self.form.show_values(self._choice.options)
            self._order(self.form)

    def _order(self, form: ParamForm) -> None:
        """The form is younger than what follows it on the panel: Tab shall go as the eye does."""
        before: QWidget = self.source
        for row in form.rows.values():
            field = row.editor.focusProxy() or row.editor
            QWidget.setTabOrder(before, field)
            before = field

    def _fill(self) -> None:
        nothing = self.tr("No data chosen")
        self.source.offer([nothing, *(source.title for source in self._sources.values())])

    # --- what the user wants ------------------------------------------------------------------

    def _choose(self) -> None:
        title = self.source.currentText()
        keys = [source.key for source in self._sources.values() if source.title == title]
        key = keys[0] if keys else ""
        if key != self._choice.source:
            self.chosen.emit(DatasetChoice(key))

    def _set(self, name: str, value: Any) -> None:
        self._want({**self._choice.options, name: value})

    def _forget(self, name: str) -> None:
        self._want({k: v for k, v in self._choice.options.items() if k != name})

    def _want(self, options: Mapping[str, Any]) -> None:
        self.chosen.emit(DatasetChoice(self._choice.source, options))

    def _file_option(self) -> str:
        source = self._sources.get(self._choice.source)
        names = [p.name for p in source.params if p.name in _FILE_OPTIONS] if source else []
        return names[0] if names else ""

    def _browse(self) -> None:
        old = str(self._choice.options.get(self._file_option(), ""))
        dialog = QFileDialog(self, self.tr("Choose arrays to train on"), str(Path(old).parent))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("NumPy arrays (*.npz)"), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._set(self._file_option(), path))
        dialog.open()

    # --- facts --------------------------------------------------------------------------------

    def _show_facts(self) -> None:
        source = self._sources.get(self._choice.source)
        found = self._facts(source) if source else None
        self.facts.setText(self._sentence(found) if isinstance(found, DataFacts) else "")
        self.facts.setVisible(isinstance(found, DataFacts))
        self._show_problems()

    def _facts(self, source: DataSource) -> DataFacts | Problem:
        """The facts of the choice; read again where options or the file have changed."""
        state = (dict(self._choice.options), _stamp(source, self._choice.options))
        kept = self._known.get(source.key)
        if kept is not None and kept[0] == state:
            return kept[1]
        try:
            found: DataFacts | Problem = source.facts(self._choice.options)
        except ProblemError as error:
            found = error.problem
        self._known[source.key] = (state, found)
        return found

    def _show_problems(self) -> None:
        kept = self._known.get(self._choice.source)
        own = (kept[1],) if kept and isinstance(kept[1], Problem) else ()
        self.problems.show_problems(_once(own, self._told))

    def _sentence(self, facts: DataFacts) -> str:
        text = self.tr("{inputs} → {targets}\n{train} samples for training, {held} for validation")
        return text.format(
            inputs=_shapes(facts.inputs),
            targets=_shapes(facts.targets),
            train=f"{facts.train_samples:,}",
            held=f"{facts.validation_samples:,}",
        )


def _shapes(specs: Sequence[TensorSpec]) -> str:
    return ", ".join(f"{shape_text(spec)} {spec.dtype}" for spec in specs)


def _stamp(source: DataSource, options: Mapping[str, Any]) -> object:
    """What changes when the source's file does; None where there is no file to ask."""
    try:
        found = source.path(options).stat()
    except (OSError, ProblemError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


def _once(own: Sequence[Problem], told: Sequence[Problem]) -> list[Problem]:
    """Both without saying the same twice."""
    said = {(p.code, p.message) for p in own}
    return [*own, *(p for p in told if (p.code, p.message) not in said)]
