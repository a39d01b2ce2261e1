"""Edits of frames and notes that need no hand. Each is one step of undo."""

from collections.abc import Collection, Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from designer.document import edits, marks
from designer.document.block_kinds import named_after_title
from designer.document.extent import Extent, extent_of
from designer.document.model import Color, Document, Frame, Note
from designer.ui.canvas.geometry import GRID, Point, snapped
from designer.ui.canvas.note_text import NoteText
from designer.ui.session import Session
from designer.ui.theme import Theme

_FRAME = (320.0, 200.0)  # px of a frame that is put around nothing
_NOTE = (240.0, 96.0)
_CLOSE = 2.0  # px; a note that is so little higher than its text was fitted to it

# The colours as people call them: what a category means has nothing to do with a frame.
COLOR_NAMES: dict[Color, str] = {
    "operations": str(QT_TRANSLATE_NOOP("colors", "Grey")),
    "convolution": str(QT_TRANSLATE_NOOP("colors", "Blue")),
    "pooling": str(QT_TRANSLATE_NOOP("colors", "Sky")),
    "merging": str(QT_TRANSLATE_NOOP("colors", "Orange")),
    "normalization": str(QT_TRANSLATE_NOOP("colors", "Green")),
    "activation": str(QT_TRANSLATE_NOOP("colors", "Olive")),
    "core": str(QT_TRANSLATE_NOOP("colors", "Indigo")),
    "recurrent": str(QT_TRANSLATE_NOOP("colors", "Vermilion")),
    "attention": str(QT_TRANSLATE_NOOP("colors", "Pink")),
    "blocks": str(QT_TRANSLATE_NOOP("colors", "Violet")),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("canvas", text)


def color_name(color: Color) -> str:
    """A colour in the user's language."""
    return QCoreApplication.translate("colors", COLOR_NAMES[color])


def area_at(point: Point, size: tuple[float, float]) -> Extent:
    """An area of that size around a point, its corner on the grid."""
    left, top = snapped(point.x - size[0] / 2), snapped(point.y - size[1] / 2)
    return Extent(left, top, left + size[0], top + size[1])


def note_area(point: Point) -> Extent:
    """Where a new note lies whose first line begins at a point."""
    left, top = snapped(point.x), snapped(point.y)
    return Extent(left, top, left + _NOTE[0], top + _NOTE[1])


def add_frame(session: Session, at: Point, origin: object) -> tuple[str, str]:
    """A frame around all that is selected, or around a point; its id and its undo step's key."""
    inner = marks.extent_of_all(session.document, session.chosen)
    extent = marks.framing(inner) if inner is not None else area_at(at, _FRAME)
    frame = marks.new_frame(session.document, extent)
    step = f"new {frame.id}"
    session.do(_tr("Add frame"), lambda d: marks.add_marks(d, [frame]), step, origin)
    return frame.id, step


def add_note(session: Session, extent: Extent, text: str, theme: Theme, origin: object) -> str:
    """A note with that text, as high as the text; its id, "" if the document refuses it."""
    note = marks.new_note(session.document, extent, text)
    note = _fitted(note, theme)

    def edit(document: Document) -> Document:
        checked = marks.add_marks(document, [note])
        return marks.rewrite(checked, note.id, text)

    return note.id if session.do(_tr("Add note"), edit, origin=origin) else ""


def _fitted(note: Note, theme: Theme) -> Note:
    needed = NoteText(note.text, note.width, theme).height
    height = -(-needed // GRID) * GRID
    return Note(note.id, note.text, note.x, note.y, note.width, max(marks.LEAST_NOTE[1], height))


def rewrite(session: Session, key: str, text: str, theme: Theme, origin: object) -> bool:
    """Another text for a note; it grows with its text, and shrinks if it was fitted to it."""
    before = session.document.marks[key]
    if not isinstance(before, Note):
        return False
    needed = _fitted(before, theme).height
    after = _fitted(Note(key, text, before.x, before.y, before.width), theme)
    fits = abs(before.height - needed) < _CLOSE or after.height > before.height

    def edit(document: Document) -> Document:
        written = marks.rewrite(document, key, text)
        return marks.resize(written, key, extent_of(after)) if fits else written

    return session.do(_tr("Edit note"), edit, origin=origin)


def retitle(session: Session, key: str, title: str, step: str, origin: object) -> bool:
    """Another title for a frame, in the undo step of that key if there is one."""
    label = _tr("Add frame") if step else _tr("Rename frame")
    return session.do(label, lambda d: marks.retitle(d, key, title), step, origin)


def retitle_block(session: Session, key: str, title: str, *, step: str, origin: object) -> bool:
    """Another title for a block, in the undo step of that key if there is one."""
    line = " ".join(title.split())
    if line in ("", session.whole.blocks[key].title):
        return True
    if not step:
        return session.do(_tr("Rename block"), lambda d: edits.rename(d, key, line), "", origin)
    label = _tr("Group into a block")
    done = session.do(label, lambda d: edits.rename(d, key, line), step, origin)
    return done and session.do_whole(label, lambda d: named_after_title(d, key), step, origin)


def recolor(session: Session, keys: Iterable[str], color: Color) -> None:
    """That colour for these frames."""
    session.do(_tr("Colour frame"), lambda d: marks.recolor(d, keys, color))


def fit(session: Session, keys: Iterable[str], theme: Theme) -> None:
    """Frames closely around what they hold, notes as high as their texts."""

    def edit(document: Document) -> Document:
        for key in keys:
            one = document.marks[key]
            if isinstance(one, Note):
                document = marks.resize(document, key, extent_of(_fitted(one, theme)))
            else:
                document = marks.fit(document, key)
        return document

    session.do(_tr("Fit to content"), edit)


def remove_with_content(session: Session, keys: Iterable[str]) -> None:
    """Frames, and all that lies in them."""
    ids = marks.with_contents(session.document, keys)
    session.do(_tr("Delete frame and content"), lambda d: marks.remove(d, ids))


def select_content(session: Session, keys: Iterable[str]) -> None:
    """Selects what lies in these frames, the frames no longer."""
    chosen = frozenset(keys)
    session.select(marks.with_contents(session.document, chosen) - chosen)


def frames_of(session: Session) -> frozenset[str]:
    """The selected frames."""
    known = session.document.marks
    return frozenset(key for key in session.marks if isinstance(known[key], Frame))


def title_of(document: Document, key: str, held: Collection[str] | None = None) -> str:
    """A frame or note in words: "frame Encoder, 6 nodes". `held` is what it holds, if known."""
    one = document.marks[key]
    if isinstance(one, Note):
        first = next((line.strip("#>*- ") for line in one.text.splitlines() if line.strip()), "")
        return _tr("note {text}").format(text=first).strip()
    inside = marks.contents(document, key) if held is None else frozenset(held)
    count = len(document.graph.nodes.keys() & inside)
    named = _tr("frame {title}").format(title=one.title) if one.title else _tr("frame")
    return f"{named}, {nodes_text(count)}"


def nodes_text(count: int) -> str:
    """So many nodes, in words."""
    return _tr("1 node") if count == 1 else _tr("{count} nodes").format(count=count)
