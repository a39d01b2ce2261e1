"""A network is built, wired, edited and saved without a mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document.model import INPUT, OUTPUT
from designer.formats.opening import open_design
from designer.ui.settings import Settings
from designer.ui.workbench import Workbench
from tests.ui.answers import Answers
from tests.ui.benches import furnish

# The offscreen platform says so of the search's popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


class Hands:
    """Two hands on a keyboard; keys go to whatever has the focus."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench

    @property
    def focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        found = popup.focusWidget() if popup is not None else QApplication.focusWidget()
        return found or self.bench.window

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.focus, key, held)

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(self.focus, letter)

    def add(self, words: str) -> str:
        """Types a layer's name over the canvas and takes what is found; tells the node's name."""
        assert self.bench.canvas.hasFocus()
        self.type(words)
        self.press(Key.Key_Return)
        return self.selected

    def holds_a_wire(self) -> bool:
        return self.bench.canvas.gesture is not None

    @property
    def selected(self) -> str:
        (node,) = self.bench.session.selection
        return self.bench.session.document.graph.nodes[node].name

    @property
    def wires(self) -> set[tuple[str, str]]:
        graph = self.bench.session.document.graph
        return {(graph.nodes[e.source].name, graph.nodes[e.target].name) for e in graph.edges}


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    """The name under which the design is saved."""
    return Answers(on_save=tmp_path / "built.skipwire")


@pytest.fixture
def hands(
    qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path, answers: Answers
) -> Iterator[Hands]:
    """A window on its start page, and its user."""
    bench = furnish(qtbot, catalog, settings, tmp_path, answers)
    with qtbot.waitActive(bench.window):
        bench.window.show()
        bench.window.activateWindow()
    yield Hands(bench)
    bench.window.may_close = None
    bench.close()
    bench.window.close()
    bench.window.deleteLater()


def test_the_residual_example_is_built_without_a_mouse(
    hands: Hands, catalog: Catalog, answers: Answers
) -> None:
    bench = hands.bench
    hands.press(Key.Key_N, CTRL)
    assert hands.add("input") == "input"
    hands.press(Key.Key_Return, CTRL)
    assert hands.add("conv2d") == "conv2d"
    assert hands.wires == {("input", "conv2d")}

    hands.press(Key.Key_Return, CTRL)
    assert hands.add("add") == "add"
    assert hands.wires == {("input", "conv2d"), ("conv2d", "add")}

    # The skip: back to the input along the wires, and past the convolution to the addition.
    hands.press(Key.Key_Up, CTRL)
    assert hands.selected == "conv2d"
    hands.press(Key.Key_Up, CTRL)
    assert hands.selected == "input"
    hands.press(Key.Key_Return, CTRL)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    assert ("input", "add") in hands.wires
    assert hands.selected == "add"

    hands.press(Key.Key_Return, CTRL)
    hands.add("output")
    assert len(hands.wires) == 4

    # A parameter: Return goes to the inspector, Ctrl+0 back to the canvas.
    hands.press(Key.Key_Up, CTRL)
    hands.press(Key.Key_Up, CTRL)
    assert hands.selected == "conv2d"
    hands.press(Key.Key_Return)
    assert not bench.canvas.hasFocus()
    hands.press(Key.Key_A, CTRL)
    hands.type("3")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_0, CTRL)
    assert bench.canvas.hasFocus()
    (conv,) = bench.session.selection
    assert bench.session.document.graph.nodes[conv].params["filters"] == 3

    hands.press(Key.Key_S, CTRL)
    assert answers.on_save is not None
    saved = open_design(answers.on_save, catalog)
    types = sorted(node.type for node in saved.graph.nodes.values())
    assert types == sorted([INPUT, OUTPUT, "layers.Conv2D", "layers.Add"])
    assert len(saved.graph.edges) == 4
    assert not bench.session.modified


def test_nodes_that_are_placed_by_key_do_not_cover_each_other(hands: Hands) -> None:
    hands.press(Key.Key_N, CTRL)
    for _ in range(4):
        hands.add("dense")
    boxes = list(hands.bench.canvas.scene.boxes.values())
    assert len(boxes) == 4
    for place, box in enumerate(boxes):
        assert not any(box.touches(other) for other in boxes[:place])


def test_a_wire_begun_by_key_is_dropped_by_escape(hands: Hands) -> None:
    hands.bench.open_example("residual_add")
    hands.press(Key.Key_Down, CTRL)
    before = hands.bench.session.document
    hands.press(Key.Key_Return, CTRL)
    assert hands.holds_a_wire()
    hands.press(Key.Key_Down, CTRL)
    hands.press(Key.Key_Escape)
    assert not hands.holds_a_wire()
    assert hands.bench.session.document is before


def test_a_wire_that_was_just_begun_ends_at_no_node_yet(hands: Hands) -> None:
    hands.bench.open_example("residual_add")
    hands.press(Key.Key_Down, CTRL)
    before = hands.bench.session.document
    hands.press(Key.Key_Return, CTRL)
    hands.type("dense")
    hands.press(Key.Key_Return)
    assert len(hands.bench.session.document.graph.nodes) == len(before.graph.nodes) + 1
    assert len(hands.bench.session.document.graph.edges) == len(before.graph.edges) + 1


def test_a_wire_that_is_refused_stays_in_the_hand(hands: Hands) -> None:
    bench = hands.bench
    bench.open_example("residual_add")
    nodes = bench.session.document.graph.nodes
    merge = next(key for key, node in nodes.items() if node.type == "layers.Add")
    bench.session.select([merge])
    before = bench.session.document
    hands.press(Key.Key_Return, CTRL)
    hands.press(Key.Key_Up)  # what feeds it: a circle
    hands.press(Key.Key_Return)
    assert hands.holds_a_wire()
    assert bench.session.document is before
    hands.press(Key.Key_Escape)


def test_a_wire_is_drawn_backwards_to_the_selected_node(hands: Hands) -> None:
    hands.press(Key.Key_N, CTRL)
    hands.add("input")
    hands.press(Key.Key_Return, CTRL)
    hands.add("flatten")
    hands.press(Key.Key_Z, CTRL)  # the node and its wire
    hands.add("flatten")
    assert hands.wires == set()
    hands.press(Key.Key_Return, CTRL | SHIFT)
    hands.press(Key.Key_Up)
    hands.press(Key.Key_Return)
    assert hands.wires == {("input", "flatten")}


def test_tab_goes_to_the_next_port_of_the_target(hands: Hands) -> None:
    bench = hands.bench
    hands.press(Key.Key_N, CTRL)
    hands.add("input")
    hands.press(Key.Key_Return, CTRL)
    hands.add("lstm")
    hands.press(Key.Key_Up, CTRL)
    hands.press(Key.Key_Return, CTRL)
    hands.press(Key.Key_Down)
    for _ in range(2):
        hands.press(Key.Key_Tab)
    assert bench.canvas.hasFocus()
    hands.press(Key.Key_Return)
    assert len({edge.input for edge in bench.session.document.graph.edges}) == 2


def test_every_step_by_key_stands_in_the_table(hands: Hands) -> None:
    shown = hands.bench.window.actions_by_id
    for command in ("go.up", "go.parameters", "go.canvas", "wire.from", "wire.to", "move.left"):
        assert shown[command].shortcuts(), command
        assert any(shown[command] in menu.actions() for menu in hands.bench.window.menus.values())


def test_a_wire_is_selected_by_key_to_insert_a_node_or_to_delete_it(hands: Hands) -> None:
    bench = hands.bench
    hands.press(Key.Key_N, CTRL)
    hands.add("input")
    hands.press(Key.Key_Return, CTRL)
    hands.add("dense")
    hands.press(Key.Key_J, CTRL)
    assert len(bench.canvas.chosen_wires) == 1
    assert hands.add("dropout") == "dropout"
    assert hands.wires == {("input", "dropout"), ("dropout", "dense")}
    hands.press(Key.Key_J, CTRL)
    hands.press(Key.Key_J, CTRL)
    hands.press(Key.Key_Delete)
    assert hands.wires == {("input", "dropout")}
    assert len(bench.session.document.graph.nodes) == 3
    hands.press(Key.Key_Z, CTRL)
    assert len(hands.wires) == 2


def test_from_a_selected_wire_the_keys_go_to_its_ends(hands: Hands) -> None:
    hands.press(Key.Key_N, CTRL)
    hands.add("input")
    hands.press(Key.Key_Return, CTRL)
    hands.add("dense")
    hands.press(Key.Key_J, CTRL)
    hands.press(Key.Key_Up, CTRL)
    assert hands.selected == "input"
    hands.press(Key.Key_J, CTRL)
    hands.press(Key.Key_Down, CTRL)
    assert hands.selected == "dense"
