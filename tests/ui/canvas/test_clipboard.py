"""Copying: within a design, to another one, to a text editor, and what is refused."""

import subprocess
import sys
import textwrap

import pytest
from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from designer.document.model import INPUT, Document, Edge
from designer.document.problem import Problem
from designer.document.serialize import to_bytes
from designer.ui.canvas.view import CanvasView
from designer.ui.clipboard import Clipboard
from designer.ui.pasting import NODES_MIME
from designer.ui.session import Session
from designer.ui.theme import load
from tests.ui.canvas.desk import Desk, residual


@pytest.fixture
def clipboard(desk: Desk) -> Clipboard:
    QGuiApplication.clipboard().clear()
    return Clipboard(desk.view)


def overlaps(desk: Desk) -> int:
    boxes = list(desk.view.scene.boxes.values())
    return sum(a.touches(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_pasted_nodes_bring_their_inner_wires_overlap_nothing_and_are_one_step(
    desk: Desk, clipboard: Clipboard
) -> None:
    before = desk.bytes
    desk.session.select(["conv", "add"])
    clipboard.copy()
    for count in (6, 8, 10):
        clipboard.paste()
        graph = desk.session.document.graph
        assert len(graph.nodes) == count
        new = desk.session.selection
        assert len(new) == 2
        assert sum(e.source in new and e.target in new for e in graph.edges) == 1
        assert not overlaps(desk)
    for _ in range(3):
        desk.session.undo()
    assert desk.bytes == before


def test_duplicates_overlap_nothing_and_come_without_inputs(
    desk: Desk, clipboard: Clipboard
) -> None:
    desk.session.select(["conv"])
    clipboard.duplicate()
    (new,) = desk.session.selection
    assert not overlaps(desk)
    assert not desk.session.document.graph.incoming.get(new)
    assert desk.session.history.undo_label == "Duplicate 1 node(s)"


def test_pasting_with_inputs_wires_the_copies_to_what_fed_the_originals(
    desk: Desk, clipboard: Clipboard
) -> None:
    desk.session.select(["conv", "add"])
    clipboard.copy()
    clipboard.paste_wired()
    graph = desk.session.document.graph
    (conv,) = (i for i in desk.session.selection if graph.nodes[i].type == "layers.Conv2D")
    assert Edge("image", 0, conv, "inputs") in graph.edges
    assert len(graph.edges) == 7


def test_cut_removes_in_one_step_and_pastes_with_the_same_name(
    desk: Desk, clipboard: Clipboard
) -> None:
    before = desk.bytes
    desk.session.select(["conv"])
    clipboard.cut()
    assert "conv" not in desk.session.document.graph.nodes
    desk.session.undo()
    assert desk.bytes == before
    desk.session.redo()
    clipboard.paste()
    (new,) = desk.session.selection
    assert desk.session.document.graph.nodes[new].name == "conv"


def test_nodes_go_to_another_window(qtbot: QtBot, desk: Desk, clipboard: Clipboard) -> None:
    desk.session.select(["image", "conv", "add"])
    clipboard.copy()
    other = Session(desk.session.catalog)
    view = CanvasView(other, load("light"))
    qtbot.addWidget(view)
    Clipboard(view).paste()
    graph = other.document.graph
    assert sorted(node.name for node in graph.nodes.values()) == ["add", "conv", "image"]
    assert len(graph.edges) == 3


def test_a_text_editor_gets_the_python_of_the_nodes(desk: Desk, clipboard: Clipboard) -> None:
    desk.session.select(["conv", "add"])
    clipboard.copy()
    assert QGuiApplication.clipboard().text() == (
        'conv = layers.Conv2D(3, 3, padding="same", name="conv")(image)\n'
        'add = layers.Add(name="add")([conv, image])\n'
    )


def test_a_design_that_was_copied_as_text_is_pasted(desk: Desk, clipboard: Clipboard) -> None:
    QGuiApplication.clipboard().setText(to_bytes(residual()).decode())
    clipboard.paste()
    assert len(desk.session.document.graph.nodes) == 8


@pytest.mark.parametrize(
    ("mime", "data", "code"),
    [
        ("text/plain", b"Dear Sir or Madam", "foreign_text"),
        ("text/plain", b'{"a": 1}', "not_a_design"),
        ("text/plain", b"", "nothing_to_paste"),
        (NODES_MIME, b"\xff\x00", "not_text"),
        (NODES_MIME, b'{"format": "skipwire nodes", "design": 3}', "not_a_design"),
    ],
)
def test_what_is_no_design_is_refused_with_a_sentence(
    desk: Desk, clipboard: Clipboard, mime: str, data: bytes, code: str
) -> None:
    told: list[Problem] = []
    clipboard.failed.connect(told.append)
    before, made = desk.bytes, QMimeData()
    made.setData(mime, data)
    QGuiApplication.clipboard().setMimeData(made)
    clipboard.paste()
    assert [problem.code for problem in told] == [code]
    assert told[0].message.endswith((".", "?"))
    assert desk.bytes == before


def test_without_a_selection_the_clipboard_keeps_what_it_has(
    desk: Desk, clipboard: Clipboard
) -> None:
    QGuiApplication.clipboard().setText("mine")
    clipboard.copy()
    clipboard.cut()
    clipboard.duplicate()
    assert QGuiApplication.clipboard().text() == "mine"
    assert not desk.session.history.can_undo


def test_the_commands_mean_the_text_of_a_field_that_has_the_focus(
    qtbot: QtBot, desk: Desk, clipboard: Clipboard
) -> None:
    desk.session.select(["conv"])
    field = QLineEdit("some words", desk.view)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    clipboard.cut()
    assert QGuiApplication.clipboard().text() == "some words"
    clipboard.paste()
    assert field.text() == "some words"
    assert len(desk.session.document.graph.nodes) == 4


def test_what_is_pasted_out_of_sight_of_its_originals_comes_to_the_middle(
    desk: Desk, clipboard: Clipboard
) -> None:
    desk.session.select(["conv"])
    clipboard.copy()
    desk.session.become(Document())
    desk.view.pan(-9000, 0)
    Clipboard(desk.view, lambda: QPoint(-500, -500)).paste()
    (new,) = desk.session.selection
    middle = desk.view.visible().center().toPoint()
    assert (desk.view.node_rect(new).center() - middle).manhattanLength() <= 12
    assert desk.session.document.graph.nodes[new].type != INPUT


def test_nodes_are_pasted_at_the_pointer(desk: Desk, clipboard: Clipboard) -> None:
    place = QPoint(700, 500)
    desk.session.select(["conv"])
    clipboard.copy()
    Clipboard(desk.view, lambda: desk.view.mapToGlobal(place)).paste()
    (new,) = desk.session.selection
    assert (desk.center(new) - place).manhattanLength() <= 12


def test_a_program_that_ends_with_nodes_on_the_clipboard_ends_well() -> None:
    code = """
        import sys
        from PySide6.QtGui import QGuiApplication
        from designer.catalog.load import load as load_catalog
        from designer.formats.examples import load_example
        from designer.ui.app import make_application
        from designer.ui.canvas.view import CanvasView
        from designer.ui.clipboard import Clipboard
        from designer.ui.session import Session
        from designer.ui.theme import load
        app = make_application()
        session = Session(load_catalog())
        session.become(load_example("residual_add"))
        clipboard = Clipboard(CanvasView(session, load("light")))
        session.select(session.document.graph.nodes)
        clipboard.copy()
        clipboard.leave()
        sys.stdout.write(QGuiApplication.clipboard().text())
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Conv2D" in done.stdout
