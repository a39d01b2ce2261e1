"""Which keys call which command: those of the action table, but for what the user chose otherwise.

A key calls one command only, wherever the focus is. Keys are in Qt's portable text ("Ctrl+D").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from designer.ui.actions import ACTIONS, ActionSpec, label
from designer.ui.menu_titles import MENUS

_SPECS = {spec.id: spec for spec in ACTIONS}
_PORTABLE = QKeySequence.SequenceFormat.PortableText
# What works in every list, field and dialog, and what the canvas does by itself.
_FIXED = frozenset({"Esc", "Tab", "Shift+Tab", "Backtab", "Shift+Backtab", "Space", "Shift+Space"})
_STEERING = frozenset(
    f"{shift}{key}"
    for shift in ("", "Shift+")
    for key in ("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown",
                "Return", "Enter", "Backspace", "Del", "Ins")
)  # fmt: skip
_EDITING = frozenset(
    f"Ctrl+{key}"
    for key in ("C", "X", "V", "Z", "Shift+Z", "Y", "A", "Left", "Right", "Home", "End",
                "Backspace", "Del")
)  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("keymap", text)


def normal(key: str) -> str:
    """The key as Qt writes it; "" for what is not exactly one key with its modifiers."""
    sequence = QKeySequence.fromString(key, _PORTABLE)
    return sequence.toString(_PORTABLE) if sequence.count() == 1 else ""


def native(key: str) -> str:
    """The key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def name_of(spec: ActionSpec) -> str:
    """A command's text without marks."""
    return label(spec.text).replace("&", "").rstrip("…")


@dataclass(frozen=True)
class Keymap:
    """`chosen`: the keys of those commands only whose keys are not the table's."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def keys(self, command: str) -> tuple[str, ...]:
        """The keys of a command, the one for the menu first; KeyError for an unknown command."""
        spec = _SPECS[command]
        return self.chosen.get(command, standard(spec))

    def holder(self, key: str) -> str | None:
        """The command that this key calls."""
        return next((spec.id for spec in ACTIONS if key in self.keys(spec.id)), None)

    def given(self, command: str, key: str) -> "Keymap":
        """With one more key for this command, taken away from the one that had it."""
        return self._without(key).put(command, (*self.keys(command), key))

    def taken(self, command: str, key: str) -> "Keymap":
        """Without this key for this command."""
        return self.put(command, (k for k in self.keys(command) if k != key))

    def reset(self, command: str) -> "Keymap":
        """The command has the table's keys again; who has one of them by now loses it."""
        found = self
        for key in standard(_SPECS[command]):
            found = found._without(key)
        return found.put(command, standard(_SPECS[command]))

    def put(self, command: str, keys: Iterable[str]) -> "Keymap":
        """With exactly these keys for this command; others keep theirs."""
        wanted = tuple(dict.fromkeys(keys))
        chosen = {**self.chosen, command: wanted}
        if wanted == standard(_SPECS[command]):
            del chosen[command]
        return replace(self, chosen=chosen)

    def _without(self, key: str) -> "Keymap":
        holder = self.holder(key)
        return self if holder is None else self.taken(holder, key)


def standard(spec: ActionSpec) -> tuple[str, ...]:
    """The table's keys of a command, as Qt writes them."""
    return tuple(normal(key) for key in spec.shortcuts)


@dataclass(frozen=True)
class Verdict:
    """Whether a key may call a command: `refused` says why not, `note` what else is to know."""

    refused: str = ""
    note: str = ""


def judge(spec: ActionSpec, key: str) -> Verdict:
    """May the key (normal, not empty) call the command? Other commands' keys are not looked at."""
    if key in standard(spec):
        return Verdict()
    shown = native(key)
    if key in _FIXED:
        words = _tr(
            "{key} has a fixed meaning: it leaves, goes on or searches. Choose another key."
        )
        return Verdict(refused=words.format(key=shown))
    menu = _menu_of(key)
    if menu:
        words = _tr("{key} opens the menu {menu}. Choose another key.")
        return Verdict(refused=words.format(key=shown, menu=menu))
    return _in_canvas(key, shown) if spec.scope == "canvas" else _in_window(key, shown)


def _in_window(key: str, shown: str) -> Verdict:
    if key in _STEERING or _types(key):
        words = _tr(
            "{key} is needed for typing and in lists, and this command works everywhere. "
            "Hold Ctrl or Alt with it."
        )
        return Verdict(refused=words.format(key=shown))
    if key in _EDITING:
        words = _tr("In a text field {key} keeps its meaning there.")
        return Verdict(note=words.format(key=shown))
    return Verdict()


def _in_canvas(key: str, shown: str) -> Verdict:
    if _types(key) and key[-1].isalpha():
        words = _tr("On the canvas {key} no longer begins a search while this command can be done.")
        return Verdict(note=words.format(key=shown))
    return Verdict()


def _types(key: str) -> bool:
    """Whether the key writes a character into a text field."""
    return len(key.removeprefix("Shift+").removeprefix("Num+")) == 1  # others have longer names


def _menu_of(key: str) -> str:
    """The menu that Alt with a letter opens, without marks; "" if there is none."""
    for path, title in MENUS:
        shown = label(title)
        if "/" not in path and QKeySequence.mnemonic(shown) == QKeySequence(key):
            return shown.replace("&", "")
    return ""


def understood(stored: Mapping[str, object]) -> tuple[Keymap, tuple[str, ...]]:
    """What a settings file says of keys, and a sentence for each thing in it that is left out."""
    chosen: dict[str, tuple[str, ...]] = {}
    complaints: list[str] = []
    for command, value in stored.items():
        if command not in _SPECS:
            words = _tr("there is no command “{command}”")
            complaints.append(words.format(command=_shown(command)))
        elif not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            words = _tr("the keys of “{command}” cannot be read")
            complaints.append(words.format(command=name_of(_SPECS[command])))
        else:
            allowed = _allowed(_SPECS[command], value, complaints)
            if allowed or not value:  # no key at all may be chosen, but is no answer to nonsense
                chosen[command] = allowed
    return _untangled(chosen, complaints), tuple(complaints)


def _allowed(spec: ActionSpec, keys: list[str], complaints: list[str]) -> tuple[str, ...]:
    found = []
    for key in keys:
        name = normal(key)
        if name and not judge(spec, name).refused:
            found.append(name)
        else:
            words = _tr("“{key}” cannot call “{command}”")
            complaints.append(words.format(key=_shown(key), command=name_of(spec)))
    return tuple(dict.fromkeys(found))


def _shown(text: str) -> str:
    """A piece of a file that may hold anything, short and fit for a label."""
    return "".join(sign if sign.isprintable() else "?" for sign in text[:30])


def _untangled(chosen: Mapping[str, tuple[str, ...]], complaints: list[str]) -> Keymap:
    """Every key once: a chosen one before the table's, and for who comes first in the table."""
    kept: dict[str, tuple[str, ...]] = {}
    used: set[str] = set()
    for command in (spec.id for spec in ACTIONS if spec.id in chosen):
        keys = chosen[command]
        for key in used.intersection(keys):
            words = _tr("“{key}” is there twice")
            complaints.append(words.format(key=native(key)))
        free = tuple(key for key in keys if key not in used)
        if free or not keys:
            kept[command] = free
            used.update(free)
    found = Keymap()
    for spec in ACTIONS:
        free = tuple(key for key in standard(spec) if key not in used)
        found = found.put(spec.id, kept.get(spec.id, free))
    return found
