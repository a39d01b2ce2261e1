"""Which keys call which command, and what a settings file may and may not say of them."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QKeySequence

from designer.ui.actions import ACTIONS
from designer.ui.keymap import Keymap, judge, normal, standard, understood

SPECS = {spec.id: spec for spec in ACTIONS}
COMMANDS = st.sampled_from(sorted(SPECS))
KEYS = st.sampled_from(
    ["Ctrl+D", "F9", "F", "Ctrl+Shift+Z", "Alt+F", "Esc", "Q", "Ctrl+K, Ctrl+S", "none", "", "Up"]
)  # fmt: skip
ANYTHING = st.none() | st.integers() | st.text() | st.lists(KEYS | st.text() | st.integers())


def has_every_key_once(keymap: Keymap) -> bool:
    keys = [key for spec in ACTIONS for key in keymap.keys(spec.id)]
    return len(keys) == len(set(keys))


def test_without_a_choice_the_keys_are_those_of_the_table() -> None:
    keymap = Keymap()
    for spec in ACTIONS:
        assert keymap.keys(spec.id) == standard(spec)
        assert "" not in standard(spec), spec.id
        for key in standard(spec):
            assert keymap.holder(key) == spec.id


def test_a_key_that_is_given_is_taken_from_who_had_it() -> None:
    keymap = Keymap().given("file.start", "Ctrl+D")
    assert keymap.keys("file.start") == ("Ctrl+D",)
    assert keymap.keys("edit.duplicate") == ()
    assert keymap.holder("Ctrl+D") == "file.start"


def test_a_command_may_have_several_keys() -> None:
    keymap = Keymap().given("edit.undo", "F9").given("edit.undo", "F10")
    assert keymap.keys("edit.undo") == ("Ctrl+Z", "F9", "F10")
    assert keymap.taken("edit.undo", "Ctrl+Z").keys("edit.undo") == ("F9", "F10")


def test_a_reset_brings_the_default_back_and_takes_it_from_others() -> None:
    keymap = Keymap().given("file.start", "Ctrl+D").reset("edit.duplicate")
    assert keymap.keys("edit.duplicate") == ("Ctrl+D",)
    assert keymap.keys("file.start") == ()
    assert keymap == Keymap()


def test_only_what_differs_is_chosen() -> None:
    keymap = Keymap().given("edit.undo", "F9")
    assert set(keymap.chosen) == {"edit.undo"}
    assert keymap.taken("edit.undo", "F9").chosen == {}


@given(st.lists(st.tuples(st.sampled_from(["given", "taken", "reset"]), COMMANDS, KEYS)))
def test_whatever_is_chosen_no_key_calls_two_commands(steps: list[tuple[str, str, str]]) -> None:
    keymap = Keymap()
    for act, command, key in steps:
        if act == "given":
            keymap = keymap.given(command, key)
        elif act == "taken":
            keymap = keymap.taken(command, key)
        else:
            keymap = keymap.reset(command)
        assert has_every_key_once(keymap)
        assert all(keymap.keys(c) != standard(SPECS[c]) for c in keymap.chosen)


@given(st.dictionaries(COMMANDS | st.text(), ANYTHING, max_size=6))
def test_whatever_a_file_says_the_keys_are_in_order(stored: dict[str, object]) -> None:
    keymap, complaints = understood(stored)
    assert has_every_key_once(keymap)
    for command, keys in keymap.chosen.items():
        assert all(normal(key) == key and not judge(SPECS[command], key).refused for key in keys)
    unknown = [command for command in stored if command not in SPECS]
    assert len(complaints) >= len(unknown)


def test_what_was_chosen_is_understood_again() -> None:
    keymap = (
        Keymap()
        .given("file.start", "Ctrl+D")
        .given("edit.delete", "X")
        .taken("edit.undo", "Ctrl+Z")
    )
    stored = {command: list(keys) for command, keys in keymap.chosen.items()}
    assert understood(stored) == (keymap, ())


def test_what_a_file_says_in_vain_is_told() -> None:
    stored = {
        "edit.fly": ["F9"],
        "edit.undo": "F9",
        "edit.redo": ["Ctrl+K, Ctrl+S", "F9"],
        "file.new": ["Q"],
        "file.open": ["F9"],
    }
    keymap, complaints = understood(stored)
    assert keymap.keys("file.open") == ("F9",)
    assert keymap.keys("edit.redo") == standard(SPECS["edit.redo"])
    assert keymap.keys("edit.undo") == ("Ctrl+Z",)
    said = " ".join(complaints)
    for words in (
        "edit.fly",
        "“Undo” cannot be read",
        "“Ctrl+K, Ctrl+S”",
        "“Q”",
        "“F9” is there twice",
    ):
        assert words in said


def test_a_chosen_key_goes_before_the_default_of_another_command() -> None:
    keymap, complaints = understood({"file.start": ["Ctrl+Z"]})
    assert not complaints
    assert keymap.keys("file.start") == ("Ctrl+Z",)
    assert keymap.keys("edit.undo") == ()


def test_keys_that_typing_lists_and_menus_need_are_refused_with_a_reason() -> None:
    undo = SPECS["edit.undo"]
    for key in ("A", "1", "Shift+A", "+", "Return", "Left", "Shift+End", "Del"):
        assert "Hold Ctrl or Alt" in judge(undo, key).refused, key
    for key in ("Esc", "Tab", "Space", "Shift+Tab"):
        assert "fixed meaning" in judge(SPECS["view.fit"], key).refused, key
    assert "opens the menu File" in judge(undo, "Alt+F").refused


def test_a_letter_for_the_canvas_is_allowed_and_what_it_costs_is_said() -> None:
    assert "no longer begins a search" in judge(SPECS["edit.delete"], "X").note
    assert judge(SPECS["edit.delete"], "2") == judge(SPECS["edit.delete"], "Shift+F9")
    assert "text field" in judge(SPECS["file.new"], "Ctrl+C").note
    assert not judge(SPECS["file.new"], "Ctrl+Alt+J").note


def test_every_default_is_allowed() -> None:
    for spec in ACTIONS:
        for key in standard(spec):
            assert not judge(spec, key).refused
            assert QKeySequence(key).count() == 1
