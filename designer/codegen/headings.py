"""Frames in the script: the title of one whose layers are called in one stretch stands above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from designer.codegen.naming import plain
from designer.document.marks import holdings
from designer.document.model import Document, Frame


@dataclass(frozen=True, slots=True)
class Headings:
    """By node id: the titles above its lines, the outermost frame's first; and where any ends."""

    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    last: frozenset[str] = frozenset()


def headings(document: Document, calls: Sequence[str]) -> Headings:
    """The headings of nodes and blocks of a sheet that are called in that order; frames they run in
    and out of have none, because a heading would be above what is not in the frame.
    """
    places = {key: place for place, key in enumerate(calls)}
    stretches = []
    for key, held in holdings(document).items() if document.marks else ():
        frame, inside = document.marks[key], sorted(places[i] for i in places.keys() & held)
        title = plain(frame.title) if isinstance(frame, Frame) else ""
        if title and inside and inside[-1] - inside[0] == len(inside) - 1:
            stretches.append((inside[0], -inside[-1], title))
    above: dict[str, tuple[str, ...]] = {}
    for first, _, title in sorted(stretches):
        above[calls[first]] = (*above.get(calls[first], ()), title)
    return Headings(above, frozenset(calls[-last] for _, last, _ in stretches))
