"""What a design costs: weights, multiply-accumulates, memory, receptive field and depth by node.

All of it follows from the shapes and counts that Keras has answered. What no rule knows is None,
and a sum over it is a lower bound, which it says. Figures are those of one sample at inference.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import is_

from designer.catalog.spec import Catalog
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node, ObjectValue
from designer.document.order import partial_order
from designer.infer.bypass import active
from designer.infer.call import Call, UnknownSizeError, with_defaults
from designer.infer.ends import members
from designer.infer.layer_arithmetic import float_operations
from designer.infer.memory import bytes_of_a_weight, optimizer_slots, tensor_bytes
from designer.infer.questions import owner
from designer.infer.receptive import Field, beginning, receptive
from designer.infer.report import NodeReport, Report
from designer.protocol import TensorSpec


@dataclass(frozen=True, slots=True)
class NodeCost:
    """Of one node. `operations` are floating-point ones, a multiply-accumulate counting as two.

    `activations` are the bytes of what comes out, `weights` those of its parameters, of which
    `trained` belong to trainable ones. `depth` counts the nodes before it on the longest path.
    `inside` says that an output of the model needs it: sums are over those alone.
    """

    outputs: tuple[TensorSpec, ...] = ()
    parameters: int = 0
    trainable: int = 0
    operations: int | None = None
    activations: int | None = None
    weights: int = 0
    trained: int = 0
    field: Field | None = None
    depth: int = 0
    inside: bool = False

    @property
    def macs(self) -> int | None:
        """Multiply-accumulates: half of the floating-point operations, as is usual to tell them."""
        return None if self.operations is None else (self.operations + 1) // 2


@dataclass(frozen=True, slots=True)
class Sums:
    """Over the nodes of the model; the `at_least` ones have summands that are not known."""

    parameters: int = 0
    trainable: int = 0
    operations: int = 0
    activations: int = 0
    weights: int = 0
    trained: int = 0
    depth: int = 0
    operations_at_least: bool = False
    activations_at_least: bool = False

    @property
    def macs(self) -> int:
        """Multiply-accumulates for one sample."""
        return (self.operations + 1) // 2

    def activation_bytes(self, batch: int) -> int:
        """Bytes of all activations of a batch, as training keeps them for the way back."""
        return self.activations * batch

    def training_bytes(self, batch: int, optimizer: ObjectValue) -> int:
        """Estimated bytes of a training step: weights, gradients, what the optimizer keeps, and
        activations. What Keras and TensorFlow need besides (workspace, program) is not in it."""
        kept = 1 + optimizer_slots(optimizer)
        return self.weights + kept * self.trained + self.activation_bytes(batch)


@dataclass(frozen=True, slots=True)
class Costs:
    """By node, in topological order, without what is bypassed; and in sum."""

    nodes: Mapping[str, NodeCost] = field(default_factory=dict)
    sums: Sums = field(default_factory=Sums)


def costs_of(document: Document, report: Report, catalog: Catalog) -> Costs:
    """The costs of a document as far as its report tells."""
    return Surveyor(catalog).survey(document, report)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a node's cost was reckoned from, by identity, for reports keep what did not change."""

    parts: tuple[object, ...]
    edges: tuple[Edge, ...]
    sources: tuple[NodeCost, ...]
    cost: NodeCost

    def holds(
        self, parts: tuple[object, ...], edges: tuple[Edge, ...], sources: tuple[NodeCost, ...]
    ) -> bool:
        """Whether the cost is that of these as well."""
        if self.edges != edges or len(self.sources) != len(sources):
            return False
        return all(map(is_, self.parts, parts)) and all(map(is_, self.sources, sources))


class Surveyor:
    """Reckons costs; what is as it was since the last survey is not reckoned again."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._seen: dict[str, _Seen] = {}

    def survey(self, document: Document, report: Report) -> Costs:
        """The costs of a document as far as its report tells."""
        graph = active(document, self._catalog).graph
        inside = members(graph)
        found: dict[str, NodeCost] = {}
        before, self._seen = self._seen, {}
        work = _Work(graph, report, found, self._catalog)
        for key in partial_order(graph):
            node = graph.nodes[key]
            if node.type != OUTPUT:
                self._seen[key] = seen = _visit(work, node, key in inside, before.get(key))
                found[key] = seen.cost
        return Costs(found, _sums(found.values()))


@dataclass(frozen=True, slots=True)
class _Work:
    """What the cost of a node is reckoned from."""

    graph: Graph
    report: Report
    found: Mapping[str, NodeCost]
    catalog: Catalog


def _visit(work: _Work, node: Node, inside: bool, seen: _Seen | None) -> _Seen:
    """The cost of a node, the one that was seen where nothing of it has changed."""
    edges = work.graph.incoming.get(node.id, ())
    sources = tuple(work.found[edge.source] for edge in edges)
    maker = owner(work.graph, node)
    parts = (node, maker, work.report.nodes.get(node.id), work.report.nodes.get(maker.id), inside)
    if seen is not None and seen.holds(parts, edges, sources):
        return seen
    depth = 1 + max((source.depth for source in sources), default=-1)
    cost = _cost(work, node, maker, depth, inside)
    # What comes to the same is the same, so that what follows from it is not reckoned again.
    return _Seen(parts, edges, sources, seen.cost if seen and seen.cost == cost else cost)


def _cost(work: _Work, node: Node, maker: Node, depth: int, inside: bool) -> NodeCost:
    told = work.report.nodes.get(node.id)
    if told is None or not told.known or told.failed:
        return NodeCost(depth=depth, inside=inside)
    call = _call(work, node, maker, told)
    each = bytes_of_a_weight(maker.params)
    return NodeCost(
        outputs=told.outputs,
        parameters=told.parameters,
        trainable=told.trainable,
        operations=float_operations(call) if call is not None else None,
        activations=tensor_bytes(told.outputs),
        weights=told.parameters * each,
        trained=told.trainable * each,
        field=_field(work, node, call),
        depth=depth,
        inside=inside,
    )


def _call(work: _Work, node: Node, maker: Node, told: NodeReport) -> Call | None:
    """The call that the rules judge; None where the weights or an input are not known."""
    shared = told if maker is node else work.report.nodes.get(maker.id)
    if shared is None or not shared.known:
        return None
    inputs: dict[str, tuple[TensorSpec, ...]] = {}
    for edge in work.graph.incoming.get(node.id, ()):
        spec = _carried(work.report, edge)
        if spec is None:
            return None
        inputs[edge.input] = (*inputs.get(edge.input, ()), spec)
    params = with_defaults(work.catalog, node.type, {**maker.params, **node.arguments})
    return Call(node.type, params, inputs, told.outputs, shared.parameters, work.catalog)


def _carried(report: Report, edge: Edge) -> TensorSpec | None:
    told = report.nodes.get(edge.source)
    return told.outputs[edge.output] if told and edge.output < len(told.outputs) else None


def _field(work: _Work, node: Node, call: Call | None) -> Field | None:
    if call is None:
        return None
    if node.type == INPUT:
        return beginning(len(call.result.shape))
    edges = work.graph.incoming.get(node.id, ())
    fields = [work.found[edge.source].field for edge in edges]
    try:
        return receptive(call, fields)
    except UnknownSizeError:
        return None


def _sums(costs: Iterable[NodeCost]) -> Sums:
    inside = [cost for cost in costs if cost.inside]
    return Sums(
        parameters=sum(cost.parameters for cost in inside),
        trainable=sum(cost.trainable for cost in inside),
        operations=sum(cost.operations or 0 for cost in inside),
        activations=sum(cost.activations or 0 for cost in inside),
        weights=sum(cost.weights for cost in inside),
        trained=sum(cost.trained for cost in inside),
        depth=max((cost.depth for cost in inside), default=0),
        operations_at_least=any(cost.operations is None for cost in inside),
        activations_at_least=any(cost.activations is None for cost in inside),
    )
