"""From the drafts of a script to a graph: which model it is about, what its nodes are called, which
of them share a layer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from designer.codegen.naming import identifier
from designer.document.edits import NAME_LIMIT, FreeNames, snake_case
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.nesting import nested
from designer.document.order import reading_order
from designer.document.problem import ProblemError
from designer.formats.python.groups import groups
from designer.formats.python.network import MAX_NODES, Draft, Sketch
from designer.formats.python.story import Story
from designer.formats.python.values import Layer, Network, Tensor, Unknown


@dataclass
class Drawing:
    """A design of nodes, wires and blocks, and the model of the script that it is."""

    document: Document
    network: Network | None = None

    @property
    def graph(self) -> Graph:
        """All nodes and wires."""
        return self.document.graph


def draw(sketch: Sketch, story: Story) -> Drawing:
    """The graph of the script's model, or of all its calls where it makes none; ProblemError."""
    network = _chosen(sketch, story)
    if network is None:
        if story.failures:
            raise ProblemError(story.failures[0])
        kept = [draft.number for draft in sketch.drafts]
    else:
        kept = _parts(sketch, network, story)
    pen = _Pen(sketch, story, network, kept)
    document = Document(graph=pen.graph())
    drafts = [sketch.drafts[number] for number in kept]
    nests, members = groups(sketch, drafts, pen.keys, whole=story.ours)
    return Drawing(nested(document, nests, members), network)


def _chosen(sketch: Sketch, story: Story) -> Network | None:
    """The model that is trained, else the largest, else the last."""
    found = [n for n in sketch.networks if n.outputs or n.layers]
    found = [n for n in found if not n.called] or found
    if not found:
        return None
    sizes = {id(network): _size(sketch, network) for network in found}
    place = {id(network): number for number, network in enumerate(found)}
    best = max(found, key=lambda n: (bool(n.training), sizes[id(n)], place[id(n)]))
    inner = [n for n in found if n is not best and n.training]
    if inner:
        text = f"The script has {len(found)} models; the one of {story.source.place(best.line)} "
        story.note(best.line, text + "is drawn, the largest that is trained.")
    return best


def _size(sketch: Sketch, network: Network) -> int:
    if network.layers is not None and not network.built:
        return sum(_size(sketch, n) if isinstance(n, Network) else 1 for n in network.layers)
    ends = [end for _, end in network.outputs]
    if any(isinstance(end, Unknown) for end in ends):
        return MAX_NODES  # to be told why, and not to draw some part in its place
    return len(sketch.upstream(ends))


def _parts(sketch: Sketch, network: Network, story: Story) -> list[int]:
    """The drafts of a model; ProblemError where one of its ends is not known."""
    sketch.build(network)
    ends = [end for _, end in network.outputs]
    for end in [*network.inputs, *ends]:
        if isinstance(end, Unknown):
            raise story.why(end)
        if not isinstance(end, Tensor):
            raise story.refusal(
                "not_a_tensor",
                network.line,
                "the inputs and outputs of a model are tensors, and one of these is none: {text}",
                text=story.source.line(network.line),
            )
    return sorted({*sketch.upstream(ends), *(end.draft for end in network.inputs)})


@dataclass
class _Pen:
    """Turns drafts into nodes."""

    sketch: Sketch
    story: Story
    network: Network | None
    kept: list[int]
    names: FreeNames = field(default_factory=lambda: FreeNames(()))
    keys: dict[int, str] = field(default_factory=dict)
    owners: dict[int, int] = field(default_factory=dict)

    def graph(self) -> Graph:
        drafts = [self.sketch.drafts[number] for number in self.kept]
        self._find_owners(drafts)
        self._give_names(drafts)
        nodes = {node.id: node for node in map(self._node, drafts)}
        edges = {edge for draft in drafts for edge in self._edges(draft)}
        for number, (label, end) in enumerate(self._ends(), 1):
            key = self._free(label or ("output" if self._single() else f"output_{number}"))
            nodes[key] = Node(key, OUTPUT, key)
            edges.add(Edge(self.keys[end.draft], end.output, key, "inputs"))
        self._tell_order(nodes)
        return Graph(nodes, frozenset(edges))

    def _ends(self) -> list[tuple[str, Any]]:
        found = self.network.outputs if self.network is not None else []
        return [(f"output_{label}" if label else "", end) for label, end in found]

    def _single(self) -> bool:
        return len(self._ends()) == 1

    # --- Shared layers and names ----------------------------------------------------------------

    def _find_owners(self, drafts: Iterable[Draft]) -> None:
        """Of several calls of a layer one owns it: that which is called like the layer, if any."""
        calls: dict[int, tuple[Layer, list[Draft]]] = {}
        for draft in drafts:
            if draft.layer is not None:
                calls.setdefault(id(draft.layer), (draft.layer, []))[1].append(draft)
        for layer, found in calls.values():
            wanted = identifier(layer.name) if layer.name else ""
            owner = next((d for d in found if d.variable and d.variable == wanted), found[0])
            for draft in found:
                self.owners[draft.number] = owner.number
            if owner.name != layer.name and layer.name and not owner.name:
                owner.name = layer.name
            for draft in found:
                if draft is not owner and draft.name == layer.name:
                    draft.name = ""

    def _give_names(self, drafts: list[Draft]) -> None:
        """Names as the script has them first, then others after the manner of Keras."""
        late = []
        inputs = self._inputs_first(drafts)
        for draft in [*inputs, *(d for d in drafts if d.spec.key != INPUT)]:
            wanted = self._wanted(draft)
            if wanted:
                self.keys[draft.number] = self._free(wanted)
            else:
                late.append(draft)
        for draft in late:
            stem = "input" if draft.spec.key == INPUT else draft.spec.key.rpartition(".")[2]
            self.keys[draft.number] = self.names.take(snake_case(stem))

    def _inputs_first(self, drafts: list[Draft]) -> list[Draft]:
        """Inputs in the order of the model, so that names given to them keep it."""
        given = self.network.inputs if self.network is not None else []
        order = {end.draft: place for place, end in enumerate(given)}
        found = [draft for draft in drafts if draft.spec.key == INPUT]
        return sorted(found, key=lambda draft: order.get(draft.number, len(order)))

    def _wanted(self, draft: Draft) -> str:
        if draft.name:
            return draft.name
        shared = self.owners.get(draft.number, draft.number) != draft.number
        return draft.variable if draft.spec.operation or shared else ""

    def _free(self, wanted: str) -> str:
        kept = "".join(c if c.isprintable() and c != "/" else "_" for c in wanted)[:NAME_LIMIT]
        return self.names.take(kept if kept.strip() else "layer")

    def _tell_order(self, nodes: Mapping[str, Node]) -> None:
        """Skipwire orders inputs by their names; a script may have another order."""
        given = self.network.inputs if self.network is not None else []
        wanted = [self.keys[end.draft] for end in given]
        found = list(reading_order(nodes[key] for key in wanted))
        if self.network is not None and found != wanted:
            names = ", ".join(nodes[key].name for key in found)[:200]
            text = f"The inputs of the model go by their names here: {names}."
            self.story.note(self.network.line, text)

    # --- Nodes and wires ------------------------------------------------------------------------

    def _node(self, draft: Draft) -> Node:
        key = self.keys[draft.number]
        node = Node(key, draft.spec.key, key, draft.params, draft.arguments)
        if draft.layer is None:
            return node
        owner = self.owners[draft.number]
        if owner == draft.number:
            return replace(node, params=draft.layer.params)
        return replace(node, shares=self.keys[owner])

    def _edges(self, draft: Draft) -> list[Edge]:
        key = self.keys[draft.number]
        return [
            Edge(self.keys[tensor.draft], tensor.output, key, port, slot)
            for (port, slot), tensor in draft.wires.items()
            if tensor.draft in self.keys
        ]
