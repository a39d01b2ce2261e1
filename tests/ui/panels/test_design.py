"""The design panel: name, data and training plan, each edit an undo step."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from designer.codegen.datasets import SOURCES
from designer.document import edits
from designer.document.model import (
    INPUT,
    OUTPUT,
    DatasetChoice,
    Document,
    Edge,
    Graph,
    Node,
    ObjectValue,
)
from designer.document.problem import Problem, Where
from designer.infer.report import Port, Report, Totals
from designer.protocol import TensorSpec
from designer.ui.panels.design import DesignPanel
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.widgets.form import ParamForm
from designer.ui.widgets.objects import ObjectEditor
from designer.ui.widgets.text import TextEditor


@pytest.fixture
def panel(qtbot: QtBot, session: Session, light: Theme) -> DesignPanel:
    made = DesignPanel(session, light)
    qtbot.addWidget(made)
    made.resize(260, 720)
    made.show()
    qtbot.waitExposed(made)
    return made


def choose(panel: DesignPanel, title: str) -> None:
    combo = panel.data.source
    combo.fill()
    combo.setCurrentText(title)
    combo.activated.emit(combo.currentIndex())


def title(key: str) -> str:
    return next(source.title for source in SOURCES if source.key == key)


def told(panel: DesignPanel) -> list[str]:
    return [card.message.text() for card in panel.data.problems.cards]


def field(form: ParamForm, name: str) -> TextEditor:
    found = form.rows[name].editor
    assert isinstance(found, TextEditor)
    return found


def test_the_name_of_the_design_is_changed_where_it_is_seen(
    qtbot: QtBot, panel: DesignPanel, session: Session
) -> None:
    panel.name.selectAll()
    QTest.keyClicks(panel.name, "arch")
    QTest.keyClick(panel.name, Qt.Key.Key_Return)
    assert session.document.name == "arch"
    session.undo()
    assert panel.name.text() == "tower"


def test_the_chosen_data_tell_their_facts(
    qtbot: QtBot, panel: DesignPanel, session: Session
) -> None:
    choose(panel, title("photos_denoise"))
    assert session.document.data == DatasetChoice("photos_denoise")
    qtbot.waitUntil(lambda: "32×32×3" in panel.data.facts.text())
    assert "samples for training" in panel.data.facts.text()
    assert session.history.undo_label == "Choose the data"


def test_an_option_of_the_data_is_edited_and_its_facts_follow(
    qtbot: QtBot, panel: DesignPanel, session: Session
) -> None:
    choose(panel, title("photos_denoise"))
    assert panel.data.form is not None
    field(panel.data.form, "patch_size").committed.emit(16)
    assert session.document.data == DatasetChoice("photos_denoise", {"patch_size": 16})
    qtbot.waitUntil(lambda: "16×16×3" in panel.data.facts.text())
    panel.data.form.rows["patch_size"].back.click()
    assert session.document.data == DatasetChoice("photos_denoise")


def test_a_file_that_is_not_there_is_told_once_and_another_can_be_chosen(
    qtbot: QtBot, panel: DesignPanel, session: Session, tmp_path: Path
) -> None:
    assert panel.data.browse.isHidden()
    choose(panel, title("npz"))
    assert panel.data.browse.isVisible()
    assert panel.data.form is not None
    field(panel.data.form, "path").committed.emit(str(tmp_path / "gone.npz"))
    qtbot.waitUntil(lambda: "gone.npz" in " ".join(told(panel)))
    assert len(told(panel)) == len(set(told(panel)))
    assert panel.data.facts.isHidden()


def test_the_training_plan_is_edited_in_keras_words(panel: DesignPanel, session: Session) -> None:
    panel.training.changed.emit("epochs", 3)
    panel.training.changed.emit("loss", "binary_crossentropy")
    rate = {"object": "optimizers.SGD", "params": {"learning_rate": 0.01}}
    panel.training.changed.emit("optimizer", rate)
    plan = session.document.training
    assert plan.epochs == 3
    assert plan.loss == ObjectValue("losses.BinaryCrossentropy")
    assert plan.optimizer == ObjectValue("optimizers.SGD", {"learning_rate": 0.01})
    shown = panel.training.rows["optimizer"].editor
    assert isinstance(shown, ObjectEditor)
    assert shown.combo.currentText() == "SGD"
    panel.training.forgotten.emit("epochs")
    assert session.document.training.epochs == 10


def test_metrics_are_added_and_removed(panel: DesignPanel, session: Session) -> None:
    combo = panel.metrics.add
    combo.fill()
    combo.setCurrentText("MeanAbsoluteError")
    combo.activated.emit(combo.currentIndex())
    (metric,) = session.document.training.metrics
    assert metric == ObjectValue("metrics.MeanAbsoluteError")
    assert len(panel.metrics.editors) == 1
    panel.metrics.changed.emit([])
    assert not session.document.training.metrics
    assert panel.metrics.editors == []


def test_inputs_outputs_and_totals_are_listed_and_lead_to_their_nodes(
    panel: DesignPanel, session: Session
) -> None:
    inputs = (Port("image", "image", TensorSpec((None, 32, 32, 3))),)
    session.reported.emit(Report(totals=Totals(5, 592_163, 592_163), inputs=inputs))
    assert "592,163" in panel.totals.text()
    assert "32×32×3" in panel.ends.text()
    panel.ends.linkActivated.emit("image")
    assert session.selection == {"image"}


def test_a_problem_of_the_training_stands_with_the_training(
    panel: DesignPanel, session: Session
) -> None:
    where = Where(section="training")
    session.reported.emit(Report(problems=(Problem("warning", "x", "Not so.", where=where),)))
    assert [card.message.text() for card in panel.problems.cards] == ["Not so."]


def test_a_design_without_inputs_offers_to_add_one(
    qtbot: QtBot, panel: DesignPanel, session: Session
) -> None:
    session.reported.emit(Report())
    assert "will be listed here" in panel.ends.text()
    with qtbot.waitSignal(panel.add_requested) as asked:
        panel.add.click()
    assert asked.args == ["layers.InputLayer"]


def test_an_empty_design_is_not_scolded(panel: DesignPanel, session: Session) -> None:
    missing = Problem("error", "no_data", "No data is chosen.", where=Where(section="data"))
    session.become(Document())
    session.reported.emit(Report(problems=(missing,)))
    assert told(panel) == []


def test_tab_goes_from_the_data_to_its_options(panel: DesignPanel, qtbot: QtBot) -> None:
    choose(panel, title("photos_denoise"))
    assert panel.data.form is not None
    order: list[QWidget | None] = [panel.data.source]
    while (after := order[-1].nextInFocusChain() if order[-1] else None) is not order[0]:
        order.append(after)
    options = [order.index(row.editor.focusProxy()) for row in panel.data.form.rows.values()]
    assert options == sorted(options)
    assert options[-1] < order.index(panel.training.rows["epochs"].editor.focusProxy())


def test_an_output_with_a_loss_of_its_own_is_listed_with_it(
    panel: DesignPanel, session: Session
) -> None:
    nodes = {"x": Node("x", INPUT, "x", {"shape": [3]}), "out": Node("out", OUTPUT, "out")}
    wire = Edge("x", 0, "out", "inputs")
    session.become(Document(graph=Graph(nodes, frozenset({wire}))))
    before = panel.ends.text()
    session.do("Set", lambda d: edits.set_param(d, "out", "loss_weight", 0.25))
    huber = {"object": "losses.Huber", "params": {}}
    session.do("Set", lambda d: edits.set_param(d, "out", "loss", huber))
    assert "· Huber · × 0.25" in panel.ends.text()
    session.undo()
    session.undo()
    assert panel.ends.text() == before
