"""Blocks of one kind are copies of one block: whether they still are, and making them so again.

Each keeps its title, its place, its wires, and the values of the parameters that it offers.
"""

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec.structs import replace

from designer.document import edits
from designer.document.blocks import (
    block_of,
    inner_nodes,
    of_kind,
    tidied,
    values,
    with_block,
    within,
)
from designer.document.fragment import cut_out, put_in
from designer.document.lowering import with_values
from designer.document.model import Block, Document, Edge, Graph, Node
from designer.document.order import partial_order
from designer.document.showing import PORT


def content(document: Document, key: str) -> str:
    """What a block holds, told so that it is equal for copies: types, parameters but those that
    the block offers, wires and ports; not names and places.
    """
    return _content(document, key, _homes(document))


def _homes(document: Document) -> Mapping[str, list[str]]:
    """The nodes that lie in each block itself."""
    found: dict[str, list[str]] = {}
    for node in document.graph.nodes.values():
        found.setdefault(node.block, []).append(node.id)
    return found


def _content(document: Document, key: str, homes: Mapping[str, list[str]]) -> str:
    block = block_of(document, key)
    inside = {node for home in within(document, [key]) for node in homes.get(home, ())}
    offered = {target for targets in block.params.values() for target in targets}
    graph = document.graph
    edges = (e for node in inside for e in graph.incoming.get(node, ()) if e.source in inside)
    inner = Graph({node: graph.nodes[node] for node in inside}, frozenset(edges))
    signs: dict[str, str] = {}
    for node in partial_order(inner):
        text = _sign(document, graph.nodes[node], block, offered, signs)
        signs[node] = blake2b(text.encode(), digest_size=12).hexdigest()  # texts hold texts
    ends = [signs.get(key, "") for key in block.outputs]
    params = {
        name: sorted((signs.get(n, ""), p) for n, p in targets)
        for name, targets in block.params.items()
    }
    held = sorted((sign, _feeding(graph, node, signs)) for node, sign in signs.items())
    return _text((held, ends, params))


def _feeding(graph: Graph, node: str, signs: Mapping[str, str]) -> list[tuple[int, str, int, str]]:
    edges = graph.outgoing.get(node, ())
    return sorted((e.output, e.input, e.slot, signs[e.target]) for e in edges if e.target in signs)


def _sign(
    document: Document,
    node: Node,
    block: Block,
    offered: set[tuple[str, str]],
    signs: Mapping[str, str],
) -> str:
    graph = document.graph
    maker = graph.nodes.get(node.shares, node)
    params = {k: v for k, v in maker.params.items() if (maker.id, k) not in offered}
    edges = graph.incoming.get(node.id, ())
    coming = [(e.input, e.slot, e.output, signs[e.source]) for e in edges if e.source in signs]
    place = block.inputs.index(node.id) if node.id in block.inputs else -1
    home = document.blocks[node.block]
    inner = "" if home.id == block.id else home.kind
    ports = (*home.inputs, *home.outputs)
    port = ports.index(node.id) if node.id in ports else -1
    rest = (bool(node.shares), node.bypassed, place, inner, port)
    return _text((node.type, params, node.arguments, sorted(coming), rest))


def _text(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def others_that_differ(document: Document, key: str) -> tuple[str, ...]:
    """The other blocks of a block's kind that hold something else than it."""
    kin = [b.id for b in of_kind(document, block_of(document, key).kind) if b.id != key]
    if not kin:
        return ()
    homes = _homes(document)
    own = _content(document, key, homes)
    return tuple(other for other in kin if _content(document, other, homes) != own)


def made_alike(document: Document, key: str) -> Document:
    """The design in which all blocks of this one's kind hold what it holds.

    Those in it and around it stay as they are: nothing can hold itself.
    """
    result = document
    for other in others_that_differ(document, key):
        related = other in within(result, [key]) or key in within(result, [other])
        if other in result.blocks and not related:
            result = _remade(result, key, other)
    return result


def _remade(document: Document, model: str, key: str) -> Document:
    """The document with the block `key` as a copy of the block `model`."""
    block, wanted = document.blocks[key], values(document, document.blocks[key])
    fed, feeds = _wires(document, block)
    emptied = _emptied(document, key)
    fragment = cut_out(document, [model])
    filled, new_ids = put_in(emptied, fragment, 0.0, 0.0, scope=block.parent)
    result = _moved(filled, new_ids[model], block)
    made = result.blocks[key]
    edges = {
        *(Edge(source, output, made.inputs[k], PORT) for k, (source, output) in fed
          if k < len(made.inputs)),
        *(replace(edge, source=made.outputs[k]) for k, edge in feeds if k < len(made.outputs)),
    }  # fmt: skip
    graph = Graph(result.graph.nodes, result.graph.edges | edges)
    kept = {**values(result, made), **{k: v for k, v in wanted.items() if k in made.params}}
    return tidied(with_values(edits.replace_graph(result, graph), key, kept))


def _wires(
    document: Document, block: Block
) -> tuple[list[tuple[int, tuple[str, int]]], list[tuple[int, Edge]]]:
    """What feeds each input of a block, and the wires that its outputs feed, by their places."""
    graph = document.graph
    fed = [
        (place, (edge.source, edge.output))
        for place, port in enumerate(block.inputs)
        for edge in graph.incoming.get(port, ())
    ]
    feeds = [
        (place, edge)
        for place, port in enumerate(block.outputs)
        for edge in graph.outgoing.get(port, ())
    ]
    return fed, feeds


def _emptied(document: Document, key: str) -> Document:
    """The document without what a block holds, the block itself included."""
    gone = within(document, [key])
    rest = edits.remove(document, inner_nodes(document, [key]))
    return replace(
        rest,
        marks={k: mark for k, mark in rest.marks.items() if mark.block not in gone},
        blocks={k: block for k, block in rest.blocks.items() if k not in gone},
    )


def _moved(document: Document, made: str, block: Block) -> Document:
    """The block `made` under the id, title and place of another that is gone."""
    nodes = {
        k: replace(node, block=block.id) if node.block == made else node
        for k, node in document.graph.nodes.items()
    }
    marks = {
        k: replace(mark, block=block.id) if mark.block == made else mark
        for k, mark in document.marks.items()
    }
    blocks = {
        k: replace(one, parent=block.id) if one.parent == made else one
        for k, one in document.blocks.items()
        if k != made
    }
    new = document.blocks[made]
    kept = {"id": block.id, "title": block.title, "x": block.x, "y": block.y}
    blocks[block.id] = replace(new, **kept, parent=block.parent)
    graph = Graph(nodes, document.graph.edges)
    return replace(document, graph=graph, marks=marks, blocks=blocks)


def named_after_title(document: Document, key: str) -> Document:
    """A block of its own kind: "residual step" is the first "ResidualStep"."""
    block = block_of(document, key)
    words = re.findall(r"[^\W_]+", block.title)
    wanted = "".join(word[0].upper() + word[1:] for word in words) or block.kind
    taken = {one.kind for one in document.blocks.values() if one.id != key}
    return with_block(document, replace(block, kind=edits.FreeNames(taken).take(wanted)))


# --- What a block offers ------------------------------------------------------------------------


def offer(document: Document, key: str, node: str, param: str, name: str = "") -> Document:
    """Lets a block offer a parameter of a node in it, under a name that may stand for several."""
    block = block_of(document, key)
    label = name or param
    targets = block.params.get(label, ())
    if (node, param) in targets:
        return document
    params = {**block.params, label: (*targets, (node, param))}
    result = replace(document, blocks={**document.blocks, key: replace(block, params=params)})
    # Those that it stands for have one value from now on: that of the first.
    return with_values(result, key, values(result, result.blocks[key])) if targets else result


def withdraw(document: Document, key: str, name: str) -> Document:
    """Lets a block offer that parameter no longer; its nodes keep their values."""
    block = block_of(document, key)
    params = {k: v for k, v in block.params.items() if k != name}
    return replace(document, blocks={**document.blocks, key: replace(block, params=params)})
