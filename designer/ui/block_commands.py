"""What the commands of blocks do to a session. Each edit is one step of undo."""

from collections.abc import Callable, Mapping
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject

from designer.document import edits
from designer.document.block_kinds import made_alike
from designer.document.blocks import of_kind
from designer.document.grouping import group, groupable, ungroup
from designer.document.model import ENTRY, EXIT, Document
from designer.document.showing import passage_name
from designer.infer.wiring import port_order
from designer.ui.canvas.geometry import Point, snapped
from designer.ui.canvas.view import CanvasView
from designer.ui.session import Session

Handlers = Mapping[str, Callable[[], object]]


def chosen_blocks(session: Session) -> tuple[str, ...]:
    """The selected blocks, in the order of the document."""
    return tuple(key for key in session.whole.blocks if key in session.selection)


def chosen_block(session: Session) -> str:
    """The selected block, or without a selection the one that is open; "" for none."""
    chosen = chosen_blocks(session)
    if len(chosen) == 1:
        return chosen[0]
    return "" if session.selection else session.scope


def enabled(session: Session) -> Mapping[str, bool]:
    """Which of the commands can be done now."""
    blocks, chosen = session.whole.blocks, chosen_blocks(session)
    one = blocks.get(chosen_block(session))
    return {
        "block.group": bool(groupable(session.document, session.selection)),
        "block.ungroup": bool(chosen),
        "block.enter": len(chosen) == 1,
        **dict.fromkeys(
            ("block.leave", "block.add_input", "block.add_output"), bool(session.scope)
        ),
        "block.save": one is not None,
        "block.spread": one is not None and len(of_kind(session.whole, one.kind)) > 1,
    }


class BlockCommands(QObject):
    """Commands of the menu Edit/Blocks, for one canvas."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._session = canvas.session

    @property
    def handlers(self) -> Handlers:
        """What each command does."""
        return {
            "block.group": self.group,
            "block.ungroup": self.ungroup,
            "block.enter": self.enter,
            "block.leave": self._session.leave,
            "block.add_input": partial(self.add_port, ENTRY),
            "block.add_output": partial(self.add_port, EXIT),
            "block.spread": self.spread,
        }

    def group(self) -> None:
        """Make a block of what is selected, and ask for its title."""
        session, order = self._session, port_order(self._session.catalog)
        ids, scope, made = session.chosen, session.scope, [""]

        def edit(whole: Document) -> Document:
            after, made[0] = group(whole, scope, ids, order)
            return after

        step = f"group {' '.join(sorted(ids))}"
        if session.do_whole(self.tr("Group into a block"), edit, step, self._canvas):
            self._canvas.choose(made)
            self._canvas.editor.edit_title(made[0], step)

    def ungroup(self) -> None:
        """Put what the selected blocks hold in their places."""
        session, keys = self._session, chosen_blocks(self._session)
        before = session.document.graph.nodes.keys()

        def edit(whole: Document) -> Document:
            for key in keys:
                whole = ungroup(whole, key)
            return whole

        if keys and session.do_whole(self.tr("Ungroup"), edit, origin=self._canvas):
            self._canvas.choose(session.document.graph.nodes.keys() - before)

    def enter(self) -> None:
        """Show the selected block from inside."""
        chosen = chosen_blocks(self._session)
        if len(chosen) == 1:
            self._session.enter(chosen[0])

    def add_port(self, kind: str, at: Point | None = None) -> None:
        """Add an input or output to the block that is open, in a free place or there."""
        session = self._session
        if not session.scope:
            return
        place = at or _beside(session, kind)
        made = edits.new_node(session.document.graph, kind, snapped(place.x), snapped(place.y))
        block = session.whole.blocks[session.scope]
        count = len(block.inputs if kind == ENTRY else block.outputs)
        node = replace(made, name=passage_name(kind, count or None))
        label = self.tr("Add input") if kind == ENTRY else self.tr("Add output")
        if session.do(label, lambda d: edits.add(d, [node]), origin=self._canvas):
            self._canvas.choose([node.id])
            self._canvas.reveal(node.id)

    def spread(self) -> None:
        """Make the other blocks of a block's kind alike."""
        make_others_alike(self._session, chosen_block(self._session))


def make_others_alike(session: Session, key: str) -> bool:
    """Give the other blocks of this one's kind what it holds, as one step."""
    if key not in session.whole.blocks:
        return False
    text = QCoreApplication.translate("blocks", "Make blocks of the kind {kind} alike")
    label = text.format(kind=session.whole.blocks[key].kind)
    return session.do_whole(label, lambda d: made_alike(d, key))


def _beside(session: Session, kind: str) -> Point:
    """A place in the row of the ports of that kind, or before or behind all nodes."""
    sheet, sign = session.document, -1 if kind == ENTRY else 1
    down = sheet.direction == "down"
    nodes = list(sheet.graph.nodes.values())
    row = [n for n in nodes if n.type == kind]
    if row:
        last = max(row, key=lambda n: n.x if down else n.y)
        return Point(last.x + 168, last.y) if down else Point(last.x, last.y + 56)
    if not nodes:
        return Point(0.0, 96.0 * sign)
    across = sum((n.x if down else n.y) for n in nodes) / len(nodes)
    along = (min if kind == ENTRY else max)((n.y if down else n.x) for n in nodes)
    return Point(across, along + 96 * sign) if down else Point(along + 200 * sign, across)
