"""What blocks hold and what holds them: questions about the groups of nodes of a design.

A scope is the id of a block, seen from inside; "" is the whole design. A sheet is what one scope
shows: the nodes that lie in it, and each block in it as one node.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from designer.document.model import PASSAGES, Block, Document, Node
from designer.document.problem import Where, failure


def block_of(document: Document, key: str) -> Block:
    """The block of that id; ProblemError "no_such_block"."""
    try:
        return document.blocks[key]
    except KeyError:
        template = "There is no block {id} in this design any more."
        raise failure("no_such_block", template, Where(node=key), id=key) from None


def path(document: Document, scope: str) -> tuple[str, ...]:
    """The blocks that lead to a scope, the outermost first and itself last; () for the top."""
    found: list[str] = []
    while scope:
        found.append(scope)
        scope = block_of(document, scope).parent
    return tuple(reversed(found))


def within(document: Document, keys: Iterable[str]) -> frozenset[str]:
    """These blocks and all blocks in them, at any depth."""
    below: dict[str, list[str]] = {}
    for block in document.blocks.values():
        below.setdefault(block.parent, []).append(block.id)
    found = [key for key in dict.fromkeys(keys) if key in document.blocks]
    for key in found:  # grows while it is walked
        found.extend(below.get(key, ()))
    return frozenset(found)


def inner_nodes(document: Document, keys: Iterable[str]) -> frozenset[str]:
    """The nodes in these blocks at any depth, their ports among them."""
    inside = within(document, keys)
    if not inside:
        return frozenset()
    return frozenset(n.id for n in document.graph.nodes.values() if n.block in inside)


def layers_in(document: Document, key: str) -> Iterator[Node]:
    """The nodes in a block at any depth that are part of the model, in the document's order."""
    inside = within(document, [key])
    for node in document.graph.nodes.values():
        if node.block in inside and node.type not in PASSAGES:
            yield node


def layer_counts(document: Document) -> Mapping[str, int]:
    """How many nodes that are part of the model lie in each block, at any depth."""
    counts = dict.fromkeys(document.blocks, 0)
    for node in document.graph.nodes.values():
        if node.block in counts and node.type not in PASSAGES:
            counts[node.block] += 1
    # The innermost first, so that each hands on all that it holds.
    for key in sorted(counts, key=lambda key: -len(path(document, key))):
        parent = document.blocks[key].parent
        if parent:
            counts[parent] += counts[key]
    return counts


def visible(document: Document, key: str, scope: str) -> str:
    """What stands for a node, frame or note on the sheet of a scope: itself, or the block there
    that it lies in; "" where it lies outside of that scope.
    """
    place = scope_of(document, key)
    while place != scope:
        if not place:
            return ""
        key, place = place, document.blocks[place].parent
    return key


def scope_of(document: Document, key: str) -> str:
    """The scope whose sheet shows that node, block, frame or note; "" for unknown ids too."""
    if key in document.blocks:
        return document.blocks[key].parent
    thing = document.graph.nodes.get(key) or document.marks.get(key)
    return thing.block if thing is not None and thing.block in document.blocks else ""


def of_kind(document: Document, kind: str) -> tuple[Block, ...]:
    """The blocks of one family."""
    return tuple(block for block in document.blocks.values() if block.kind == kind)


def values(document: Document, block: Block) -> Mapping[str, Any]:
    """What is set of the parameters that a block offers; those at their default are not in it."""
    found = {}
    for name, targets in block.params.items():
        for key, param in targets[:1]:
            node = document.graph.nodes.get(key)
            maker = document.graph.nodes.get(node.shares, node) if node is not None else None
            if maker is not None and param in maker.params:
                found[name] = maker.params[param]
    return found


def with_block(document: Document, block: Block) -> Document:
    """The document with that block, in the place of the one that has its id."""
    return replace(document, blocks={**document.blocks, block.id: block})


def tidied(document: Document) -> Document:
    """Blocks name no ports and no parameters of nodes that are gone, and all ports that they have.

    The document itself where that is so.
    """
    nodes, changed = document.graph.nodes, {}
    ports: dict[tuple[str, str], list[str]] = {}
    for node in nodes.values():
        if node.type in PASSAGES:
            ports.setdefault((node.block, node.type), []).append(node.id)
    for block in document.blocks.values():
        tidy = _tidy(block, nodes, ports)
        if tidy != block:
            changed[block.id] = tidy
    return replace(document, blocks={**document.blocks, **changed}) if changed else document


def _tidy(
    block: Block, nodes: Mapping[str, Node], ports: Mapping[tuple[str, str], list[str]]
) -> Block:
    sides = []
    for kind, listed in zip(PASSAGES, (block.inputs, block.outputs), strict=True):
        there = ports.get((block.id, kind), [])
        kept = [key for key in listed if key in there]
        sides.append((*kept, *(key for key in there if key not in kept)))
    params = {}
    for name, targets in block.params.items():
        kept_targets = tuple(target for target in targets if target[0] in nodes)
        if kept_targets:
            params[name] = kept_targets
    return replace(block, inputs=sides[0], outputs=sides[1], params=params)
