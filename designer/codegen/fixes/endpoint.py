"""An output of the model as fixes see it: the layer that it comes from, and the steps that give it
another activation, another loss, or other layers behind it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from designer.codegen.datasets import DataFacts, source_of
from designer.codegen.last_activation import BY_LAYER, last_node
from designer.codegen.objectives import LOSS, Objective, objective
from designer.document.model import OUTPUT, Edge, Node, ObjectValue
from designer.document.problem import ProblemError
from designer.infer.ends import output_ends
from designer.infer.fixes.fix import (
    Follow,
    Insert,
    Layer,
    ResetParam,
    SetLoss,
    SetParam,
    Step,
    TakeOut,
)
from designer.infer.fixes.meeting import Case
from designer.infer.questions import owner

SPARSE = "losses.SparseCategoricalCrossentropy"
_COUNTS = ("units", "filters")
Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Endpoint:
    """An output: the tensor that it is (`source`, `output`), and the mark that stands for it."""

    case: Case
    source: str
    output: int
    mark: Edge | None

    @property
    def shape(self) -> Shape | None:
        """The shape of the output, the batch axis first; None while it is unknown."""
        return self.case.shape(self.source, self.output)

    @property
    def last(self) -> Node | None:
        """The node that its values come from."""
        return last_node(self.case.graph, self.source)

    def activated(self, wanted: str) -> tuple[Step, ...]:
        """Gives the last layer that activation ("linear": none); () where that cannot be."""
        graph, node = self.case.graph, self.last
        if node is None:
            return ()
        maker = owner(graph, node)
        linear = wanted == "linear"
        if node.type in BY_LAYER or (node.type == "layers.Activation" and linear):
            return self._replaced(node, wanted)
        spec = self.case.catalog.layers.get(maker.type)
        if spec is None or spec.param("activation") is None:
            return ()
        if linear:
            return (ResetParam(maker.id, "activation"),)
        return (SetParam(maker.id, "activation", wanted),)

    def _replaced(self, node: Node, wanted: str) -> tuple[Step, ...]:
        """Another activation in the place of a layer that is one."""
        before = self.case.graph.incoming.get(node.id, ())
        if len(before) != 1:
            return ()
        gone = TakeOut(node.id, before[0].input)
        if wanted == "linear":
            return (gone,)
        return (Insert(before[0], (Layer("layers.Activation", {"activation": wanted}),)), gone)

    def behind(self, *layers: Layer) -> tuple[Step, ...]:
        """Puts layers between what the output is and its end."""
        if self.mark is not None:
            return (Insert(self.mark, layers),)
        return (Follow(self.source, self.output, layers),)

    def counted(self, size: int) -> tuple[Step, ...]:
        """Lets the layer that decides the last axis give so many; () where none decides it."""
        graph, key, shape = self.case.graph, self.source, self.shape
        while shape is not None:
            node = owner(graph, graph.nodes[key])
            for param in _COUNTS:
                if param in node.params:
                    fits = node.params[param] == shape[-1]
                    return (SetParam(node.id, param, size),) if fits else ()
            before = graph.incoming.get(key, ())
            if len(before) != 1:
                break
            key = before[0].source
        return ()


def endpoint(case: Case) -> Endpoint | None:
    """The output that the problem is about."""
    for end in output_ends(case.graph):
        if end.node == case.problem.where.node:
            marked = case.graph.nodes[end.node].type == OUTPUT
            mark = case.graph.incoming[end.node][0] if marked else None
            return Endpoint(case, end.source, end.output, mark)
    return None


def facts_of(case: Case) -> DataFacts | None:
    """What the chosen data is; None where none is chosen or it cannot be read."""
    try:
        source = source_of(case.document.data)
        return source.facts(case.document.data.options) if source is not None else None
    except ProblemError:  # told as a problem of its own
        return None


def goal(case: Case) -> Objective:
    """What the output that the problem is about is trained for."""
    return objective(case.document.training, case.node)


def set_loss(case: Case, wanted: ObjectValue) -> Step:
    """Trains with that loss: the output where it has one of its own, else the design."""
    if not goal(case).own:
        return SetLoss(wanted)
    value = {"object": wanted.object, "params": dict(wanted.params)}
    return SetParam(case.problem.where.node, LOSS, value)


def loss(case: Case, key: str = "", **changes: Any) -> Step:
    """The loss of that key, or the same loss with other parameters; None takes one away."""
    now = goal(case).loss
    kept: Mapping[str, Any] = now.params if key in ("", now.object) else {}
    params = {name: value for name, value in {**kept, **changes}.items() if value is not None}
    return set_loss(case, ObjectValue(key or now.object, params))
