"""Designs in tabs: what a hand, keys and menus do with them, and what is asked before they go."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.serialize import from_bytes
from designer.formats.examples import load_example
from designer.ui.panels.inspector import InspectorPanel
from designer.ui.settings import Settings
from tests.ui.tab_desk import Desk, opened

_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    with opened(qtbot, catalog, settings, tmp_path) as made:
        yield made


# --- what the row shows -----------------------------------------------------------------------


def test_the_row_is_there_as_long_as_a_design_is_open(desk: Desk) -> None:
    row = desk.bench.tab_commands.row
    assert not row.isVisible()
    desk.open("a")
    assert row.isVisible()
    assert desk.texts == ["a"]
    desk.trigger("file.close")
    assert not row.isVisible()
    assert desk.bench.window.stack.currentWidget() is desk.bench.start_page


def test_every_design_opens_in_a_tab_of_its_own(desk: Desk) -> None:
    desk.trigger("file.new")
    desk.open("a", "b")
    desk.bench.open_example("residual_add")
    desk.trigger("file.new")
    desk.trigger("file.new")
    assert desk.texts == ["a", "b", "residual_add", "untitled", "untitled 2"]
    assert desk.tabs.currentIndex() == 4


def test_a_file_that_is_open_already_is_gone_to(desk: Desk) -> None:
    desk.open("a", "b")
    desk.edit()
    desk.bench.documents.open(desk.folder / "a.skipwire")
    link = desk.folder / "link.skipwire"
    link.symlink_to(desk.folder / "b.skipwire")
    assert desk.tabs.currentIndex() == 0
    desk.bench.documents.open(link)
    assert desk.texts == ["a", "b"]
    assert desk.tabs.currentIndex() == 1
    assert desk.session.document.notes == "edited"


def test_an_example_that_is_open_and_untouched_is_gone_to(desk: Desk) -> None:
    desk.bench.open_example("residual_add")
    desk.open("a")
    desk.bench.open_example("residual_add")
    assert desk.texts == ["residual_add", "a"]
    assert desk.tabs.currentIndex() == 0
    desk.edit()
    desk.bench.open_example("residual_add")
    assert desk.texts == ["residual_add", "a", "residual_add 2"]
    assert desk.session.document == load_example("residual_add")


def test_unsaved_changes_are_a_dot_and_the_hand_finds_a_cross(desk: Desk) -> None:
    desk.open("a", "b")
    assert [desk.mark(place).drawn for place in (0, 1)] == ["", "cross"]
    desk.edit()
    assert [desk.mark(place).drawn for place in (0, 1)] == ["", "dot"]
    assert desk.tabs.accessibleTabName(1) == "b, unsaved changes"
    _hover(desk.tabs, desk.middle(0))
    assert desk.mark(0).drawn == "cross"
    desk.trigger("edit.undo")
    QApplication.sendEvent(desk.tabs, QEvent(QEvent.Type.Leave))
    assert [desk.mark(place).drawn for place in (0, 1)] == ["", "cross"]
    assert desk.tabs.accessibleTabName(1) == "b"


def test_names_that_are_alike_are_told_apart_and_the_tip_has_the_whole_path(desk: Desk) -> None:
    one, two = desk.file("net", folder="one"), desk.file("net", folder="two")
    desk.bench.documents.open_all([one, two])
    assert desk.texts == ["net – one", "net – two"]
    assert desk.tabs.tabToolTip(1) == str(two)
    assert desk.bench.window.windowTitle() == "net – two[*] – Skipwire"
    desk.trigger("file.close")
    assert desk.texts == ["net"]


def test_a_title_follows_the_name_of_the_design_and_its_file(desk: Desk) -> None:
    desk.trigger("file.new")
    desk.session.do("Name", lambda d: edits.set_name(d, "a & b"))
    assert desk.texts == ["a && b"]
    desk.answers.on_save = desk.folder / "saved"
    desk.trigger("file.save")
    assert desk.texts == ["saved"]
    assert desk.tabs.tabToolTip(0) == str(desk.folder / "saved.skipwire")


def test_many_tabs_scroll_and_keep_a_readable_width(desk: Desk, qtbot: QtBot) -> None:
    desk.open(*(f"a_network_with_quite_a_long_name_{n}" for n in range(15)))
    qtbot.waitUntil(lambda: desk.tabs.tabRect(14).right() > desk.tabs.width() - 40)
    widths = [desk.tabs.tabRect(place).width() for place in range(15)]
    assert min(widths) > 90
    assert max(widths) <= 208
    assert desk.bench.tab_commands.row.plus.isVisible()
    assert desk.bench.tab_commands.row.geometry().right() <= desk.bench.window.width()


def test_the_plus_stands_beside_the_last_tab(desk: Desk, qtbot: QtBot) -> None:
    desk.trigger("file.new")
    row = desk.bench.tab_commands.row
    qtbot.waitUntil(lambda: row.plus.x() - desk.tabs.tabRect(0).right() - desk.tabs.x() < 12)


def test_the_wheel_scrolls_a_long_row_and_never_shows_another_design(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.open("a", "b")
    _turn_wheel(desk.tabs, -120)
    assert desk.session.title == "b"
    desk.open(*(f"a_network_with_quite_a_long_name_{n}" for n in range(15)))
    title = desk.session.title
    qtbot.waitUntil(lambda: desk.tabs.tabRect(16).right() <= desk.tabs.width())
    before = desk.tabs.tabRect(16).left()
    _turn_wheel(desk.tabs, 120)
    qtbot.waitUntil(lambda: desk.tabs.tabRect(16).left() > before)
    assert desk.session.title == title


# --- going from one to another ----------------------------------------------------------------


def test_keys_go_round_and_the_canvas_has_the_focus(desk: Desk, qtbot: QtBot) -> None:
    desk.open("a", "b", "c")
    order = []
    for key in ("next", "next", "previous", "previous", "2"):
        desk.trigger(f"designs.{key}")
        order.append(desk.session.title)
        assert desk.bench.window.focusWidget() is desk.bench.canvas
    assert order == ["a", "b", "a", "c", "b"]


def test_a_click_on_a_tab_shows_its_design(desk: Desk) -> None:
    desk.open("a", "b")
    QTest.mouseClick(desk.tabs, _LEFT, pos=desk.middle(0))
    assert desk.session.title == "a"
    assert desk.bench.window.focusWidget() is desk.bench.canvas


def test_the_menu_of_designs_names_them(desk: Desk) -> None:
    desk.open("a", "b")
    actions = desk.bench.window.actions_by_id
    assert actions["designs.2"].text() == "&2  b"
    assert not actions["designs.3"].isVisible()
    assert [keys.toString() for keys in actions["designs.2"].shortcuts()] == ["Alt+2"]


def test_undo_and_the_commands_follow_the_design(desk: Desk) -> None:
    desk.open("a", "b")
    desk.edit()
    actions = desk.bench.window.actions_by_id
    assert actions["edit.undo"].isEnabled()
    assert desk.bench.window.isWindowModified()
    desk.trigger("designs.previous")
    assert not actions["edit.undo"].isEnabled()
    assert not desk.bench.window.isWindowModified()
    assert desk.bench.window.windowTitle() == "a[*] – Skipwire"
    desk.trigger("designs.next")
    desk.trigger("edit.undo")
    assert not desk.session.modified


def test_from_the_start_page_every_way_leads_back(desk: Desk) -> None:
    bench = desk.bench
    desk.open("a", "b")
    ways: list[Callable[[], None]] = [
        lambda: QTest.mouseClick(desk.tabs, _LEFT, pos=desk.middle(1)),
        lambda: QTest.keyClick(bench.start_page, Qt.Key.Key_Escape),
        lambda: desk.trigger("designs.next"),
        lambda: bench.documents.open(desk.folder / "b.skipwire"),
    ]
    for back in ways:
        desk.trigger("file.start")
        assert bench.window.stack.currentWidget() is bench.start_page
        assert bench.tab_commands.row.isVisible()
        assert not bench.window.actions_by_id["file.close"].isEnabled()
        back()
        assert bench.window.stack.currentWidget() is bench.canvas
        assert desk.session.title == "b"
    desk.trigger("file.start")
    QTest.mouseClick(desk.tabs, _LEFT, pos=desk.middle(0))
    assert desk.session.title == "a"


def test_what_is_typed_into_a_field_belongs_to_the_design_that_was_seen(
    desk: Desk, qtbot: QtBot
) -> None:
    for _ in range(2):
        desk.bench.documents.take(load_example("residual_add"))
    first, second = desk.session.designs
    desk.session.select({"conv1"})
    inspector = desk.bench.panels["inspector"]
    assert isinstance(inspector, InspectorPanel)
    inspector.page.name.setFocus()
    inspector.page.name.selectAll()
    QTest.keyClicks(inspector.page.name, "typed")
    desk.trigger("designs.previous")
    assert first.document.graph.nodes["conv1"].name != "typed"
    assert second.document.graph.nodes["conv1"].name == "typed"
    inspector.design.name.setFocus()
    inspector.design.name.selectAll()
    QTest.keyClicks(inspector.design.name, "other name")
    desk.trigger("designs.next")
    assert first.document.name == "other name"
    assert second.document.name == "residual_add"


def test_nodes_are_copied_from_one_design_to_another(desk: Desk) -> None:
    desk.bench.open_example("residual_add")
    count = len(desk.session.document.graph.nodes)
    desk.trigger("edit.select_all")
    desk.trigger("edit.copy")
    desk.trigger("file.new")
    desk.trigger("edit.paste")
    assert len(desk.session.document.graph.nodes) == count
    assert not desk.session.designs[0].modified


# --- order ------------------------------------------------------------------------------------


def test_tabs_are_moved_by_keys_and_stay_with_their_designs(desk: Desk) -> None:
    desk.open("a", "b", "c")
    assert not desk.bench.window.actions_by_id["designs.move_right"].isEnabled()
    desk.trigger("designs.move_left")
    assert desk.texts == ["a", "c", "b"]
    assert desk.session.title == "c"
    desk.trigger("designs.move_left")
    assert not desk.bench.window.actions_by_id["designs.move_left"].isEnabled()
    desk.trigger("designs.move_right")
    assert desk.texts == ["a", "c", "b"]


def test_tabs_are_moved_by_dragging(desk: Desk) -> None:
    desk.open("a", "b", "c")
    start, end = desk.middle(2), desk.middle(0) - QPoint(10, 0)
    QTest.mousePress(desk.tabs, _LEFT, pos=start)
    for step in range(1, 9):
        _hover(desk.tabs, start + (end - start) * step / 8, _LEFT)
    QTest.mouseRelease(desk.tabs, _LEFT, pos=end)
    assert [desk.session.titles[d] for d in desk.session.designs] == ["c", "a", "b"]
    assert desk.session.title == "c"


# --- closing ----------------------------------------------------------------------------------


def test_a_middle_click_and_the_cross_close(desk: Desk) -> None:
    desk.open("a", "b", "c")
    QTest.mouseClick(desk.tabs, Qt.MouseButton.MiddleButton, pos=desk.middle(0))
    assert desk.texts == ["b", "c"]
    assert desk.session.title == "c"
    QTest.mouseClick(desk.mark(1), _LEFT)
    assert desk.texts == ["b"]


@pytest.mark.parametrize(("answer", "left"), [("cancel", 1), ("discard", 0), ("save", 0)])
def test_closing_asks_for_unsaved_changes(desk: Desk, answer: str, left: int) -> None:
    desk.open("a")
    desk.edit()
    desk.answers.on_unsaved = answer
    desk.trigger("file.close")
    assert desk.answers.asked == ["unsaved"]
    assert len(desk.session.designs) == left
    on_disk = from_bytes((desk.folder / "a.skipwire").read_bytes())
    assert (on_disk.notes == "edited") == (answer == "save")


def test_an_unsaved_design_in_the_background_is_shown_when_it_is_to_be_closed(desk: Desk) -> None:
    desk.open("a", "b")
    desk.edit()
    desk.trigger("designs.previous")
    QTest.mouseClick(desk.tabs, Qt.MouseButton.MiddleButton, pos=desk.middle(1))
    assert desk.session.title == "b", "one sees what the question is about"
    assert desk.texts == ["a", "b"]


def test_closing_several_asks_once_with_their_names(desk: Desk) -> None:
    desk.open("a", "b", "c")
    desk.edit()
    desk.trigger("designs.1")
    desk.edit()
    desk.trigger("file.close_all")
    assert desk.answers.asked == ["unsaved a, c"]
    assert desk.texts == ["a", "b", "c"]
    desk.answers.on_unsaved = "save"
    desk.trigger("designs.2")
    desk.trigger("file.close_others")
    assert desk.texts == ["b"]
    for name in ("a", "c"):
        assert from_bytes((desk.folder / f"{name}.skipwire").read_bytes()).notes == "edited"
    desk.trigger("file.close_all")
    assert desk.texts == []


def test_quitting_asks_for_all_designs(desk: Desk) -> None:
    desk.open("a", "b")
    desk.edit()
    desk.trigger("designs.previous")
    assert not desk.bench.window.close()
    desk.trigger("designs.previous")
    desk.edit()
    assert not desk.bench.window.close()
    assert desk.answers.asked == ["unsaved", "unsaved a, b"]
    desk.answers.on_unsaved = "discard"
    assert desk.bench.window.close()


def test_a_save_that_is_called_off_keeps_all_that_is_not_saved(desk: Desk) -> None:
    desk.open("a")
    desk.edit()
    desk.trigger("file.new")
    desk.edit()
    desk.answers.on_unsaved = "save"
    desk.trigger("file.close_all")
    assert desk.texts == ["a", "untitled"]
    assert [design.modified for design in desk.session.designs] == [False, True]


def test_the_menu_of_a_tab_is_about_its_design(desk: Desk) -> None:
    desk.open("a", "b", "c")
    menu = desk.bench.tab_commands.menu_of(desk.session.designs[0])
    by_text = {action.text().replace("&", ""): action for action in menu.actions()}
    by_text["Copy path"].trigger()
    assert QGuiApplication.clipboard().text() == str(desk.folder / "a.skipwire")
    by_text["Close others"].trigger()
    assert desk.texts == ["a"]
    menu.deleteLater()
    desk.trigger("file.new")
    menu = desk.bench.tab_commands.menu_of(desk.session.current)
    enabled = {action.text().replace("&", "") for action in menu.actions() if action.isEnabled()}
    assert {"Copy path", "Show in folder"}.isdisjoint(enabled)
    menu.deleteLater()


def _turn_wheel(tabs: QTabBar, by: int) -> None:
    at, none = QPointF(20, 10), Qt.MouseButton.NoButton
    there = QPointF(tabs.mapToGlobal(at.toPoint()))
    keys, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    inverted = False
    event = QWheelEvent(at, there, QPoint(), QPoint(0, by), none, keys, phase, inverted)
    QApplication.sendEvent(tabs, event)


def _hover(tabs: QTabBar, at: QPoint, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """The pointer comes there; by an event, for the real pointer may lie over another window."""
    kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
    there = QPointF(tabs.mapToGlobal(at))
    event = QMouseEvent(kind, QPointF(at), there, none, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(tabs, event)
