"""How large things are on the canvas, in px at 100 %, and what lies within what.

Nodes have the sizes of their kind: the canvas draws them so, and layouts keep room for them.
"""

from collections.abc import Iterable
from typing import NamedTuple

from designer.document.model import INPUT, OUTPUT, PASSAGES, Frame, Node, Note

CARD = (176.0, 48.0)
_PILLS = frozenset((INPUT, OUTPUT, *PASSAGES))
PILL = (144.0, 32.0)  # inputs and outputs, of the model and of a block seen from inside


class Extent(NamedTuple):
    """A rectangle by its edges; right and bottom are not less than left and top."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "Extent") -> bool:
        """Whether the other one lies wholly within, edges included."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


def size_of(kind: str) -> tuple[float, float]:
    """Width and height of a node of that type."""
    return PILL if kind in _PILLS else CARD


def extent_of(thing: Node | Frame | Note) -> Extent:
    """What a node (whose place is its centre), a frame or a note (its corner) covers."""
    if isinstance(thing, Node):
        width, height = size_of(thing.type)
        left, top = thing.x - width / 2, thing.y - height / 2
        return Extent(left, top, left + width, top + height)
    return Extent(thing.x, thing.y, thing.x + thing.width, thing.y + thing.height)


def around(extents: Iterable[Extent]) -> Extent | None:
    """The least rectangle that holds all of these; None for none."""
    rows = tuple(zip(*extents, strict=True))
    if not rows:
        return None
    return Extent(min(rows[0]), min(rows[1]), max(rows[2]), max(rows[3]))
