"""Editors of Keras objects: their own parameters, lists of them, and problems below fields."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog, ParamSpec
from designer.document.problem import Problem, Where
from designer.ui.widgets.fields import Combo, Line
from designer.ui.widgets.form import ParamForm, kit_for
from designer.ui.widgets.object_list import LayersEditor
from designer.ui.widgets.objects import ObjectEditor
from designer.ui.widgets.row import ParamRow
from tests.ui.widgets.editor_bench import bench


def chosen(combo: Combo, text: str) -> None:
    combo.fill()
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


def test_an_activation_shows_its_curve_in_the_field_and_in_the_list(
    qtbot: QtBot, catalog: Catalog
) -> None:
    made = bench(qtbot, ParamSpec("activation", "activation", nullable=True), catalog, "tanh")
    assert isinstance(made.editor, ObjectEditor)
    combo = made.editor.combo
    assert combo.accessibleDescription() == "tanh: -1 at -8, 0 at 0, 1 at 8"
    combo.fill()
    bare = [combo.itemText(i) for i in range(combo.count()) if combo.itemIcon(i).isNull()]
    assert bare == []
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    assert combo.itemData(combo.findText("relu"), role) == "relu: 0 at -8, 0 at 0, 8 at 8"
    assert combo.findText("threshold") < 0  # it needs numbers that a name cannot give


def test_a_list_of_layers_takes_one_more_and_gives_one_up(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, ParamSpec("cells", "layers", required=True), catalog, [])
    assert isinstance(made.editor, LayersEditor)
    chosen(made.editor.list.add, "LSTMCell")
    (cells,) = made.said
    assert [cell["object"] for cell in cells] == ["layers.LSTMCell"]
    made.editor.show_value(cells)
    made.editor.list.editors[0].fold.click()
    form = made.editor.list.editors[0].form
    assert isinstance(form, ParamForm)
    form.rows["units"].editor.committed.emit(7)
    assert made.said[-1][0]["params"]["units"] == 7
    made.editor.list.buttons[0].click()
    assert made.said[-1] == []


def test_a_layer_in_a_layer_in_a_layer_is_edited_where_it_stands(
    qtbot: QtBot, catalog: Catalog
) -> None:
    dense = {"object": "layers.Dense", "params": {"units": 3}}
    value = {"object": "layers.TimeDistributed", "params": {"layer": dense}}
    row = ParamRow(ParamSpec("layer", "layer", required=True), kit_for(catalog))
    qtbot.addWidget(row)
    said: list[Any] = []
    told: list[ParamSpec] = []
    row.editor.committed.connect(said.append)
    row.editor.told.connect(told.append)
    row.show_value(value)
    row.show()
    outer = row.editor
    assert isinstance(outer, ObjectEditor)
    outer.fold.click()
    assert isinstance(outer.form, ParamForm)
    inner = outer.form.rows["layer"].editor
    assert isinstance(inner, ObjectEditor)
    inner.fold.click()
    assert isinstance(inner.form, ParamForm)
    units = inner.form.rows["units"]
    units.editor.committed.emit(5)
    assert said[-1]["params"]["layer"] == {"object": "layers.Dense", "params": {"units": 5}}
    units.editor.arrived.emit()
    assert told[-1].name == "units"
    order = row.stops()
    places = [order.index(stop) for stop in (outer, outer.fold, inner, inner.fold, units.editor)]
    assert places == sorted(places)


def test_a_parameter_of_an_object_goes_back_alone_and_a_bare_object_is_its_short_name(
    qtbot: QtBot, catalog: Catalog
) -> None:
    value = {"object": "initializers.HeNormal", "params": {"seed": 3}}
    param = ParamSpec("kernel_initializer", "initializer", default="glorot_uniform")
    row = ParamRow(param, kit_for(catalog))
    qtbot.addWidget(row)
    said: list[Any] = []
    row.editor.committed.connect(said.append)
    row.show_value(value)
    assert "GlorotUniform" in row.back.toolTip()
    assert isinstance(row.editor, ObjectEditor)
    row.editor.fold.click()
    assert isinstance(row.editor.form, ParamForm)
    row.editor.form.rows["seed"].back.click()
    assert said == ["he_normal"]


def test_what_is_wrong_with_a_value_stands_below_its_field(qtbot: QtBot, catalog: Catalog) -> None:
    params = tuple(ParamSpec(f"p{n}", "int", default=0) for n in range(20))
    form = ParamForm(params, kit_for(catalog))
    qtbot.addWidget(form)
    form.show_values({})
    assert "p19" not in form.rows
    here = Problem("error", "wrong", "Not so.", {}, Where(node="n", param="p19"))
    elsewhere = Problem("error", "wrong", "Nor so.", {}, Where(node="n"))
    rest = form.show_problems(
        [here, elsewhere], lambda problem, parent: QLabel(problem.message, parent)
    )
    assert rest == [elsewhere]
    row = form.rows["p19"]
    assert [label.text() for label in row.findChildren(QLabel)] == ["p19", "Not so."]
    field = row.editor.focusProxy()
    assert isinstance(field, Line)
    assert field.toolTip() == "Not so."
    form.show_problems([], lambda problem, parent: QLabel(problem.message, parent))
    assert row.problems == ()
    assert field.toolTip() == ""


def test_a_parameter_below_the_fold_is_unfolded_to_be_shown(qtbot: QtBot, catalog: Catalog) -> None:
    params = tuple(ParamSpec(f"p{n}", "int", default=0) for n in range(20))
    form = ParamForm(params, kit_for(catalog))
    qtbot.addWidget(form)
    form.show_values({})
    form.show()
    assert form.reveal("p19")
    assert form.more.isChecked()
    assert form.focusWidget() is form.rows["p19"].editor.focusProxy()
    assert not form.reveal("nothing")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_in_a_long_list_typing_searches_and_enter_takes_what_was_found(
    qtbot: QtBot, catalog: Catalog
) -> None:
    made = bench(qtbot, ParamSpec("activation", "activation", nullable=True), catalog, "tanh")
    assert isinstance(made.editor, ObjectEditor)
    combo = made.editor.combo
    QTest.keyClick(combo, Qt.Key.Key_S)
    assert combo.view().isVisible()
    for key in (Qt.Key.Key_I, Qt.Key.Key_G):
        QTest.keyClick(combo.view(), key)
    assert made.said == []
    QTest.keyClick(combo.view(), Qt.Key.Key_Return)
    assert made.said == ["sigmoid"]


def test_while_the_rows_stay_where_they_are_a_problem_below_the_fold_is_handed_back(
    qtbot: QtBot, catalog: Catalog
) -> None:
    params = tuple(ParamSpec(f"p{n}", "int", default=0) for n in range(20))
    form = ParamForm(params, kit_for(catalog))
    qtbot.addWidget(form)
    form.show_values({})
    form.show()
    qtbot.waitExposed(form)
    form.rows["p0"].editor.setFocus()
    below = Problem("error", "wrong", "Not so.", {}, Where(node="n", param="p19"))
    assert form.show_problems([below], lambda p, parent: QLabel(p.message, parent)) == [below]
    above = Problem("error", "wrong", "Not so.", {}, Where(node="n", param="p1"))
    assert form.show_problems([above], lambda p, parent: QLabel(p.message, parent)) == []
    assert form.rows["p1"].problems == (above,)
