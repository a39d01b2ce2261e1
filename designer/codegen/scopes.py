"""Which blocks of a design become functions of the script, what they take and give, and the order
of the calls in each. A block is written in place where no function can be made of it: where a
layer is called inside and outside of it, or data leaves it and comes back.
"""

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from designer.catalog.spec import Catalog
from designer.codegen.plan import Plan
from designer.document.blocks import path
from designer.document.model import INPUT, OUTPUT, Document, Graph, Node
from designer.document.rewire import handed_on
from designer.infer.wiring import port_order

Tensor = tuple[str, int]  # a node of the model, and which of its outputs


@dataclass(frozen=True, slots=True)
class Scopes:
    """By function ("" is build_model, else a block's id): its calls, nodes and blocks, in order;
    and of each block the tensors that it takes from outside and those that are used there.
    """

    orders: Mapping[str, tuple[str, ...]]
    inputs: Mapping[str, tuple[Tensor, ...]]
    outputs: Mapping[str, tuple[Tensor, ...]]

    @property
    def functions(self) -> tuple[str, ...]:
        """The blocks that are functions."""
        return tuple(key for key in self.orders if key)


def find_scopes(
    whole: Document,
    graph: Graph,
    plan: Plan,
    catalog: Catalog,
    allowed: Collection[str] | None = None,
) -> Scopes:
    """The functions of a design; `graph` is that of its model, without the ports of blocks.

    Only blocks that are `allowed` become functions, if that is given.
    """
    if not whole.blocks:
        return Scopes({"": tuple(node.id for node in plan.calls)}, {}, {})
    known = [n for n in plan.calls if n.block in whole.blocks]
    blocks = {key for node in known for key in path(whole, node.block)}
    if allowed is not None:
        blocks &= set(allowed)
    blocks -= _torn(whole, plan, graph, blocks)
    while True:
        finder = _Finder(whole, graph, plan, frozenset(blocks))
        orders, stuck = finder.orders()
        if not stuck:
            break
        blocks -= stuck
    ports = _ports(whole, catalog)
    inputs = {key: _sorted(finder.inputs[key], whole.blocks[key].inputs, ports) for key in blocks}
    outputs = {
        key: _sorted(finder.outputs[key], whole.blocks[key].outputs, ports) for key in blocks
    }
    return Scopes(orders, inputs, outputs)


def _torn(whole: Document, plan: Plan, graph: Graph, blocks: Collection[str]) -> set[str]:
    """The blocks that hold some of the calls of a shared layer, and not all of them."""
    calls: dict[str, list[tuple[str, ...]]] = {}
    for node in plan.calls:
        owner = node.shares or node.id
        if owner in graph.shared:
            calls.setdefault(owner, []).append(_chain(whole, node, blocks))
    found: set[str] = set()
    for chains in calls.values():
        sets = [set(chain) for chain in chains]
        found |= set[str]().union(*sets) - sets[0].intersection(*sets)
    return found


def _chain(whole: Document, node: Node, blocks: Collection[str]) -> tuple[str, ...]:
    """The functions around a node, the outermost first."""
    if node.block not in whole.blocks or node.type in (INPUT, OUTPUT):
        return ()
    return tuple(key for key in path(whole, node.block) if key in blocks)


class _Finder:
    """Looks at each wire once: where it goes through the borders of functions."""

    def __init__(self, whole: Document, graph: Graph, plan: Plan, blocks: frozenset[str]) -> None:
        self.inputs: dict[str, dict[Tensor, None]] = {key: {} for key in blocks}
        self.outputs: dict[str, dict[Tensor, None]] = {key: {} for key in blocks}
        self._after: dict[str, dict[str, set[str]]] = {}  # scope -> item -> items behind it
        self._places: dict[str, dict[str, int]] = {"": {}}  # scope -> item -> first place of it
        self._chains: dict[str, tuple[str, ...]] = {}
        for place, node in enumerate(plan.calls):
            chain = _chain(whole, node, blocks)
            self._chains[node.id] = chain
            for scope, item in zip(("", *chain), (*chain, node.id), strict=True):
                self._places.setdefault(scope, {}).setdefault(item, place)
        for node in plan.calls:
            for edge in graph.incoming.get(node.id, ()):
                self._wire((edge.source, edge.output), node.id)
        for output in plan.outputs:
            for key in self._chains.get(output.source, ()):
                self.outputs[key][output.source, output.index] = None

    def _wire(self, tensor: Tensor, target: str) -> None:
        source = tensor[0]
        out = (*self._chains.get(source, ()), source)
        into = (*self._chains[target], target)
        common = 0
        while out[common] == into[common]:
            common += 1
        for key in out[common:-1]:
            self.outputs[key][tensor] = None
        for key in into[common:-1]:
            self.inputs[key][tensor] = None
        scope = out[common - 1] if common else ""
        if out[common] in self._places[scope]:  # not so for the inputs of the model
            after = self._after.setdefault(scope, {})
            after.setdefault(out[common], set()).add(into[common])

    def orders(self) -> tuple[dict[str, tuple[str, ...]], set[str]]:
        """The calls of each function, and the blocks that must be written in place instead."""
        orders, stuck = {}, set()
        for scope, places in self._places.items():
            order = _order(places, self._after.get(scope, {}))
            orders[scope] = order
            stuck |= (places.keys() - set(order)) & self.inputs.keys()
        return orders, stuck


def _order(places: Mapping[str, int], after: Mapping[str, set[str]]) -> tuple[str, ...]:
    """As far as there is one; items keep the order of their places where that is possible."""
    waiting = dict.fromkeys(places, 0)
    for targets in after.values():
        for target in targets:
            waiting[target] += 1
    heap = [(places[item], item) for item, count in waiting.items() if not count]
    heapq.heapify(heap)
    order = []
    while heap:
        _, item = heapq.heappop(heap)
        order.append(item)
        for target in after.get(item, ()):
            waiting[target] -= 1
            if not waiting[target]:
                heapq.heappush(heap, (places[target], target))
    return tuple(order)


def _ports(whole: Document, catalog: Catalog) -> Mapping[str, Tensor | None]:
    nodes = whole.graph.nodes
    gone = frozenset(k for k in whole.graph.passed if nodes[k].type not in (INPUT, OUTPUT))
    return handed_on(whole.graph, gone, port_order(catalog))


def _sorted(
    found: Iterable[Tensor], ports: Sequence[str], handed: Mapping[str, Tensor | None]
) -> tuple[Tensor, ...]:
    """The tensors in the order of the ports that they go through."""
    ranks: dict[Tensor | None, int] = {}
    for rank, port in enumerate(ports):
        ranks.setdefault(handed.get(port), rank)
    return tuple(sorted(found, key=lambda tensor: (ranks.get(tensor, len(ranks)), tensor)))
