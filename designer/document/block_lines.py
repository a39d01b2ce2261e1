"""Blocks as they stand in a file, one a line: checked while they are read, because a file may
come from anywhere. A node, frame or note names the block that it is in; its line says the rest.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from designer.document.mark_lines import Key, Place, Title
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
    Mark,
    Node,
)
from designer.document.order import cycles
from designer.document.problem import ProblemError, Where, failure

MAX_BLOCKS = 2_000
MAX_DEPTH = 40  # of blocks in blocks


class BlockLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A block as it stands in a file. `params`: what it offers -> (node, parameter) pairs."""

    id: Key
    title: Title
    kind: Title
    at: tuple[Place, Place]
    parent: str = ""
    inputs: tuple[Key, ...] = ()
    outputs: tuple[Key, ...] = ()
    params: dict[str, tuple[tuple[str, str], ...]] = {}


def lines_of(blocks: Mapping[str, Block], number: Callable[[float], float]) -> list[BlockLine]:
    """The lines of blocks, by their ids; `number` shortens coordinates."""
    return [
        BlockLine(b.id, b.title, b.kind, (number(b.x), number(b.y)), b.parent, b.inputs,
                  b.outputs, dict(b.params))
        for _, b in sorted(blocks.items())
    ]  # fmt: skip


def blocks_of(lines: Iterable[BlockLine], where: Where) -> dict[str, Block]:
    """The blocks in these lines; a double id raises a ProblemError."""
    found: dict[str, Block] = {}
    for line in lines:
        if line.id in found:
            raise _double(line.id, where)
        found[line.id] = Block(
            line.id, line.title, line.kind, line.parent, *line.at, line.inputs, line.outputs,
            line.params,
        )  # fmt: skip
    return found


def check(document: Document, where: Where) -> None:
    """ProblemError where blocks name what is not there, lie in themselves, hold what no block
    can, or where a wire goes through their border beside their ports.
    """
    blocks = document.blocks
    try:
        check_count(len(blocks))
        for block in blocks.values():
            _check_block(document, block)
        for thing in (*document.graph.nodes.values(), *document.marks.values()):
            _check_member(document, thing)
        if blocks:
            for edge in sorted(document.graph.edges):
                _check_edge(document, edge)
            _check_circles(document)
    except ProblemError as error:
        found = error.problem
        raise failure(found.code, found.template, where, **found.values) from None


def check_count(count: int) -> None:
    """ProblemError where a design would hold too many blocks."""
    if count > MAX_BLOCKS:
        template = "A design holds at most {limit} blocks; this would make {count}."
        raise failure("too_many_blocks", template, limit=MAX_BLOCKS, count=count)


def _double(key: str, where: Where) -> ProblemError:
    template = "The id {id!r} is there twice; blocks, frames, notes and nodes need each its own."
    return failure("double_id", template + " Change one.", where, id=key)


def _broken(block: Block, why: str) -> ProblemError:
    template = "The block {title!r} is broken: {why}. Mend its line, or restore the file."
    return failure("bad_block", template, title=block.title or block.id, why=why)


def _check_block(document: Document, block: Block) -> None:
    if block.id in document.graph.nodes or block.id in document.marks:
        raise _double(block.id, Where())
    above, depth = block, 0
    while above.parent:
        if above.parent not in document.blocks:
            raise _broken(block, f"it lies in {above.parent!r}, and no block has this id")
        above, depth = document.blocks[above.parent], depth + 1
        if depth > MAX_DEPTH:
            raise _broken(block, "it lies in itself, or too deep in other blocks")
    for kind, ports in ((ENTRY, block.inputs), (EXIT, block.outputs)):
        if len(set(ports)) < len(ports) or not all(_port(document, block, kind, p) for p in ports):
            raise _broken(block, f"its ports are not the {kind} nodes that lie in it")
    inner = (key for targets in block.params.values() for key, _ in targets)
    if not all(key in document.graph.nodes for key in inner):
        raise _broken(block, "it offers a parameter of a node that is not there")


def _port(document: Document, block: Block, kind: str, key: str) -> bool:
    node = document.graph.nodes.get(key)
    return node is not None and node.type == kind and node.block == block.id


def _check_member(document: Document, thing: Node | Mark) -> None:
    block = document.blocks.get(thing.block)
    name = thing.name if isinstance(thing, Node) else thing.id
    if thing.block and block is None:
        template = "{name} is in the block {id!r}, and no block has this id. Change its line."
        raise failure("bad_block", template, name=name, id=thing.block)
    if not isinstance(thing, Node):
        return
    if thing.type in PASSAGES and (block is None or not _listed(block, thing)):
        template = "{name} is the port of a block that does not list it. Remove its line."
        raise failure("bad_block", template, name=name)
    if block is not None and thing.type in (INPUT, OUTPUT):
        raise end_in_block(thing)


def _listed(block: Block, node: Node) -> bool:
    return node.id in (block.inputs if node.type == ENTRY else block.outputs)


def end_in_block(node: Node) -> ProblemError:
    """The refusal to have an input or output of the model in a block."""
    template = (
        "{name} is an input or output of the whole model, and these stay outside of blocks. "
        "Wire it to the block from outside."
    )
    return failure("end_in_block", template, Where(node=node.id), name=node.name)


def _check_edge(document: Document, edge: Edge) -> None:
    if not lawful(document.graph, document.blocks, edge):
        nodes = document.graph.nodes
        template = (
            "The wire from {source} to {target} goes through the border of a block, beside its "
            "inputs and outputs. Remove that wire from the file."
        )
        source, target = nodes[edge.source].name, nodes[edge.target].name
        raise failure("bad_block", template, source=source, target=target)


def _check_circles(document: Document) -> None:
    """Seen from outside, no blocks may feed each other in a circle, even where no nodes do."""
    nodes, blocks = document.graph.nodes, document.blocks
    sheets = Graph(
        {**nodes, **{key: Node(key, "", block.title) for key, block in blocks.items()}},
        frozenset(
            Edge(_seen(nodes[e.source], EXIT), 0, _seen(nodes[e.target], ENTRY), "")
            for e in document.graph.edges
        ),
    )
    looped = cycles(sheets)
    if looped:
        names = ", ".join(sheets.nodes[key].name for key in looped[:5])
        template = (
            "The wires run in a circle through the blocks: {names}. Remove one from the file."
        )
        raise failure("cycle", template, names=names)


def _seen(node: Node, port: str) -> str:
    """The id of the node as its neighbour sees it: of the block, for a port of one."""
    return node.block if node.type == port else node.id


def lawful(graph: Graph, blocks: Mapping[str, Block], edge: Edge) -> bool:
    """Whether both ends of a wire are seen on one sheet: nodes that lie in one block, the inputs
    of blocks that lie there, seen from outside, and their outputs. Ports take and give one tensor.
    """
    source, target = graph.nodes[edge.source], graph.nodes[edge.target]
    if source.type in PASSAGES and edge.output:
        return False
    if target.type in PASSAGES and (edge.input, edge.slot) != ("inputs", 0):
        return False
    above = blocks[source.block].parent if source.type == EXIT else source.block
    below = blocks[target.block].parent if target.type == ENTRY else target.block
    return above == below


def edges_beside(document: Document) -> Iterator[Edge]:
    """The wires that go through the border of a block beside its ports."""
    graph, blocks = document.graph, document.blocks
    return (edge for edge in graph.edges if not lawful(graph, blocks, edge))
