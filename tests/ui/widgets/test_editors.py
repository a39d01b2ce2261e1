"""The editors: what they take, what they refuse, and how they go back."""

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog, ParamSpec
from designer.ui.widgets.choice import BoolEditor, ChoiceEditor
from designer.ui.widgets.editor import MIXED, UNSET, Editor
from designer.ui.widgets.fields import Line
from designer.ui.widgets.form import ParamForm, kit_for
from designer.ui.widgets.objects import ObjectEditor
from designer.ui.widgets.row import ParamRow
from tests.ui.widgets.editor_bench import Bench, bench, type_over

FILTERS = ParamSpec("filters", "int", required=True, minimum=1)
GROUPS = ParamSpec("groups", "int", default=1, minimum=1)


def test_a_number_is_committed_on_enter(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, FILTERS, catalog, 32)
    type_over(qtbot, made, "64")
    assert made.said == []
    QTest.keyClick(made.text.line, Qt.Key.Key_Return)
    assert made.said == [64]


def test_a_number_is_committed_when_the_field_is_left(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, FILTERS, catalog, 32)
    type_over(qtbot, made, "64")
    made.other.setFocus()
    assert made.said == [64]


def test_an_invalid_text_is_refused_with_a_reason_and_stays(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, FILTERS, catalog, 32)
    type_over(qtbot, made, "0")
    problem = made.complaints[-1]
    assert problem is not None
    assert "at least 1" in problem.message
    QTest.keyClick(made.text.line, Qt.Key.Key_Return)
    made.editor.show_value(32)
    assert made.text.line.text() == "0"
    assert made.said == []


def test_an_invalid_text_gives_way_when_the_field_is_left(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, FILTERS, catalog, 32)
    type_over(qtbot, made, "many")
    made.other.setFocus()
    assert made.text.line.text() == "32"
    assert made.said == []
    assert made.complaints[-1] is None


def test_escape_restores_the_value(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, FILTERS, catalog, 32)
    type_over(qtbot, made, "77")
    QTest.keyClick(made.text.line, Qt.Key.Key_Escape)
    assert made.text.line.text() == "32"
    made.other.setFocus()
    assert made.said == []


def test_an_emptied_field_asks_for_the_default(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, GROUPS, catalog, 4)
    type_over(qtbot, made, "")
    QTest.keyClick(made.text.line, Qt.Key.Key_Delete)
    QTest.keyClick(made.text.line, Qt.Key.Key_Return)
    assert made.said == ["reset"]


def test_a_required_field_cannot_be_emptied(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, FILTERS, catalog, 4)
    type_over(qtbot, made, "")
    QTest.keyClick(made.text.line, Qt.Key.Key_Delete)
    assert made.complaints[-1] is not None
    QTest.keyClick(made.text.line, Qt.Key.Key_Return)
    assert made.said == []


def test_the_default_is_shown_as_a_placeholder(qtbot: QtBot, catalog: Catalog) -> None:
    strides = ParamSpec("strides", "ints", default=[1, 1], length=2)
    made = bench(qtbot, strides, catalog)
    assert made.text.line.text() == ""
    assert made.text.line.placeholderText() == "1 × 1"


def test_arrow_keys_step_a_number_and_say_that_they_do(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, FILTERS, catalog, 32)
    series: list[bool] = []
    made.editor.committed.connect(lambda _: series.append(made.editor.stepping))
    QTest.keyClick(made.text.line, Qt.Key.Key_Up)
    QTest.keyClick(made.text.line, Qt.Key.Key_PageDown)
    assert made.said == [33, 22]
    assert series == [True, True]
    assert not made.editor.stepping


def test_a_sum_is_told_while_it_is_typed_and_committed_as_its_value(
    qtbot: QtBot, catalog: Catalog
) -> None:
    made = bench(qtbot, FILTERS, catalog, 32)
    type_over(qtbot, made, "64 * 2")
    assert made.text.line.accessibleDescription() == "= 128"
    QTest.keyClick(made.text.line, Qt.Key.Key_Return)
    assert made.said == [128]
    made.editor.show_value(128)
    assert made.text.line.text() == "128"
    assert made.text.line.accessibleDescription() == ""


def scolded(made: Bench) -> bool:
    return made.complaints[-1] is not None


def test_half_a_sum_is_not_scolded_and_not_committed(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, FILTERS, catalog, 32)
    type_over(qtbot, made, "64 *")
    assert not scolded(made)
    QTest.keyClick(made.text.line, Qt.Key.Key_Return)
    assert scolded(made)
    assert made.said == []
    type_over(qtbot, made, "64 * many")
    assert scolded(made)


def wheel(line: Line, degrees: int = 15) -> QWheelEvent:
    nothing = Qt.KeyboardModifier.NoModifier
    natural = False
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, degrees * 8), Qt.MouseButton.NoButton,
        nothing, Qt.ScrollPhase.NoScrollPhase, natural,
    )  # fmt: skip
    QApplication.sendEvent(line, event)
    return event


def test_the_wheel_steps_a_number_only_while_it_has_the_focus(
    qtbot: QtBot, catalog: Catalog
) -> None:
    made = bench(qtbot, FILTERS, catalog, 32)
    made.other.setFocus()
    assert not wheel(made.text.line).isAccepted()
    assert made.said == []
    made.text.line.setFocus()
    assert wheel(made.text.line).isAccepted()
    assert made.said == [33]


def test_of_a_pair_the_number_at_the_cursor_steps(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, ParamSpec("strides", "ints", default=[1, 1], length=2), catalog, [2, 2])
    made.text.line.setFocus()
    made.text.line.setCursorPosition(5)
    QTest.keyClick(made.text.line, Qt.Key.Key_Up)
    assert made.said == [[2, 3]]


def test_none_is_taken_only_where_it_may_be(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, ParamSpec("lora_rank", "int", nullable=True, minimum=1), catalog, 4)
    type_over(qtbot, made, "None")
    QTest.keyClick(made.text.line, Qt.Key.Key_Return)
    assert made.said == [None]


def test_a_box_with_three_states_can_say_none(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, ParamSpec("training", "bool", nullable=True), catalog)
    assert isinstance(made.editor, BoolEditor)
    assert made.editor.box.checkState() == Qt.CheckState.PartiallyChecked
    QTest.mouseClick(made.editor.box, Qt.MouseButton.LeftButton)
    assert made.said == [True]


def choose(editor: Editor, text: str) -> None:
    assert isinstance(editor, ChoiceEditor | ObjectEditor)
    editor.combo.fill()
    place = editor.combo.findText(text)
    assert place >= 0, text
    editor.combo.setCurrentIndex(place)
    editor.combo.activated.emit(place)


def test_a_choice_commits_the_chosen_word(qtbot: QtBot, catalog: Catalog) -> None:
    padding = ParamSpec("padding", "choice", default="valid", choices=("valid", "same"))
    made = bench(qtbot, padding, catalog)
    choose(made.editor, "valid")
    assert made.said == []
    choose(made.editor, "same")
    assert made.said == ["same"]


def test_an_initializer_is_chosen_by_the_plain_string_that_keras_has_for_it(
    qtbot: QtBot, catalog: Catalog
) -> None:
    param = ParamSpec("kernel_initializer", "initializer", default="glorot_uniform")
    made = bench(qtbot, param, catalog)
    assert isinstance(made.editor, ObjectEditor)
    assert made.editor.combo.currentText() == "GlorotUniform"
    choose(made.editor, "HeNormal")
    assert made.said == ["he_normal"]


def test_an_objects_own_parameters_make_it_an_object_value(qtbot: QtBot, catalog: Catalog) -> None:
    param = ParamSpec("kernel_regularizer", "regularizer", nullable=True)
    row = ParamRow(param, kit_for(catalog))
    qtbot.addWidget(row)
    row.show_value({"object": "regularizers.L2", "params": {"l2": 0.5}})
    editor = row.editor
    assert isinstance(editor, ObjectEditor)
    said: list[Any] = []
    editor.committed.connect(said.append)
    editor.fold.setChecked(True)
    assert isinstance(editor.form, ParamForm)
    inner = editor.form.rows["l2"].editor
    inner.committed.emit(0.25)
    assert said == [{"object": "regularizers.L2", "params": {"l2": 0.25}}]
    inner.reset.emit()
    assert said[-1] == "l2"


def test_a_value_that_the_catalogue_does_not_know_is_shown_and_kept(
    qtbot: QtBot, catalog: Catalog
) -> None:
    made = bench(qtbot, ParamSpec("layer", "layer", required=True), catalog, {"object": "my.Own"})
    assert isinstance(made.editor, ObjectEditor)
    assert "my.Own" in made.editor.combo.currentText()
    made.editor.finish()
    assert made.said == []


def test_a_mixed_value_is_told_and_any_value_can_be_set(qtbot: QtBot, catalog: Catalog) -> None:
    made = bench(qtbot, FILTERS, catalog, MIXED)
    assert made.text.line.placeholderText() == "several values"
    type_over(qtbot, made, "8")
    QTest.keyClick(made.text.line, Qt.Key.Key_Return)
    assert made.said == [8]


def test_the_way_back_to_the_default_is_offered_only_for_what_is_set(
    qtbot: QtBot, catalog: Catalog
) -> None:
    row = ParamRow(GROUPS, kit_for(catalog))
    qtbot.addWidget(row)
    said: list[str] = []
    row.editor.reset.connect(lambda: said.append("reset"))
    row.show_value(UNSET)
    assert row.back.isHidden()
    row.show_value(1)
    assert not row.back.isHidden()
    row.back.click()
    assert said == ["reset"]
