"""Screen readers find the painted nodes: their names, what they are, their problems and places."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from designer.document.marks import add_marks, remove
from designer.document.model import Frame, Note
from designer.document.problem import Problem, Where
from designer.infer.report import NodeReport, Report
from designer.protocol import TensorSpec
from designer.ui.canvas.view import CanvasView
from designer.ui.session import Session
from designer.ui.theme import load
from tests.ui.canvas.desk import Desk, residual

TEXT = QAccessible.Text


def tree(desk: Desk) -> list[str]:
    found = QAccessible.queryAccessibleInterface(desk.view)
    return [found.child(i).text(TEXT.Name) for i in range(found.childCount())]


def test_every_node_is_a_child_of_the_canvas(desk: Desk) -> None:
    assert tree(desk) == ["image", "conv", "add", "out"]


def test_the_tree_follows_the_document(desk: Desk) -> None:
    tree(desk)
    desk.session.select(["conv"])
    desk.view.delete_selection()
    assert tree(desk) == ["image", "add", "out"]
    desk.session.undo()
    assert sorted(tree(desk)) == ["add", "conv", "image", "out"]


def test_a_node_tells_what_it_is_and_what_is_wrong(desk: Desk) -> None:
    told = NodeReport((TensorSpec((None, 8, 8, 3)),), known=True)
    problem = Problem("error", "x", "{name} is odd.", {"name": "conv"}, Where(node="conv"))
    desk.session.reported.emit(Report({"conv": told}, (problem,)))
    node = QAccessible.queryAccessibleInterface(desk.view).child(1)
    assert node.text(TEXT.Value) == "Conv2D  3 · 3×3, 8×8×3"
    assert node.text(TEXT.Description) == "conv is odd."


def test_a_node_is_found_where_it_is_painted(desk: Desk) -> None:
    canvas = QAccessible.queryAccessibleInterface(desk.view)
    node = canvas.child(1)
    middle = node.rect().center()
    assert middle == desk.view.mapToGlobal(desk.center("conv"))
    found = canvas.childAt(middle.x(), middle.y())
    assert found.text(TEXT.Name) == "conv"
    assert canvas.indexOfChild(found) == 1


def test_selection_is_a_state(desk: Desk) -> None:
    node = QAccessible.queryAccessibleInterface(desk.view).child(1)
    assert not node.state().selected
    desk.session.select(["conv"])
    assert node.state().selected
    assert node.state().focused


def test_a_node_that_is_gone_is_no_longer_valid(desk: Desk) -> None:
    node = QAccessible.queryAccessibleInterface(desk.view).child(3)
    assert node.isValid()
    desk.session.select(["out"])
    desk.view.delete_selection()
    assert QAccessible.queryAccessibleInterface(desk.view).childCount() == 3


def test_canvases_come_and_go(qtbot: QtBot, session: Session) -> None:
    session.become(residual())
    for _ in range(5):
        view = CanvasView(session, load("dark"))
        qtbot.addWidget(view)
        found = QAccessible.queryAccessibleInterface(view)
        assert found.child(2).text(TEXT.Name) == "add"
        view.close()
        view.deleteLater()


def test_frames_and_notes_are_children_that_say_what_they_are(desk: Desk) -> None:
    frame = Frame("f", "Encoder", "core", -120, 40, 240, 190)
    note = Note("n", "# Why\nbecause", 200, 40, 120, 60)
    desk.session.do("mark", lambda d: add_marks(d, [frame, note]))
    canvas = QAccessible.queryAccessibleInterface(desk.view)
    assert tree(desk)[4:] == ["frame Encoder, 2 nodes", "note Why"]
    assert canvas.child(4).role() == QAccessible.Role.Grouping
    assert canvas.child(5).role() == QAccessible.Role.Note
    inside = canvas.child(1).rect().center()
    assert canvas.childAt(inside.x(), inside.y()).text(TEXT.Name) == "conv"
    title = desk.view.mapToGlobal(desk.view.node_rect("f").topLeft() + QPoint(20, 8))
    assert canvas.childAt(title.x(), title.y()).text(TEXT.Name).startswith("frame")
    desk.session.select(["n"])
    assert canvas.child(5).state().selected and not canvas.child(4).state().selected
    desk.session.do("gone", lambda d: remove(d, ["f"]))
    assert len(tree(desk)) == 5
