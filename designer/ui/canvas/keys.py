"""The canvas by keyboard: which key does what."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from designer.ui.canvas.key_hand import KeyHand
from designer.ui.keymap import Keymap
from designer.ui.session import Session

Key = Qt.Key
_STEPS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
_LARGE = 5  # steps at once


class Keyboard(Protocol):
    """What the keys can make the canvas do; False where there was nothing to do."""

    keymap: Keymap
    by_key: KeyHand

    @property
    def session(self) -> Session: ...
    def escape(self) -> bool: ...
    def delete_selection(self) -> bool: ...
    def select_all(self) -> None: ...
    def frame_selection(self) -> None: ...
    def fit(self) -> None: ...
    def zoom_to(self, zoom: float) -> None: ...
    def search_here(self) -> None: ...


def commands(canvas: Keyboard) -> Mapping[str, Callable[[], bool]]:
    """The commands of the action table that the canvas does by itself, by their ids."""
    hand = canvas.by_key
    found: dict[str, Callable[[], bool]] = {
        "edit.delete": canvas.delete_selection,
        "edit.select_all": partial(_done, canvas.select_all),
        "view.fit": partial(_done, canvas.fit),
        "view.actual_size": lambda: _done(canvas.zoom_to, 1.0),
        # With nothing selected its letter is the first one of a search.
        "view.frame": lambda: bool(canvas.session.selection) and _done(canvas.frame_selection),
        "go.parameters": hand.accept,
        "wire.from": partial(hand.begin, forward=True),
        "wire.next": hand.next_wire,
        "wire.to": partial(hand.begin, forward=False),
    }
    for side, (dx, dy) in _STEPS.items():
        found[f"go.{side}"] = partial(hand.go, dx, dy)
        found[f"move.{side}"] = partial(hand.move, dx, dy)
        found[f"move.far_{side}"] = partial(hand.move, dx, dy, _LARGE)
    return found


def _done(act: Callable[..., object], *values: object) -> bool:
    act(*values)
    return True


def press(canvas: Keyboard, event: QKeyEvent) -> bool:
    """Do what the key means; False if it means nothing here."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == Qt.KeyboardModifier.NoModifier and event.key() == Key.Key_Escape:
        return canvas.escape()
    if held == Qt.KeyboardModifier.NoModifier and event.key() == Key.Key_Tab:
        return canvas.by_key.tab()
    command = _called(canvas.keymap, event)
    act = commands(canvas).get(command) if command is not None else None
    return act is not None and act()


def _called(keymap: Keymap, event: QKeyEvent) -> str | None:
    """The command of a key; a sign that Shift writes counts with and without Shift."""
    key, held = Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    ways = [held]
    if event.text().isprintable() and not event.text().isalpha():
        ways.append(held & ~Qt.KeyboardModifier.ShiftModifier)
    for modifiers in ways:
        sequence = QKeySequence(key.value | modifiers.value)
        found = keymap.holder(sequence.toString(QKeySequence.SequenceFormat.PortableText))
        if found is not None:
            return found
    return None


def pass_on(event: QKeyEvent, typed: Callable[[str], object]) -> bool:
    """A key that means nothing here: a letter begins a search, others are unknown (False)."""
    shifted = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    letter = event.text().isalpha() and not shifted
    if letter:
        typed(event.text())
    return letter
