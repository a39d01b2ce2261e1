"""Every parameter of every entry of the catalogue: it has an editor that takes what Keras takes.

The default, the sample and a value made up for the kind are entered as a user would enter them,
come out of the editor as they are, are shown again, and survive being saved.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from designer.catalog.load import load
from designer.catalog.spec import LayerSpec, ObjectSpec, ParamSpec
from designer.document.problem import Problem
from designer.ui.widgets.choice import BoolEditor, ChoiceEditor
from designer.ui.widgets.editor import MIXED, UNSET, Editor, Kit
from designer.ui.widgets.fields import Combo
from designer.ui.widgets.form import ParamForm, kit_for
from designer.ui.widgets.object_list import LayersEditor
from designer.ui.widgets.objects import ObjectEditor, families
from designer.ui.widgets.reading import read
from designer.ui.widgets.row import ParamRow
from designer.ui.widgets.table import EDITORS
from designer.ui.widgets.text import TextEditor, same
from designer.ui.widgets.writing import write

CATALOG = load()
OBJECTS = frozenset(("activation", "initializer", "regularizer", "constraint", "layer", "object"))
ENTRIES = [*CATALOG.layers.values(), *CATALOG.objects.values()]
DENSE = {"object": "layers.Dense", "params": {"units": 3}}
MADE_UP: dict[str, list[Any]] = {
    "string": ["some words"],
    "shape": [[None, 3], [7]],
    "dtype": ["float16"],
    "policy": ["mixed_float16", "bfloat16"],
    "activation": ["relu"],
    "initializer": ["zeros"],
    "regularizer": [{"object": "regularizers.L2", "params": {"l2": 0.5}}, "l2"],
    "constraint": ["non_neg"],
    "layer": [DENSE],
    "layers": [[DENSE, {"object": "layers.Flatten", "params": {}}], []],
    "json": [3, "a", [1, [2.5, None]], {"a": True}],
}


def made_up(param: ParamSpec) -> list[Any]:
    low, high = param.minimum, param.maximum
    whole = 7 if high is None else int(high)
    real = 0.25 if low is None or low <= 0.25 else low + 0.25
    count = param.length or 3
    by_kind: dict[str, list[Any]] = {
        "bool": [True, False],
        "int": [whole],
        "float": [real],
        "ints": [whole, [whole] * count],
        "floats": [real, [real] * count],
        "choice": list(param.choices),
    }
    return by_kind.get(param.kind, MADE_UP.get(param.kind, []))


def candidates(spec: LayerSpec | ObjectSpec, param: ParamSpec) -> Iterator[Any]:
    """Values that the parameter takes, the default first."""
    if not param.required:
        yield param.default
    sample = spec.sample if isinstance(spec, LayerSpec) else {}
    if param.name in sample:
        yield sample[param.name]
    if param.nullable:
        yield None
    yield from made_up(param)


def choose(combo: Combo, text: str) -> None:
    combo.fill()
    place = combo.findText(text)
    assert place >= 0, text
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


class Told:
    """What an editor committed, shown again at once as the inspector does."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self.said: list[Any] = []
        self.complaints: list[str] = []
        editor.committed.connect(self._hear)
        editor.complained.connect(self._mind)

    def _hear(self, value: Any) -> None:
        self.said.append(value)
        self.editor.show_value(value)

    def _mind(self, problem: Problem | None) -> None:
        if problem is not None:
            self.complaints.append(problem.message)


def enter(told: Told, value: Any) -> None:
    """As a user would: typed, clicked or chosen."""
    editor = told.editor
    if isinstance(editor, TextEditor):
        editor.line.setText(write(editor.param, value))
        editor.line.setModified(True)
        editor.line.textEdited.emit(editor.line.text())
        editor.line.entered.emit()
    elif isinstance(editor, BoolEditor):
        editor.box.click()
        for _ in range(2):
            if told.said[-1] is not value:
                editor.box.click()
    elif isinstance(editor, ChoiceEditor):
        choose(editor.combo, write(editor.param, value))
    elif isinstance(editor, ObjectEditor):
        enter_object(editor, value)
    elif isinstance(editor, LayersEditor):
        if not value and value is not None:
            editor.list.changed.emit([])
        for place, layer in enumerate(value or ()):
            choose(editor.list.add, layer["object"].rpartition(".")[2])
            enter_object(editor.list.editors[place], layer)


def enter_object(editor: ObjectEditor, value: Any) -> None:
    option = editor.kit.find(families(editor.param), value)
    title = option.title if option else write(editor.param, value)
    if editor.combo.currentText() != title:
        choose(editor.combo, title)
    if isinstance(value, dict) and value["params"]:
        editor.fold.setChecked(True)
        assert isinstance(editor.form, ParamForm)
        for name, inner in value["params"].items():
            editor.form.reveal(name)
            editor.form.rows[name].editor.committed.emit(inner)


def alike(kit: Kit, param: ParamSpec, one: Any, other: Any) -> bool:
    """The same value, or two of Keras' names for one object."""
    if isinstance(other, str) and param.kind in OBJECTS:
        return kit.find(families(param), one) is kit.find(families(param), other) is not None
    return same(one, other)


@pytest.fixture(scope="module")
def kit() -> Kit:
    return kit_for(CATALOG)


@pytest.mark.parametrize("spec", ENTRIES, ids=lambda spec: spec.key)
def test_every_parameter_has_an_editor_that_takes_its_values(
    qtbot: QtBot, kit: Kit, spec: LayerSpec | ObjectSpec
) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    for param in spec.params:
        name = f"{spec.key}.{param.name}"
        assert param.kind in EDITORS, name
        row = ParamRow(param, kit, home)
        told = Told(row.editor)
        told.editor.show_value(UNSET)
        told.editor.finish()
        assert told.said == [], name  # looking at a parameter sets nothing
        for value in candidates(spec, param):
            told.said.clear()
            told.editor.show_value(MIXED)
            enter(told, value)
            if value == "" or (value is None and param.kind == "layers"):
                continue  # an empty field is the default
            assert told.complaints == [], (name, value)
            assert told.said, (name, value)
            assert alike(kit, param, told.said[-1], value), (name, value, told.said)
            assert alike(kit, param, saved(told.said[-1]), value), (name, value)
            told.editor.show_value(value)
            told.editor.finish()
        row.setParent(None)
        row.deleteLater()


def saved(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


@pytest.mark.parametrize("spec", ENTRIES, ids=lambda spec: spec.key)
def test_every_value_is_read_as_it_is_written(spec: LayerSpec | ObjectSpec) -> None:
    for param in spec.params:
        for value in candidates(spec, param):
            if param.kind not in OBJECTS | {"layers"}:
                assert same(read(param, write(param, value)), value), (param.name, value)
