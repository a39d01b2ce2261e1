"""Edits of the canvas that need no hand: delete, nudge, place. Each is one step of undo."""

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QCoreApplication

from designer.catalog.library import in_library
from designer.document import edits, marks
from designer.document.model import Document, Edge
from designer.document.rewire import remove_and_join
from designer.infer.wiring import port_order
from designer.ui.canvas.block_placing import placed_block
from designer.ui.canvas.geometry import Point
from designer.ui.canvas.placing import Pending, placed
from designer.ui.session import Session


def delete(session: Session, wires: AbstractSet[Edge], origin: object) -> bool:
    """Remove what is selected and these wires; False if there is nothing to remove."""
    ids = session.chosen
    if not ids and not wires:
        return False

    def edit(document: Document) -> Document:
        rest = edits.disconnect(document, wires)
        return marks.remove(rest, ids) if ids else rest

    return session.do(QCoreApplication.translate("canvas", "Delete"), edit, origin=origin)


def delete_joined(session: Session, origin: object) -> bool:
    """Remove the selected nodes and wire what fed them to what they fed."""
    nodes, order = session.selection, port_order(session.catalog)
    label = QCoreApplication.translate("canvas", "Delete and join")
    return bool(nodes) and session.do(
        label, lambda d: remove_and_join(d, nodes, order), origin=origin
    )


def nudge(session: Session, dx: float, dy: float, origin: object) -> bool:
    """Move the selection, frames with all that lies in them; steps in a row are one undo."""
    ids = session.chosen
    if not ids:
        return False
    moved = marks.with_contents(session.document, ids)
    key = f"nudge {' '.join(sorted(ids))}"
    return session.do(
        QCoreApplication.translate("canvas", "Move"),
        lambda d: marks.shift(d, moved, dx, dy),
        key,
        origin,
    )


def place(session: Session, kind: str, at: Point, pending: Pending | None, origin: object) -> str:
    """Add a node of that type centred there; its id, or "" if the document refuses it."""
    made: list[str] = []

    def edit(document: Document) -> Document:
        after, node = placed(document, session.catalog, kind, at, pending)
        made.append(node)
        return after

    def edit_whole(whole: Document) -> Document:
        after, block = placed_block(whole, session.scope, session.catalog, kind, at, pending)
        made.append(block)
        return after

    spec = session.catalog.layers.get(kind)
    label = QCoreApplication.translate("canvas", "Add {name}").format(
        name=spec.name if spec else QCoreApplication.translate("canvas", "output")
    )
    if in_library(kind):
        done = session.do_whole(label, edit_whole, origin=origin)
    else:
        done = session.do(label, edit, origin=origin)
    return made[-1] if done else ""
