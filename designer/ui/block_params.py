"""What a block offers outside, as parameters that forms can edit; and what it could offer."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from designer.catalog.spec import Catalog, ParamSpec
from designer.document.block_kinds import offer, withdraw
from designer.document.edits import FreeNames
from designer.document.model import Block, Document, Node


class Choice(Struct, frozen=True):
    """A parameter of nodes in a block that it can offer as `name`, or offers so already.

    `others` are the names of the other nodes that this name stands for.
    """

    name: str
    param: str
    nodes: tuple[str, ...]
    offered: bool
    others: tuple[str, ...] = ()


def specs_of(whole: Document, catalog: Catalog, block: Block) -> tuple[ParamSpec, ...]:
    """The parameters that a block offers, as the catalogue describes them, under their names."""
    found = []
    for name, targets in block.params.items():
        spec = next((s for t in targets if (s := _spec(whole, catalog, *t)) is not None), None)
        found.append(replace(spec, name=name, call=False) if spec is not None else _plain(name))
    return tuple(found)


def _spec(whole: Document, catalog: Catalog, key: str, param: str) -> ParamSpec | None:
    node = whole.graph.nodes.get(key)
    spec = catalog.layers.get(node.type) if node is not None else None
    return spec.param(param) if spec is not None else None


def _plain(name: str) -> ParamSpec:
    return ParamSpec(name, "json")


def choices(
    whole: Document, catalog: Catalog, block: Block, nodes: Sequence[Node]
) -> Iterator[Choice]:
    """What the block that these nodes lie in can offer of them; they are of one type."""
    spec = catalog.layers.get(nodes[0].type) if nodes else None
    if spec is None or any(node.type != nodes[0].type for node in nodes):
        return
    owners = tuple(dict.fromkeys(node.shares or node.id for node in nodes))
    for param in spec.params:
        if param.call or param.name == "name":
            continue
        targets = {(key, param.name) for key in owners}
        under = [name for name, there in block.params.items() if targets <= set(there)]
        for name in under:
            yield Choice(
                name, param.name, owners, offered=True, others=_others(whole, block, name, owners)
            )
        if under:
            continue
        if param.name in block.params:
            others = _others(whole, block, param.name, owners)
            yield Choice(param.name, param.name, owners, offered=False, others=others)
        own = FreeNames(block.params).take(param.name)
        yield Choice(own, param.name, owners, offered=False)


def _others(whole: Document, block: Block, name: str, owners: Sequence[str]) -> tuple[str, ...]:
    nodes = whole.graph.nodes
    return tuple(nodes[key].name for key, _ in block.params[name] if key not in owners)


def toggled(whole: Document, key: str, choice: Choice) -> Document:
    """The design in which the block offers that, or does not any more."""
    if not choice.offered:
        for node in choice.nodes:
            whole = offer(whole, key, node, choice.param, choice.name)
        return whole
    block = whole.blocks[key]
    gone = {(node, choice.param) for node in choice.nodes}
    rest = tuple(target for target in block.params[choice.name] if target not in gone)
    if not rest:
        return withdraw(whole, key, choice.name)
    params = {**block.params, choice.name: rest}
    return replace(whole, blocks={**whole.blocks, key: replace(block, params=params)})
