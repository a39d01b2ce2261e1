"""The commands of the canvas as the menus offer them: what they do, and when they can be done."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.ui.settings import Settings
from designer.ui.workbench import Workbench
from tests.ui.test_workbench import furnish


@pytest.fixture
def bench(
    qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path
) -> Iterator[Workbench]:
    """A window with the skip autoencoder."""
    made = furnish(qtbot, catalog, settings, tmp_path)
    made.window.show()
    made.open_example("skip_autoencoder")
    yield made
    made.window.may_close = None
    made.close()
    made.window.close()
    made.window.deleteLater()


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
