"""Frames and notes as they stand in a file, one a line: checked while they are read, because a
file may come from anywhere. Their limits are in the schema too.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Annotated

from msgspec import Meta, Struct

from designer.document.model import Color, Frame, Mark, Note
from designer.document.problem import Where, failure

MAX_MARKS = 2_000
TITLE_LIMIT = 100
TEXT_LIMIT = 20_000
SMALLEST = 16.0  # px, of a side
LARGEST = 1_000_000.0
FURTHEST = 1e9

Length = Annotated[float, Meta(ge=SMALLEST, le=LARGEST)]
Place = Annotated[float, Meta(ge=-FURTHEST, le=FURTHEST)]
Title = Annotated[str, Meta(max_length=TITLE_LIMIT, pattern="^[^\\x00-\\x1f\\x7f]*$(?!\\n)")]
Text = Annotated[str, Meta(max_length=TEXT_LIMIT)]
Key = Annotated[str, Meta(min_length=1, max_length=200)]
Number = Callable[[float], float]


class FrameLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A frame as it stands in a file: `at` is its upper left corner."""

    id: Key
    at: tuple[Place, Place]
    size: tuple[Length, Length]
    title: Title = ""
    color: Color = "operations"
    block: str = ""


class NoteLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A note as it stands in a file: `at` is its upper left corner."""

    id: Key
    at: tuple[Place, Place]
    size: tuple[Length, Length]
    text: Text = ""
    block: str = ""


def lines_of(marks: Mapping[str, Mark], number: Number) -> tuple[list[FrameLine], list[NoteLine]]:
    """The lines of frames and of notes, by their ids; `number` shortens coordinates."""
    frames, notes = [], []
    for _, mark in sorted(marks.items()):
        at = (number(mark.x), number(mark.y))
        size = (number(mark.width), number(mark.height))
        if isinstance(mark, Frame):
            frames.append(FrameLine(mark.id, at, size, mark.title, mark.color, mark.block))
        else:
            notes.append(NoteLine(mark.id, at, size, mark.text, mark.block))
    return frames, notes


def marks_of(
    frames: Iterable[FrameLine], notes: Iterable[NoteLine], nodes: Collection[str], where: Where
) -> dict[str, Mark]:
    """The frames and notes in these lines; ProblemError where an id is taken, or for too many."""
    found: dict[str, Mark] = {}
    read: list[Mark] = [Frame(f.id, f.title, f.color, *f.at, *f.size, f.block) for f in frames]
    read += [Note(n.id, n.text, *n.at, *n.size, n.block) for n in notes]
    for mark in read:
        if mark.id in found or mark.id in nodes:
            template = "The id {id!r} is there twice; frames, notes and nodes need each its own."
            raise failure("double_id", template + " Change one.", where, id=mark.id)
        found[mark.id] = mark
    check_count(len(found), where)
    return found


def check_count(count: int, where: Where) -> None:
    """ProblemError where a design would hold too many frames and notes."""
    if count > MAX_MARKS:
        template = "A design holds at most {limit} frames and notes; this would make {count}."
        raise failure("too_many_marks", template, where, limit=MAX_MARKS, count=count)
