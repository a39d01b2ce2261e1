"""Files behind the session: every answer to every question, and nothing lost on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from designer.document import edits
from designer.document.model import Document
from designer.document.problem import Problem
from designer.document.serialize import from_bytes, to_bytes
from designer.ui.documents import Documents
from designer.ui.recovery import Recovery, leftovers
from designer.ui.session import Session
from designer.ui.settings import Settings
from tests.ui.answers import Answers


@dataclass
class Desk:
    """A session, its documents, the answers, and the problems that were told."""

    session: Session
    documents: Documents
    answers: Answers
    problems: list[Problem]
    folder: Path

    def edit(self, name: str = "mine") -> None:
        assert self.session.do("Name", lambda d: edits.set_name(d, name))

    def file(self, name: str, document: Document) -> Path:
        path = self.folder / name
        path.write_bytes(to_bytes(document))
        return path


@pytest.fixture
def desk(session: Session, settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    """A desk with an empty design on it."""
    answers = Answers()
    documents = Documents(session, settings, tmp_path / "state", answers, session)
    problems: list[Problem] = []
    documents.failed.connect(problems.append)
    yield Desk(session, documents, answers, problems, tmp_path)
    documents.close()


def test_a_design_that_is_opened_is_what_was_saved(desk: Desk, autoencoder: Document) -> None:
    path = desk.file("a.skipwire", autoencoder)
    desk.documents.open(path)
    assert desk.session.document == autoencoder
    assert desk.session.path == path
    assert not desk.session.modified


def test_unsaved_changes_cancel(desk: Desk) -> None:
    desk.edit()
    assert not desk.documents.may_leave()
    assert not desk.documents.close_designs(desk.session.designs)
    assert desk.session.document.name == "mine"
    assert desk.answers.asked == ["unsaved", "unsaved"]


def test_unsaved_changes_discard(desk: Desk) -> None:
    desk.edit()
    desk.answers.on_unsaved = "discard"
    assert desk.documents.close_designs(desk.session.designs)
    assert desk.session.document == Document()


def test_unsaved_changes_save(desk: Desk) -> None:
    desk.edit()
    desk.answers.on_unsaved = "save"
    desk.answers.on_save = desk.folder / "mine"
    assert desk.documents.may_leave()
    assert from_bytes((desk.folder / "mine.skipwire").read_bytes()).name == "mine"
    desk.edit("other")
    desk.answers.on_save = None
    assert desk.documents.may_leave()
    assert desk.answers.asked == ["unsaved", "save", "unsaved"]


def test_a_save_that_is_called_off_keeps_the_window(desk: Desk) -> None:
    desk.edit()
    desk.answers.on_unsaved = "save"
    assert not desk.documents.may_leave()


def test_nothing_is_asked_when_nothing_is_lost(desk: Desk) -> None:
    assert desk.documents.may_leave()
    assert not desk.answers.asked


def test_a_save_that_fails_keeps_the_document_and_says_why(desk: Desk) -> None:
    desk.edit()
    desk.answers.on_save = desk.folder / "missing" / "a.skipwire"
    assert not desk.documents.save()
    assert desk.session.modified
    assert desk.session.path is None
    assert [p.code for p in desk.problems] == ["cannot_write"]


def test_a_broken_file_keeps_the_design_that_is_open(desk: Desk) -> None:
    path = desk.folder / "broken.skipwire"
    path.write_text('{"format": ')
    before = desk.session.document
    desk.documents.open(path)
    assert desk.session.document is before
    assert str(path) in desk.problems[0].message or desk.problems[0].where.file == str(path)


def test_a_large_file_is_read_beside_the_event_loop(
    qtbot: QtBot, desk: Desk, autoencoder: Document
) -> None:
    path = desk.file("large.skipwire", edits.set_notes(autoencoder, "x" * 200_000))
    with qtbot.waitSignal(desk.documents.opened):
        desk.documents.open(path)
        assert desk.session.path is None
    assert desk.session.path == path


def test_a_reading_that_is_cancelled_opens_nothing(
    qtbot: QtBot, desk: Desk, autoencoder: Document
) -> None:
    path = desk.file("large.skipwire", edits.set_notes(autoencoder, "x" * 200_000))
    desk.documents.open(path)
    desk.documents.cancel_reading()
    qtbot.wait(300)
    assert desk.session.path is None


def test_files_that_were_opened_are_remembered_last_first(
    desk: Desk, autoencoder: Document, settings: Settings
) -> None:
    first, second = desk.file("a.skipwire", autoencoder), desk.file("b.skipwire", autoencoder)
    for path in (first, second, first):
        desk.documents.open(path)
    assert settings.recent() == (first, second)
    second.unlink()
    assert settings.recent() == (first,)


@pytest.mark.parametrize(
    ("answer", "on_disk", "in_window"),
    [
        ("overwrite", "mine", "mine"),
        ("reload", "theirs", "theirs"),
        ("cancel", "theirs", "mine"),
    ],
)
def test_a_file_that_another_program_changed(
    desk: Desk, autoencoder: Document, answer: str, on_disk: str, in_window: str
) -> None:
    path = desk.file("a.skipwire", autoencoder)
    desk.documents.open(path)
    desk.edit("mine")
    desk.file("a.skipwire", edits.set_name(autoencoder, "theirs"))
    desk.answers.on_disk = answer
    desk.documents.save()
    assert desk.answers.asked == ["disk"]
    assert from_bytes(path.read_bytes()).name == on_disk
    assert desk.session.document.name == in_window


def test_a_reload_can_be_undone(desk: Desk, autoencoder: Document) -> None:
    desk.documents.open(desk.file("a.skipwire", autoencoder))
    desk.edit("mine")
    desk.documents.revert()
    assert desk.session.document == autoencoder
    desk.session.undo()
    assert desk.session.document.name == "mine"


def test_a_change_on_disk_is_noticed_but_our_own_save_is_not(
    qtbot: QtBot, desk: Desk, autoencoder: Document
) -> None:
    noticed: list[Path] = []
    desk.documents.disk_changed.connect(noticed.append)
    path = desk.file("a.skipwire", autoencoder)
    desk.documents.open(path)
    desk.edit("mine")
    assert desk.documents.save()
    qtbot.wait(100)
    assert not noticed
    desk.file("a.skipwire", edits.set_name(autoencoder, "theirs"))
    qtbot.waitUntil(lambda: noticed == [path], timeout=3000)


@pytest.mark.parametrize("answer", ["copy", "continue", "cancel"])
def test_a_second_window_on_one_file_is_told(
    desk: Desk, autoencoder: Document, settings: Settings, session: Session, answer: str
) -> None:
    path = desk.file("a.skipwire", autoencoder)
    desk.documents.open(path)
    other = Session(session.catalog, session)
    answers = Answers(on_use=answer)
    parent = QObject(session)
    documents = Documents(other, settings, desk.folder / "state", answers, parent)
    documents.open(path)
    assert answers.asked == ["use"]
    assert other.path == (path if answer == "continue" else None)
    assert other.modified == (answer == "copy")
    assert (other.document.name == Document().name) == (answer == "cancel")
    desk.documents.close()
    documents.open(path)
    documents.close()


def test_a_copy_of_unsaved_changes_is_set_aside_and_found_again(desk: Desk) -> None:
    folder = desk.folder / "recovery"
    recovery = Recovery(desk.session, folder, 60, desk.session)
    recovery.keep()
    assert not folder.exists()
    desk.edit("precious")
    recovery.keep()
    assert not leftovers(folder), "the window lives"
    # What a kill leaves: the copy, and a lock whose owner is gone.
    for lock in folder.glob("*.lock"):
        lock.unlink()
    (left,) = leftovers(folder)
    assert left.read().name == "precious"
    left.discard()
    recovery.close()
    assert not list(folder.iterdir())


def test_a_saved_design_leaves_no_copy(desk: Desk) -> None:
    folder = desk.folder / "recovery"
    recovery = Recovery(desk.session, folder, 60, desk.session)
    desk.edit()
    recovery.keep()
    assert list(folder.iterdir())
    desk.answers.on_save = desk.folder / "a.skipwire"
    desk.documents.save()
    recovery.keep()
    assert not list(folder.iterdir())
    recovery.close()


def test_a_window_that_is_ended_leaves_its_unsaved_changes_for_the_next(desk: Desk) -> None:
    folder = desk.folder / "recovery"
    recovery = Recovery(desk.session, folder, 60, desk.session)
    desk.edit()
    recovery.leave()
    recovery.close()
    (left,) = leftovers(folder)
    assert left.read() == desk.session.document


def test_another_file_opens_when_the_one_that_was_open_has_been_deleted(
    desk: Desk, autoencoder: Document
) -> None:
    first, second = desk.file("a.skipwire", autoencoder), desk.file("b.skipwire", Document("b"))
    desk.documents.open(first)
    first.unlink()
    desk.documents.open(second)
    assert desk.session.path == second


def test_a_state_folder_that_keeps_no_locks_does_not_keep_files_from_opening(
    desk: Desk, autoencoder: Document
) -> None:
    path = desk.file("a.skipwire", autoencoder)
    locks = desk.folder / "state" / "locks"
    locks.parent.mkdir(exist_ok=True)
    locks.symlink_to("/proc")  # where nobody may make a file
    desk.documents.open(path)
    assert desk.session.path == path
    assert not desk.answers.asked
