"""What the window's menus and keys do to frames and notes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import marks
from designer.document.model import COLORS, Frame, Note
from designer.ui.canvas.hover import Hit
from designer.ui.canvas.marks import BODY, Grip
from designer.ui.settings import Settings
from designer.ui.workbench import Workbench
from tests.ui.benches import furnish
from tests.ui.test_canvas_menu import built, choose, texts

FRAME, NOTE = Hit(grip=Grip("f", BODY)), Hit(grip=Grip("n", BODY))


@pytest.fixture
def bench(
    qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path
) -> Iterator[Workbench]:
    """A window with the residual example: a frame around its nodes, a note beside it."""
    made = furnish(qtbot, catalog, settings, tmp_path)
    made.window.show()
    made.open_example("residual_add")
    document = made.session.document
    inner = marks.extent_of_all(document, document.graph.nodes)
    assert inner is not None
    x, y, right, bottom = marks.framing(inner)
    frame = Frame("f", "All", "core", x, y, right - x, bottom - y)
    note = Note("n", "Why?", right + 40, y, 160, 400)
    made.session.do("mark", lambda d: marks.add_marks(d, [frame, note]))
    yield made
    made.window.may_close = None
    made.close()
    made.window.close()
    made.window.deleteLater()


def trigger(bench: Workbench, key: str) -> None:
    action = bench.window.actions_by_id[key]
    assert action.isEnabled()
    action.trigger()


def frame_of(bench: Workbench) -> Frame:
    found = bench.session.document.marks["f"]
    assert isinstance(found, Frame)
    return found


def test_a_frame_offers_colours_by_name_and_takes_one(bench: Workbench) -> None:
    menu = built(bench, FRAME)
    assert bench.session.marks == {"f"}
    (colors,) = menu.findChildren(QMenu)
    assert len(colors.actions()) == len(COLORS)
    (checked,) = [a.text().replace("&", "") for a in colors.actions() if a.isChecked()]
    assert checked == "Indigo" and all(not a.icon().isNull() for a in colors.actions())
    choose(colors, "Green")
    assert frame_of(bench).color == "normalization"


def test_a_frame_goes_alone_or_with_all_in_it(bench: Workbench) -> None:
    count = len(bench.session.document.graph.nodes)
    choose(built(bench, FRAME), "Delete frame only")
    assert set(bench.session.document.marks) == {"n"}
    assert len(bench.session.document.graph.nodes) == count
    bench.session.undo()
    choose(built(bench, FRAME), "Delete with content")
    assert not bench.session.document.graph.nodes and set(bench.session.document.marks) == {"n"}


def test_a_frame_selects_and_fits_its_content(bench: Workbench) -> None:
    choose(built(bench, FRAME), "Select content")
    assert bench.session.chosen == bench.session.document.graph.nodes.keys()
    fitted = frame_of(bench)
    bench.session.do("wide", lambda d: marks.shift(d, ["n"], 900, 0))
    choose(built(bench, FRAME), "Fit to content")
    assert frame_of(bench) == fitted


def test_a_note_is_fitted_to_its_text_and_edited(bench: Workbench) -> None:
    choose(built(bench, NOTE), "Fit to content")
    assert bench.session.document.marks["n"].height < 80
    choose(built(bench, NOTE), "Edit text")
    assert isinstance(bench.canvas.editor.field, QPlainTextEdit)
    bench.canvas.editor.drop()
    assert "Colour" not in texts(built(bench, NOTE))


def test_renaming_a_frame_writes_its_title_in_place(bench: Workbench) -> None:
    bench.session.select(["f"])
    trigger(bench, "edit.rename")
    assert isinstance(bench.canvas.editor.field, QLineEdit)
    bench.canvas.editor.drop()


def test_frames_and_notes_are_added_by_their_keys_commands(bench: Workbench) -> None:
    bench.session.select(list(bench.session.document.graph.nodes)[:1])
    trigger(bench, "frame.add")
    bench.canvas.editor.drop()
    assert len(bench.session.document.marks) == 3
    trigger(bench, "frame.note")
    page = bench.canvas.editor.field
    assert isinstance(page, QPlainTextEdit)
    page.setPlainText("written")
    bench.canvas.editor.finish()
    assert len(bench.session.document.marks) == 4


def test_a_copied_frame_brings_its_content_and_covers_no_other(bench: Workbench) -> None:
    QGuiApplication.clipboard().clear()
    count = len(bench.session.document.graph.nodes)
    bench.session.select(["f"])
    trigger(bench, "edit.copy")
    trigger(bench, "edit.paste")
    document = bench.session.document
    assert len(document.graph.nodes) == 2 * count and len(document.marks) == 3
    (copy,) = bench.session.marks
    assert marks.contents(document, copy) == bench.session.selection
    bench.session.undo()
    bench.session.select(["f"])
    trigger(bench, "edit.duplicate")
    assert len(bench.session.document.graph.nodes) == 2 * count
    bench.session.undo()
    bench.session.select(["f"])
    trigger(bench, "edit.cut")
    assert not bench.session.document.graph.nodes


def test_a_note_alone_is_copied(bench: Workbench) -> None:
    QGuiApplication.clipboard().clear()
    bench.session.select(["n"])
    trigger(bench, "edit.copy")
    trigger(bench, "edit.paste")
    (copy,) = bench.session.marks
    pasted = bench.session.document.marks[copy]
    assert isinstance(pasted, Note) and pasted.text == "Why?"
    assert bench.session.history.undo_label == "Paste"


def test_what_lies_in_a_selected_frame_is_laid_out(bench: Workbench) -> None:
    node = min(bench.session.document.graph.nodes)
    bench.session.do("pull", lambda d: marks.shift(d, [node], 8, 0))
    bench.session.select(["f"])
    trigger(bench, "arrange.layered")
    assert bench.session.history.undo_label == "Arrange"
    held = marks.contents(bench.session.document, "f")
    assert held >= bench.session.document.graph.nodes.keys()


def test_commands_about_frames_wait_for_one(bench: Workbench) -> None:
    bench.session.select(())
    for key in ("frame.select_content", "frame.fit", "frame.delete_all", "edit.copy"):
        assert not bench.window.actions_by_id[key].isEnabled()
    bench.session.select(["n"])
    for key in ("edit.copy", "edit.delete", "edit.rename", "view.frame", "frame.fit"):
        assert bench.window.actions_by_id[key].isEnabled()
    assert not bench.window.actions_by_id["edit.delete_joined"].isEnabled()
