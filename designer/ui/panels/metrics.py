"""The list of metrics of a training plan: each with its own parameters, one more, one less."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from designer.catalog.spec import ParamSpec
from designer.ui.panels.sections import RHYTHM
from designer.ui.widgets.buttons import GlyphButton
from designer.ui.widgets.editor import Kit
from designer.ui.widgets.fields import Combo
from designer.ui.widgets.glyphs import Glyph
from designer.ui.widgets.objects import ObjectEditor

FAMILY = ("metrics",)


class MetricsEditor(QWidget):
    """Shows values like those of a parameter; `changed` carries the whole new list."""

    changed = Signal(object)  # list of values

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._values: list[Any] = []
        self.editors: list[ObjectEditor] = []
        self._rows: list[QWidget] = []
        self.add = Combo(self)
        self.add.setAccessibleName(self.tr("Add a metric"))
        self.add.show_text(self.tr("Add a metric"), faint=True)
        self.add.filling.connect(self._fill)
        self.add.activated.connect(self._add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(RHYTHM)
        self._column.addWidget(self.add)

    def show_values(self, values: Sequence[Any]) -> None:
        """Show these metrics; rows are made or dropped as their number asks."""
        self._values = list(values)
        while len(self._rows) > len(self._values):
            row = self._rows.pop()
            self.editors.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(self._values):
            self._make_row(len(self._rows))
        for editor, value in zip(self.editors, self._values, strict=True):
            editor.show_value(value)

    def finish(self) -> None:
        """Commit or drop what is being typed."""
        for editor in self.editors:
            editor.finish()

    def _make_row(self, place: int) -> None:
        row = QWidget(self)
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        name = self.tr("Metric {n}").format(n=place + 1)
        editor = ObjectEditor(
            ParamSpec(name, "object", required=True, choices=FAMILY), self._kit, row
        )
        away = GlyphButton(Glyph.REMOVE, self.tr("Remove this metric"), row)
        grid.addWidget(editor, 0, 0)
        grid.addWidget(editor.fold, 0, 1)
        grid.addWidget(away, 0, 2)
        grid.setColumnStretch(0, 1)
        editor.extended.connect(lambda widget: grid.addWidget(widget, 1, 0, 1, 3))
        editor.committed.connect(lambda value: self._replace(place, [value]))
        away.clicked.connect(lambda: self._replace(place, []))
        self._column.insertWidget(place, row)
        self._rows.append(row)
        self.editors.append(editor)

    def _replace(self, place: int, values: list[Any]) -> None:
        self.changed.emit([*self._values[:place], *values, *self._values[place + 1 :]])

    def _fill(self) -> None:
        self.add.offer([option.title for option in self._kit.options(FAMILY)])

    def _add(self) -> None:
        option = self._kit.find(FAMILY, self.add.currentText())
        self.add.show_text(self.tr("Add a metric"), faint=True)
        if option is not None:
            self.changed.emit([*self._values, {"object": option.key, "params": {}}])
