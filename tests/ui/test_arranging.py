"""Arranging: small designs at once, large ones beside the event loop, with a way to cancel."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import Document, Edge, Graph, Node
from designer.layout.place import arrange
from designer.ui import theme
from designer.ui.arranging import SMALL, Arranging
from designer.ui.message_bar import MessageBar
from designer.ui.session import Session


class Desk:
    """A session with a bar and what arranges it."""

    def __init__(self, qtbot: QtBot, catalog: Catalog, count: int) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.bar = MessageBar(theme.load("light"), self.window)
        self.session = Session(catalog, self.window)
        self.arranging = Arranging(self.session, self.bar, self.window)
        self.session.become(chain(count))

    def close(self) -> None:
        self.arranging.close()
        self.session.close()

    def cancel_by_button(self) -> None:
        (button,) = self.bar.offers()
        button.click()


def chain(count: int) -> Document:
    names = [f"n{i}" for i in range(count)]
    nodes = {name: Node(name, "layers.ReLU", name) for name in names}
    return Document(
        graph=Graph(nodes, frozenset(Edge(a, 0, b, "inputs") for a, b in pairwise(names)))
    )


@pytest.fixture
def large(qtbot: QtBot, catalog: Catalog) -> Desk:
    return Desk(qtbot, catalog, 4 * SMALL)


def test_a_small_design_is_arranged_at_once(qtbot: QtBot, catalog: Catalog) -> None:
    desk = Desk(qtbot, catalog, 5)
    before = desk.session.document
    desk.arranging.arrange("layered")
    assert not desk.arranging.busy
    assert desk.session.document == arrange(before)
    desk.session.undo()
    assert desk.session.document == before
    desk.close()


def test_a_large_design_is_arranged_beside_the_event_loop_in_one_step(
    qtbot: QtBot, large: Desk
) -> None:
    before = large.session.document
    large.arranging.arrange("wrapped")
    assert large.arranging.busy
    assert large.session.document is before
    qtbot.waitUntil(lambda: not large.arranging.busy)
    assert large.session.document == arrange(before, "wrapped")
    assert large.bar.isHidden()
    large.session.undo()
    assert large.session.document == before
    large.close()


def test_what_changed_meanwhile_stays_and_can_be_arranged_again(qtbot: QtBot, large: Desk) -> None:
    large.arranging.arrange("layered")
    large.session.do("Move", lambda d: edits.move(d, {"n0": (8.0, 8.0)}))
    changed = large.session.document
    qtbot.waitUntil(lambda: not large.arranging.busy)
    assert large.session.document is changed
    assert "changed meanwhile" in large.bar.text.text()
    large.cancel_by_button()
    qtbot.waitUntil(lambda: not large.arranging.busy)
    assert large.session.document == arrange(changed)
    large.close()


def test_escape_cancels(qtbot: QtBot, large: Desk) -> None:
    before = large.session.document
    large.arranging.arrange("layered")
    QTest.keyClick(large.window, Qt.Key.Key_Escape)
    assert not large.arranging.busy
    large.close()
    assert large.session.document is before


def test_what_takes_its_time_says_so_and_can_be_cancelled(qtbot: QtBot, catalog: Catalog) -> None:
    desk = Desk(qtbot, catalog, 60 * SMALL)
    before = desk.session.document
    desk.arranging.arrange("layered")
    qtbot.waitUntil(lambda: not desk.bar.isHidden())
    assert "9000 nodes" in desk.bar.text.text()
    desk.cancel_by_button()
    assert not desk.arranging.busy
    assert desk.bar.isHidden()
    assert desk.session.document is before
    desk.close()


def test_another_design_is_left_alone(qtbot: QtBot, large: Desk) -> None:
    large.session.do("Move", lambda d: edits.move(d, {"n0": (8.0, 8.0)}))
    large.arranging.arrange("layered")
    large.session.open(chain(3))
    qtbot.waitUntil(lambda: not large.arranging.busy)
    assert large.session.document == chain(3)
    large.close()


def test_the_direction_and_the_places_change_in_one_step(qtbot: QtBot, large: Desk) -> None:
    before = large.session.document
    large.arranging.turn("right")
    qtbot.waitUntil(lambda: not large.arranging.busy)
    assert large.session.document.direction == "right"
    large.session.undo()
    assert large.session.document == before
    large.close()


def test_selected_nodes_are_arranged_and_the_others_stay(qtbot: QtBot, large: Desk) -> None:
    large.session.select({"n1", "n2", "n3"})
    before = large.session.document.graph.nodes
    large.arranging.arrange("layered")
    assert not large.arranging.busy
    after = large.session.document.graph.nodes
    assert {key for key in after if after[key] != before[key]} <= {"n1", "n2", "n3"}
    large.close()
