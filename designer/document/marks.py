"""Edits of frames and notes, and of everything that they move along: pure, as all edits are.

A frame carries what lies wholly within it. That is seen from where things are, not written down,
so whatever is put into a frame belongs to it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from designer.document import edits
from designer.document.extent import Extent, around, extent_of
from designer.document.mark_lines import LARGEST, TEXT_LIMIT, TITLE_LIMIT, check_count
from designer.document.model import Color, Document, Frame, Mark, Node, Note
from designer.document.problem import Where, failure

MARGIN = 16.0  # px between a frame and what it was put around
TITLE = 28.0  # px, the height of a frame's title bar
LEAST_FRAME = (96.0, 56.0)  # px; no frame is smaller
LEAST_NOTE = (64.0, 32.0)


def mark(document: Document, key: str) -> Mark:
    """The frame or note of that id; ProblemError "no_such_mark"."""
    try:
        return document.marks[key]
    except KeyError:
        template = "There is no frame or note {id} in this design any more."
        raise failure("no_such_mark", template, Where(node=key), id=key) from None


def thing(document: Document, key: str) -> Node | Mark | None:
    """The node, frame or note of that id."""
    return document.graph.nodes.get(key) or document.marks.get(key)


def _put(document: Document, *marks: Mark) -> Document:
    return replace(document, marks={**document.marks, **{m.id: m for m in marks}})


# --- What holds what ----------------------------------------------------------------------------


def contents(document: Document, key: str) -> frozenset[str]:
    """Ids of the nodes, notes and frames that lie wholly within a frame; none for a note."""
    frame = mark(document, key)
    if isinstance(frame, Note):
        return frozenset()
    area = extent_of(frame)
    return frozenset(i for i, inner in _extents(document) if i != key and area.holds(inner))


def holdings(document: Document) -> Mapping[str, frozenset[str]]:
    """What each frame holds, by its id; quicker for many than one by one."""
    rows = sorted(_extents(document), key=lambda row: row[1].left)
    lefts = [extent.left for _, extent in rows]
    found = {}
    for key, frame in document.marks.items():
        if isinstance(frame, Frame):
            area = extent_of(frame)
            near = rows[bisect_left(lefts, area.left) : bisect_right(lefts, area.right)]
            found[key] = frozenset(i for i, inner in near if i != key and area.holds(inner))
    return found


def _extents(document: Document) -> Iterator[tuple[str, Extent]]:
    for node in document.graph.nodes.values():
        yield node.id, extent_of(node)
    for one in document.marks.values():
        yield one.id, extent_of(one)


def with_contents(document: Document, ids: Iterable[str]) -> frozenset[str]:
    """These ids, and all that the frames among them carry."""
    found = set(ids)
    for key in found & document.marks.keys():
        found |= contents(document, key)
    return frozenset(found)


def extent_of_all(document: Document, ids: Iterable[str]) -> Extent | None:
    """The rectangle around these nodes, frames and notes; unknown ids are passed over."""
    things = (thing(document, key) for key in ids)
    return around(extent_of(t) for t in things if t is not None)


def framing(extent: Extent) -> Extent:
    """The frame around that: with a margin, and room for its title above."""
    return Extent(
        extent.left - MARGIN,
        extent.top - TITLE - MARGIN / 2,
        extent.right + MARGIN,
        extent.bottom + MARGIN,
    )


# --- Making and removing ------------------------------------------------------------------------


def new_frame(document: Document, extent: Extent, title: str = "") -> Frame:
    """A frame with a free id that covers this, not yet in the document."""
    key = edits.free_id(document.marks, "frame")
    return Frame(key, title, "operations", *_room(extent, LEAST_FRAME))


def new_note(document: Document, extent: Extent, text: str = "") -> Note:
    """A note with a free id that covers this, not yet in the document."""
    key = edits.free_id(document.marks, "note")
    return Note(key, text, *_room(extent, LEAST_NOTE))


def add_marks(document: Document, marks: Iterable[Mark]) -> Document:
    """Adds frames and notes; their ids must be free."""
    added = tuple(marks)
    for one in added:
        if thing(document, one.id) is not None:
            template = "The id {id} is taken already."
            raise failure("id_taken", template, Where(node=one.id), id=one.id)
    check_count(len(document.marks) + len(added), Where())
    return _put(document, *added)


def remove(document: Document, ids: Iterable[str]) -> Document:
    """Removes nodes with their wires, frames without what lies in them, and notes."""
    gone = set(ids)
    for key in gone - document.graph.nodes.keys():
        mark(document, key)
    nodes = gone & document.graph.nodes.keys()
    after = edits.remove(document, nodes) if nodes else document
    rest = {k: m for k, m in after.marks.items() if k not in gone}
    return replace(after, marks=rest) if len(rest) < len(after.marks) else after


# --- Changing -----------------------------------------------------------------------------------


def shift(document: Document, ids: Iterable[str], dx: float, dy: float) -> Document:
    """Moves exactly these nodes, frames and notes; ask `with_contents` for what frames carry."""
    nodes, places, moved = document.graph.nodes, {}, []
    for key in ids:
        if key in nodes:
            places[key] = (nodes[key].x + dx, nodes[key].y + dy)
        else:
            one = mark(document, key)
            moved.append(replace(one, x=one.x + dx, y=one.y + dy))
    after = edits.move(document, places) if places else document
    return _put(after, *moved) if moved else after


def resize(document: Document, key: str, extent: Extent) -> Document:
    """Makes a frame or note cover this, or more where that is too little to be seen."""
    one = mark(document, key)
    least = LEAST_FRAME if isinstance(one, Frame) else LEAST_NOTE
    x, y, width, height = _room(extent, least)
    return _put(document, replace(one, x=x, y=y, width=width, height=height))


def _room(extent: Extent, least: tuple[float, float]) -> tuple[float, float, float, float]:
    """Corner and size of the extent, which is enlarged to the least size."""
    width = min(LARGEST, max(least[0], extent.right - extent.left))
    height = min(LARGEST, max(least[1], extent.bottom - extent.top))
    return extent.left, extent.top, width, height


def fit(document: Document, key: str) -> Document:
    """Puts a frame closely around what it carries; an empty one stays as it is."""
    inner = extent_of_all(document, contents(document, key))
    return resize(document, key, framing(inner)) if inner is not None else document


def retitle(document: Document, key: str, title: str) -> Document:
    """Gives a frame another title, on one line; ProblemError for one that is too long."""
    line = " ".join(title.split())
    frame = mark(document, key)
    if len(line) > TITLE_LIMIT or not (line.isprintable() and isinstance(frame, Frame)):
        template = "A frame's title has at most {limit} printable characters. Write a note instead."
        raise failure("bad_title", template, Where(node=key), limit=TITLE_LIMIT)
    return _put(document, replace(frame, title=line))


def recolor(document: Document, ids: Iterable[str], color: Color) -> Document:
    """Gives frames a colour of the themes."""
    frames = (mark(document, key) for key in ids)
    return _put(document, *(replace(f, color=color) for f in frames if isinstance(f, Frame)))


def rewrite(document: Document, key: str, text: str) -> Document:
    """Writes the text of a note, Markdown; ProblemError for one that is too long."""
    if len(text) > TEXT_LIMIT:
        template = "The note has {length} characters; at most {limit} are allowed. Shorten it."
        values = {"length": len(text), "limit": TEXT_LIMIT}
        raise failure("long_note", template, Where(node=key), **values)
    note = mark(document, key)
    return _put(document, replace(note, text=text)) if isinstance(note, Note) else document


def copied(
    document: Document, marks: Iterable[Mark], dx: float, dy: float
) -> tuple[Document, Mapping[str, str]]:
    """Adds copies of frames and notes, moved, under fresh ids; tells the new id of each old."""
    new_ids: dict[str, str] = {}
    taken = set(document.marks)
    copies = []
    for one in marks:
        stem = "frame" if isinstance(one, Frame) else "note"
        key = edits.free_id(taken, stem)
        taken.add(key)
        new_ids[one.id] = key
        copies.append(replace(one, id=key, x=one.x + dx, y=one.y + dy))
    return add_marks(document, copies), new_ids
