"""The commands of the canvas as the menus offer them: what they do, and when they can be done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.codegen.script import Script
from designer.document.problem import Problem
from designer.ui.panels.inspector import InspectorPanel
from designer.ui.workbench import Workbench


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    """A furnished window with the skip autoencoder."""
    bench.open_example("skip_autoencoder")
    return bench


def some(bench: Workbench, count: int) -> list[str]:
    ids = sorted(bench.session.document.graph.nodes)[:count]
    bench.session.select(ids)
    return ids


def test_aligning_and_distributing_are_one_step_each(bench: Workbench) -> None:
    actions, before = bench.window.actions_by_id, bench.session.document
    ids = some(bench, 4)
    actions["arrange.align_middle"].trigger()
    assert len({bench.session.document.graph.nodes[i].y for i in ids}) == 1
    actions["arrange.distribute_horizontal"].trigger()
    bench.session.undo()
    bench.session.undo()
    assert bench.session.document == before


def test_what_needs_several_nodes_waits_for_them(bench: Workbench) -> None:
    actions = bench.window.actions_by_id
    wanted = {0: (), 1: ("edit.copy",), 2: ("edit.copy", "arrange.align_left")}
    wanted[3] = (*wanted[2], "arrange.distribute_vertical")
    for count, enabled in wanted.items():
        some(bench, count)
        for key in wanted[3]:
            assert actions[key].isEnabled() == (key in enabled), (count, key)


def test_delete_and_join_is_a_command(bench: Workbench) -> None:
    graph = bench.session.document.graph
    key = graph.names["conv2"]
    (before,), (after, *_) = graph.incoming[key], graph.outgoing[key]
    bench.session.select([key])
    bench.window.actions_by_id["edit.delete_joined"].trigger()
    joined = bench.session.document.graph.outgoing[before.source]
    assert any(e.target == after.target and e.slot == after.slot for e in joined)


def test_copy_and_paste_are_commands(bench: Workbench) -> None:
    count = len(bench.session.document.graph.nodes)
    some(bench, 3)
    bench.window.actions_by_id["edit.copy"].trigger()
    bench.window.actions_by_id["edit.paste"].trigger()
    assert len(bench.session.document.graph.nodes) == count + 3


def bypassed(bench: Workbench) -> set[str]:
    nodes = bench.session.document.graph.nodes
    return {nodes[key].name for key in bench.session.document.graph.bypassed}


def choose(bench: Workbench, *names: str) -> None:
    bench.session.select(bench.session.document.graph.names[name] for name in names)


def test_m_bypasses_all_if_any_is_on_and_else_switches_all_on(bench: Workbench) -> None:
    action, before = bench.window.actions_by_id["edit.bypass"], bench.session.document
    assert not action.isEnabled()
    choose(bench, "conv5")
    action.trigger()
    choose(bench, "conv5", "conv6")
    assert action.text().replace("&", "") == "Bypass"
    action.trigger()
    assert bypassed(bench) == {"conv5", "conv6"}
    assert action.text().replace("&", "") == "Switch on"
    action.trigger()
    assert bypassed(bench) == set()
    assert bench.session.document == before
    for expected in ({"conv5", "conv6"}, {"conv5"}, set()):
        bench.session.undo()
        assert bypassed(bench) == expected


def test_the_ends_of_the_model_are_passed_over_and_alone_they_say_why(bench: Workbench) -> None:
    action, told = bench.window.actions_by_id["edit.bypass"], list[Problem]()
    bench.session.failed.connect(told.append)
    choose(bench, "image", "conv1", "output")
    action.trigger()
    assert bypassed(bench) == {"conv1"}
    assert action.text().replace("&", "") == "Switch on"
    choose(bench, "output")
    assert action.isEnabled()
    action.trigger()
    assert bypassed(bench) == {"conv1"}
    assert [problem.code for problem in told] == ["cannot_bypass"]
    assert "cannot be bypassed" in bench.bar.text.text()


def test_the_code_leaves_out_what_is_bypassed(bench: Workbench) -> None:
    choose(bench, "conv8")
    bench.window.actions_by_id["edit.bypass"].trigger()
    script = bench.session.script
    assert isinstance(script, Script)
    assert "conv8" not in script.text
    bench.session.undo()
    script = bench.session.script
    assert isinstance(script, Script)
    assert "conv8" in script.text


def test_the_key_m_bypasses_on_the_canvas_and_searches_with_nothing_selected(
    bench: Workbench, qtbot: QtBot
) -> None:
    bench.window.activateWindow()
    bench.canvas.setFocus()
    qtbot.waitUntil(bench.canvas.hasFocus)
    choose(bench, "conv2")
    QTest.keyClick(bench.canvas, Qt.Key.Key_M)
    assert bypassed(bench) == {"conv2"}
    bench.session.select(())
    bench.canvas.typed.disconnect()  # no popup: only that a letter is a letter
    with qtbot.waitSignal(bench.canvas.typed) as typed:
        QTest.keyClicks(bench.canvas, "m")
    assert typed.args == ["m"]
    assert bypassed(bench) == {"conv2"}


def test_snapping_to_guides_is_switched_by_its_command_and_remembered(bench: Workbench) -> None:
    action = bench.window.actions_by_id["arrange.snap"]

    def told() -> tuple[bool, bool, object]:
        return action.isChecked(), bench.canvas.snaps, bench.settings.get("canvas/snap")

    assert told() == (True, True, True)
    action.trigger()
    assert told() == (False, False, False)
    bench.settings.put("canvas/snap", value=True)
    bench.canvas_commands.follow_settings()
    assert told() == (True, True, True)


def test_calling_a_tower_again_makes_a_siamese_twin_with_the_same_layers(bench: Workbench) -> None:
    actions, graph = bench.window.actions_by_id, bench.session.document.graph
    tower = [graph.names["conv1"], graph.names["conv2"]]
    bench.session.select(tower)
    actions["share.duplicate"].trigger()
    graph = bench.session.document.graph
    copies = bench.session.selection
    assert {graph.nodes[key].shares for key in copies} == set(tower)
    assert any({e.source, e.target} == copies for e in graph.edges)
    assert actions["share.part"].isEnabled()
    actions["share.part"].trigger()
    parted = bench.session.document.graph
    assert not parted.shared
    assert parted.nodes[min(copies)].params == graph.nodes[graph.nodes[min(copies)].shares].params
    assert not actions["share.part"].isEnabled()
    bench.session.undo()
    bench.session.undo()
    assert not bench.session.document.graph.shared


def test_layers_of_several_types_cannot_be_one(bench: Workbench) -> None:
    graph = bench.session.document.graph
    refused: list[Problem] = []
    bench.session.failed.connect(refused.append)
    bench.session.select([graph.names["conv1"], graph.names["up1"]])
    bench.window.actions_by_id["share.join"].trigger()
    assert [problem.code for problem in refused] == ["cannot_share"]
    assert bench.session.document.graph is graph


def test_the_inspector_names_the_other_calls_and_parts_them(bench: Workbench) -> None:
    graph = bench.session.document.graph
    first, second = graph.names["conv2"], graph.names["conv3"]
    panel = bench.panels["inspector"]
    assert isinstance(panel, InspectorPanel)
    line = panel.shared_line
    bench.session.select([second])
    assert line.isHidden()
    bench.session.select([first, second])
    bench.window.actions_by_id["share.join"].trigger()
    assert "2 of these 2" in line.text.text()
    bench.session.select([second])
    assert "conv2" in line.text.text()
    line.text.linkActivated.emit(first)
    assert bench.session.selection == {first}
    assert "conv3" in line.text.text()
    line.button.click()
    assert not bench.session.document.graph.shared
    assert line.isHidden()
