"""The arguments of a function of the script: the tensors that its blocks take, the parameters that
they offer, and whatever else differs between them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from designer.codegen.body import Context
from designer.codegen.expressions import is_object
from designer.codegen.families import Kin, free_params
from designer.codegen.layer_names import name_layers
from designer.codegen.naming import Names, identifier
from designer.codegen.wrapping import Code, flat
from designer.document.model import Document
from designer.document.problem import Where
from designer.infer.questions import owner as owner_of

Leaf = tuple[str, str]  # a node and one of its parameters


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a function where its blocks may have several values: a parameter of a layer, or
    an argument of an inner function. By block: what is written there, and which parameters of the
    design that stands for. What is made anew at each place is not `plain`.
    """

    item: str  # the layer's owner, or the inner block, of the first block
    name: str
    codes: tuple[Code, ...]
    leaves: tuple[frozenset[Leaf], ...]
    plain: bool = True

    @property
    def texts(self) -> tuple[str, ...]:
        """What each block has there."""
        return tuple(map(flat, self.codes))

    @property
    def differs(self) -> bool:
        """Whether one value does not do for all."""
        return len(set(self.texts)) > 1


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument besides the tensors; what each block gives for it, and what that sets there."""

    name: str
    codes: tuple[Code, ...]
    leaves: tuple[frozenset[Leaf], ...]
    plain: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A function, and the blocks that are its calls. `given` tells which argument stands for a
    slot of the first block, `names` how the names of its layers are written, and `labels` what
    the variables for them are called.
    """

    function: str
    kin: Kin
    tensors: tuple[str, ...]
    arguments: tuple[Argument, ...]
    given: Mapping[tuple[str, str], str]
    names: Mapping[str, Code]
    labels: Mapping[str, str]

    @property
    def first(self) -> str:
        """The block whose calls are written."""
        return self.kin.blocks[0]


class Arguments:
    """Finds the arguments of a function; those of the functions that it calls are `known`."""

    def __init__(self, whole: Document, context: Context, known: Mapping[str, Family]) -> None:
        self._whole, self._context, self._known = whole, context, known

    def family(self, function: str, kin: Kin, tensors: Iterable[str], taken: Names) -> Family:
        """The family; `taken` are names that no argument may have."""
        entries = tuple(taken.take(name) for name in tensors)
        found: list[Argument] = []
        given: dict[tuple[str, str], str] = {}
        for label, slots in self._grouped(kin).items():
            name = taken.take(identifier(label[0], "value"))
            leaves = tuple(
                frozenset().union(*sets) for sets in zip(*(s.leaves for s in slots), strict=True)
            )
            found.append(Argument(name, slots[0].codes, leaves, slots[0].plain))
            given |= {(slot.item, slot.name): name for slot in slots}
        names, labels = self._names(kin, taken, found)
        return Family(function, kin, entries, tuple(found), given, names, labels)

    def _grouped(self, kin: Kin) -> dict[tuple[Any, ...], list[Slot]]:
        """The slots that are arguments; those of one argument together, offered ones first."""
        offered = self._offered(kin)
        slots = list(self._slots(kin))
        order = {name: rank for rank, name in enumerate(offered.values())}
        found: dict[tuple[Any, ...], list[Slot]] = {}
        rows = []
        for slot in slots:
            name = next((offered[leaf] for leaf in sorted(slot.leaves[0]) if leaf in offered), "")
            if slot.differs or (name and slot.plain):
                rows.append((order.get(name, len(order)), name or slot.name, slot))
        for _, name, slot in sorted(rows, key=lambda row: row[0]):
            own = () if slot.plain else (slot.item, slot.name)
            found.setdefault((name, slot.texts, own), []).append(slot)
        return found

    def _offered(self, kin: Kin) -> dict[Leaf, str]:
        """What the first of the blocks that offers any parameters calls them, in its terms."""
        blocks = self._whole.blocks
        key = next((key for key in kin.blocks if blocks[key].params), kin.blocks[0])
        back = dict(zip(kin.items[kin.blocks.index(key)], kin.items[0], strict=True))
        found = {}
        for name, targets in blocks[key].params.items():
            for node, param in targets:
                if node in back or key == kin.blocks[0]:
                    found[back.get(node, node), param] = name
        return found

    def _slots(self, kin: Kin) -> Iterator[Slot]:
        seen: set[str] = set()
        for row in zip(*kin.items, strict=True):
            if row[0] in self._known:
                yield from self._inner(row)
                continue
            nodes = self._context.graph.nodes
            owners = tuple(owner_of(self._context.graph, nodes[key]) for key in row)
            if owners[0].id not in seen:
                seen.add(owners[0].id)
                yield from self._params(row)

    def _params(self, row: tuple[str, ...]) -> Iterator[Slot]:
        graph, write = self._context.graph, self._context.expressions.value
        owners = [owner_of(graph, graph.nodes[key]) for key in row]
        spec = self._context.spec(graph.nodes[row[0]])
        for param in free_params(spec):
            if not any(param.name in owner.params for owner in owners):
                continue
            codes = []
            for owner in owners:
                value = owner.params.get(param.name, param.default)
                where = Where(owner.id, param.name)
                codes.append(write(param, value, where, exact=spec.operation))
            leaves = tuple(frozenset(((owner.id, param.name),)) for owner in owners)
            plain = not any(_made(owner.params.get(param.name)) for owner in owners)
            yield Slot(owners[0].id, param.name, tuple(codes), leaves, plain)

    def _inner(self, row: tuple[str, ...]) -> Iterator[Slot]:
        """The arguments of an inner function."""
        family = self._known[row[0]]
        places = [family.kin.blocks.index(key) for key in row]
        for argument in family.arguments:
            codes = tuple(argument.codes[place] for place in places)
            leaves = tuple(argument.leaves[place] for place in places)
            yield Slot(row[0], argument.name, codes, leaves, argument.plain)

    def _names(
        self, kin: Kin, taken: Names, found: list[Argument]
    ) -> tuple[dict[str, Code], dict[str, str]]:
        """How the layers' names are written, and what their variables are called; adds the
        argument that this takes, if one does.
        """
        owners = self._owners(kin)
        if not owners:
            return {}, {}
        rows = [[self._context.names[key] for key in row] for row in zip(*owners, strict=True)]
        naming = name_layers(rows)
        variable = self._name_argument(naming.argument, naming.values, taken, found)
        names = {row[0]: naming.code(place, variable) for place, row in enumerate(owners)}
        return names, {row[0]: naming.label(k, rows[0][k]) for k, row in enumerate(owners)}

    def _name_argument(
        self, wanted: str, values: tuple[Code, ...], taken: Names, found: list[Argument]
    ) -> str:
        """The variable for what names need: one that an inner function takes too, if it can be."""
        if not wanted:
            return ""
        texts = tuple(map(flat, values))
        for argument in found:
            same = tuple(map(flat, argument.codes)) == texts
            if same and argument.name.rstrip("_0123456789") == wanted:
                return argument.name
        name = taken.take(wanted)
        found.append(Argument(name, values, tuple(frozenset() for _ in values), plain=True))
        return name

    def _owners(self, kin: Kin) -> list[tuple[str, ...]]:
        """The owners of the layers that are named, matched, each once."""
        graph, found = self._context.graph, {}
        for row in zip(*kin.items, strict=True):
            if row[0] in graph.nodes:
                owners = tuple(owner_of(graph, graph.nodes[key]).id for key in row)
                if owners[0] in self._context.names:
                    found[owners[0]] = owners
        return list(found.values())


def _made(value: Any) -> bool:
    """Whether a value is an object of Keras, which no two layers may have in common."""
    return is_object(value) or (isinstance(value, list | tuple) and any(map(_made, value)))
