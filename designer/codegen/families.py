"""Which blocks are calls of one function: those of one kind whose calls are wired alike.

Layers and wires are compared, values are not: they become the function's arguments. Calls are
matched by what feeds them and what they feed, so neither names nor the order in a file count.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from designer.catalog.spec import LayerSpec, ParamSpec
from designer.codegen.body import Context, nests
from designer.codegen.scopes import Scopes
from designer.document.model import Document, Node
from designer.infer.questions import owner as owner_of

Wire = tuple[str, int, str, int]  # port, rank in the port, what feeds it, and which output of that


@dataclass(frozen=True, slots=True)
class Kin:
    """Blocks that one function can be written for: for each its items, matched place by place."""

    kind: str
    blocks: tuple[str, ...]
    items: tuple[tuple[str, ...], ...]


def free_params(spec: LayerSpec) -> tuple[ParamSpec, ...]:
    """The parameters of a call that may be arguments of a function."""
    return tuple(
        p for p in spec.params if not p.call and p.name != "name" and not spec.port(p.name)
    )


def may_lack(spec: LayerSpec, param: ParamSpec) -> bool:
    """Whether the default can stand for a parameter that is not set."""
    return not param.required and not spec.custom


@dataclass
class _Numbers:
    """Equal values get equal numbers, so that nested ones stay small."""

    known: dict[Hashable, int] = field(default_factory=dict)

    def of(self, value: Hashable) -> int:
        return self.known.setdefault(value, len(self.known))


class Kinship:
    """Sorts the blocks of a design, those that hold no others first."""

    def __init__(self, whole: Document, context: Context, scopes: Scopes) -> None:
        self._whole, self._context, self._scopes = whole, context, scopes
        self._numbers = _Numbers()
        self._shapes: dict[str, int] = {}  # block -> number of what it is wired like
        self._homes = {item: key for key, order in scopes.orders.items() for item in order}

    def by_height(self) -> list[list[Kin]]:
        """The families: first those without inner functions, then those that call these ..."""
        heights: dict[str, int] = {}
        for key in self._scopes.functions:
            self._height(key, heights)
        rows: list[list[str]] = [[] for _ in range(max(heights.values(), default=-1) + 1)]
        for key, height in heights.items():
            rows[height].append(key)
        return [self._families(row) for row in rows]

    def _height(self, key: str, heights: dict[str, int]) -> int:
        if key not in heights:
            inner = [k for k in self._scopes.orders[key] if k in self._scopes.orders]
            heights[key] = max((self._height(k, heights) + 1 for k in inner), default=0)
        return heights[key]

    def _families(self, blocks: Iterable[str]) -> list[Kin]:
        found: dict[tuple[str, int], list[tuple[str, tuple[str, ...]]]] = {}
        for key in blocks:
            items, shape = self._matched(key)
            kind = self._whole.blocks[key].kind
            self._shapes[key] = self._numbers.of((kind, shape))
            found.setdefault((kind, shape), []).append((key, items))
        return [self._kin(kind, rows) for (kind, _), rows in found.items()]

    def _kin(self, kind: str, rows: list[tuple[str, tuple[str, ...]]]) -> Kin:
        """The family, its items in the order in which the first block calls them."""
        first, matched = rows[0]
        places = {item: place for place, item in enumerate(matched)}
        order = [places[item] for item in self._scopes.orders[first]]
        items = tuple(tuple(row[place] for place in order) for _, row in rows)
        return Kin(kind, tuple(key for key, _ in rows), items)

    def _matched(self, block: str) -> tuple[tuple[str, ...], int]:
        """The items of a block in an order that copies of it have too, and its shape."""
        order = self._scopes.orders[block]
        wires = {item: self._wires(item) for item in order}
        labels = {item: self._label(item) for item in order}
        above = self._above(block, order, wires, labels)
        below = self._below(block, order, wires, labels)
        values = {item: self._values(item) for item in order}
        items = sorted(order, key=lambda item: (above[item], below[item], values[item], item))
        places = {item: place for place, item in enumerate(items)}
        rows = [(labels[item], self._placed(block, wires[item], places)) for item in items]
        ends = [self._place(tensor, places) for tensor in self._scopes.outputs[block]]
        return tuple(items), self._numbers.of(
            (tuple(rows), tuple(ends), self._sharing(items), len(self._scopes.inputs[block]))
        )

    def _above(
        self,
        block: str,
        order: tuple[str, ...],
        wires: Mapping[str, list[Wire]],
        labels: Mapping[str, int],
    ) -> dict[str, int]:
        """A number for each item by all that feeds it in the block."""
        found: dict[str, int] = {}
        for item in order:
            rows = tuple(self._placed(block, wires[item], found))
            found[item] = self._numbers.of(("above", labels[item], rows))
        return found

    def _below(
        self,
        block: str,
        order: tuple[str, ...],
        wires: Mapping[str, list[Wire]],
        labels: Mapping[str, int],
    ) -> dict[str, int]:
        """A number for each item by all that it feeds, in the block and outside."""
        uses: dict[str, list[tuple[str, int, int, int]]] = {item: [] for item in order}
        for rank, tensor in enumerate(self._scopes.outputs[block]):
            source, output = self._inner(tensor, uses)
            uses[source].append(("", rank, output, -1))
        found: dict[str, int] = {}
        for item in reversed(order):
            found[item] = self._numbers.of(("below", labels[item], tuple(sorted(uses[item]))))
            for port, rank, source, output in wires[item]:
                inner, place = self._inner((source, output), uses)
                if inner in uses:
                    uses[inner].append((port, rank, place, found[item]))
        return found

    def _wires(self, item: str) -> list[Wire]:
        if item in self._scopes.orders:
            tensors = self._scopes.inputs[item]
            return [("", rank, *tensor) for rank, tensor in enumerate(tensors)]
        ranks: dict[str, int] = {}
        found = []
        for edge in self._context.graph.incoming.get(item, ()):
            rank = ranks[edge.input] = ranks.get(edge.input, -1) + 1
            found.append((edge.input, rank, edge.source, edge.output))
        return found

    def _inner(self, tensor: tuple[str, int], items: Mapping[str, object]) -> tuple[str, int]:
        """The item of a block that gives a tensor, and as which of its results."""
        source = tensor[0]
        while source not in items and source in self._homes and self._homes[source]:
            source = self._homes[source]
        if source == tensor[0] or source not in items:
            return tensor
        return source, self._scopes.outputs[source].index(tensor)

    def _place(self, tensor: tuple[str, int], places: Mapping[str, int]) -> tuple[int, int]:
        source, output = self._inner(tensor, places)
        return places[source], output

    def _placed(
        self, block: str, wires: Iterable[Wire], places: Mapping[str, int]
    ) -> tuple[tuple[str, int, int, int], ...]:
        """The wires, with what feeds them by its number; arguments of the block by their place."""
        found = []
        inputs = self._scopes.inputs[block]
        for port, rank, source, output in wires:
            tensor = (source, output)
            if tensor in inputs:
                found.append((port, rank, -1, inputs.index(tensor)))
            else:
                found.append((port, rank, *self._place(tensor, places)))
        return tuple(found)

    def _label(self, item: str) -> int:
        """A number for what a call is, whatever its values are."""
        if item in self._shapes:
            return self._numbers.of(("block", self._shapes[item]))
        node, context = self._context.graph.nodes[item], self._context
        owner, spec = owner_of(context.graph, node), context.spec(node)
        fixed = dict(owner.params)
        lacking = []
        for param in free_params(spec):
            if param.name in fixed:
                del fixed[param.name]
            elif not may_lack(spec, param):
                lacking.append(param.name)
        fixed.pop("name", None)
        told = (context.several(item), nests(owner), owner.id in context.shared)
        return self._numbers.of(
            (spec.key, _text(fixed), tuple(lacking), _text(node.arguments), told)
        )

    def _sharing(self, items: Iterable[str]) -> tuple[int, ...]:
        """For each item the place of the first that calls the same layer."""
        first: dict[str, int] = {}
        nodes = self._context.graph.nodes
        owners = [nodes[key].shares or key if key in nodes else key for key in items]
        return tuple(first.setdefault(owner, place) for place, owner in enumerate(owners))

    def _values(self, item: str) -> str:
        if item in self._scopes.orders:
            return ""
        node: Node = self._context.graph.nodes[item]
        return _text(owner_of(self._context.graph, node).params)


def _text(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
