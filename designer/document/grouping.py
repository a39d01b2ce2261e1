"""Making a block of nodes, and taking it apart again: pure edits of the whole design.

A tensor that goes in has one entry node however many nodes inside take it; one that comes out has
one exit node. Taking apart joins the wires again, so that grouping can be undone by hand.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from designer.document import edits
from designer.document.block_lines import MAX_DEPTH, check_count
from designer.document.blocks import block_of, path, with_block
from designer.document.model import (
    ENTRY,
    EXIT,
    INPUT,
    OUTPUT,
    PASSAGES,
    Block,
    Document,
    Edge,
    Graph,
    Node,
)
from designer.document.order import downstream, upstream
from designer.document.problem import Where, failure
from designer.document.rewire import PortOrder, remove_and_join
from designer.document.showing import PORT, flat_edge, passage_name, shown

AWAY = 88.0  # px from the nodes of a block to its ports
BESIDE = 168.0  # px between ports side by side
KIND = "Block"
_ENDS = (INPUT, OUTPUT, *PASSAGES)
End = tuple[str, int]  # a node and its output
Ends = dict[End, list[Edge]]  # what crosses a border, by what feeds it


def groupable(sheet: Document, ids: Iterable[str]) -> frozenset[str]:
    """Of these nodes and blocks of a sheet those that a block may hold: no ends of the model, and
    no ports of the block around.
    """
    nodes = sheet.graph.nodes
    return frozenset(key for key in ids if key in nodes and nodes[key].type not in _ENDS)


def group(
    document: Document,
    scope: str,
    ids: Iterable[str],
    order: PortOrder,
    title: str = "",
    kind: str = "",
) -> tuple[Document, str]:
    """Puts these nodes, blocks, frames and notes of a scope's sheet into a new block there; also
    tells its id. `order` names the inputs of a type: a node that nothing feeds gets an entry too.

    ProblemError where nothing of it can be in a block, or where data would leave the block and
    come back into it.
    """
    sheet, wanted = shown(document, scope), set(ids)
    chosen = groupable(sheet, wanted)
    _check(document, sheet, scope, chosen)
    key = edits.free_id({*document.graph.nodes, *document.marks, *document.blocks}, "block")
    name = edits.unique_name(sheet.graph, title or "block")
    family = kind or _free_kind(document)
    moved = _put_into(document, key, chosen | (wanted & sheet.marks.keys()))
    x, y = _middle([sheet.graph.nodes[k] for k in chosen])
    moved = with_block(moved, Block(key, name, family, scope, x, y))
    return _with_ports(moved, sheet, key, chosen, order), key


def _free_kind(document: Document) -> str:
    taken = {block.kind for block in document.blocks.values()}
    return edits.FreeNames(taken).take(KIND)


def _check(document: Document, sheet: Document, scope: str, chosen: AbstractSet[str]) -> None:
    if not chosen:
        template = (
            "A block holds layers, operations and other blocks. Select some of them; inputs and "
            "outputs of the model stay outside."
        )
        raise failure("nothing_to_group", template)
    check_count(len(document.blocks) + 1)
    if len(path(document, scope)) >= MAX_DEPTH:
        template = "Blocks can lie {limit} deep in each other, and here they do. Group further out."
        raise failure("blocks_too_deep", template, limit=MAX_DEPTH)
    graph = sheet.graph
    between = (downstream(graph, chosen) & upstream(graph, chosen)) - chosen
    if between:
        names = ", ".join(sorted(graph.nodes[key].name for key in between)[:5])
        template = (
            "Data would leave the block and come back into it through {names}. Select {names} too, "
            "or fewer nodes."
        )
        where = Where(node=min(between))
        raise failure("group_around", template, where, names=names)


def _put_into(document: Document, key: str, chosen: AbstractSet[str]) -> Document:
    nodes, marks, blocks = dict(document.graph.nodes), dict(document.marks), dict(document.blocks)
    for one in chosen:
        if one in blocks:
            blocks[one] = replace(blocks[one], parent=key)
        elif one in nodes:
            nodes[one] = replace(nodes[one], block=key)
        else:
            marks[one] = replace(marks[one], block=key)
    graph = Graph(nodes, document.graph.edges)
    return replace(document, graph=graph, marks=marks, blocks=blocks)


def _middle(nodes: Sequence[Node]) -> tuple[float, float]:
    xs, ys = [node.x for node in nodes], [node.y for node in nodes]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


# --- Ports --------------------------------------------------------------------------------------


def _with_ports(
    document: Document, sheet: Document, key: str, chosen: AbstractSet[str], order: PortOrder
) -> Document:
    """The wires through the border of a new block led through entry and exit nodes."""
    coming, going = _coming(document, sheet, chosen, order), _going(document, sheet, chosen)
    nodes, edges = dict(document.graph.nodes), set(document.graph.edges)
    sides: list[tuple[str, ...]] = []
    for kind, ends in ((ENTRY, coming), (EXIT, going)):
        places = _places(sheet, chosen, kind, len(ends))
        ports: list[str] = []
        for (x, y), (start, crossing) in zip(places, _ordered(document, ends), strict=True):
            port = edits.free_id({*nodes, *document.blocks, *document.marks}, kind)
            name = passage_name(kind, len(ports) if len(ends) > 1 else None)
            nodes[port] = Node(port, kind, name, x=x, y=y, block=key)
            edges.difference_update(crossing)
            edges.update(replace(edge, source=port, output=0) for edge in crossing)
            if start[0]:
                edges.add(Edge(*start, port, PORT))
            ports.append(port)
        sides.append(tuple(ports))
    block = replace(document.blocks[key], inputs=sides[0], outputs=sides[1])
    return with_block(edits.replace_graph(document, Graph(nodes, frozenset(edges))), block)


def _coming(
    document: Document, sheet: Document, chosen: AbstractSet[str], order: PortOrder
) -> Ends:
    """The wires that go into a block by what feeds them; and what nothing feeds, each by itself
    (fed by no node: the first of its pair is "", the second counts).
    """
    found: Ends = {}
    for edge in sorted(sheet.graph.edges):
        if edge.target in chosen and edge.source not in chosen:
            flat = flat_edge(document, edge)
            found.setdefault((flat.source, flat.output), []).append(flat)
    for key in sorted(chosen - sheet.graph.incoming.keys()):
        free = list(order(sheet.graph.nodes[key].type))[:1]
        for port in free:
            flat = flat_edge(document, Edge("", 0, key, port))
            found["", len(found)] = [flat]
    return found


def _going(document: Document, sheet: Document, chosen: AbstractSet[str]) -> Ends:
    """The wires that come out of a block by what feeds them; and the first output of what feeds
    nothing, with no wire.
    """
    found: Ends = {}
    for edge in sorted(sheet.graph.edges):
        if edge.source in chosen and edge.target not in chosen:
            flat = flat_edge(document, edge)
            found.setdefault((flat.source, flat.output), []).append(flat)
    for key in sorted(chosen - sheet.graph.outgoing.keys()):
        block = document.blocks.get(key)
        last = key if block is None else next(iter(block.outputs), "")
        if last:
            found.setdefault((last, 0), [])
    return found


def _ordered(document: Document, ends: Ends) -> list[tuple[End, list[Edge]]]:
    """The ports in the order in which one meets them on the canvas."""
    nodes, down = document.graph.nodes, document.direction == "down"

    def place(row: tuple[End, list[Edge]]) -> tuple[float, float, End]:
        (start, _), crossing = row
        found = nodes[start or crossing[0].target]
        node = document.blocks[found.block] if found.type in PASSAGES else found
        return (node.x, node.y, row[0]) if down else (node.y, node.x, row[0])

    return sorted(ends.items(), key=place)


def _places(
    sheet: Document, chosen: AbstractSet[str], kind: str, count: int
) -> list[tuple[float, float]]:
    """Where the ports of one side go: in a row before or behind the nodes."""
    nodes = [sheet.graph.nodes[key] for key in chosen]
    x, y = _middle(nodes)
    down = sheet.direction == "down"
    sign, pick = (-1, min) if kind == ENTRY else (1, max)
    along = pick(n.y if down else n.x for n in nodes) + sign * (AWAY if down else 2 * AWAY)
    gap = BESIDE if down else BESIDE / 3
    row = [(x if down else y) + (k - (count - 1) / 2) * gap for k in range(count)]
    return [(across, along) if down else (along, across) for across in row]


# --- Taking apart -------------------------------------------------------------------------------


def ungroup(document: Document, key: str) -> Document:
    """Takes a block away and leaves what it holds, wired as it was, on the sheet around it."""
    block = block_of(document, key)
    opened = remove_and_join(document, (*block.inputs, *block.outputs), lambda kind: (PORT,))
    parent = block.parent
    nodes = {
        k: replace(node, block=parent) if node.block == key else node
        for k, node in opened.graph.nodes.items()
    }
    marks = {
        k: replace(mark, block=parent) if mark.block == key else mark
        for k, mark in opened.marks.items()
    }
    blocks = {
        k: replace(one, parent=parent) if one.parent == key else one
        for k, one in opened.blocks.items()
        if k != key
    }
    graph = Graph(nodes, opened.graph.edges)
    return replace(opened, graph=graph, marks=marks, blocks=blocks)
