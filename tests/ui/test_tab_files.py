"""The files of designs in tabs: locks, drops, changes on disk, and what a crash leaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.document.serialize import from_bytes, to_bytes
from designer.ui import rescue
from designer.ui.recovery import leftovers
from designer.ui.settings import Settings
from tests.ui.benches import furnish
from tests.ui.tab_desk import Desk, opened

_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    with opened(qtbot, catalog, settings, tmp_path) as made:
        yield made


# --- files ------------------------------------------------------------------------------------


def test_a_file_is_locked_as_long_as_its_design_is_open(desk: Desk) -> None:
    desk.open("a", "b")
    assert desk.locks() == 2
    desk.trigger("file.close")
    assert desk.locks() == 1
    desk.trigger("file.close_all")
    assert desk.locks() == 0


def test_a_design_is_not_saved_over_the_file_of_another_tab(desk: Desk) -> None:
    desk.open("a", "b")
    desk.edit()
    desk.answers.on_save = desk.folder / "a.skipwire"
    desk.trigger("file.save_as")
    assert "open in another tab" in desk.bench.bar.text.text()
    assert from_bytes((desk.folder / "a.skipwire").read_bytes()).notes == ""
    assert desk.session.path == desk.folder / "b.skipwire"


def test_files_that_are_dropped_open_in_tabs(desk: Desk) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(desk.file(name))) for name in ("a", "b")])
    for target in (desk.bench.window, desk.bench.canvas):
        copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(20, 20), copy, mime, _LEFT, none)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(target, QDropEvent(QPointF(20, 20), copy, mime, _LEFT, none))
        assert desk.texts == ["a", "b"]


def test_large_files_open_one_after_the_other(desk: Desk, qtbot: QtBot) -> None:
    paths = []
    for name in ("a", "b", "c"):
        path = desk.folder / f"{name}.skipwire"
        path.write_bytes(to_bytes(Document(name, notes="x" * 50_000 if name != "b" else "")))
        paths.append(path)
    broken = desk.folder / "broken.skipwire"
    broken.write_text("{")
    desk.bench.start([paths[0], broken, *paths[1:], paths[0]])
    qtbot.waitUntil(lambda: desk.texts == ["a", "b", "c"])
    qtbot.waitUntil(lambda: desk.session.title == "a")
    desk.bench.link.stop()


def test_a_change_on_disk_of_a_design_in_the_background_is_told_and_again_when_it_is_shown(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.open("a", "b")
    desk.file("a", "theirs")
    bar = desk.bench.bar
    qtbot.waitUntil(lambda: "a.skipwire" in bar.text.text(), timeout=3000)
    bar.clear()
    desk.trigger("designs.previous")
    assert "a.skipwire" in bar.text.text()
    desk.trigger("designs.next")
    bar.offers()[0].click()
    assert desk.session.title == "a"
    assert desk.session.document.name == "theirs"
    desk.trigger("designs.next")
    desk.trigger("designs.next")
    assert not bar.isVisible()


@pytest.mark.parametrize("wanted", [True, False])
def test_what_was_open_is_open_again_if_that_is_wanted(
    desk: Desk, qtbot: QtBot, catalog: Catalog, settings: Settings, wanted: bool
) -> None:
    settings.put("files/reopen", wanted)
    desk.open("a", "b", "c")
    desk.trigger("file.new")
    desk.trigger("designs.2")
    desk.bench.close()
    (desk.folder / "c.skipwire").unlink()
    other = furnish(qtbot, catalog, settings, desk.folder)
    other.start([])
    assert [other.session.titles[d] for d in other.session.designs] == (
        ["a", "b"] if wanted else []
    )
    assert not wanted or other.session.title == "b"
    other.close()
    other.window.deleteLater()


# --- what a crash leaves ----------------------------------------------------------------------


def test_the_unsaved_designs_of_a_crash_are_offered_and_recovered_all(
    desk: Desk, qtbot: QtBot, catalog: Catalog, settings: Settings
) -> None:
    folder = desk.folder / "state" / "recovery"
    desk.open("a", "b", "c")
    desk.edit("of c")
    desk.trigger("designs.1")
    desk.edit("of a")
    desk.bench.recovery.keep()
    assert len(list(folder.glob("*.skipwire"))) == 2
    desk.bench.recovery.leave()
    other = furnish(qtbot, catalog, settings, desk.folder)
    rescue.offer(folder, other.bar, other.documents, other.recovery)
    assert "a.skipwire" in other.bar.text.text()
    assert "c.skipwire" in other.bar.text.text()
    other.documents.new()
    recover = other.bar.offers()[0]
    assert recover.text() == "Recover all"
    recover.click()
    assert {design.document.notes for design in other.session.designs} == {"of a", "of c"}
    assert all(design.modified for design in other.session.designs)
    assert len(list(folder.glob("*.skipwire"))) == 2, "copies of its own are kept now"
    assert not leftovers(folder)
    other.close()
    assert not list(folder.iterdir())
    other.window.deleteLater()


def test_a_copy_goes_when_its_design_is_closed_or_saved(desk: Desk) -> None:
    folder = desk.folder / "state" / "recovery"
    desk.open("a", "b")
    desk.edit()
    desk.trigger("designs.previous")
    desk.edit()
    desk.bench.recovery.keep()
    desk.answers.on_unsaved = "discard"
    desk.trigger("file.close")
    assert len(list(folder.glob("*.skipwire"))) == 1
    desk.trigger("file.save")
    desk.bench.recovery.keep()
    assert not list(folder.glob("*.skipwire"))
