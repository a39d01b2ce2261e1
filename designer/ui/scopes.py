"""Where in a design with blocks the window is: which sheet an undo leads to, what differs on it,
and the lines that blocks have in a script.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from designer.codegen.script import Script
from designer.document.blocks import path, scope_of, within
from designer.document.diff import Change, diff
from designer.document.history import History
from designer.document.model import Document
from designer.document.problem import Problem
from designer.ui.designs import Design


def advance(design: Design, history: History, *, follow: bool) -> tuple[Change, Change]:
    """Give a design another present. Tells what that changes in what is shown, and in the whole.

    Where the block that is shown is gone, that is all that is shown then; with `follow` (undo and
    redo), it is the sheet where something changed.
    """
    before, sheet, scope = design.document, design.sheet, design.scope
    design.history = history
    after = design.document
    whole = diff(before, after)
    design.scope = nearest(after, before, scope)
    if follow:
        design.scope = scope_to_see(whole, before, after, design.scope)
    if design.scope != scope:
        return Change.everything(design.sheet), whole
    if sheet is before and design.sheet is after:
        return whole, whole
    return sheet_change(sheet, design.sheet), whole


def nearest(document: Document, before: Document, scope: str) -> str:
    """The scope, or the nearest one around it that the document still has."""
    while scope and scope not in document.blocks:
        scope = before.blocks[scope].parent if scope in before.blocks else ""
    return scope


def scope_to_see(change: Change, before: Document, after: Document, scope: str) -> str:
    """The scope whose sheet shows something of what an undo or redo changed: this one if it does,
    or if nothing does.
    """
    if not (before.blocks or after.blocks):
        return scope
    places = dict.fromkeys(_places(change, before, after))
    if scope in places or not places:
        return scope
    return min(places, key=lambda place: (len(path(after, place)), place))


def _places(change: Change, before: Document, after: Document) -> Iterator[str]:
    touched = change.added | change.removed | change.updated | change.marks | change.blocks
    touched |= {edge.target for edge in change.linked | change.unlinked}
    for key in sorted(touched):
        for document in (after, before):
            place = scope_of(document, key)
            if (not place or place in after.blocks) and _has(document, key):
                yield place


def _has(document: Document, key: str) -> bool:
    return key in document.graph.nodes or key in document.marks or key in document.blocks


def sheet_change(before: Document, after: Document) -> Change:
    """What differs on a sheet. A block with other ports has changed, though its node may not."""
    change = diff(before, after)
    others = change.blocks & before.graph.nodes.keys() & after.graph.nodes.keys()
    return replace(change, updated=change.updated | others) if others - change.updated else change


def with_blocks(script: Script | Problem, whole: Document) -> Script | Problem:
    """The script in which each block has the lines of what it holds, where it has none yet."""
    if not whole.blocks or isinstance(script, Problem):
        return script
    spans = dict(script.spans)
    for key in whole.blocks.keys() - spans.keys():
        inside = within(whole, [key])
        nodes = (n.id for n in whole.graph.nodes.values() if n.block in inside)
        lines = [script.spans[node] for node in nodes if node in script.spans]
        if lines:
            spans[key] = (min(first for first, _ in lines), max(last for _, last in lines))
    return Script(script.text, spans)
