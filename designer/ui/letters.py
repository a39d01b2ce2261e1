"""The letters that choose an entry of a menu by keyboard: entries made for one menu alone get one
that no other entry there has, beside the commands, which bring theirs along.
"""

from collections.abc import Iterator

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu


def plain(text: str) -> str:
    """A text for a menu that has an ampersand only where it is meant as one."""
    return text.replace("&", "&&")


def letter_of(text: str) -> str:
    """The letter that chooses an entry of that text, in lower case; "" if it has none."""
    rest = text.replace("&&", "")
    place = rest.find("&")
    return rest[place + 1 : place + 2].lower() if place >= 0 else ""


def give_letters(menu: QMenu) -> None:
    """Every entry of this menu that has no letter gets one that is free, if there is one."""
    entries = [action for action in menu.actions() if not action.isSeparator()]
    taken = {letter_of(action.text()) for action in entries}
    for action in entries:
        if not letter_of(action.text()):
            taken.add(_give(action, taken))


def _give(action: QAction, taken: set[str]) -> str:
    text = action.text()
    place = next((p for p in _places(text) if text[p].lower() not in taken), None)
    if place is None:
        return ""
    action.setText(f"{text[:place]}&{text[place:]}")
    return text[place].lower()


def _places(text: str) -> Iterator[int]:
    """Where a letter may be marked: first those that begin a word, then all."""
    marks = [place for place, sign in enumerate(text) if sign.isascii() and sign.isalnum()]
    yield from (place for place in marks if place == 0 or not text[place - 1].isalnum())
    yield from marks
