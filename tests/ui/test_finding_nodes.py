"""Finding: nodes by name, type and shape in the bar, commands by their words in the palette."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from designer.document.marks import add_marks
from designer.document.model import Document, Frame, Note
from designer.ui.actions import ACTIONS
from designer.ui.command_palette import OWN, find_commands, title
from designer.ui.node_finding import find_nodes
from designer.ui.session import Session
from designer.ui.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    """A furnished window with the skip autoencoder."""
    bench.open_example("skip_autoencoder")
    return bench


def names(session: Session, query: str) -> list[str]:
    found = find_nodes(query, session.document, session.report)
    return [session.document.graph.nodes[i].name for i in found]


def test_nodes_are_found_by_name_type_and_shape(session: Session, autoencoder: Document) -> None:
    session.become(autoencoder)
    assert names(session, "conv1") == ["conv1"]
    assert all("up" in name for name in names(session, "upsampling2d"))
    assert len(names(session, "UPSAMPLING")) == 4
    shown = names(session, "16×16×32")
    assert "conv1" in shown
    assert names(session, "16x16x32") == names(session, "(None, 16, 16, 32)") == shown
    assert names(session, "conv2d conv1") == ["conv1"]
    assert names(session, "nothing like it") == names(session, "  ") == []


def test_typing_selects_and_reveals_and_enter_goes_on_round_and_round(bench: Workbench) -> None:
    bench.window.actions_by_id["edit.find"].trigger()
    bar = bench.canvas_commands.find_bar
    assert bar.isVisible()
    QTest.keyClicks(bar.field, "upsampling")
    assert bar.count.text() == "1 of 4"
    seen = []
    for _ in range(5):
        (node,) = bench.session.selection
        assert bench.canvas.rect().intersects(bench.canvas.node_rect(node))
        seen.append(node)
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert len(set(seen)) == 4
    assert seen[4] == seen[0]
    bench.window.actions_by_id["edit.find_previous"].trigger()
    assert bench.session.selection == {seen[0]}
    bench.window.actions_by_id["edit.find_next"].trigger()
    assert bench.session.selection == {seen[1]}


def test_escape_closes_the_bar_and_keeps_the_selection(bench: Workbench) -> None:
    bar = bench.canvas_commands.find_bar
    bar.open()
    QTest.keyClicks(bar.field, "conv1")
    chosen = bench.session.selection
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert bench.session.selection == chosen
    assert len(chosen) == 1


def test_what_is_not_there_is_said(bench: Workbench) -> None:
    bar = bench.canvas_commands.find_bar
    bar.open()
    QTest.keyClicks(bar.field, "zebra")
    assert bar.count.text().startswith("Nothing")
    bar.next()
    assert not bench.session.selection


def test_a_command_is_found_by_its_words_and_done(bench: Workbench) -> None:
    palette = bench.canvas_commands.palette
    bench.window.actions_by_id[OWN].trigger()
    assert palette.isVisible()
    assert palette.list.topLevelItemCount() > 20
    QTest.keyClicks(palette.field, "sel all")
    item = palette.list.topLevelItem(0)
    assert item is not None
    assert item.text(0) == "Edit › Select all"
    assert item.text(1) == "Ctrl+A"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert len(bench.session.selection) == len(bench.session.document.graph.nodes)


def test_only_what_can_be_done_now_is_offered(bench: Workbench) -> None:
    palette = bench.canvas_commands.palette
    bench.session.select([])
    palette.open()
    QTest.keyClicks(palette.field, "duplicate")
    assert palette.list.topLevelItemCount() == 0
    assert palette.nothing.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()


def test_every_command_has_a_title_and_is_found_by_it() -> None:
    for spec in ACTIONS:
        assert "&" not in title(spec)
        assert spec in find_commands(title(spec).replace("›", ""), list(ACTIONS))


def test_letters_on_the_canvas_open_the_search_with_them(bench: Workbench) -> None:
    QTest.keyClick(bench.canvas, Qt.Key.Key_D)
    assert bench.quick_add.isVisible()
    assert bench.quick_add.field.text() == "d"
    bench.quick_add.hide()


def test_frames_are_found_by_their_title_and_notes_by_their_text(bench: Workbench) -> None:
    frame = Frame("f", "Encoder half", "core", 0, 0, 200, 200)
    note = Note("n", "Zebra **stripes**", 400, 0, 200, 80)
    bench.session.do("mark", lambda d: add_marks(d, [frame, note]))
    bar = bench.canvas_commands.find_bar
    bar.open()
    QTest.keyClicks(bar.field, "encoder half")
    assert bench.session.marks == {"f"}
    bar.field.setText("stripes")
    assert bench.session.marks == {"n"} and not bench.session.selection


def test_the_palette_is_as_high_as_what_it_lists(bench: Workbench) -> None:
    bench.window.actions_by_id["app.commands"].trigger()
    palette = bench.canvas_commands.palette
    all_of_them = palette.height()
    QTest.keyClicks(palette.field, "theme")
    some = palette.height()
    assert some < all_of_them
    row = palette.list.sizeHintForRow(0)
    assert palette.list.viewport().height() >= palette.list.topLevelItemCount() * row
    QTest.keyClicks(palette.field, " no such thing")
    assert palette.height() < all_of_them
    assert palette.nothing.isVisible()
    palette.field.clear()
    assert palette.height() == all_of_them
    palette.hide()


def test_the_bar_goes_on_by_buttons_where_there_is_more_than_one_hit(bench: Workbench) -> None:
    bench.window.actions_by_id["edit.find"].trigger()
    bar = bench.canvas_commands.find_bar
    QTest.keyClicks(bar.field, "conv1")
    assert not bar.after.isEnabled()
    bar.field.clear()
    QTest.keyClicks(bar.field, "upsampling")
    first = bench.session.selection
    bar.after.click()
    assert bench.session.selection != first
    bar.before.click()
    assert bench.session.selection == first
    assert bar.before.accessibleName() == "Find previous"
