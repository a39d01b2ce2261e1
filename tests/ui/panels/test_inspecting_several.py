"""The inspector of several nodes: what they share is edited in one step."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.document import edits
from designer.document.model import Node
from designer.ui.panels.inspector import InspectorPanel
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.widgets.editor import MIXED
from designer.ui.widgets.form import ParamForm
from designer.ui.widgets.objects import ObjectEditor
from designer.ui.widgets.text import TextEditor
from tests.ui.panels.inspector_desk import editor, editor_of, inspect, row, type_over


@pytest.fixture
def panel(qtbot: QtBot, session: Session, light: Theme) -> InspectorPanel:
    return inspect(qtbot, session, light)


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


def test_of_several_nodes_it_says_how_many_are_bypassed(
    panel: InspectorPanel, session: Session
) -> None:
    session.do("Bypass", lambda d: edits.bypass(d, {"conv2", "sum"}, on=True))
    session.select({"conv1", "conv2", "sum"})
    assert panel.bypass_line.text.text() == "2 of these 3 nodes are bypassed."
    panel.bypass_line.button.click()
    assert not session.document.graph.bypassed


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
