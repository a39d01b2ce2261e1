"""Many groups of nodes made into blocks at once, for what was read from elsewhere: nested models,
functions. Their wires are led through ports; nothing else of the graph changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from designer.document import edits
from designer.document.block_lines import MAX_DEPTH
from designer.document.model import ENTRY, EXIT, INPUT, OUTPUT, Block, Document, Edge, Graph, Node
from designer.document.showing import PORT

MAX_GROUPS = 300  # what has more is left flat: each block is laid out by itself
Tensor = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Nest:
    """A group to be: `parent` is the key of the group that it lies in, "" for none. `params` are
    what it offers, as a block's.
    """

    key: str
    title: str
    kind: str
    parent: str = ""
    params: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def nested(document: Document, nests: Sequence[Nest], members: Mapping[str, str]) -> Document:
    """The document with these groups as blocks; `members` says in which of them a node lies.

    Inputs and outputs of the model stay outside, and so do groups without a node. The document as
    it is where there are too many groups, or too many in one another.
    """
    known = {nest.key: nest for nest in nests}
    nodes = document.graph.nodes
    inside = {
        key: group
        for key, group in members.items()
        if group in known and nodes[key].type not in (INPUT, OUTPUT)
    }
    chains = {key: _chain(known, group) for key, group in inside.items()}
    used = {group for chain in chains.values() for group in chain}
    if not used or len(used) > MAX_GROUPS or max(map(len, chains.values())) > MAX_DEPTH:
        return document
    return _Builder(document, [nest for nest in nests if nest.key in used], chains).built()


def _chain(known: Mapping[str, Nest], group: str) -> tuple[str, ...]:
    """The groups that lead to this one, the outermost first."""
    found: list[str] = []
    while group in known and group not in found:
        found.append(group)
        group = known[group].parent
    return tuple(reversed(found))


class _Builder:
    """Leads one wire after the other through the borders of the groups."""

    def __init__(
        self, document: Document, nests: Sequence[Nest], chains: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._document, self._nests, self._chains = document, nests, chains
        graph = document.graph
        self._names: dict[str, edits.FreeNames] = {}  # of the ports of a group
        taken = {*graph.nodes, *document.marks, *document.blocks}
        self._ids: dict[str, str] = {}
        for nest in nests:
            self._ids[nest.key] = edits.free_id(taken, "block")
            taken.add(self._ids[nest.key])
        self._taken = taken
        self._titles = self._given_titles()
        self._nodes = {key: self._placed(node) for key, node in graph.nodes.items()}
        self._edges: set[Edge] = set()
        self._ports: dict[tuple[str, str, Tensor], str] = {}  # kind, group, what goes through

    def _given_titles(self) -> dict[str, str]:
        """Titles, free on the sheets that they stand on; the top has the names of its nodes too."""
        sheets: dict[str, edits.FreeNames] = {}
        for key, node in self._document.graph.nodes.items():
            chain = self._chains.get(key, ())
            sheets.setdefault(chain[-1] if chain else "", edits.FreeNames(())).take(node.name)
        return {
            nest.key: sheets.setdefault(nest.parent, edits.FreeNames(())).take(nest.title)
            for nest in self._nests
        }

    def _placed(self, node: Node) -> Node:
        chain = self._chains.get(node.id, ())
        return replace(node, block=self._ids[chain[-1]]) if chain else node

    def built(self) -> Document:
        for edge in sorted(self._document.graph.edges):
            self._lead(edge)
        self._open_ends()
        blocks = dict(self._document.blocks)
        for nest in self._nests:
            blocks[self._ids[nest.key]] = self._block(nest)
        graph = Graph(self._nodes, frozenset(self._edges))
        return replace(self._document, graph=graph, blocks=blocks)

    def _open_ends(self) -> None:
        """What a group makes and nobody takes goes out of it too, so that it can be wired."""
        left = {group for kind, group, _ in self._ports if kind == EXIT}
        for key, chain in self._chains.items():
            if chain[-1] not in left and key not in self._document.graph.outgoing:
                self._through(EXIT, chain[-1], (key, 0))

    def _block(self, nest: Nest) -> Block:
        sides = []
        for kind in (ENTRY, EXIT):
            found = (
                port
                for (k, group, _), port in self._ports.items()
                if (k, group) == (kind, nest.key)
            )
            sides.append(tuple(found))
        return Block(
            self._ids[nest.key], self._titles[nest.key], nest.kind, self._ids.get(nest.parent, ""),
            inputs=sides[0], outputs=sides[1], params=nest.params,
        )  # fmt: skip

    def _lead(self, edge: Edge) -> None:
        out, into = self._chains.get(edge.source, ()), self._chains.get(edge.target, ())
        shared = 0
        while shared < min(len(out), len(into)) and out[shared] == into[shared]:
            shared += 1
        tensor = (edge.source, edge.output)
        for group in reversed(out[shared:]):
            tensor = self._through(EXIT, group, tensor)
        for group in into[shared:]:
            tensor = self._through(ENTRY, group, tensor)
        self._edges.add(replace(edge, source=tensor[0], output=tensor[1]))

    def _through(self, kind: str, group: str, tensor: Tensor) -> Tensor:
        """The port that hands a tensor on through the border of a group."""
        if (kind, group, tensor) not in self._ports:
            key = edits.free_id(self._taken, kind)
            self._taken.add(key)
            end = "input" if kind == ENTRY else "output"
            name = self._names.setdefault(group, edits.FreeNames(())).take(end)
            self._nodes[key] = Node(key, kind, name, block=self._ids[group])
            self._edges.add(Edge(*tensor, key, PORT))
            self._ports[kind, group, tensor] = key
        return self._ports[kind, group, tensor], 0
