"""Fixes in the window: listed with their problem, shown before they are done, done by one click and
undone by one step.
"""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from designer.document import edits
from designer.document.model import (
    INPUT,
    DatasetChoice,
    Document,
    Edge,
    Graph,
    Node,
    ObjectValue,
    TrainingPlan,
)
from designer.document.problem import Problem
from designer.ui.advice import tell_fix
from designer.ui.canvas.hover import Hit, tip
from designer.ui.panels.problems import ProblemsPanel
from designer.ui.scribe import MANY
from designer.ui.workbench import Workbench


def shortcut() -> Document:
    """A residual shortcut of 8 channels around a convolution of 16."""
    same = {"kernel_size": 3, "padding": "same"}
    nodes = [
        Node("image", INPUT, "image", {"shape": [32, 32, 3]}),
        Node("one", "layers.Conv2D", "one", {"filters": 8, **same}, y=96.0),
        Node("two", "layers.Conv2D", "two", {"filters": 16, **same}, y=192.0),
        Node("add", "layers.Add", "add", y=288.0),
    ]
    edges = {
        Edge("image", 0, "one", "inputs"),
        Edge("one", 0, "two", "inputs"),
        Edge("two", 0, "add", "inputs", 0),
        Edge("one", 0, "add", "inputs", 1),
    }
    return Document("shortcut", Graph({n.id: n for n in nodes}, frozenset(edges)))


@pytest.fixture
def broken(qtbot: QtBot, bench: Workbench) -> Workbench:
    """A window with that design, its fixes known and its problems in view."""
    bench.documents.take(shortcut())
    bench.window.resize(1280, 800)
    with qtbot.waitExposed(bench.window):
        bench.window.show()
    bench.window.drawer.show_panel("problems")
    qtbot.waitUntil(lambda: len(bench.advice.offers(problem(bench))) > 2)
    return bench


def problem(bench: Workbench) -> Problem:
    return next(p for p in bench.session.report.problems if p.code == "shapes_differ")


def unfit(bench: Workbench) -> list[Problem]:
    return [p for p in bench.session.report.problems if p.code == "shapes_differ"]


def panel(bench: Workbench) -> ProblemsPanel:
    found = bench.panels["problems"]
    assert isinstance(found, ProblemsPanel)
    return found


def first_row(bench: Workbench) -> QTreeWidgetItem:
    row = panel(bench).tree.topLevelItem(0)
    assert row is not None
    return row


def child(row: QTreeWidgetItem, number: int) -> QTreeWidgetItem:
    found = row.child(number)
    assert found is not None
    return found


def place(bench: Workbench, item: QTreeWidgetItem) -> QPoint:
    tree = panel(bench).tree
    tree.scrollToItem(item)
    return tree.visualItemRect(item).center()


def test_a_problem_lists_its_fixes_and_keras_words_folded(broken: Workbench) -> None:
    row = first_row(broken)
    texts = [child(row, i).text(0) for i in range(row.childCount())]
    assert texts[0] == "Project one to 16 channels with 1×1 Conv2D"
    assert texts[-1] == "What Keras says"
    words = child(row, row.childCount() - 1)
    assert not words.isExpanded()
    assert "incompatible shapes" in child(words, 0).text(0)
    QTest.mouseClick(
        panel(broken).tree.viewport(), Qt.MouseButton.LeftButton, pos=place(broken, words)
    )
    assert words.isExpanded()


def test_one_click_applies_a_fix_and_one_step_undoes_it(broken: Workbench, qtbot: QtBot) -> None:
    before = broken.session.document
    row = first_row(broken)
    QTest.mouseClick(
        panel(broken).tree.viewport(), Qt.MouseButton.LeftButton, pos=place(broken, child(row, 0))
    )
    assert not unfit(broken)
    after = broken.session.document
    (new,) = after.graph.nodes.keys() - before.graph.nodes.keys()
    assert after.graph.nodes[new].params == {"filters": 16, "kernel_size": 1}
    assert broken.session.history.undo_label.startswith("Project one")
    broken.session.undo()
    assert broken.session.document == before


def test_the_new_node_lies_on_no_other(broken: Workbench) -> None:
    before = broken.session.document.graph.nodes.keys()
    assert broken.advice.apply_first()
    boxes = broken.canvas.scene.boxes
    (new,) = boxes.keys() - before
    assert not [key for key in before if boxes[key].touches(boxes[new])]


def test_a_fix_that_is_pointed_at_is_shown_on_the_canvas_and_changes_nothing(
    broken: Workbench, qtbot: QtBot
) -> None:
    before = broken.session.document
    tree, shown = panel(broken).tree, broken.fix_preview
    tree.setFocus()
    plain = broken.canvas.grab().toImage()
    tree.setCurrentItem(child(first_row(broken), 0))
    qtbot.waitUntil(lambda: shown.isVisible())
    assert len(shown.ghosts) == 1
    assert shown.saying().shape == "32×32×16"
    assert shown.saying().text == "144 more parameters"
    assert broken.canvas.grab().toImage() != plain
    assert broken.session.document is before
    tree.setCurrentItem(first_row(broken))
    assert not shown.isVisible()


def test_input_on_the_canvas_ends_the_preview(broken: Workbench, qtbot: QtBot) -> None:
    broken.advice.preview(problem(broken), broken.advice.offers(problem(broken))[0])
    assert broken.fix_preview.isVisible()
    QTest.mouseClick(broken.canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not broken.fix_preview.isVisible()


def test_enter_on_a_fix_applies_it(broken: Workbench) -> None:
    tree = panel(broken).tree
    tree.setFocus()
    tree.setCurrentItem(child(first_row(broken), 1))
    label = child(first_row(broken), 1).text(0)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert broken.session.history.undo_label == label


def test_the_command_applies_the_first_fix(broken: Workbench) -> None:
    broken.window.actions_by_id["edit.fix"].trigger()
    assert not unfit(broken)
    assert not broken.advice.apply_first()  # nothing is left to fix


def told(action: QAction) -> str:
    """The text of an entry without the mark of its letter."""
    return action.text().replace("&", "")


def test_the_menu_and_the_tool_tip_of_a_node_offer_the_same(broken: Workbench) -> None:
    offers = broken.advice.offers(problem(broken))
    canvas = broken.canvas
    menu = broken.canvas_commands.menu.build(Hit("add"), canvas.mapToGlobal(QPoint(10, 10)))
    actions = [action for action in menu.actions() if told(action).startswith("Fix: ")]
    assert [told(a) for a in actions] == [f"Fix: {tell_fix(o.fix)}" for o in offers[:4]]
    words = tip(canvas.scene, Hit("add"), canvas.advise)
    assert f"Fix: {tell_fix(offers[0].fix)} (Ctrl+.)" in words
    menu.hovered.emit(actions[0])
    assert broken.fix_preview.isVisible()
    actions[0].trigger()
    assert not unfit(broken)
    menu.deleteLater()


def test_another_edit_makes_the_fixes_anew(broken: Workbench, qtbot: QtBot) -> None:
    broken.session.do("Set", lambda d: edits.set_param(d, "two", "filters", 32))
    wanted = "Project one to 32 channels with 1×1 Conv2D"
    qtbot.waitUntil(lambda: first_row(broken).childCount() > 1)
    qtbot.waitUntil(lambda: child(first_row(broken), 0).text(0) == wanted)


def long_shortcut() -> Document:
    """The same behind more layers than are tried within the event loop."""
    document = shortcut()
    last = "add"
    for place in range(MANY):
        node = Node(f"r{place}", "layers.ReLU", f"r{place}", y=400.0 + 96 * place)
        document = edits.add(document, (node,), (Edge(last, 0, node.id, "inputs"),))
        last = node.id
    return document


def test_fixes_of_a_large_design_are_sought_beside_the_event_loop(
    qtbot: QtBot, bench: Workbench
) -> None:
    bench.documents.take(long_shortcut())
    qtbot.waitUntil(lambda: len(unfit(bench)) == 1)
    qtbot.waitUntil(lambda: len(bench.advice.offers(problem(bench))) > 2)
    assert bench.advice.apply_first()
    qtbot.waitUntil(lambda: bench.session.report.complete and not unfit(bench))


def test_a_fix_of_training_is_one_step_that_undo_takes_back(qtbot: QtBot, bench: Workbench) -> None:
    document = edits.set_training(
        shortcut(), TrainingPlan(loss=ObjectValue("losses.Perplexity"), batch_size=4)
    )
    nodes = {**document.graph.nodes, "two": replace(document.graph.nodes["one"], id="two")}
    nodes["two"] = replace(nodes["two"], name="two")
    graph = Graph(nodes, document.graph.edges)
    document = edits.set_data(edits.replace_graph(document, graph), DatasetChoice("photos_denoise"))
    bench.documents.take(document)

    def unknown() -> list[Problem]:
        return [p for p in bench.session.report.problems if p.code == "unknown_object"]

    qtbot.waitUntil(lambda: len(unknown()) == 1)
    bench.advice.want(unknown()[0])
    qtbot.waitUntil(lambda: len(bench.advice.offers(unknown()[0])) > 0)
    assert bench.advice.apply(bench.advice.offers(unknown()[0])[0].fix)
    assert bench.session.document.training.loss.object == "losses.MeanSquaredError"
    bench.session.undo()
    assert bench.session.document.training.loss.object == "losses.Perplexity"


def test_nothing_is_asked_twice(broken: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    asked: list[object] = []
    broken.session.asked.connect(asked.append)
    broken.session.do("Move", lambda d: edits.move(d, {"one": (300.0, 0.0)}))
    qtbot.waitUntil(lambda: len(broken.advice.offers(problem(broken))) > 2)
    assert asked == []
