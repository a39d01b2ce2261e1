"""Inference: walks a document, takes what the memo knows, and asks Keras for the rest.

It speaks in values (Ask, Told, Report) and knows no process: the window, the command line and the
tests each carry the messages their own way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from operator import is_

from designer.catalog.spec import Catalog, LayerSpec
from designer.document.model import OUTPUT, Document, Edge, Graph, Node
from designer.document.order import partial_order
from designer.infer.bypass import active, with_bypassed, with_passing
from designer.infer.checks import Checker, sound
from designer.infer.ends import input_nodes, members, output_ends
from designer.infer.questions import Key, Question, Tensor, arguments, key_of, owner, resolve
from designer.infer.report import NodeReport, Port, Report, Totals
from designer.protocol import CUSTOM, Answer, Argument, Ask, Ref, TensorSpec, Told

MEMO_LIMIT = 50_000
PENDING_LIMIT = 50
KEPT = 20_000  # nodes that are remembered although they are gone

Wired = dict[str, tuple[Tensor, ...]]  # the tensors at each port


@dataclass(frozen=True, slots=True)
class _Seen:
    """A node that Keras can be asked about, and its answer for what came in last."""

    node: Node
    owner: Node
    edges: tuple[Edge, ...]
    sources: tuple[NodeReport, ...]
    report: NodeReport
    answer: Answer | None

    def sound(self, node: Node, owner: Node, edges: tuple[Edge, ...]) -> bool:
        """Whether Keras can still be asked; by identity, for edits keep what they do not touch."""
        return self.node is node and self.owner is owner and self.edges == edges

    def known(self, sources: tuple[NodeReport, ...]) -> bool:
        """Whether the same comes in, so that the answer holds for a node that is as it was."""
        return all(map(is_, self.sources, sources))


@dataclass
class _Walk:
    """What one walk over a document found."""

    nodes: dict[str, NodeReport] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    question: Question = field(default_factory=Question)
    seen: dict[str, _Seen] = field(default_factory=dict)
    first: dict[str, tuple[Argument, ...]] = field(default_factory=dict)  # of shared layers


@dataclass
class _Memory:
    """What Keras has answered, and what it is still asked; by content, so it fits any document."""

    memo: dict[Key, Answer] = field(default_factory=dict)
    pending: dict[int, list[Key]] = field(default_factory=dict)
    requests: Iterator[int] = field(default_factory=lambda: count(1))

    def ask(self, question: Question) -> Ask | None:
        """The question as a message that is awaited from now on; None if nothing is asked."""
        if not question.steps:
            return None
        request = next(self.requests)
        self.pending[request] = question.keys
        while len(self.pending) > PENDING_LIMIT:
            self.pending.pop(min(tuple(self.pending)), None)  # others may ask at the same time
        return Ask(request, tuple(question.steps))

    def forget(self, mark: str) -> None:
        """Forgets what was answered and asked about types that have this mark in them."""
        self.memo = {key: answer for key, answer in self.memo.items() if mark not in key[0]}
        late = [r for r, keys in self.pending.items() if any(mark in key[0] for key in keys)]
        for request in late:
            del self.pending[request]

    def absorb(self, told: Told) -> bool:
        """Takes answers in; False if nobody awaits them."""
        keys = self.pending.pop(told.request, None)
        if keys is None:
            return False
        if len(self.memo) > MEMO_LIMIT:
            self.memo.clear()
        for key, answer in zip(keys, told.answers, strict=False):
            known = resolve(key, told.answers) if answer is not None else None
            if answer is not None and known is not None:
                self.memo[known] = answer
        return True


class Inference:
    """Shapes, costs and problems of the document that it was shown last."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._memory = _Memory()
        self._checker = Checker(catalog)
        self._seen: dict[str, _Seen] = {}
        self._whole = self._document = Document()  # with what is bypassed, and without
        self._asked: set[int] = set()
        self._last = _Walk()

    def fork(self) -> "Inference":
        """Another one, for another document, that knows and awaits the same answers.

        It may be shown its first document in a thread of its own.
        """
        other = Inference(self._catalog)
        other._memory = self._memory  # one of us
        return other

    def update(self, document: Document) -> tuple[Report, Ask | None]:
        """The report as far as it is known, and the question that would complete it."""
        ask = self.ask(document)
        return self.report(document), ask

    def ask(self, document: Document) -> Ask | None:
        """The question that would complete the report of this document."""
        self.moved(document)
        self._last = self._walk(self._document.graph)
        ask = self._memory.ask(self._last.question)
        if ask is not None:
            self._asked.add(ask.request)
        return ask

    def report(self, document: Document) -> Report:
        """The report of the document that `ask` was called with, as far as it was known then.

        Its nodes may be in other places now.
        """
        if document is not self._whole:
            self.moved(document)
        return self._report(self._last)

    def awaits(self, request: int) -> bool:
        """Whether that question has been asked and not been answered."""
        return request in self._memory.pending

    def absorb(self, told: Told) -> Report | None:
        """The report with the answers taken in; None for an answer that nobody awaits here."""
        taken = self._memory.absorb(told)
        if not taken or told.request not in self._asked:
            return None
        self._asked.discard(told.request)
        return self._report(self._walk(self._document.graph))

    def moved(self, document: Document) -> None:
        """The document is this one; until `ask` is called for it, only places may be others."""
        self._whole, self._document = document, active(document, self._catalog)

    def refreshed(self) -> Report:
        """The report with all that Keras has answered by now, whoever asked; asks nothing."""
        return self._report(self._walk(self._document.graph))

    def forget_own_layers(self) -> None:
        """The layers of users' files are others now: what was said of them counts no more."""
        self._memory.forget(f'"{CUSTOM}')
        self._seen, self._last, self._checker = {}, _Walk(), Checker(self._catalog)

    def restart(self) -> Ask | None:
        """The worker has died: forget what was asked, and ask what is unknown anew."""
        self._memory.pending.clear()
        self._asked.clear()
        return self.update(self._whole)[1]

    # --- The walk -------------------------------------------------------------------------------

    def _walk(self, graph: Graph) -> _Walk:
        walk = _Walk()
        for key in partial_order(graph):
            walk.nodes[key] = self._visit(graph, graph.nodes[key], walk)
        # What undo brings back is known still, as long as that takes no more room than the rest.
        kept = self._seen if len(self._seen) <= KEPT else {}
        self._seen = {**kept, **walk.seen}
        return walk

    def _visit(self, graph: Graph, node: Node, walk: _Walk) -> NodeReport:
        edges, maker = graph.incoming.get(node.id, ()), owner(graph, node)
        sources = tuple(walk.nodes[edge.source] for edge in edges)
        seen = self._seen.get(node.id)
        sound_still = seen is not None and seen.sound(node, maker, edges)
        # What a shared layer answers depends on its first call as well: that is looked up anew.
        still = sound_still and maker.id not in graph.shared
        if seen is not None and still and seen.answer is not None and seen.known(sources):
            walk.seen[node.id], walk.answers[node.id] = seen, seen.answer
            return seen.report
        wired = _wired(edges, walk)
        if node.type == OUTPUT:
            return _of_output(wired)
        spec = self._catalog.layers.get(node.type)
        if spec is None or not (sound_still or sound(graph, node, spec)):
            return NodeReport()
        answer = self._answer(graph, node, spec, wired, walk)
        report = _node_report(node, answer)
        walk.seen[node.id] = _Seen(node, maker, edges, sources, report, answer)
        return report

    def _answer(
        self, graph: Graph, node: Node, spec: LayerSpec, wired: Wired | None, walk: _Walk
    ) -> Answer | None:
        """What the memo has; a node that it does not know is asked about, if its inputs allow."""
        if wired is None:
            return None
        inputs, maker = arguments(spec, wired), owner(graph, node).id
        built_by = walk.first.setdefault(maker, inputs) if maker in graph.shared else ()
        key = key_of(graph, node, inputs, built_by)
        answer = self._memory.memo.get(key)
        if answer is None:
            walk.asked[node.id] = walk.question.ask(graph, node, key)
        else:
            walk.answers[node.id] = answer
        return answer

    def _report(self, walk: _Walk) -> Report:
        document, graph = self._document, self._document.graph
        complete = not walk.asked
        inside = members(graph)
        return Report(
            nodes=with_passing(self._whole, self._catalog, walk.nodes),
            problems=with_bypassed(
                self._whole,
                self._checker.problems(document, walk.nodes, walk.answers, inside),
            ),
            totals=_totals(graph, walk.answers, inside),
            inputs=tuple(
                Port(key, graph.nodes[key].name, _spec(walk.nodes, key, 0))
                for key in input_nodes(graph)
                if key in inside
            ),
            outputs=tuple(
                Port(end.node, end.name, _spec(walk.nodes, end.source, end.output))
                for end in output_ends(graph)
            ),
            complete=complete,
        )


def _of_output(wired: Wired | None) -> NodeReport:
    tensors = wired.get("inputs", ()) if wired is not None else ()
    specs = tuple(t for t in tensors if isinstance(t, TensorSpec))
    return NodeReport(specs, known=bool(specs))


def _node_report(node: Node, answer: Answer | None) -> NodeReport:
    if answer is None:
        return NodeReport()
    weighs = not node.shares
    return NodeReport(
        answer.outputs,
        answer.parameters if weighs else 0,
        answer.trainable if weighs else 0,
        known=True,
        failed=answer.refusal is not None,
    )


def _wired(edges: tuple[Edge, ...], walk: _Walk) -> Wired | None:
    """The tensors at each port; None where one of them cannot be known."""
    found: dict[str, list[Tensor]] = {}
    for edge in edges:
        tensor = _tensor(edge, walk)
        if tensor is None:
            return None
        found.setdefault(edge.input, []).append(tensor)
    return {port: tuple(tensors) for port, tensors in found.items()}


def _tensor(edge: Edge, walk: _Walk) -> Tensor | None:
    if edge.source in walk.asked:
        return Ref(walk.asked[edge.source], edge.output)
    return _spec(walk.nodes, edge.source, edge.output)


def _spec(nodes: Mapping[str, NodeReport], key: str, output: int) -> TensorSpec | None:
    known = nodes.get(key)
    if known is None or output >= len(known.outputs):
        return None
    return known.outputs[output]


def _totals(graph: Graph, answers: Mapping[str, Answer], inside: set[str]) -> Totals:
    layers: dict[str, Answer | None] = {}
    for key in inside:
        node = graph.nodes[key]
        if node.type.startswith(("layers.", CUSTOM)):
            # A layer that is called several times weighs once.
            maker = node.shares or key
            layers[maker] = layers.get(maker) or answers.get(key)
    known = [answer for answer in layers.values() if answer is not None]
    parameters = sum(answer.parameters for answer in known)
    return Totals(len(layers), parameters, sum(answer.trainable for answer in known))
