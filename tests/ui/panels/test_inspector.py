"""The inspector: it shows the selection and edits it, one undo step for each edit."""

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
from tests.ui.panels.inspector_desk import editor, inspect, row, type_over


@pytest.fixture
def panel(qtbot: QtBot, session: Session, light: Theme) -> InspectorPanel:
    return inspect(qtbot, session, light)


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


def test_tab_goes_from_the_fields_to_the_button_below_them(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    session.do("Set", lambda d: edits.set_param(d, "conv2", "strides", 2))
    session.select({"conv2"})
    assert panel.page.form is not None
    panel.page.form.params.more.setFocus()
    QTest.keyClick(panel.page.form.params.more, Qt.Key.Key_Tab)
    assert panel.focusWidget() is panel.page.reset
    QTest.keyClick(panel.page.reset, Qt.Key.Key_Space)
    assert session.history.undo_label == "Reset the parameters of conv2"


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


def test_a_problem_in_the_list_leads_to_the_field_of_its_parameter(
    qtbot: QtBot, panel: InspectorPanel, session: Session
) -> None:
    session.select({"conv2"})
    panel.reveal("activity_regularizer")
    field = row(panel, "activity_regularizer").editor.focusProxy()
    assert panel.focusWidget() is field
    panel.reveal("no_such_parameter")
    assert panel.focusWidget() is field
