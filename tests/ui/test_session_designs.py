"""Several designs in one session: each has its own past, selection and file; Keras answers once."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.diff import Change
from designer.document.model import Document
from designer.formats.examples import load_example
from designer.protocol import Ask
from designer.ui.designs import Design
from designer.ui.session import Session
from tests.fake_worker import FakeWorker


@pytest.fixture
def two(session: Session, autoencoder: Document) -> tuple[Design, Design]:
    """The autoencoder and the residual example, which is the current one."""
    session.open(autoencoder)
    first = session.current
    session.open(load_example("residual_add"))
    return first, session.current


def test_a_design_opens_beside_the_others(session: Session, two: tuple[Design, Design]) -> None:
    assert session.designs == two
    assert session.document.name == "residual_add"
    session.switch(two[0])
    assert session.document.name == "skip_autoencoder"
    assert session.designs == two


def test_a_sheet_that_nobody_touched_gives_its_place(session: Session) -> None:
    session.open(Document())
    sheet = session.current
    session.open(load_example("residual_add"))
    assert list(session.designs) == [sheet]
    session.open(Document())
    session.open(Document())
    assert len(session.designs) == 3, "two new sheets are two"
    assert session.current is session.designs[-1]


def test_a_sheet_with_a_past_is_no_longer_pristine(session: Session) -> None:
    session.do("Name", lambda d: edits.set_name(d, "mine"))
    session.undo()
    session.open(load_example("residual_add"))
    assert len(session.designs) == 2


def test_undo_stays_with_its_design(session: Session, two: tuple[Design, Design]) -> None:
    first, second = two
    session.do("Name", lambda d: edits.set_name(d, "changed"))
    session.switch(first)
    assert not session.history.can_undo
    assert not session.modified
    session.undo()
    session.do("Note", lambda d: edits.set_notes(d, "here"))
    session.switch(second)
    assert session.history.undo_label == "Name"
    session.undo()
    assert session.document.name == "residual_add"
    assert session.history.can_redo
    session.switch(first)
    assert session.document.notes == "here"


def test_the_selection_comes_back(session: Session, two: tuple[Design, Design]) -> None:
    first, second = two
    session.select({"conv1"})
    told: list[frozenset[str]] = []
    session.selected.connect(told.append)
    session.switch(first)
    assert session.selection == frozenset()
    session.select({"merge1"})
    session.switch(second)
    assert session.selection == {"conv1"}
    assert told == [frozenset(), {"merge1"}, frozenset(), {"conv1"}]


def test_views_hear_of_everything_when_another_design_is_shown(
    session: Session, two: tuple[Design, Design]
) -> None:
    changes: list[Change] = []
    session.changed.connect(lambda change, origin: changes.append(change))
    session.switch(two[0])
    assert changes == [Change.everything(two[0].document)]
    session.switch(two[0])
    assert len(changes) == 1


def test_coming_back_asks_keras_nothing(session: Session, two: tuple[Design, Design]) -> None:
    asked: list[Ask] = []
    session.asked.connect(asked.append)
    for design in (*two, *two):
        session.switch(design)
        assert session.report.complete
    assert not asked


def test_an_answer_that_arrives_after_a_switch_is_not_lost(
    catalog: Catalog, autoencoder: Document
) -> None:
    session, worker = Session(catalog), FakeWorker()
    asked: list[Ask] = []
    session.asked.connect(asked.append)
    session.open(autoencoder)
    first = session.current
    session.open(load_example("residual_add"))
    reports: list[object] = []
    session.reported.connect(reports.append)
    session.told(worker.answer(asked[0]))
    complete = [session.report.complete]
    assert not session.report.nodes.keys() & {"merge1"}, "it was about the other design"
    session.switch(first)
    complete.append(session.report.complete)
    assert complete == [False, True]
    assert len(asked) == 2


def test_a_new_worker_is_asked_about_every_design(catalog: Catalog, autoencoder: Document) -> None:
    session, worker = Session(catalog), FakeWorker()
    session.open(autoencoder)
    first = session.current
    session.open(load_example("residual_add"))
    asked: list[Ask] = []
    session.asked.connect(asked.append)
    session.worker_ready()
    assert len(asked) == 2
    for ask in asked:
        session.told(worker.answer(ask))
    assert session.report.complete
    session.switch(first)
    assert session.report.complete, "it was answered in the background"
    assert len(asked) == 2


def test_closing_shows_the_next_design_or_the_one_before(
    session: Session, two: tuple[Design, Design]
) -> None:
    first, second = two
    session.open(Document("third"))
    third = session.current
    session.switch(second)
    session.drop([second])
    assert session.current is third
    session.drop([third])
    assert session.current is first
    session.drop([first])
    assert session.designs == ()
    assert session.document == Document()
    assert not session.report.nodes


def test_closing_a_design_in_the_background_changes_nothing_else(
    session: Session, two: tuple[Design, Design]
) -> None:
    changes: list[Change] = []
    session.changed.connect(lambda change, origin: changes.append(change))
    session.drop([two[0]])
    assert list(session.designs) == [two[1]]
    assert not changes


def test_designs_take_another_order(session: Session, two: tuple[Design, Design]) -> None:
    told: list[None] = []
    session.designs_changed.connect(lambda: told.append(None))
    session.arrange(reversed(two))
    assert session.designs == (two[1], two[0])
    session.arrange(two[:1])
    assert len(session.designs) == 2
    assert len(told) == 1


def test_what_is_being_typed_is_told_before_another_design_comes(
    session: Session, two: tuple[Design, Design]
) -> None:
    left: list[Design] = []
    session.leaving.connect(lambda: left.append(session.current))
    session.switch(two[0])
    session.open(Document("third"))
    assert left == [two[1], two[0]]


def test_each_design_has_its_file(
    session: Session, two: tuple[Design, Design], tmp_path: Path
) -> None:
    session.mark_saved(tmp_path / "b.skipwire")
    session.switch(two[0])
    assert session.path is None
    assert session.title == "skip_autoencoder"
    assert session.titles[two[1]] == "b"


_DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["open", "edit", "undo", "redo", "switch", "drop", "reverse"]),
        st.integers(0, 5),
    ),
    max_size=30,
)


@settings(max_examples=60)
@given(_DEEDS)
def test_whatever_is_done_each_design_has_exactly_its_own_past(
    catalog: Catalog, deeds: list[tuple[str, int]]
) -> None:
    session = Session(catalog)
    pasts: dict[Design, tuple[list[str], int]] = {}  # the notes, step by step, and which are now
    for number, (deed, which) in enumerate(deeds):
        chosen = session.designs[which % len(session.designs)] if session.designs else None
        if deed == "open":
            session.open(Document(f"d{number}"))
            pasts[session.current] = [""], 0
        elif deed == "reverse":
            session.arrange(reversed(session.designs))
        elif chosen is None:
            continue
        elif deed == "switch":
            session.switch(chosen)
        elif deed == "drop":
            session.drop([chosen])
            del pasts[chosen]
        else:
            notes, now = pasts[session.current]
            if deed == "edit":
                session.do("Note", partial(edits.set_notes, notes=f"n{number}"))
                notes, now = [*notes[: now + 1], f"n{number}"], now + 1
            elif deed == "undo":
                session.undo()
                now = max(now - 1, 0)
            else:
                session.redo()
                now = min(now + 1, len(notes) - 1)
            pasts[session.current] = notes, now
        assert set(session.designs) == pasts.keys()
        assert (session.current in pasts) == bool(pasts)
        for design, (notes, now) in pasts.items():
            assert design.document.notes == notes[now]
            assert design.history.can_undo == (now > 0)
            assert design.modified == (now > 0)
    session.close()
