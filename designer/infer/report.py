"""The report: what is known of a document at a moment. A value that views show and never change."""

from collections.abc import Mapping

from msgspec import Struct

from designer.document.problem import Problem
from designer.protocol import TensorSpec


class NodeReport(Struct, frozen=True):
    """What Keras said of one node. `known` is False while the question is under way.

    `parameters` counts weights once: a node that shares another's layer has none of its own.
    """

    outputs: tuple[TensorSpec, ...] = ()
    parameters: int = 0
    trainable: int = 0
    known: bool = False
    failed: bool = False


class Totals(Struct, frozen=True):
    """Sums over the model; `layers` counts as Keras' `len(model.layers)` would."""

    layers: int = 0
    parameters: int = 0
    trainable: int = 0


class Port(Struct, frozen=True):
    """An input or an output of the model: its node, name and tensor (None while unknown)."""

    node: str
    name: str
    spec: TensorSpec | None


class Report(Struct, frozen=True):
    """`complete` says that no answer of Keras is awaited any more."""

    nodes: Mapping[str, NodeReport] = {}
    problems: tuple[Problem, ...] = ()
    totals: Totals = Totals()
    inputs: tuple[Port, ...] = ()
    outputs: tuple[Port, ...] = ()
    complete: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the design from being built or trained."""
        return tuple(p for p in self.problems if p.severity == "error")

    def of_node(self, node: str) -> tuple[Problem, ...]:
        """The problems of one node."""
        return tuple(p for p in self.problems if p.where.node == node)
