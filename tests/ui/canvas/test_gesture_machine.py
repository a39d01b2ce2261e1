"""Hundreds of random gestures: the design stays sound, and the canvas shows what it says.

A machine does what hands do: it drags between nodes, ports, wires and empty places, cancels in the
middle, presses keys and calls commands. After each the scene must be the one that a canvas would
derive that sees the design for the first time; at the end undo must lead back to the very bytes
of the beginning, and redo to those of the end.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document.block_lines import check
from designer.document.model import PASSAGES
from designer.document.order import cycles, skip_edges
from designer.document.problem import Where
from designer.document.serialize import from_bytes, to_bytes
from designer.formats.examples import load_example
from designer.ui.canvas.scene import scene_of
from designer.ui.settings import Settings
from designer.ui.workbench import Workbench
from tests.ui.benches import furnish
from tests.ui.canvas.desk import Desk

COMMANDS = (
    "edit.cut", "edit.copy", "edit.paste", "edit.paste_wired", "edit.duplicate", "edit.bypass",
    "edit.delete", "edit.delete_joined", "edit.select_all", "edit.select_none", "frame.add",
    "frame.select_content", "frame.fit", "frame.delete_all", "view.zoom_in", "view.zoom_out",
    "view.fit", "view.frame", "arrange.layered", "arrange.wrapped", "arrange.down",
    "arrange.right", "arrange.align_left", "arrange.align_middle", "arrange.distribute_vertical",
    "wire.from", "wire.to", "go.up", "go.down", "go.left", "go.right", "block.group",
    "block.group", "block.ungroup", "block.enter", "block.leave", "block.add_input",
    "block.add_output", "block.spread",
)  # fmt: skip
KEYS = (
    Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_F, Qt.Key.Key_Home,
    Qt.Key.Key_M, Qt.Key.Key_Escape,
)  # fmt: skip
BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton)
MODIFIERS = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)  # fmt: skip
TYPES = ("layers.Conv2D", "layers.Add", "layers.Concatenate", "layers.InputLayer", "output")


@pytest.fixture
def bench(
    qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path
) -> Iterator[Workbench]:
    """A furnished window that the machine's runs share; each begins with a design of its own."""
    settings.put("canvas/animate", False)  # noqa: FBT003 - a value of the settings
    made = furnish(qtbot, catalog, settings, tmp_path)
    made.window.resize(1100, 760)
    made.window.show()
    made.open_example("residual_add")
    qtbot.waitUntil(made.canvas.isVisible)
    yield made
    made.window.may_close = None
    made.close()
    made.window.close()
    made.window.deleteLater()


class Hands(RuleBasedStateMachine):
    """Whoever uses the canvas."""

    bench: ClassVar[Workbench]

    def __init__(self) -> None:
        super().__init__()
        self.session, self.view = self.bench.session, self.bench.canvas
        self.desk = Desk(self.view, self.session)
        self.session.become(load_example("skip_autoencoder"))
        self.view.fit()
        self.view.setFocus()
        self.begin = to_bytes(self.session.whole)

    # --- What hands do --------------------------------------------------------------------------

    @rule(data=st.data(), button=st.sampled_from(BUTTONS), keys=st.sampled_from(MODIFIERS),
          escapes=st.booleans())  # fmt: skip
    def drag(
        self,
        data: st.DataObject,
        button: Qt.MouseButton,
        keys: Qt.KeyboardModifier,
        escapes: bool,
    ) -> None:
        start, end = self._place(data), self._place(data)
        before = to_bytes(self.session.whole)
        self.desk.key(Qt.Key.Key_Escape)  # lets go of a wire that the keyboard holds
        self.desk.press(start, button=button, keys=keys)
        self.desk.move(start, end)
        if escapes:
            self.desk.key(Qt.Key.Key_Escape)
        self.desk.release(end, button=button, keys=keys)
        QTest.keyRelease(self.view, Qt.Key.Key_Space)
        _put_away()
        assert not self.view._hand.busy
        if escapes:
            assert to_bytes(self.session.whole) == before

    @rule(data=st.data(), keys=st.sampled_from(MODIFIERS))
    def click(self, data: st.DataObject, keys: Qt.KeyboardModifier) -> None:
        self.desk.click(self._place(data), keys)
        _put_away()

    @rule(key=st.sampled_from(KEYS))
    def press_a_key(self, key: Qt.Key) -> None:
        self.desk.key(key)
        _put_away()

    @rule(command=st.sampled_from(COMMANDS))
    def command(self, command: str) -> None:
        action = self.bench.window.actions_by_id[command]
        if action.isEnabled():
            action.trigger()
        self.view.editor.finish()
        self._wait_for_a_layout()
        _put_away()

    @rule(data=st.data(), kind=st.sampled_from(TYPES))
    def place(self, data: st.DataObject, kind: str) -> None:
        if len(self.session.whole.graph.nodes) < 60:
            self.view.place(kind, self.view._camera.to_canvas(self._place(data).toPointF()))

    @rule(data=st.data())
    def group(self, data: st.DataObject) -> None:
        there = list(self.session.document.graph.nodes)
        if there and len(self.session.whole.blocks) < 8:
            chosen = st.lists(st.sampled_from(there), min_size=1, max_size=3, unique=True)
            self.view.choose(data.draw(chosen))
            self.command("block.group")

    @rule(data=st.data())
    def enter(self, data: st.DataObject) -> None:
        sheet = self.session.document
        blocks = [key for key in sheet.blocks if key in sheet.graph.nodes]
        if blocks:
            self.view.edit(data.draw(st.sampled_from(blocks)))

    @rule(steps=st.integers(1, 3))
    def undo_and_redo(self, steps: int) -> None:
        now, done = to_bytes(self.session.whole), 0
        while done < steps and self.session.history.can_undo:
            self.session.undo()
            done += 1
        for _ in range(done):
            self.session.redo()
        assert to_bytes(self.session.whole) == now

    @rule()
    def undo(self) -> None:
        self.session.undo()

    # --- What holds -----------------------------------------------------------------------------

    @invariant()
    def the_design_is_sound(self) -> None:
        document = self.session.whole
        graph = document.graph
        assert all(key == node.id for key, node in graph.nodes.items())
        named = [node.name for node in graph.nodes.values() if node.type not in PASSAGES]
        assert len(set(named)) == len(named)
        assert all({e.source, e.target} <= graph.nodes.keys() for e in graph.edges)
        assert len({(e.target, e.input, e.slot) for e in graph.edges}) == len(graph.edges)
        assert not cycles(graph)
        check(document, Where())
        assert not cycles(self.session.document.graph)
        saved = to_bytes(document)
        assert to_bytes(from_bytes(saved)) == saved
        assert self.session.selection <= self.session.document.graph.nodes.keys()

    @invariant()
    def the_canvas_shows_what_the_design_says(self) -> None:
        scene, graph = self.view.scene, self.session.document.graph
        fresh = scene_of(self.session.catalog, self.session.document, self.session.report)
        assert scene.boxes == fresh.boxes
        assert scene.skips == fresh.skips == skip_edges(graph)
        assert scene.sites == fresh.sites
        assert scene.routes == fresh.routes
        for node in graph.nodes:
            assert scene.looks[node] == fresh.looks[node]
        for edge in graph.edges:
            assert (scene.labels[edge], scene.tones[edge]) == (
                fresh.labels[edge],
                fresh.tones[edge],
            )

    def teardown(self) -> None:
        end = to_bytes(self.session.whole)
        while self.session.history.can_undo:
            self.session.undo()
        assert to_bytes(self.session.whole) == self.begin
        while self.session.history.can_redo:
            self.session.redo()
        # What was undone before the end stays undone only if something was done after it.
        if not self.session.history.can_redo and end != to_bytes(self.session.whole):
            self._undo_until(end)
        self.the_canvas_shows_what_the_design_says()

    # --- Parts ----------------------------------------------------------------------------------

    def _undo_until(self, wanted: bytes) -> None:
        while to_bytes(self.session.whole) != wanted:
            assert self.session.history.can_undo, "no step of the history is the end"
            self.session.undo()

    def _place(self, data: st.DataObject) -> QPoint:
        """A node, a port, a wire, or anywhere."""
        graph = self.session.document.graph
        kind = data.draw(st.sampled_from(("node", "port", "port", "wire", "anywhere")))
        # In the document's order: ids are drawn by lot, so their own order is another each time.
        ranks = {key: rank for rank, key in enumerate(graph.nodes)}
        node = data.draw(st.sampled_from(list(ranks))) if ranks else None
        if kind == "wire" and graph.edges:
            wires = sorted(graph.edges, key=lambda e: (ranks[e.source], ranks[e.target], e))
            return self.view.wire_point(data.draw(st.sampled_from(wires)))
        if node is not None and kind == "node":
            return self.desk.center(node)
        if node is not None and kind == "port":
            sites = self.view.scene.sites[node]
            ports = (*sites.inputs, *sites.outputs)
            if not ports:
                return self.desk.center(node)
            site = data.draw(st.sampled_from(ports))
            return self.view._camera.to_widget(site.x, site.y).toPoint()
        size = self.view.size()
        return QPoint(
            data.draw(st.integers(30, size.width() - 30)),
            data.draw(st.integers(30, size.height() - 30)),
        )

    def _wait_for_a_layout(self) -> None:
        waited = 0
        while self.bench.arranging.busy and waited < 400:
            QTest.qWait(5)
            waited += 1


def _put_away() -> None:
    """Menus and searches that opened are closed; what they wait for is not done."""
    for _ in range(5):
        popup = QApplication.activePopupWidget()
        if popup is None:
            return
        popup.close()


# Menus that open are windows of their own, which the offscreen platform can do little with.
@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_random_gestures_leave_a_sound_design_and_a_true_canvas(bench: Workbench) -> None:
    run_state_machine_as_test(
        type("HandsHere", (Hands,), {"bench": bench}),
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
