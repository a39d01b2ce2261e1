"""Designs that were closed come back as they were: past, place, file and what was not saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.document.serialize import to_bytes
from designer.ui.settings import Settings
from tests.ui.tab_desk import Desk, opened


@pytest.fixture
def desk(qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    with opened(qtbot, catalog, settings, tmp_path) as made:
        yield made


def test_a_closed_design_comes_back_with_its_past_and_in_its_place(desk: Desk) -> None:
    desk.open("a", "b", "c")
    desk.trigger("designs.2")
    desk.edit("of b")
    desk.answers.on_unsaved = "discard"
    desk.trigger("file.close")
    assert desk.texts == ["a", "c"]
    desk.trigger("file.reopen")
    assert desk.texts == ["a", "b", "c"]
    assert desk.session.title == "b"
    assert (desk.session.document.notes, desk.session.modified) == ("of b", True)
    desk.trigger("edit.undo")
    assert (desk.session.document.notes, desk.session.modified) == ("", False)
    assert desk.locks() == 3, "its file is its own again"


def test_designs_come_back_one_by_one_the_last_one_first(desk: Desk) -> None:
    desk.open("a", "b")
    desk.bench.open_example("residual_add")
    desk.trigger("file.close_all")
    assert desk.bench.window.stack.currentWidget() is desk.bench.start_page
    for _ in range(3):
        desk.trigger("file.reopen")
    assert desk.texts == ["a", "b", "residual_add"]
    assert desk.bench.window.stack.currentWidget() is desk.bench.canvas
    assert not desk.bench.window.actions_by_id["file.reopen"].isEnabled()


def test_the_key_for_it_is_the_one_of_browsers(desk: Desk) -> None:
    action = desk.bench.window.actions_by_id["file.reopen"]
    assert action.shortcuts() == [QKeySequence("Ctrl+Shift+T")]
    assert not action.isEnabled()


def test_an_empty_sheet_is_not_worth_coming_back(desk: Desk) -> None:
    desk.trigger("file.new")
    desk.trigger("file.close")
    assert not desk.bench.window.actions_by_id["file.reopen"].isEnabled()


def test_a_file_that_was_opened_again_by_hand_is_gone_to(desk: Desk) -> None:
    desk.open("a", "b")
    desk.trigger("file.close")
    desk.open("b")
    desk.trigger("designs.1")
    desk.trigger("file.reopen")
    assert desk.texts == ["a", "b"]
    assert desk.session.title == "b"


def test_a_file_that_was_written_meanwhile_is_told_of(desk: Desk) -> None:
    desk.open("a")
    desk.trigger("file.close")
    (desk.folder / "a.skipwire").write_bytes(to_bytes(Document("other")))
    desk.trigger("file.reopen")
    assert desk.session.document.name == "a"
    assert "a.skipwire" in desk.bench.bar.text.text()
    assert desk.bench.bar.offers()[0].text() == "Reload"


def test_a_file_that_is_gone_leaves_something_to_save(desk: Desk) -> None:
    desk.open("a")
    desk.trigger("file.close")
    (desk.folder / "a.skipwire").unlink()
    desk.trigger("file.reopen")
    assert desk.session.modified
    desk.trigger("file.save")
    assert (desk.folder / "a.skipwire").exists()
    assert not desk.session.modified
