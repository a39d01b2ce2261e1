"""The furnished window: what its commands do, and what it tells about the worker and the files."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import INPUT, OUTPUT, Document
from designer.document.problem import Problem
from designer.document.serialize import from_bytes, to_bytes
from designer.ui import rescue
from designer.ui.actions import ACTIONS
from designer.ui.app import Program, make_application
from designer.ui.canvas.placing import PendingWire
from designer.ui.panels.problems import ProblemsPanel
from designer.ui.processes import WorkerState
from designer.ui.recovery import Recovery
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.workbench import Workbench
from tests.ui.benches import furnish


def _trigger(bench: Workbench, key: str) -> None:
    action = bench.window.actions_by_id[key]
    assert action.isEnabled(), key
    action.trigger()


def test_the_start_page_comes_first_and_offers_what_needs_no_design(bench: Workbench) -> None:
    assert bench.window.stack.currentWidget() is bench.start_page
    enabled = {key for key, action in bench.window.actions_by_id.items() if action.isEnabled()}
    nothing_yet = {"file.reopen"}  # closed so far
    assert enabled == {spec.id for spec in ACTIONS if not spec.design} - nothing_yet


def test_an_example_opens_with_its_shapes_and_its_data(bench: Workbench) -> None:
    bench.start_page.example_chosen.emit("skip_autoencoder")
    assert bench.window.stack.currentWidget() is bench.canvas
    assert bench.window.strip.totals.text().startswith("592 k parameters")
    assert "592,163" in bench.window.strip.totals.toolTip()
    assert "hotos" in bench.window.header.data.text()
    assert bench.window.header.button.isEnabled()


def test_every_action_is_connected(bench: Workbench) -> None:
    assert {spec.id for spec in ACTIONS} == bench.handled


def test_undo_names_what_it_would_undo(bench: Workbench) -> None:
    bench.open_example("residual_add")
    undo = bench.window.actions_by_id["edit.undo"]
    assert not undo.isEnabled()
    bench.canvas.place("layers.Flatten", QPointF(300, 300))
    assert undo.isEnabled()
    assert undo.text() == "&Undo add Flatten"
    _trigger(bench, "edit.undo")
    assert not undo.isEnabled()
    assert bench.window.actions_by_id["edit.redo"].text() == "&Redo add Flatten"


def test_duplicate_copies_the_wires_between_the_selected_nodes(bench: Workbench) -> None:
    bench.open_example("residual_add")
    before = bench.session.document.graph
    _trigger(bench, "edit.select_all")
    _trigger(bench, "edit.duplicate")
    after = bench.session.document.graph
    assert len(after.nodes) == 2 * len(before.nodes)
    assert len(after.edges) == 2 * len(before.edges)
    assert bench.session.selection == set(after.nodes) - set(before.nodes)
    _trigger(bench, "edit.undo")
    assert bench.session.document.graph == before


def test_deleting_everything_is_one_step(bench: Workbench) -> None:
    bench.open_example("residual_add")
    before = bench.session.document
    _trigger(bench, "edit.select_all")
    _trigger(bench, "edit.delete")
    assert not bench.session.document.graph.nodes
    _trigger(bench, "edit.undo")
    assert bench.session.document == before


def test_rename_takes_a_name_and_refuses_one_that_is_taken(bench: Workbench) -> None:
    bench.open_example("skip_autoencoder")
    key = bench.session.document.graph.names["conv1"]
    bench.session.select([key])
    bench.commands.rename(lambda former: f"{former}_first")
    assert bench.session.document.graph.nodes[key].name == "conv1_first"
    bench.commands.rename(lambda former: "conv2")
    assert bench.session.document.graph.nodes[key].name == "conv1_first"
    assert bench.bar.isVisible()
    bench.commands.rename(lambda former: None)
    assert bench.session.document.graph.nodes[key].name == "conv1_first"


def test_the_direction_turns_the_layout(bench: Workbench) -> None:
    bench.open_example("residual_add")
    _trigger(bench, "arrange.right")
    assert bench.session.document.direction == "right"
    xs = [node.x for node in bench.session.document.graph.nodes.values()]
    ys = [node.y for node in bench.session.document.graph.nodes.values()]
    assert max(xs) - min(xs) > max(ys) - min(ys)
    assert bench.window.actions_by_id["arrange.right"].isChecked()


def test_the_theme_is_changed_in_every_view_and_remembered(
    bench: Workbench, settings: Settings
) -> None:
    _trigger(bench, "theme.dark")
    assert bench.window.theme.dark
    assert settings.get("view/theme") == "dark"
    _trigger(bench, "theme.light")
    assert not bench.window.theme.dark


def test_every_panel_of_the_drawer_can_be_seen(bench: Workbench) -> None:
    bench.open_example("residual_add")
    drawer = bench.window.drawer
    for key in ("code", "training", "problems", "runs"):
        _trigger(bench, f"view.{key}")
        assert drawer.current == key
        assert bench.panels[key].isVisible()
    _trigger(bench, "view.runs")
    assert drawer.current == ""


def test_a_failed_worker_is_told_with_the_way_out_and_leaves_the_window_usable(
    bench: Workbench,
) -> None:
    problem = Problem("error", "worker_no_keras", "No Keras in {program}.", {"program": "python"})
    bench.link.state_changed.emit(WorkerState("failed", problem=problem))
    assert bench.bar.text.text() == "No Keras in python."
    assert "not available" in bench.window.strip.worker.text()
    bench.open_example("residual_add")
    bench.canvas.place("layers.Flatten", QPointF(0, 0))
    assert bench.session.history.can_undo


def test_worker_states_are_one_quiet_line(bench: Workbench) -> None:
    strip = bench.window.strip
    bench.link.state_changed.emit(WorkerState("ready", "3.11", "3.15.1", "tensorflow", "2.21"))
    assert strip.worker.text() == "Keras 3.15"
    assert "tensorflow 2.21" in strip.worker.toolTip()
    bench.link.state_changed.emit(WorkerState("restarting"))
    assert "again" in strip.worker.text()
    assert not bench.bar.isVisible()


def test_training_a_design_with_errors_shows_them_instead(bench: Workbench) -> None:
    bench.documents.take(Document())
    bench.canvas.place("layers.Flatten", QPointF(0, 0))
    assert bench.session.report.errors
    _trigger(bench, "train.start")
    assert bench.window.drawer.current == "problems"
    assert bench.bar.isVisible()
    assert not bench.monitor.live


def test_the_problems_panel_lists_selects_and_copies(qtbot: QtBot, bench: Workbench) -> None:
    bench.open_example("residual_add")
    panel = bench.panels["problems"]
    assert isinstance(panel, ProblemsPanel)
    assert panel.empty.isVisibleTo(panel)
    key = bench.canvas.place("layers.Dense", QPointF(400, 0))
    bench.session.select([])
    assert panel.tree.isVisibleTo(panel)
    assert "Problems " in bench.window.drawer.tabs.tabText(2)
    item = panel.tree.topLevelItem(0)
    assert item is not None
    panel.tree.setCurrentItem(item)
    panel.tree.itemClicked.emit(item, 0)
    assert bench.session.selection == {key}
    panel.copy()
    assert QApplication.clipboard().text().startswith(item.text(0))


def test_the_folded_drawer_gives_its_room_back(qtbot: QtBot, bench: Workbench) -> None:
    bench.open_example("residual_add")
    with qtbot.waitExposed(bench.window):
        bench.window.show()
    qtbot.wait(60)
    before = bench.canvas.height()
    bench.window.drawer.show_panel("problems")
    qtbot.waitUntil(lambda: bench.canvas.height() < before - 100)
    bench.window.drawer.fold()
    qtbot.waitUntil(lambda: bench.canvas.height() == before)


def test_the_start_page_has_nothing_to_zoom(qtbot: QtBot, bench: Workbench) -> None:
    bench.window.resize(1000, 700)
    assert bench.window.strip.zoom.isHidden()
    bench.open_example("residual_add")
    assert not bench.window.strip.zoom.isHidden()
    bench.pages.show_start_page()
    bench.canvas.zoom_to(0.5)
    assert bench.window.strip.zoom.isHidden()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups offscreen
def test_quick_add_finds_places_and_wires(qtbot: QtBot, bench: Workbench) -> None:
    bench.open_example("residual_add")
    popup = bench.quick_add
    popup.open_at(QPoint(10, 10), QPointF(500, 100))
    QTest.keyClicks(popup.field, "c2d")
    first = popup.list.item(0)
    assert first is not None
    assert first.text() == "Conv2D"
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert not popup.isVisible()
    (key,) = bench.session.selection
    assert bench.session.document.graph.nodes[key].type == "layers.Conv2D"
    source = bench.session.document.graph.names["image"]
    bench.session.select([])
    popup.open_at(QPoint(10, 10), QPointF(500, 300), PendingWire(source, forward=True))
    types = {entry.type for entry in popup.offered()}
    assert INPUT not in types
    assert OUTPUT in types
    QTest.keyClicks(popup.field, "flatten")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    (key,) = bench.session.selection
    (edge,) = bench.session.document.graph.incoming[key]
    assert edge.source == source


def test_a_dropped_file_is_opened(bench: Workbench, tmp_path: Path, autoencoder: Document) -> None:
    path = tmp_path / "a.skipwire"
    path.write_bytes(to_bytes(autoencoder))
    bench.window.dropped.emit(str(path))
    assert bench.session.path == path
    assert bench.window.windowTitle() == "a[*] – Skipwire"
    assert not bench.window.isWindowModified()
    bench.session.do("Name", lambda d: edits.set_name(d, "other"))
    assert bench.window.isWindowModified()
    _trigger(bench, "file.save")
    assert from_bytes(path.read_bytes()).name == "other"


def test_what_a_crash_left_is_offered_and_recovered(
    qtbot: QtBot, bench: Workbench, session: Session, tmp_path: Path
) -> None:
    session.do("Name", lambda d: edits.set_name(d, "precious"))
    folder = tmp_path / "state" / "recovery"
    lost = Recovery(session, folder, 60, session)
    lost.keep()
    for lock in folder.glob("*.lock"):
        lock.unlink()
    rescue.offer(folder, bench.bar, bench.documents, bench.recovery)
    assert bench.bar.isVisible()
    recover = bench.bar.offers()[0]
    recover.click()
    assert bench.session.document.name == "precious"
    assert bench.session.modified
    assert len(list(folder.glob("*.skipwire"))) == 1, "its own copy is kept now"


def test_looks_of_the_window_are_remembered(
    qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path
) -> None:
    first = furnish(qtbot, catalog, settings, tmp_path)
    qtbot.addWidget(first.window)
    first.window.show()
    first.window.resize(790, 600)
    first.open_example("residual_add")
    _trigger(first, "view.inspector")
    first.session.become(first.session.document)
    assert first.window.close()
    first.close()
    second = furnish(qtbot, catalog, settings, tmp_path)
    qtbot.addWidget(second.window)
    second.window.show()
    second.open_example("residual_add")
    assert second.window.size() == first.window.size()
    assert second.window.docks["palette"].isVisible()
    assert not second.window.docks["inspector"].isVisible()
    second.close()


def test_the_row_of_tabs_is_seen_while_the_drawer_is_folded(qtbot: QtBot, bench: Workbench) -> None:
    bench.open_example("residual_add")
    drawer = bench.window.drawer
    assert drawer.current == ""
    row = drawer.tabs.sizeHint().height()
    assert row > 15
    qtbot.waitUntil(lambda: drawer.height() == row)
    assert bench.window.strip.zoom.text() == "100 %"


def test_every_control_has_a_name_for_those_who_cannot_see_it(bench: Workbench) -> None:
    nameless = [
        widget
        for part in (bench.window.header, bench.window.strip, bench.bar, bench.start_page)
        for widget in part.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and type(widget).__name__ not in ("QScrollArea", "QMenuBar")
        and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
    ]
    assert not nameless


def test_an_exception_in_a_slot_is_told_calmly(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    make_application()
    program = Program([], tmp_path, settings)
    qtbot.addWidget(program.window)
    program.confess(RuntimeError("before it is furnished"))
    program.window.show()
    program.furnish()
    bench = program.workbench
    assert bench is not None
    program.confess(RuntimeError("boom"))
    assert "RuntimeError" in bench.bar.text.text()
    program.window.close()
    assert bench.link.state.phase == "off"
    program.deleteLater()


def test_the_panel_that_was_open_is_open_again(
    qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path
) -> None:
    for number, expected in enumerate(("", "runs", "")):
        bench = furnish(qtbot, catalog, settings, tmp_path)
        bench.window.show()
        bench.start_page.example_chosen.emit("residual_add")
        assert bench.window.drawer.current == expected
        assert ("runs" in bench.panels) == bool(expected)
        _trigger(bench, "view.runs")
        bench.window.may_close = None
        bench.close()
        bench.window.close()
        bench.window.deleteLater()
        assert number < 3


def test_a_file_that_cannot_be_opened_is_named_in_the_message(
    bench: Workbench, tmp_path: Path
) -> None:
    path = tmp_path / "odd.skipwire"
    path.write_bytes(b"\xff")
    bench.documents.open(path)
    assert bench.bar.text.text().startswith("odd.skipwire: The file is not text")


def test_a_wrapped_design_is_seen_as_a_whole_and_a_lost_one_is_found(bench: Workbench) -> None:
    bench.open_example("skip_autoencoder")
    bench.canvas.resize(700, 600)
    nodes = bench.session.document.graph.nodes
    bench.canvas.zoom_to(2.0)
    _trigger(bench, "arrange.wrapped")
    seen = bench.canvas.rect()
    assert all(seen.contains(bench.canvas.node_rect(node)) for node in nodes)
    bench.canvas.pan(-5000, -5000)
    _trigger(bench, "arrange.layered")
    assert any(seen.contains(bench.canvas.node_rect(node)) for node in nodes)
