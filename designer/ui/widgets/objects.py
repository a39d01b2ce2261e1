"""The editor of a Keras object: which one, and below it that object's own parameters."""

import json
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from designer.catalog.spec import ParamSpec
from designer.ui.widgets.buttons import GlyphButton
from designer.ui.widgets.curve import curve_icon, curve_words
from designer.ui.widgets.editor import MIXED, UNSET, Editor, Kit, NestedForm, Option
from designer.ui.widgets.fields import Combo
from designer.ui.widgets.glyphs import Glyph
from designer.ui.widgets.writing import write

_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "activation": ("activations",),
    "initializer": ("initializers",),
    "regularizer": ("regularizers",),
    "constraint": ("constraints",),
    "layer": ("layers",),
}
_ANY = (
    "initializers", "regularizers", "constraints", "losses", "optimizers", "metrics",
    "optimizers.schedules", "layers",
)  # fmt: skip


def families(param: ParamSpec) -> tuple[str, ...]:
    """Which families the parameter takes; of kind "object" its choices name them, or any."""
    return _FAMILIES.get(param.kind) or param.choices or _ANY


class ObjectEditor(Editor):
    """A combobox over a family, and a fold with the chosen object's parameters.

    The value is the plain string that Keras has for the object while none of its parameters is
    set ("he_normal"), {"object": key, "params": {...}} otherwise.
    """

    def __init__(self, param: ParamSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(param, kit, parent)
        self._families = families(param)
        self._options = kit.options(self._families)
        self._shown: Option | None = None
        self.form: NestedForm | None = None
        self.combo = Combo(self)
        text = QCoreApplication.translate("Editor", "Show the parameters of {name}")
        self.fold = GlyphButton(Glyph.RIGHT, text.format(name=param.name), parent)
        self.fold.setCheckable(True)
        self.aside = self.fold
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)
        self._take(self.combo)
        if any(option.curve for option in self._options):
            self.combo.set_pictures(self._picture)
        self.combo.filling.connect(self._fill)
        self.combo.activated.connect(self._chosen)
        self.combo.arrived.connect(self.arrived)
        self.fold.toggled.connect(self._unfold)
        self.render_value()

    @property
    def option(self) -> Option | None:
        """The object that applies, None for None and for what the catalogue does not know."""
        return self.kit.find(self._families, self.effective)

    def render_value(self) -> None:
        """The object's title; grey while it is only the default."""
        option = None if self._value is MIXED else self.option
        self.combo.show_text(self._text(option), faint=self._value in (UNSET, MIXED))
        words = curve_words(option.title, option.curve) if option and option.curve else ""
        self.combo.setAccessibleDescription(words)
        self.fold.setVisible(option is not None and bool(option.params))
        if option is not self._shown:
            self._drop_form()
        self._shown = option
        if self.form is None and self.fold.isChecked():
            self._unfold()
        elif self.form is not None:
            self.form.show_values(self._params())

    def finish(self) -> None:
        """Commit or drop what is being typed in the object's parameters."""
        if self.form is not None:
            self.form.finish()

    def documented(self) -> ParamSpec:
        """The parameter's words, and below them those of the object that applies."""
        option = None if self._value is MIXED else self.option
        if option is None or not option.doc:
            return self.param
        return replace(self.param, doc=f"{self.param.doc}\n\n{option.title}: {option.doc}")

    def default_text(self) -> str:
        """The title of the default, as the field shows it."""
        default = self.kit.find(self._families, self.param.default)
        return default.title if default is not None else super().default_text()

    def stops(self) -> list[QWidget]:
        """The field, the fold, and all that the fold has opened."""
        opened = self.form is not None and self.fold.isChecked()
        return [self, self.fold, *(self.form.stops() if opened and self.form else ())]

    def _params(self) -> Mapping[str, Any]:
        value = self.effective
        params = value.get("params", {}) if isinstance(value, Mapping) else {}
        return params if isinstance(params, Mapping) else {}

    def _text(self, option: Option | None) -> str:
        if self._value is MIXED:
            return QCoreApplication.translate("Editor", "several values")
        if self._value is UNSET and self.param.required:
            return QCoreApplication.translate("Editor", "required")
        if option is not None:
            return option.title
        value = self.effective
        if isinstance(value, Mapping | list | tuple):
            return json.dumps(value, ensure_ascii=False, default=str)
        return write(self.param, value)

    def _fill(self) -> None:
        none = [write(self.param, None)] if self.param.nullable else []
        self.combo.offer([*none, *(option.title for option in self._options)])
        for place, option in enumerate(self._options, len(none)):
            first = option.doc.partition("\n")[0].replace("`", "")
            self.combo.setItemData(place, first, Qt.ItemDataRole.ToolTipRole)
            words = curve_words(option.title, option.curve) if option.curve else first
            self.combo.setItemData(place, words, Qt.ItemDataRole.AccessibleDescriptionRole)

    def _picture(self, text: str, palette: QPalette) -> QIcon:
        """The curve of the activation called so, of linear where that is none."""
        none = text == write(self.param, None) and self.param.kind == "activation"
        option = self.kit.find(self._families, "linear" if none else text)
        if option is None or not option.curve:
            return QIcon()
        role = QPalette.ColorRole
        return curve_icon(option.curve, palette.color(role.Text), palette.color(role.Mid))

    def _chosen(self) -> None:
        text = self.combo.currentText()
        if self._value is not MIXED and text == self._text(self.option):
            return
        found = [option for option in self._options if option.title == text]
        if not found and self.param.nullable and text == write(self.param, None):
            self.committed.emit(None)
        elif found:
            self.stepping = self.combo.stepping
            self.committed.emit(_value(found[0], dict(found[0].sample)))
        self.stepping = False
        self.render_value()

    def _drop_form(self) -> None:
        if self.form is not None:
            self.form.discard()
        self.form = None

    def _unfold(self) -> None:
        wanted = self.fold.isChecked() and self._shown is not None and bool(self._shown.params)
        self.fold.set_glyph(Glyph.DOWN if self.fold.isChecked() else Glyph.RIGHT)
        if wanted and self.form is None and self._shown is not None:
            self.form = self.kit.form(self._shown.params, self.kit)
            self.form.changed.connect(self._set)
            self.form.forgotten.connect(self._forget)
            self.form.arrived.connect(self.told)
            self.form.grown.connect(self.grown)
            self.form.trying.connect(self._try)
            self.form.show_values(self._params())
            self.extended.emit(self.form)
        if self.form is not None:
            self.form.setVisible(wanted)
        self.grown.emit()

    def _set(self, name: str, value: Any) -> None:
        if self._shown is not None:
            self.stepping = self.form is not None and self.form.stepping(name)
            self.committed.emit(_value(self._shown, {**self._params(), name: value}))
            self.stepping = False

    def _try(self, name: str, value: Any) -> None:
        if self._shown is not None:
            whole = _value(self._shown, {**self._params(), name: value})
            self.trying.emit(UNSET if value is UNSET else whole)

    def _forget(self, name: str) -> None:
        rest = {key: value for key, value in self._params().items() if key != name}
        if self._shown is not None:
            self.committed.emit(_value(self._shown, rest))


def object_value(option: Option) -> dict[str, Any]:
    """A new object with what it cannot do without, always with its parameters."""
    return {"object": option.key, "params": dict(option.sample)}


def _value(option: Option, params: dict[str, Any]) -> Any:
    if not params and option.names and not option.key.startswith("layers."):
        return max(option.names, key=lambda name: (name.islower(), len(name)))
    return {"object": option.key, "params": params}
