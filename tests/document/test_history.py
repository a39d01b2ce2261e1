"""Undo returns to the very same bytes, redo too, and merged actions are one step."""

from hypothesis import given
from hypothesis import strategies as st

from designer.document import edits
from designer.document.history import LIMIT, History
from designer.document.model import Document
from designer.document.serialize import to_bytes
from tests.document.strategies import grown


@given(st.lists(grown(), max_size=8))
def test_undo_and_redo_return_to_the_very_same_bytes(documents: list[Document]) -> None:
    history = History.start(Document())
    seen = [to_bytes(history.document)]
    for document in documents:
        before = history
        history = history.do("edit", document)
        if history is not before:
            seen.append(to_bytes(document))
    for expected in reversed(seen):
        assert to_bytes(history.document) == expected
        history = history.undo()
    for expected in seen[1:]:
        history = history.redo()
        assert to_bytes(history.document) == expected
    assert not history.can_redo


def named(name: str) -> Document:
    return edits.set_name(Document(), name)


def test_actions_with_one_merge_key_are_one_step() -> None:
    history = History.start(Document())
    for name in ("a", "ab", "abc"):
        history = history.do("rename", named(name), "name")
    assert history.document.name == "abc"
    assert history.undo().document.name == "untitled"


def test_an_undo_seals_the_step_against_merging() -> None:
    history = History.start(Document()).do("rename", named("a"), "name").undo().redo()
    history = history.do("rename", named("ab"), "name")
    assert history.undo().document.name == "a"


def test_a_new_action_drops_what_was_undone() -> None:
    history = History.start(Document()).do("one", named("a")).undo().do("two", named("b"))
    assert not history.can_redo
    assert history.undo_label == "two"


def test_an_action_that_changes_nothing_is_no_step() -> None:
    history = History.start(Document())
    assert history.do("nothing", Document()) is history


def test_saved_means_equal_to_what_was_saved_even_after_undo() -> None:
    history = History.start(Document())
    changed = history.do("rename", named("a"))
    assert history.saved
    assert not changed.saved
    assert changed.undo().saved
    assert changed.mark_saved().saved
    assert not changed.mark_saved().undo().saved


def test_a_long_history_forgets_its_beginning() -> None:
    history = History.start(Document())
    for number in range(LIMIT + 10):
        history = history.do("rename", named(f"n{number}"))
    assert len(history.steps) == LIMIT
    assert history.document.name == f"n{LIMIT + 9}"
