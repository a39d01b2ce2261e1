"""Puts what was done to a sheet back into the whole design, by what differs on the sheet.

So every edit works inside and around blocks without knowing of them. What a sheet cannot show
(layers shared with nodes elsewhere, names taken there) is kept and guarded here.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from designer.document import edits
from designer.document.blocks import block_of, inner_nodes, tidied, with_block, within
from designer.document.diff import Change, diff
from designer.document.model import (
    ENTRY,
    PASSAGES,
    Block,
    Document,
    Graph,
    Node,
)
from designer.document.problem import Where, failure
from designer.document.showing import BLOCK, PORTS, flat_edge, passage_name


def lowered(whole: Document, scope: str, before: Document, after: Document) -> Document:
    """The whole design after the sheet of that scope became `after`; it was `before`.

    ProblemError where a block cannot hold what was added, or a name is taken out of sight.
    """
    if before is whole:
        return after  # no blocks: the sheet is the design
    change = diff(before, after)
    if change.empty:
        return whole
    result = _sections(whole, after, change)
    result = _without(result, change)
    result = _without_wires(result, whole, change)
    result = _updated(result, scope, before, after, change)
    result = _with_added(result, scope, after, change)
    result = _with_wires(result, change)
    result = _with_marks(result, scope, after, change)
    return tidied(result)


def _sections(whole: Document, after: Document, change: Change) -> Document:
    if not change.sections:
        return whole
    return replace(whole, **{name: getattr(after, name) for name in change.sections})


# --- What went ----------------------------------------------------------------------------------


def _without(whole: Document, change: Change) -> Document:
    """Without the nodes that are gone, and with blocks all that they hold."""
    if not change.removed:
        return whole
    gone = within(whole, change.removed)
    nodes = inner_nodes(whole, gone) | (change.removed - gone)
    result = edits.remove(whole, nodes)
    if not gone:
        return result
    marks = {key: mark for key, mark in result.marks.items() if mark.block not in gone}
    blocks = {key: block for key, block in result.blocks.items() if key not in gone}
    return replace(result, marks=marks, blocks=blocks)


def _without_wires(document: Document, whole: Document, change: Change) -> Document:
    if not change.unlinked:
        return document
    return edits.disconnect(document, [flat_edge(whole, edge) for edge in change.unlinked])


# --- What is other ------------------------------------------------------------------------------


def _updated(
    document: Document, scope: str, before: Document, after: Document, change: Change
) -> Document:
    nodes = dict(document.graph.nodes)
    for key in sorted(change.updated - document.blocks.keys()):
        old, new = before.graph.nodes[key], after.graph.nodes[key]
        if new.name != old.name:
            edits.check_name(document, key, new.name)
        _settle(nodes, old, new, scope)
    result = edits.replace_graph(document, Graph(nodes, document.graph.edges))
    for key in sorted(change.updated & document.blocks.keys()):
        result = _updated_block(result, before.graph.nodes[key], after.graph.nodes[key])
    return result


def _settle(nodes: dict[str, Node], old: Node, new: Node, scope: str) -> None:
    """Writes a changed node into the whole; what it shares with nodes out of sight stays so."""
    former = nodes[new.id]
    inherited = old.shares != "" and old.shares not in nodes  # the layer's owner is removed
    if former.shares == new.shares or (new.shares in nodes and not inherited):
        nodes[new.id] = replace(new, block=scope)
        return
    owner = nodes.get(former.shares)
    if owner is not None and not new.shares and not old.shares and new.params != old.params:
        nodes[owner.id] = replace(owner, params=new.params)
    nodes[new.id] = replace(new, block=scope, shares=former.shares, params=former.params)


def _updated_block(document: Document, old: Node, new: Node) -> Document:
    block = block_of(document, old.id)
    result = with_block(document, replace(block, title=new.name, x=new.x, y=new.y))
    if new.bypassed != old.bypassed:
        graph = result.graph
        inner = (k for k in inner_nodes(result, [old.id]) if graph.nodes[k].type not in PASSAGES)
        result = edits.bypass(result, sorted(inner), on=new.bypassed)
    if new.params != old.params:
        result = with_values(result, old.id, new.params)
    return result


def with_values(document: Document, key: str, values: Mapping[str, Any]) -> Document:
    """A block with these values of the parameters that it offers; the others at their default."""
    block, result = block_of(document, key), document
    for name, targets in block.params.items():
        for node, param in targets:
            if node not in result.graph.nodes:
                continue
            if name in values:
                result = edits.set_param(result, node, param, values[name])
            else:
                result = edits.reset_param(result, node, param)
    return result


# --- What came ----------------------------------------------------------------------------------


def _with_added(document: Document, scope: str, after: Document, change: Change) -> Document:
    """With the nodes that are new on the sheet, under names that are free in the whole design.

    What would be an input or output of the model is one of the block that the sheet is of.
    """
    if not change.added:
        return document
    names = edits.FreeNames(document.graph.names)
    nodes = dict(document.graph.nodes)
    for key in [key for key in after.graph.nodes if key in change.added]:
        node = after.graph.nodes[key]
        _check_added(document, node, scope)
        if scope and node.type in PORTS:
            node = _as_port(document.blocks[scope], node)
        name = node.name if node.type in PASSAGES else names.take(node.name)
        nodes[key] = replace(node, name=name, block=scope)
    return edits.replace_graph(document, Graph(nodes, document.graph.edges))


def _as_port(block: Block, node: Node) -> Node:
    kind = PORTS[node.type]
    count = len(block.inputs if kind == ENTRY else block.outputs)
    name = passage_name(kind, count or None)
    return replace(node, type=kind, name=name, params={}, arguments={}, shares="")


def _check_added(document: Document, node: Node, scope: str) -> None:
    where = Where(node=node.id)
    if node.id in document.graph.nodes or node.id in document.blocks:
        raise failure("id_taken", "The id {id} is taken already.", where, id=node.id)
    if not scope and node.type in PASSAGES:
        template = "{name} is the port of a block, and there is none around it. Open a block first."
        raise failure("port_outside", template, where, name=node.name)
    if node.type.startswith(BLOCK):
        template = "{name} is a block without what it holds. Copy the block itself."
        raise failure("hollow_block", template, where, name=node.name)


def _with_wires(document: Document, change: Change) -> Document:
    if not change.linked:
        return document
    edges = {(e.target, e.input, e.slot): e for e in document.graph.edges}
    for edge in sorted(change.linked):
        flat = flat_edge(document, edge)
        edges[flat.target, flat.input, flat.slot] = flat
    graph = Graph(document.graph.nodes, frozenset(edges.values()))
    return edits.replace_graph(document, graph)


def _with_marks(document: Document, scope: str, after: Document, change: Change) -> Document:
    if not change.marks:
        return document
    marks = {key: mark for key, mark in document.marks.items() if key not in change.marks}
    new = {k: replace(after.marks[k], block=scope) for k in change.marks if k in after.marks}
    # In the order of the sheet, so that nothing moves before or behind its neighbours.
    return replace(document, marks={**marks, **{k: new[k] for k in after.marks if k in new}})
