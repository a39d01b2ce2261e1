"""From a document to questions for Keras: one step a node, those that are known left out.

A node's answer depends on its type, parameters, call arguments and input tensors, and on nothing
else; that is its key in the memo, so a late answer is never wrong, only unused.
"""

from dataclasses import dataclass, field

from designer.catalog.spec import LayerSpec, PortSpec
from designer.document.model import Graph, Node
from designer.protocol import Answer, Argument, Ref, Step, TensorSpec

Tensor = Ref | TensorSpec
Key = tuple[str, tuple[Argument, ...]]


def owner(graph: Graph, node: Node) -> Node:
    """The node whose layer is called: the node itself unless it shares another's."""
    return graph.nodes.get(node.shares, node) if node.shares else node


def content(graph: Graph, node: Node) -> str:
    """The part of the key that does not depend on the inputs."""
    return node.content if not node.shares else f"{owner(graph, node).content}|{node.content}"


def arguments(spec: LayerSpec, wired: dict[str, tuple[Tensor, ...]]) -> tuple[Argument, ...]:
    """The tensor arguments of a call, in the order of the ports.

    The first port of a layer goes by position, as everyone writes it; all others by name.
    """
    found = []
    for place, port in enumerate(spec.inputs):
        if port.name in wired:
            named = spec.operation or place > 0
            found.append(Argument(port.name, wired[port.name], port.variadic, named))
    return tuple(found)


def missing_ports(spec: LayerSpec, node: Node, wired: dict[str, int]) -> tuple[PortSpec, ...]:
    """The ports that must be wired and are not, or have too few wires. Operations take literals."""
    return tuple(
        port
        for port in spec.inputs
        if not port.optional
        and wired.get(port.name, 0) < (port.minimum if port.variadic else 1)
        and not (port.name in node.params or port.name in node.arguments)
    )


_BUILDING = Argument("", ())  # stands in keys before the inputs of the call that built the layer


def key_of(
    graph: Graph, node: Node, inputs: tuple[Argument, ...], built_by: tuple[Argument, ...] = ()
) -> Key:
    """What the answer depends on. `built_by` are the inputs of the first call of a shared layer."""
    text = content(graph, node)
    return (text, inputs) if built_by in ((), inputs) else (text, (*inputs, _BUILDING, *built_by))


def _parted(inputs: tuple[Argument, ...]) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
    """The inputs of the call, and those of the call that built its layer."""
    if _BUILDING not in inputs:
        return inputs, ()
    place = inputs.index(_BUILDING)
    return inputs[:place], inputs[place + 1 :]


@dataclass
class Question:
    """Steps under construction; equal steps are asked once."""

    steps: list[Step] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    places: dict[Key, int] = field(default_factory=dict)

    def ask(self, graph: Graph, node: Node, key: Key) -> int:
        """The place of the step for this node, added if it is new."""
        if key not in self.places:
            maker = owner(graph, node)
            self.places[key] = len(self.steps)
            inputs, built_by = _parted(key[1])
            step = Step(node.type, dict(maker.params), inputs, dict(node.arguments), built_by)
            self.steps.append(step)
            self.keys.append(key)
        return self.places[key]


def resolve(key: Key, answers: tuple[Answer | None, ...]) -> Key | None:
    """The key with the answers of earlier steps put in; None where one of them has no tensor."""
    text, (inputs, built_by) = key[0], _parted(key[1])
    found = _resolved(inputs, answers)
    if found is None:
        return None
    # The building call may have got nothing; then this one is the first.
    first = _resolved(built_by, answers) or ()
    return text, found if first in ((), found) else (*found, _BUILDING, *first)


def _resolved(
    inputs: tuple[Argument, ...], answers: tuple[Answer | None, ...]
) -> tuple[Argument, ...] | None:
    found = []
    for argument in inputs:
        tensors: list[Tensor] = []
        for tensor in argument.tensors:
            known = _tensor(tensor, answers)
            if known is None:
                return None
            tensors.append(known)
        found.append(Argument(argument.name, tuple(tensors), argument.listed, argument.keyword))
    return tuple(found)


def _tensor(tensor: Tensor, answers: tuple[Answer | None, ...]) -> TensorSpec | None:
    if isinstance(tensor, TensorSpec):
        return tensor
    answer = answers[tensor.step] if tensor.step < len(answers) else None
    if answer is None or tensor.output >= len(answer.outputs):
        return None
    return answer.outputs[tensor.output]
