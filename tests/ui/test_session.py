"""The session: one thing that changes, and what it tells when it does."""

from functools import partial
from pathlib import Path

from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.codegen.script import Script
from designer.document import edits
from designer.document.diff import Change
from designer.document.marks import add_marks
from designer.document.model import Document, Frame, Node
from designer.document.problem import Problem
from designer.infer.report import Report
from designer.protocol import Ask
from designer.ui.session import Session
from tests.fake_worker import FakeWorker


def _add(session: Session, kind: str = "layers.Flatten") -> str:
    node = edits.new_node(session.document.graph, kind, 0, 0)
    assert session.do("Add", lambda d: edits.add(d, [node]))
    return node.id


def test_an_edit_is_told_with_its_origin_and_can_be_undone_and_redone(session: Session) -> None:
    heard: list[tuple[Change, object]] = []
    session.changed.connect(lambda change, origin: heard.append((change, origin)))
    origin = object()
    node = edits.new_node(session.document.graph, "layers.Flatten", 0, 0)
    session.do("Add Flatten", lambda d: edits.add(d, [node]), origin=origin)
    assert heard[0][0].added == {node.id}
    assert heard[0][1] is origin
    assert session.history.undo_label == "Add Flatten"
    session.undo()
    assert not session.document.graph.nodes
    assert heard[1][0].removed == {node.id}
    session.redo()
    assert node.id in session.document.graph.nodes


def test_an_edit_that_refuses_changes_nothing_and_is_told(session: Session) -> None:
    problems: list[Problem] = []
    session.failed.connect(problems.append)
    before = session.document
    assert not session.do("Rename", lambda d: edits.rename(d, "nobody", "x"))
    assert session.document is before
    assert not session.history.can_undo
    assert problems[0].message


def test_an_edit_that_changes_nothing_is_no_step(session: Session) -> None:
    heard: list[object] = []
    session.changed.connect(lambda change, origin: heard.append(change))
    assert session.do("Nothing", lambda d: d)
    assert not heard
    assert not session.history.can_undo


def test_edits_with_one_merge_key_are_one_step(session: Session) -> None:
    key = _add(session, "layers.Dense")

    def units(count: int) -> None:
        edit = partial(edits.set_param, key=key, name="units", value=count)
        session.do("Set units", edit, merge_key="units")

    for count in (1, 12, 128):
        units(count)
    session.undo()
    assert "units" not in session.document.graph.nodes[key].params


def test_removed_nodes_leave_the_selection(session: Session) -> None:
    key, other = _add(session), _add(session)
    session.select([key, other, "nobody"])
    assert session.selection == {key, other}
    heard: list[frozenset[str]] = []
    session.selected.connect(heard.append)
    session.do("Remove", lambda d: edits.remove(d, [key]))
    assert heard == [frozenset({other})]


def test_views_find_the_fitting_report_while_they_follow_a_change(
    session: Session, autoencoder: Document
) -> None:
    seen: list[Report] = []
    session.changed.connect(lambda change, origin: seen.append(session.report))
    session.become(autoencoder)
    assert set(seen[0].nodes) == set(autoencoder.graph.nodes)


def test_the_worker_completes_the_report(session: Session, autoencoder: Document) -> None:
    session.become(autoencoder)
    assert session.report.complete
    assert session.report.totals.parameters == 592_163
    assert session.report.totals.layers == 17
    assert not session.report.errors


def test_what_training_needs_is_among_the_problems(session: Session, autoencoder: Document) -> None:
    session.become(autoencoder)
    session.do("Data", lambda d: edits.set_data(d, type(d.data)("digits")))
    assert any(p.where.section in ("data", "training") for p in session.report.problems)


def test_a_new_worker_is_asked_what_the_last_one_left_open(
    qtbot: QtBot, catalog: Catalog, autoencoder: Document
) -> None:
    session = Session(catalog)
    asked: list[Ask] = []
    session.asked.connect(asked.append)
    session.become(autoencoder)
    session.worker_ready()
    assert len(asked) == 2
    session.told(FakeWorker().answer(asked[1]))
    assert session.report.complete


def test_the_script_follows_and_is_told_once_for_several_edits(
    qtbot: QtBot, session: Session, autoencoder: Document
) -> None:
    told: list[Script | Problem] = []
    session.scripted.connect(told.append)
    session.become(autoencoder)
    _add(session)
    _add(session)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(20)
    assert len(told) == 1
    assert isinstance(told[0], Script)
    assert told[0] is session.script
    assert "build_model" in told[0].text


def test_a_document_is_modified_until_it_is_saved(session: Session, tmp_path: Path) -> None:
    seen = [session.modified]
    _add(session)
    seen.append(session.modified)
    session.mark_saved(tmp_path / "a.skipwire")
    seen.append(session.modified)
    session.undo()
    seen.append(session.modified)
    session.redo()
    seen.append(session.modified)
    assert seen == [False, True, False, True, False]


def test_another_document_starts_a_history_of_its_own(
    session: Session, autoencoder: Document, tmp_path: Path
) -> None:
    _add(session)
    session.select(session.document.graph.nodes)
    session.become(autoencoder, tmp_path / "a.skipwire")
    assert not session.history.can_undo
    assert not session.selection
    seen = [session.modified]
    session.become(autoencoder, saved=False)
    assert [*seen, session.modified] == [False, True]
    assert session.path is None


def test_frames_and_notes_are_selected_apart_and_ask_keras_nothing(session: Session) -> None:
    session.become(edits.add(Document(), [Node("a", "layers.Dense", "a")]))
    asked: list[object] = []
    heard: list[object] = []
    session.asked.connect(asked.append)
    session.changed.connect(lambda change, _origin: heard.append(change))
    session.do("frame", lambda d: add_marks(d, [Frame("f", "All", "core", -200, -200, 400, 400)]))
    session.select(["a", "f", "gone"])
    assert session.selection == {"a"} and session.marks == {"f"}
    assert session.chosen == {"a", "f"}
    assert heard == [Change(marks=frozenset({"f"}))] and not asked
    session.undo()
    assert not session.marks and session.selection == {"a"}
