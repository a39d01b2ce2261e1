"""The list of runs: newest first, with what can be done with each."""

import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from designer.protocol import Finished
from designer.ui.panels.runs import RunsPanel
from designer.ui.theme import load
from tests.ui.panels.run_folders import finished, held, make_run, tell, two_epochs


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path) -> RunsPanel:
    panel = RunsPanel(tmp_path, load("light"))
    qtbot.addWidget(panel)
    panel.resize(812, 240)
    return panel


def shown(qtbot: QtBot, panel: RunsPanel, count: int) -> None:
    panel.show()
    panel.refresh()
    qtbot.waitUntil(lambda: panel.tree.topLevelItemCount() == count)


def test_without_runs_the_panel_says_what_will_be_here(qtbot: QtBot, panel: RunsPanel) -> None:
    shown(qtbot, panel, 0)
    assert not panel.tree.isVisible()


def test_runs_are_listed_with_state_epochs_and_losses(
    qtbot: QtBot, panel: RunsPanel, tmp_path: Path
) -> None:
    run = make_run(tmp_path, "skippy")
    tell(run, finished())
    shown(qtbot, panel, 1)
    item = panel.tree.topLevelItem(0)
    assert item is not None
    assert [item.text(c) for c in (0, 2, 3, 4, 5)] == ["skippy", "finished", "2 / 10", "0.3", "0.3"]
    with qtbot.waitSignal(panel.show_wanted) as told:
        panel.tree.itemActivated.emit(item, 0)
    assert told.args == [run]


def test_a_run_that_was_stopped_is_not_called_finished(
    qtbot: QtBot, panel: RunsPanel, tmp_path: Path
) -> None:
    tell(make_run(tmp_path), [*two_epochs(), Finished(time.time(), "stopped", "model.keras")])
    shown(qtbot, panel, 1)
    item = panel.tree.topLevelItem(0)
    assert item is not None
    assert item.text(2) == "stopped"


def test_a_run_that_ended_early_is_continued_from_the_list(
    qtbot: QtBot, panel: RunsPanel, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    tell(run, [*two_epochs(), Finished(time.time(), "stopped", "model.keras")])
    shown(qtbot, panel, 1)
    button = next(b for b in panel.findChildren(QPushButton) if b.text() == "Continue")
    assert not button.isEnabled()
    run.checkpoint.write_bytes(b"arrays")
    panel.refresh()
    qtbot.waitUntil(button.isEnabled)
    with qtbot.waitSignal(panel.resume_wanted) as told:
        button.click()
    assert told.args == [run]


def test_a_live_run_cannot_be_deleted_and_a_dead_one_can(
    qtbot: QtBot, panel: RunsPanel, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    tell(run, two_epochs())
    with held(run):
        shown(qtbot, panel, 1)
        assert panel.current is not None
        with qtbot.waitSignal(panel.failed) as told:
            panel.delete(panel.current)
        assert told.args[0].code == "run_is_live"
    panel.delete(panel.current)
    qtbot.waitUntil(lambda: panel.tree.topLevelItemCount() == 0)
    assert not run.path.exists()


def test_a_broken_run_is_listed_and_says_why(
    qtbot: QtBot, panel: RunsPanel, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    run.spec.write_text("{")
    shown(qtbot, panel, 1)
    item = panel.tree.topLevelItem(0)
    assert item is not None
    assert "does not describe a run" in item.toolTip(0)
