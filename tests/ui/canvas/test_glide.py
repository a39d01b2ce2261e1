"""Nodes glide to where a layout puts them; any input, or a setting, lets them be there at once."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import Document, Edge, Graph, Node
from designer.layout.place import arrange
from designer.ui import theme
from designer.ui.canvas.glide import MOST, Glide
from designer.ui.canvas.view import CanvasView
from designer.ui.session import Session


def chain(count: int) -> Document:
    """Nodes in a row that are not where a layout would put them."""
    names = [f"n{i}" for i in range(count)]
    nodes = {
        name: Node(name, "layers.ReLU", name, x=200.0 * (i % 3), y=100.0 * i)
        for i, name in enumerate(names)
    }
    edges = frozenset(Edge(a, 0, b, "inputs") for a, b in pairwise(names))
    return Document(graph=Graph(nodes, edges))


class Desk:
    """A canvas on screen, with what glides over it."""

    def __init__(self, qtbot: QtBot, catalog: Catalog, count: int) -> None:
        self.session = Session(catalog)
        self.canvas = CanvasView(self.session, theme.load("light"))
        qtbot.addWidget(self.canvas, before_close_func=lambda _: self.session.close())
        self.glide = Glide(self.canvas)
        self.canvas.resize(900, 700)
        with qtbot.waitExposed(self.canvas):
            self.canvas.show()
        self.session.become(chain(count))
        self.canvas.fit()

    def arrange(self) -> None:
        self.session.do("Arrange", arrange)


@pytest.fixture
def desk(qtbot: QtBot, catalog: Catalog) -> Desk:
    found = Desk(qtbot, catalog, 8)
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    assert found.glide.style().styleHint(hint) > 0
    return found


def test_a_layout_its_undo_and_its_redo_glide_and_come_to_rest(qtbot: QtBot, desk: Desk) -> None:
    for act in (desk.arrange, desk.session.undo, desk.session.redo):
        act()
        assert desk.glide.under_way
        assert desk.glide.isVisible()
        qtbot.waitUntil(lambda: not desk.glide.under_way)
        assert not desk.glide.isVisible()
    assert desk.session.document == arrange(chain(8))


def test_the_first_picture_has_the_nodes_where_they_were(desk: Desk) -> None:
    desk.canvas.session.select(())
    before = [desk.canvas.node_rect(node) for node in ("n1", "n2")]
    desk.arrange()
    image = desk.glide.grab().toImage()
    card = desk.canvas.theme.color("card")
    for rect in before:
        inside = rect.topLeft() + (rect.bottomRight() - rect.topLeft()) * 0.9
        assert QColor(image.pixel(inside)) == card


def test_any_input_ends_it(desk: Desk) -> None:
    desk.arrange()
    QTest.keyClick(desk.canvas, Qt.Key.Key_Shift)
    assert not desk.glide.under_way
    desk.session.undo()
    QTest.mousePress(desk.canvas, Qt.MouseButton.LeftButton, pos=desk.canvas.rect().topLeft())
    assert not desk.glide.under_way
    QTest.mouseRelease(desk.canvas, Qt.MouseButton.LeftButton, pos=desk.canvas.rect().topLeft())


def test_another_view_of_the_canvas_ends_it(qtbot: QtBot, desk: Desk) -> None:
    desk.arrange()
    desk.canvas.zoom_to(0.2)
    qtbot.waitUntil(lambda: not desk.glide.under_way)


def test_from_far_away_nodes_glide_as_well(qtbot: QtBot, desk: Desk) -> None:
    desk.canvas.zoom_to(0.2)
    desk.arrange()
    assert desk.glide.under_way
    desk.glide.grab()
    qtbot.waitUntil(lambda: not desk.glide.under_way)


def test_the_setting_switches_it_off(desk: Desk) -> None:
    desk.glide.wanted = False
    desk.arrange()
    assert not desk.glide.under_way


def test_what_a_hand_moves_is_where_the_hand_put_it(desk: Desk) -> None:
    move = {"n1": (320.0, 80.0)}
    desk.session.do("Move", lambda d: edits.move(d, move), origin=desk.canvas)
    assert not desk.glide.under_way


def test_a_hidden_canvas_and_another_design_do_not_glide(desk: Desk) -> None:
    desk.session.open(arrange(chain(8)))
    assert not desk.glide.under_way
    desk.canvas.hide()
    desk.session.do("Move", lambda d: edits.move(d, {"n1": (320.0, 80.0)}))
    assert not desk.glide.under_way


def test_too_many_nodes_jump(qtbot: QtBot, catalog: Catalog) -> None:
    desk = Desk(qtbot, catalog, MOST + 50)
    desk.session.do("Arrange", lambda d: arrange(d, "wrapped"))
    desk.canvas.fit()
    middle = {key: (node.x, node.y + 8) for key, node in desk.session.document.graph.nodes.items()}
    desk.session.do("Move", lambda d: edits.move(d, middle))
    assert len(desk.canvas.scene.nodes_within(desk.canvas.camera.box(desk.canvas.visible()))) > MOST
    assert not desk.glide.under_way
