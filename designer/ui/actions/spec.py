"""What a command is: the row of the action table, and how its texts are translated."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

Scope = Literal["window", "canvas"]


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command. `shortcuts` are in Qt's portable text, the first one stands in the menu.

    `menu` is a path ("View/Theme"); `separated` draws a line above; `scope` "canvas" limits the
    shortcut to a canvas with the focus, because the keys mean something else in a text field;
    `group` makes it one choice of several; `design` needs a design to be open.
    """

    id: str
    text: str
    shortcuts: tuple[str, ...] = ()
    menu: str = ""
    icon: str = ""
    tip: str = ""
    separated: bool = False
    checkable: bool = False
    group: str = ""
    scope: Scope = "window"
    design: bool = True


def label(text: str) -> str:
    """A text of this table in the user's language."""
    return QCoreApplication.translate("actions", text)


def marked(text: object) -> str:
    """The text in a QT_TRANSLATE_NOOP, which returns what it is given; lupdate reads the call."""
    return str(text)
