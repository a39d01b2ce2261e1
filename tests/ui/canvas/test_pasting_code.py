"""Keras code on the clipboard becomes nodes on the canvas: one step, with room, selected."""

import pytest
from PySide6.QtCore import QMimeData, QPointF
from PySide6.QtGui import QGuiApplication

from designer.document.fragment import cut_out, to_data
from designer.document.problem import Problem
from designer.ui.clipboard import Clipboard
from designer.ui.pasting import NODES_MIME
from tests.ui.canvas.desk import Desk

CODE = """
y = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
y = layers.BatchNormalization()(y)
z = layers.add([x, y])
"""


@pytest.fixture
def clipboard(desk: Desk) -> Clipboard:
    QGuiApplication.clipboard().clear()
    return Clipboard(desk.view)


@pytest.fixture
def told(clipboard: Clipboard) -> list[Problem]:
    found: list[Problem] = []
    clipboard.failed.connect(found.append)
    return found


def overlaps(desk: Desk) -> int:
    boxes = list(desk.view.scene.boxes.values())
    return sum(a.touches(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_pasted_code_is_one_step_overlaps_nothing_and_is_selected(
    desk: Desk, clipboard: Clipboard, told: list[Problem]
) -> None:
    before = desk.bytes
    QGuiApplication.clipboard().setText(CODE)
    clipboard.paste()
    clipboard.paste()
    session, graph = desk.session, desk.session.document.graph
    assert len(graph.nodes) == 10
    new = session.selection
    assert sorted(graph.nodes[key].type for key in new) == [
        "layers.Add",
        "layers.BatchNormalization",
        "layers.Conv2D",
    ]
    assert sum(e.target in new for e in graph.edges) == 2
    assert not overlaps(desk)
    assert not told
    assert session.history.undo_label == "Paste 3 node(s)"
    session.undo()
    session.undo()
    assert desk.bytes == before


def test_pasted_code_goes_where_the_menu_was_opened(desk: Desk, clipboard: Clipboard) -> None:
    QGuiApplication.clipboard().setText("y = layers.ReLU()(x)")
    far = desk.view.camera.to_canvas(QPointF(40, 40))
    clipboard.paste_at(far)
    (key,) = desk.session.selection
    node = desk.session.document.graph.nodes[key]
    assert abs(node.x - far.x) <= 16
    assert abs(node.y - far.y) <= 16


def test_what_was_translated_in_pasted_code_is_told(
    desk: Desk, clipboard: Clipboard, told: list[Problem]
) -> None:
    QGuiApplication.clipboard().setText("z = merge([x, y], mode='sum')")
    clipboard.paste()
    assert len(desk.session.selection) == 1
    assert [(problem.severity, problem.code) for problem in told] == [("info", "translated")]
    assert "Add" in told[0].message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("y = layers.Dense(3)(x", "bad_syntax"),
        ("for n in widths:\n    x = layers.Dense(n)(x)", "not_constant"),
        ("y = layers.Dense(3, unit=4)(x)", "unknown_parameter"),
        ("print('hello')", "foreign_text"),
        ("Dear Sir or Madam, (as agreed)", "foreign_text"),
    ],
)
def test_code_that_cannot_be_nodes_is_refused_and_nothing_changes(
    desk: Desk, clipboard: Clipboard, told: list[Problem], text: str, code: str
) -> None:
    before = desk.bytes
    QGuiApplication.clipboard().setText(text)
    clipboard.paste()
    assert [problem.code for problem in told] == [code]
    assert desk.bytes == before


def test_our_own_nodes_count_more_than_the_code_beside_them(
    desk: Desk, clipboard: Clipboard
) -> None:
    mime = QMimeData()
    mime.setData(NODES_MIME, to_data(cut_out(desk.session.document, ["conv"])))
    mime.setText(CODE)
    QGuiApplication.clipboard().setMimeData(mime)
    clipboard.paste()
    (key,) = desk.session.selection
    assert desk.session.document.graph.nodes[key].params["filters"] == 3
