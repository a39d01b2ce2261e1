"""Code as text with breakable brackets, wrapped at 88 columns as ruff and black would do it.

A bracket stays on the line if all up to the next bracket fits; else a call's arguments move to
one indented line, or, like a collection's items always, to one line each.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 88
INDENT = 4


@dataclass(frozen=True, slots=True)
class Group:
    """A bracket and its items; `call` tells a call's brackets from a collection's."""

    opening: str
    items: tuple["Code", ...]
    closing: str
    call: bool = False
    trailing: bool = False  # the comma that a tuple of one item cannot do without


Code = tuple[str | Group, ...]  # the parts, one after the other


def call(function: str, arguments: Iterable[Code]) -> Code:
    """`function(arguments)`."""
    return (function, Group("(", tuple(arguments), ")", call=True))


def called(code: Code, arguments: Iterable[Code]) -> Code:
    """What `code` gives, called: `code(arguments)`."""
    return (*code, *call("", arguments))


def keyword(name: str, value: Code) -> Code:
    """`name=value`."""
    return (f"{name}=", *value)


def listed(items: Iterable[Code]) -> Code:
    """`[items]`."""
    return (Group("[", tuple(items), "]"),)


def tupled(items: Iterable[Code]) -> Code:
    """`(items)`, with the comma of a single one."""
    found = tuple(items)
    return (Group("(", found, ")", trailing=len(found) == 1),)


def mapped(items: Iterable[tuple[Code, Code]]) -> Code:
    """`{key: value}`."""
    return (Group("{", tuple((*key, ": ", *value) for key, value in items), "}"),)


def flat(code: Code) -> str:
    """The code on one line."""
    return "".join(part if isinstance(part, str) else _flat_group(part) for part in code)


def _flat_group(group: Group) -> str:
    comma = "," if group.trailing else ""
    return group.opening + ", ".join(map(flat, group.items)) + comma + group.closing


def width(text: str) -> int:
    """Columns that the text takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(code: Code, indent: int = 0, suffix: str = "") -> list[str]:
    """The lines of a statement that starts at column `indent`; `suffix` closes the last one."""
    lines = [" " * indent]
    for place, part in enumerate(code):
        if isinstance(part, str):
            lines[-1] += part
            continue
        rest = _until_break(code[place + 1 :], suffix)
        one = _flat_group(part)
        if not part.items or width(lines[-1] + one + rest) <= WIDTH:
            lines[-1] += one
        else:
            lines[-1] += part.opening
            lines += _body(part, indent + INDENT)
            lines.append(" " * indent + part.closing)
    lines[-1] += suffix
    return lines


def _until_break(code: Code, suffix: str) -> str:
    """What must stand on the same line: all up to the next place where a line may end."""
    text = ""
    for part in code:
        if isinstance(part, Group) and part.items:
            return text + part.opening
        text += flat((part,))
    return text + suffix


def _body(group: Group, indent: int) -> list[str]:
    one = " " * indent + ", ".join(map(flat, group.items))
    if group.call and width(one) <= WIDTH:
        return [one]
    return [line for item in group.items for line in wrap(item, indent, ",")]
