"""The inspector: it shows the selection and edits it, one undo step for each edit."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.document import edits
from designer.document.model import Node
from designer.document.problem import Problem, Where
from designer.infer.report import NodeReport, Report
from designer.protocol import TensorSpec
from designer.ui.panels.inspector import InspectorPanel
from designer.ui.panels.sections import ProblemCard
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.widgets.editor import MIXED, Editor
from designer.ui.widgets.form import ParamForm
from designer.ui.widgets.objects import ObjectEditor
from designer.ui.widgets.row import ParamRow
from designer.ui.widgets.text import TextEditor


@pytest.fixture
def panel(qtbot: QtBot, session: Session, light: Theme) -> InspectorPanel:
    made = InspectorPanel(session, light)
    qtbot.addWidget(made)
    made.resize(260, 720)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def row(panel: InspectorPanel, name: str) -> ParamRow:
    assert panel.page.form is not None
    return panel.page.form.params.rows[name]


def editor_of(panel: InspectorPanel, name: str) -> Editor:
    return row(panel, name).editor


def editor(panel: InspectorPanel, name: str) -> TextEditor:
    found = row(panel, name).editor
    assert isinstance(found, TextEditor)
    return found


def type_over(qtbot: QtBot, editor: TextEditor, text: str) -> None:
    editor.line.setFocus()
    editor.line.selectAll()
    QTest.keyClicks(editor.line, text)


def test_an_edit_is_one_undo_step_with_a_name(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    type_over(qtbot, editor(panel, "filters"), "128")
    QTest.keyClick(editor(panel, "filters").line, Qt.Key.Key_Return)
    assert session.document.graph.nodes["conv2"].params["filters"] == 128
    assert session.history.undo_label == "Set filters of conv2"
    session.undo()
    assert session.document.graph.nodes["conv2"].params["filters"] == 64
    assert editor(panel, "filters").line.text() == "64"
    assert not session.history.can_undo


def test_a_series_of_steps_is_one_undo_step(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    for _ in range(5):
        QTest.keyClick(editor(panel, "filters").line, Qt.Key.Key_Up)
    assert session.document.graph.nodes["conv2"].params["filters"] == 69
    session.undo()
    assert session.document.graph.nodes["conv2"].params["filters"] == 64


def test_a_reset_forgets_what_was_set(panel: InspectorPanel, session: Session) -> None:
    session.select({"conv2"})
    row(panel, "padding").back.click()
    assert "padding" not in session.document.graph.nodes["conv2"].params


def test_another_selection_commits_what_was_being_typed_to_the_old_node(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    type_over(qtbot, editor(panel, "filters"), "99")
    session.select({"conv1"})
    assert session.document.graph.nodes["conv2"].params["filters"] == 99
    assert session.document.graph.nodes["conv1"].params["filters"] == 64
    assert editor(panel, "filters").line.text() == "64"


def test_an_edit_from_elsewhere_leaves_the_text_that_is_being_typed(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    line = editor(panel, "filters").line
    type_over(qtbot, editor(panel, "filters"), "12")
    line.setCursorPosition(1)
    session.do("Set", lambda d: edits.set_param(d, "conv2", "strides", 2))
    assert (line.text(), line.cursorPosition(), line.hasFocus()) == ("12", 1, True)
    assert editor(panel, "strides").line.text() == "2"


def test_a_name_is_changed_where_it_is_seen(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    panel.focus_name()
    QTest.keyClicks(panel.page.name, "bottleneck")
    QTest.keyClick(panel.page.name, Qt.Key.Key_Return)
    assert session.document.graph.nodes["conv2"].name == "bottleneck"
    assert session.history.undo_label == "Rename conv2 to bottleneck"


@pytest.mark.parametrize(
    ("name", "reason"), [("conv1", "named conv1 already"), ("a/b", "no '/'"), (" ", "needs a name")]
)
def test_a_name_that_keras_or_the_design_cannot_have_is_refused_with_a_reason(
    qtbot: QtBot, panel: InspectorPanel, session: Session, name: str, reason: str
) -> None:
    session.select({"conv2"})
    panel.focus_name()
    QTest.keyClicks(panel.page.name, name)
    assert reason in panel.page.refusal.text()
    QTest.keyClick(panel.page.name, Qt.Key.Key_Return)
    assert session.document.graph.nodes["conv2"].name == "conv2"
    QTest.keyClick(panel.page.name, Qt.Key.Key_Escape)
    assert panel.page.name.text() == "conv2"
    assert panel.page.refusal.isHidden()


def test_nodes_of_one_type_are_edited_together_in_one_step(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    session.do("Set", lambda d: edits.set_param(d, "conv2", "filters", 8))
    session.select({"conv1", "conv2"})
    assert panel.page.name.text() == "2 nodes"
    assert editor(panel, "filters").line.placeholderText() == "several values"
    type_over(qtbot, editor(panel, "filters"), "16")
    QTest.keyClick(editor(panel, "filters").line, Qt.Key.Key_Return)
    found = [session.document.graph.nodes[key].params["filters"] for key in ("conv1", "conv2")]
    assert found == [16, 16]
    session.undo()
    assert session.document.graph.nodes["conv2"].params["filters"] == 8


def test_nodes_of_several_types_are_counted(panel: InspectorPanel, session: Session) -> None:
    session.select({"conv1", "conv2", "sum"})
    assert panel.page.name.text() == "3 nodes"
    assert panel.page.name.isReadOnly()
    assert re.sub("<.*?>", "", panel.page.types.text()) == "2\u00a0Conv2D, 1\u00a0Add"
    panel.page.types.linkActivated.emit("layers.Conv2D")
    assert session.selection == {"conv1", "conv2"}
    assert panel.page.types.isHidden()
    assert panel.page.kind.text() == "Conv2D"


def test_nodes_of_several_types_are_edited_in_what_they_share(
    panel: InspectorPanel, session: Session
) -> None:
    session.select({"image", "conv1", "sum", "out"})
    assert panel.page.form is not None
    assert "filters" not in panel.page.form.params.rows
    editor_of(panel, "dtype").committed.emit("float16")
    graph = session.document.graph.nodes
    assert [graph[key].params["dtype"] for key in ("conv1", "sum")] == ["float16"] * 2
    assert not any("dtype" in graph[key].params for key in ("image", "out"))
    session.do("Set", lambda d: edits.set_param(d, "sum", "dtype", "float32"))
    assert editor_of(panel, "dtype").value is MIXED
    row(panel, "dtype").back.click()
    graph = session.document.graph.nodes
    assert all("dtype" not in graph[key].params for key in ("conv1", "sum"))
    session.undo()
    graph = session.document.graph.nodes
    assert [graph[key].params["dtype"] for key in ("conv1", "sum")] == ["float16", "float32"]


def test_arguments_of_several_calls_are_set_together(
    panel: InspectorPanel, session: Session
) -> None:
    norm = Node("norm", "layers.BatchNormalization", "norm")
    drop = Node("drop", "layers.Dropout", "drop", {"rate": 0.5})
    session.do("Add", lambda d: edits.add(d, [norm, drop]))
    session.select({"norm", "drop"})
    assert panel.page.form is not None
    assert panel.page.form.call is not None
    off: object = False
    panel.page.form.call.rows["training"].editor.committed.emit(off)
    graph = session.document.graph.nodes
    assert [graph[key].arguments for key in ("norm", "drop")] == [{"training": False}] * 2
    session.undo()
    assert not session.document.graph.nodes["norm"].arguments


def test_nodes_that_share_nothing_say_so(panel: InspectorPanel, session: Session) -> None:
    session.do("Add", lambda d: edits.add(d, [Node("fold", "ops.max", "fold")]))
    session.select({"conv1", "fold"})
    assert "no parameter in common" in panel.page.doc.toPlainText()


def test_all_that_may_go_back_to_its_default_goes_back_in_one_step(
    panel: InspectorPanel, session: Session
) -> None:
    session.do("Set", lambda d: edits.set_param(d, "conv1", "strides", 2))
    session.select({"conv1", "conv2"})
    assert panel.page.reset.text() == "Reset 2 parameters"
    assert panel.page.reset.toolTip() == "To their defaults: padding, strides"
    panel.page.reset.click()
    graph = session.document.graph.nodes
    needed = {"filters": 64, "kernel_size": 3}
    assert [graph[key].params for key in ("conv1", "conv2")] == [needed, needed]
    assert panel.page.reset.isHidden()
    session.undo()
    assert session.document.graph.nodes["conv1"].params["strides"] == 2


def test_a_problem_of_a_parameter_stands_below_its_field(
    panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    where = Where(node="conv2", param="activity_regularizer")
    problem = Problem("error", "x", "It does not fit.", where=where, detail="Keras")
    session.reported.emit(Report({}, (problem,)))
    assert panel.page.problems.cards == []
    assert row(panel, "activity_regularizer").isVisible()
    (card,) = row(panel, "activity_regularizer").findChildren(ProblemCard)
    assert card.message.text() == "It does not fit."
    session.reported.emit(Report({}, ()))
    assert row(panel, "activity_regularizer").problems == ()


def test_shapes_parameters_and_problems_of_the_node_are_told(
    panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    shape = (TensorSpec((None, 32, 32, 64)),)
    told = NodeReport(shape, 36928, 36928, known=True)
    problem = Problem("error", "x", "It does not fit.", where=Where(node="conv2"), detail="Keras")
    session.reported.emit(Report({"conv1": told, "conv2": told}, (problem,)))
    assert panel.page.shapes.text() == "32×32×64 → 32×32×64"
    assert panel.page.count.text() == "36,928"
    (card,) = panel.page.problems.cards
    assert card.message.text() == "It does not fit."
    assert card.detail.isHidden()
    card.fold.click()
    assert card.detail.isVisible()


def test_a_shared_layer_names_its_owner_and_leads_to_it(
    panel: InspectorPanel, session: Session
) -> None:
    session.select({"again"})
    assert "conv1" in panel.page.note.text()
    assert editor(panel, "filters").line.text() == "64"
    panel.page.note.linkActivated.emit("conv1")
    assert session.selection == {"conv1"}
    assert panel.page.note.isHidden()


def test_connections_lead_to_the_nodes_at_their_other_ends(
    panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    assert "conv1" in panel.page.wires.text()
    panel.page.wires.linkActivated.emit("sum")
    assert session.selection == {"sum"}


def test_the_documentation_follows_the_focus(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    assert panel.page.doc.toPlainText().startswith("2D convolution")
    editor(panel, "filters").line.setFocus()
    qtbot.waitUntil(lambda: panel.page.doc.toPlainText().startswith("filters: "))


def test_a_parameter_that_the_catalogue_does_not_know_can_be_seen_and_taken_away(
    panel: InspectorPanel, session: Session
) -> None:
    session.do("Set", lambda d: edits.set_param(d, "conv2", "border_mode", "same"))
    session.select({"conv2"})
    assert editor(panel, "border_mode").line.text() == '"same"'
    row(panel, "border_mode").back.click()
    assert "border_mode" not in session.document.graph.nodes["conv2"].params


def test_a_type_that_the_catalogue_does_not_know_is_shown(
    panel: InspectorPanel, session: Session
) -> None:
    session.do("Add", lambda d: edits.add(d, [Node("own", "layers.Mine", "own", {"a": 1})]))
    session.select({"own"})
    assert panel.page.kind.text() == "Mine"
    assert editor(panel, "a").line.text() == "1"


def test_removing_the_selected_node_shows_the_design(
    panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    session.do("Delete", lambda d: edits.remove(d, {"conv2"}))
    assert panel.design.isVisible()


def test_a_form_that_was_made_out_of_sight_has_its_room_when_it_is_seen(
    qtbot: QtBot, session: Session, light: Theme
) -> None:
    session.select({"sum"})
    made = InspectorPanel(session, light)
    qtbot.addWidget(made)
    made.resize(260, 720)
    made.show()
    qtbot.waitExposed(made)
    assert row(made, "trainable").height() > 16


def test_a_bypassed_node_says_so_and_is_switched_on_again_there(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    line = panel.bypass_line
    assert not line.isVisible()
    session.do("Bypass", lambda d: edits.bypass(d, {"conv2"}, on=True))
    assert line.isVisible()
    assert line.text.text().startswith("Bypassed:")
    assert editor(panel, "filters").line.text() == "64"  # it keeps its parameters
    QTest.mouseClick(line.button, Qt.MouseButton.LeftButton)
    assert not line.isVisible()
    assert not session.document.graph.bypassed
    assert session.history.undo_label == "Switch on"
    session.undo()
    assert line.isVisible()
    session.select(())
    assert not line.isVisible()


def test_of_several_nodes_it_says_how_many_are_bypassed(
    panel: InspectorPanel, session: Session
) -> None:
    session.do("Bypass", lambda d: edits.bypass(d, {"conv2", "sum"}, on=True))
    session.select({"conv1", "conv2", "sum"})
    assert panel.bypass_line.text.text() == "2 of these 3 nodes are bypassed."
    panel.bypass_line.button.click()
    assert not session.document.graph.bypassed


def test_a_problem_in_the_list_leads_to_the_field_of_its_parameter(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    panel.reveal("activity_regularizer")
    field = row(panel, "activity_regularizer").editor.focusProxy()
    assert panel.focusWidget() is field
    panel.reveal("no_such_parameter")
    assert panel.focusWidget() is field


def test_steps_inside_an_object_and_through_a_list_are_one_undo_step_each(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    value = {"object": "initializers.HeNormal", "params": {"seed": 3}}
    session.do("Set", lambda d: edits.set_param(d, "conv2", "kernel_initializer", value))
    session.select({"conv2"})
    shown = editor_of(panel, "kernel_initializer")
    assert isinstance(shown, ObjectEditor)
    shown.fold.click()
    assert isinstance(shown.form, ParamForm)
    seed = shown.form.rows["seed"].editor
    assert isinstance(seed, TextEditor)
    for _ in range(3):
        QTest.keyClick(seed.line, Qt.Key.Key_Up)
    params = session.document.graph.nodes["conv2"].params
    assert params["kernel_initializer"]["params"] == {"seed": 6}
    session.undo()
    assert session.document.graph.nodes["conv2"].params["kernel_initializer"] == value
    activation = editor_of(panel, "activation")
    assert isinstance(activation, ObjectEditor)
    for _ in range(3):
        QTest.keyClick(activation.combo, Qt.Key.Key_Down)
    assert session.document.graph.nodes["conv2"].params["activation"] == "exponential"
    session.undo()
    assert "activation" not in session.document.graph.nodes["conv2"].params
    assert session.history.undo_label == "Set"
