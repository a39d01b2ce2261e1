"""Copies of blocks: what a fragment brings, and one block made like another of its kind."""

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from designer.document import edits
from designer.document.block_lines import check_count, edges_beside
from designer.document.blocks import tidied
from designer.document.model import (
    Block,
    Document,
    Graph,
    Mark,
    Node,
)
from designer.document.showing import PORTS, shown


def put_blocks(
    document: Document,
    blocks: Collection[Block],
    new_ids: Mapping[str, str],
    shift: tuple[float, float],
    scope: str = "",
) -> tuple[Document, dict[str, str]]:
    """The document in which the pasted nodes, frames and notes (old id -> new id) lie in copies of
    these blocks, under fresh ids, and all else of them in `scope`. Also tells the new id of each.

    All has been moved by `shift`; what lies in a block is moved back, for its sheet is its own.
    """
    if not blocks and not scope:
        return document, {}
    check_count(len(document.blocks) + len(blocks))
    new_blocks = _fresh_ids(document, blocks)
    homes = {**new_blocks, "": scope}
    nodes, marks = dict(document.graph.nodes), dict(document.marks)
    for key in new_ids.values():
        if key in nodes:
            nodes[key] = _home(nodes[key], homes, shift, scope)
        else:
            marks[key] = _home_mark(marks[key], homes, shift)
    titles = edits.FreeNames(shown(document, scope).graph.names)
    made = {}
    for block in blocks:
        made[new_blocks[block.id]] = _renamed(block, new_ids, new_blocks, homes, shift, titles)
    graph = Graph(nodes, document.graph.edges)
    result = replace(document, graph=graph, marks=marks, blocks={**document.blocks, **made})
    # What ends at an input, as broken designs have it, cannot end at a block's from inside.
    broken = edges_beside(result) if scope else ()
    return edits.disconnect(tidied(result), broken), new_blocks


def _fresh_ids(document: Document, blocks: Iterable[Block]) -> dict[str, str]:
    taken = {*document.graph.nodes, *document.marks, *document.blocks}
    found: dict[str, str] = {}
    for block in blocks:
        found[block.id] = edits.free_id(taken, "block")
        taken.add(found[block.id])
    return found


def _home(node: Node, homes: Mapping[str, str], shift: tuple[float, float], scope: str) -> Node:
    if node.block:
        x, y = node.x - shift[0], node.y - shift[1]
        return replace(node, block=homes[node.block], x=x, y=y)
    if scope and node.type in PORTS:
        return replace(node, type=PORTS[node.type], params={}, arguments={}, shares="", block=scope)
    return replace(node, block=scope)


def _home_mark(mark: Mark, homes: Mapping[str, str], shift: tuple[float, float]) -> Mark:
    if mark.block:
        x, y = mark.x - shift[0], mark.y - shift[1]
        return replace(mark, block=homes[mark.block], x=x, y=y)
    return replace(mark, block=homes[""])


def _renamed(
    block: Block,
    new_ids: Mapping[str, str],
    new_blocks: Mapping[str, str],
    homes: Mapping[str, str],
    shift: tuple[float, float],
    titles: edits.FreeNames,
) -> Block:
    """The copy of a block; its title is another only where it is seen beside the original."""
    dx, dy = (0.0, 0.0) if block.parent else shift
    return replace(
        block,
        id=new_blocks[block.id],
        title=block.title if block.parent else titles.take(block.title),
        parent=homes[block.parent],
        x=block.x + dx,
        y=block.y + dy,
        inputs=tuple(new_ids[key] for key in block.inputs),
        outputs=tuple(new_ids[key] for key in block.outputs),
        params={
            name: tuple((new_ids[key], param) for key, param in targets if key in new_ids)
            for name, targets in block.params.items()
        },
    )
