"""A list of Keras objects: metrics, cells, layers, each with its own parameters."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from designer.catalog.spec import ParamKind, ParamSpec
from designer.ui.widgets.buttons import GlyphButton
from designer.ui.widgets.editor import MIXED, UNSET, Editor, Kit
from designer.ui.widgets.fields import Combo
from designer.ui.widgets.glyphs import Glyph
from designer.ui.widgets.objects import ObjectEditor, object_value

_SPACE = 8


class ObjectList(QWidget):
    """Shows objects like those of a parameter; `changed` carries the whole new list.

    `item` names one of them with its number ("Metric {n}"), `add` and `away` say what the field
    that adds one and the buttons that take one away do.
    """

    changed = Signal(object)  # list of values
    told = Signal(object)  # ParamSpec with its documentation
    grown = Signal()

    def __init__(
        self, kit: Kit, family: str, words: tuple[str, str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._kind: ParamKind = "layer" if family == "layers" else "object"
        self._family = family
        self._item, self._call, self._away = words
        self._values: list[Any] = []
        self.editors: list[ObjectEditor] = []
        self.buttons: list[GlyphButton] = []
        self._rows: list[QWidget] = []
        self.add = Combo(self)
        self.add.setAccessibleName(self._call)
        self.add.show_text(self._call, faint=True)
        self.add.filling.connect(self._fill)
        self.add.activated.connect(self._add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_SPACE)
        self._column.addWidget(self.add)

    def show_values(self, values: Sequence[Any]) -> None:
        """Show these objects; rows are made or dropped as their number asks."""
        self._values = list(values)
        before = len(self._rows)
        while len(self._rows) > len(self._values):
            self._drop_row()
        while len(self._rows) < len(self._values):
            self._make_row(len(self._rows))
        for editor, value in zip(self.editors, self._values, strict=True):
            editor.show_value(value)
        if before != len(self._rows):
            self.grown.emit()

    def finish(self) -> None:
        """Commit or drop what is being typed."""
        for editor in self.editors:
            editor.finish()

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops in it, in this order."""
        found: list[QWidget] = []
        for editor, button in zip(self.editors, self.buttons, strict=True):
            field, *inner = editor.stops()
            found += [field, button, *inner]
        return [*found, self.add]

    def _drop_row(self) -> None:
        row = self._rows.pop()
        self.editors.pop()
        self.buttons.pop()
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _make_row(self, place: int) -> None:
        row = QWidget(self)
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        name = self._item.format(n=place + 1)
        param = ParamSpec(name, self._kind, required=True, choices=(self._family,))
        editor = ObjectEditor(param, self._kit, row)
        away = GlyphButton(Glyph.REMOVE, self._away, row)
        grid.addWidget(editor, 0, 0)
        grid.addWidget(editor.fold, 0, 1)
        grid.addWidget(away, 0, 2)
        grid.setColumnStretch(0, 1)
        editor.extended.connect(lambda widget: grid.addWidget(widget, 1, 0, 1, 3))
        editor.committed.connect(lambda value: self._replace(place, [value]))
        editor.told.connect(self.told)
        editor.grown.connect(self.grown)
        away.clicked.connect(lambda: self._replace(place, []))
        self._column.insertWidget(place, row)
        self._rows.append(row)
        self.editors.append(editor)
        self.buttons.append(away)

    def _replace(self, place: int, values: list[Any]) -> None:
        self.changed.emit([*self._values[:place], *values, *self._values[place + 1 :]])

    def _fill(self) -> None:
        self.add.offer([option.title for option in self._kit.options((self._family,))])

    def _add(self) -> None:
        option = self._kit.find((self._family,), self.add.currentText())
        self.add.show_text(self._call, faint=True)
        if option is not None:
            self.changed.emit([*self._values, object_value(option)])


class LayersEditor(Editor):
    """A parameter that takes a list of layers: a field that adds one, and below it those there are.

    An emptied list is committed as such; where None is the default, that is the way back to it.
    """

    def __init__(self, param: ParamSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(param, kit, parent)
        say = QCoreApplication.translate
        words = (
            say("Editor", "Layer {n}"), say("Editor", "Add a layer"), say("Editor", "Take it away"),
        )  # fmt: skip
        self.list = ObjectList(kit, "layers", words, self)
        self.list.changed.connect(self.committed)
        self.list.told.connect(self.told)
        self.list.grown.connect(self.grown)
        self.list.add.arrived.connect(self.arrived)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list.add)  # the layers themselves have the whole width below
        self._take(self.list.add)
        self._placed = False

    def render_value(self) -> None:
        """The layers, one below the other."""
        value = self.effective if self._value is not MIXED else []
        self.list.show_values(value if isinstance(value, list) else [])
        if not self._placed:
            self._placed = True
            self.extended.emit(self.list)
        self.list.setVisible(bool(self.list.editors))
        several = QCoreApplication.translate("Editor", "several values")
        required = QCoreApplication.translate("Editor", "required")
        text = several if self._value is MIXED else ""
        if self._value is UNSET and self.param.required:
            text = required
        if text:
            self.list.add.show_text(text, faint=True)

    def finish(self) -> None:
        """Commit or drop what is being typed in the layers' parameters."""
        self.list.finish()

    def stops(self) -> list[QWidget]:
        """The field that adds one, then the layers from the top."""
        *inner, add = self.list.stops()
        return [add, *inner]
