"""A wire that is tried before it is there: does it fit, and what comes out of its target then?

Keras is the judge, as everywhere: the question is the target's one step with the wire added, from
the shapes that are known now. Answers are kept by content, so each question is asked once.
"""

from dataclasses import dataclass
from typing import Literal

from designer.catalog.spec import Catalog, LayerSpec
from designer.document.model import OUTPUT, Document, Edge, Graph, Node
from designer.document.order import downstream
from designer.document.problem import Problem, Where
from designer.document.sharing import calls
from designer.infer.asides import FIRST_REQUEST, Asides
from designer.infer.brief import by_keras, by_rule, stretched
from designer.infer.broadcasting import broadcast
from designer.infer.checks import sound
from designer.infer.questions import Question, arguments, key_of, missing_ports, owner
from designer.infer.report import Report
from designer.protocol import Argument, Ask, TensorSpec, Told

MEMO_LIMIT = 20_000
PENDING_LIMIT = 50

Level = Literal["open", "good", "warning", "error"]
Feeds = tuple[tuple[Edge, TensorSpec], ...]  # the wires into a node, and what they carry


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a wire in the hand.

    `level` is "open" while Keras has not said; `carried` is the tensor in the wire, `outputs` what
    leaves its target. `reason` tells a refusal, a warning, or what else the wire would do.
    """

    level: Level = "open"
    carried: TensorSpec | None = None
    outputs: tuple[TensorSpec, ...] = ()
    reason: Problem | None = None


def tensor_of(report: Report, node: str, output: int) -> TensorSpec | None:
    """What comes out of a node there; None while it is unknown."""
    told = report.nodes.get(node)
    return told.outputs[output] if told is not None and output < len(told.outputs) else None


class Trials:
    """Judges wires, and remembers what Keras said of them."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._asides = Asides(FIRST_REQUEST, MEMO_LIMIT, PENDING_LIMIT)

    def judge(
        self, document: Document, report: Report, wire: Edge | Problem, lifted: Edge | None = None
    ) -> tuple[Verdict, Question | None]:
        """The verdict as far as it is known, and what would have to be asked to complete it.

        `lifted` is the wire that the hand has picked up and would plug in as `wire`.
        """
        if isinstance(wire, Problem):
            return Verdict("error", reason=by_rule(wire)), None
        carried = tensor_of(report, wire.source, wire.output)
        graph = _tried(document.graph, wire, lifted)
        note = _replaced(document.graph, wire, lifted)
        target = graph.nodes[wire.target]
        stale = _behind(document.graph, lifted) if lifted is not None else set[str]()
        feeds = _feeds(graph, wire.target, report, stale)
        if feeds is None:
            return Verdict(carried=carried, reason=note), None
        if target.type == OUTPUT:
            return Verdict("good", carried, tuple(spec for _, spec in feeds), note), None
        built_by = self._built_by(document.graph, target, report)
        verdict, question = self._judge(graph, target, wire, feeds, note, built_by)
        if verdict.level == "good":
            verdict = _doubted(verdict, graph, target, document.graph, report)
        return verdict, question

    def _judge(
        self,
        graph: Graph,
        target: Node,
        wire: Edge,
        feeds: Feeds,
        note: Problem | None,
        built_by: tuple[Argument, ...],
    ) -> tuple[Verdict, Question | None]:
        carried = dict(feeds)[wire]
        spec = self._catalog.layers.get(target.type)
        if spec is None or target.bypassed or not sound(graph, target, spec):
            return Verdict(carried=carried, reason=self._waiting(target, feeds) or note), None
        key = key_of(graph, target, _arguments(spec, feeds), built_by)
        answer = self._asides.known(key)
        if answer is None:
            question = Question()
            question.ask(graph, target, key)
            return Verdict(carried=carried, reason=note), question
        if answer.refusal is not None:
            shapes = [(edge, tensor.shape) for edge, tensor in feeds]
            reason = by_keras(target, wire, shapes, answer.refusal)
            return Verdict("error", carried, reason=reason), None
        return Verdict("good", carried, answer.outputs, note), None

    def _built_by(self, graph: Graph, target: Node, report: Report) -> tuple[Argument, ...]:
        """The inputs of another call of the same layer, which Keras takes; () where it is alone."""
        spec = self._catalog.layers.get(target.type)
        for key in calls(graph, target.id):
            told = report.nodes.get(key)
            if key != target.id and spec is not None and told is not None and told.outputs:
                feeds = _feeds(graph, key, report, set()) if key in graph.incoming else None
                return _arguments(spec, feeds) if feeds else ()
        return ()

    def ask(self, question: Question) -> Ask:
        """The question as a message whose answer is awaited from now on."""
        return self._asides.ask(question)

    def absorb(self, told: Told) -> bool:
        """Take an answer in; False for one that is not awaited."""
        return self._asides.absorb(told)

    def _waiting(self, target: Node, feeds: Feeds) -> Problem | None:
        """That Keras cannot be asked before another wire has come to the target."""
        spec = self._catalog.layers.get(target.type)
        wired: dict[str, int] = {}
        for edge, _ in feeds:
            wired[edge.input] = wired.get(edge.input, 0) + 1
        missing = missing_ports(spec, target, wired) if spec is not None else ()
        if not missing:
            return None
        values = {"name": target.name, "port": missing[0].name}
        several = missing[0].variadic
        template = "{name} needs another tensor." if several else "{name} needs {port} as well."
        return Problem("info", "input_missing", template, values, Where(node=target.id))


def _arguments(spec: LayerSpec, feeds: Feeds) -> tuple[Argument, ...]:
    tensors: dict[str, tuple[TensorSpec, ...]] = {}
    for edge, tensor in feeds:
        tensors[edge.input] = (*tensors.get(edge.input, ()), tensor)
    return arguments(spec, dict(tensors))


def _doubted(verdict: Verdict, graph: Graph, target: Node, whole: Graph, report: Report) -> Verdict:
    """The verdict with the warning that a merge stretches what it gets, if it does."""
    warning = broadcast(graph, target, report.nodes, whole)
    if warning is None:
        return verdict
    reason = stretched(target, warning)
    return Verdict("warning", verdict.carried, verdict.outputs, reason)


def _same_place(one: Edge, other: Edge) -> bool:
    return (one.target, one.input, one.slot) == (other.target, other.input, other.slot)


def _tried(graph: Graph, wire: Edge, lifted: Edge | None) -> Graph:
    """The target, what it shares and what feeds it, with the wire in place: no more is asked of."""
    kept = [
        edge
        for edge in graph.incoming.get(wire.target, ())
        if edge != lifted and not _same_place(edge, wire)
    ]
    edges = frozenset((*kept, wire))
    target = graph.nodes[wire.target]
    ids = {wire.target, owner(graph, target).id, *(edge.source for edge in edges)}
    return Graph({key: graph.nodes[key] for key in ids}, edges)


def _replaced(graph: Graph, wire: Edge, lifted: Edge | None) -> Problem | None:
    """That another wire would give its place to this one."""
    for edge in graph.incoming.get(wire.target, ()):
        if _same_place(edge, wire) and edge not in (wire, lifted):
            values = {"name": graph.nodes[edge.source].name}
            template = "Takes the place of the wire from {name}."
            return Problem("info", "replaces", template, values, Where(node=wire.target))
    return None


def _behind(graph: Graph, lifted: Edge) -> set[str]:
    """The nodes whose shapes are known only with the wire that was picked up."""
    return downstream(graph, (lifted.target,))


def _feeds(graph: Graph, target: str, report: Report, stale: set[str]) -> Feeds | None:
    """What comes into a node, by port and slot; None where a part of it is unknown."""
    found = []
    for edge in graph.incoming[target]:
        tensor = tensor_of(report, edge.source, edge.output)
        if tensor is None or edge.source in stale:
            return None
        found.append((edge, tensor))
    return tuple(found)
