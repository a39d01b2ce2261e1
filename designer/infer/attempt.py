"""A value that is being typed: what would Keras say of it?

The question is the node's one step with that value, from the shapes that come in now; while they
are unknown Keras is asked whether the layer can be made at all. Answers are kept by content.
"""

from typing import Any

from designer.catalog.spec import Catalog, LayerSpec
from designer.document import edits
from designer.document.model import Document, Graph, Node
from designer.document.problem import Problem
from designer.infer.asides import FIRST_REQUEST, Asides
from designer.infer.explain import explain
from designer.infer.questions import Question, arguments, key_of, owner
from designer.infer.report import Report
from designer.infer.trial import tensor_of
from designer.protocol import Argument, Ask, TensorSpec, Told

_FIRST = FIRST_REQUEST << 1  # far from the numbers of wires that are tried
MEMO_LIMIT = 5_000


class Attempts:
    """Judges values, and remembers what Keras said of them."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        # Only the value that is typed last is of interest.
        self._asides = Asides(_FIRST, MEMO_LIMIT, awaited=1)

    def judge(
        self, document: Document, report: Report, node: str, name: str, value: Any
    ) -> tuple[Problem | None, Question | None]:
        """What Keras has against the value, and what would have to be asked to know it.

        ProblemError where the node is no longer there.
        """
        graph = edits.set_param(document, node, name, value).graph
        target = graph.nodes[node]
        spec = self._catalog.layers.get(target.type)
        if spec is None or spec.unbuildable or not _complete(graph, target, spec):
            return None, None
        inputs = _inputs(graph, target, spec, report)
        key = key_of(graph, target, inputs)
        answer = self._asides.known(key)
        if answer is None:
            question = Question()
            question.ask(graph, target, key)
            return None, question
        refusal = answer.refusal
        if refusal is None or (not inputs and refusal.stage != "configure"):
            return None, None
        return explain(graph, target, report.nodes, refusal), None

    def ask(self, question: Question) -> Ask:
        """The question as a message; only the answer to the last one is awaited."""
        return self._asides.ask(question)

    def absorb(self, told: Told) -> bool:
        """Take an answer in; False for one that is not awaited."""
        return self._asides.absorb(told)


def _complete(graph: Graph, node: Node, spec: LayerSpec) -> bool:
    """Whether all is there that the layer cannot be made without."""
    given = owner(graph, node).params
    return all(p.name in given for p in spec.params if p.required and not p.call)


def _inputs(graph: Graph, node: Node, spec: LayerSpec, report: Report) -> tuple[Argument, ...]:
    """What comes in by port; nothing where a part of it is unknown."""
    found: dict[str, tuple[TensorSpec, ...]] = {}
    for edge in graph.incoming.get(node.id, ()):
        tensor = tensor_of(report, edge.source, edge.output)
        if tensor is None or spec.port(edge.input) is None:
            return ()
        found[edge.input] = (*found.get(edge.input, ()), tensor)
    return arguments(spec, dict(found))
