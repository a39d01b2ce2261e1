"""Wires and nodes that are missing or left over: what may be wired to an input that has nothing,
what becomes of a dead end, which wire closes a circle, and a name that is taken.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from designer.document.edits import fresh_name, unique_name
from designer.document.model import INPUT, OUTPUT, Edge, Node
from designer.document.order import cycles, reaches
from designer.infer.fixes.fix import (
    Connect,
    Disconnect,
    MarkOutput,
    Remove,
    Rename,
    Step,
    TakeOut,
)
from designer.infer.fixes.meeting import Case
from designer.infer.fixes.proposal import Proposal, propose
from designer.infer.questions import missing_ports, owner
from designer.infer.wiring import wire

_MOST = 3  # wires that are proposed for one input


def wires(case: Case) -> Iterable[Proposal]:
    """Fixes of the problems that are not about shapes."""
    found = _BY_CODE.get(case.problem.code)
    return found(case) if found is not None else ()


def _missing(case: Case) -> Iterator[Proposal]:
    node = case.node
    if node is None:
        return
    for rank, source in enumerate(_candidates(case, node)[:_MOST]):
        port = case.problem.where.port or None
        edge = wire(case.document, case.catalog, source.id, 0, node.id, port)
        if isinstance(edge, Edge):
            template = "Wire {source} to {name}"
            why = "Nothing else uses what {source} gives."
            values = {"source": source.name, "name": node.name}
            yield propose(rank, "wire", template, (Connect(edge),), why, **values)
    yield from _passed(case, node)


def _candidates(case: Case, node: Node) -> list[Node]:
    """What leads nowhere and does not come after the node, the nearest first; else the inputs."""
    graph = case.graph
    fit = [
        other
        for other in graph.nodes.values()
        if other.type != OUTPUT and other.id != node.id and not reaches(graph, node.id, other.id)
    ]
    fed = {edge.source for edge in graph.incoming.get(node.id, ())}
    loose = [n for n in fit if n.id not in graph.outgoing] or [n for n in fit if n.type == INPUT]
    new = [other for other in loose if other.id not in fed]
    return sorted(new, key=lambda n: abs(n.x - node.x) + abs(n.y - node.y))


def _passed(case: Case, node: Node) -> Iterator[Proposal]:
    """A merge of one tensor is none: it is taken out and its wires are joined."""
    incoming, outgoing = (w.get(node.id, ()) for w in (case.graph.incoming, case.graph.outgoing))
    if len(incoming) != 1 or not outgoing:
        return
    source = incoming[0]
    joined: tuple[Step, ...] = tuple(
        Connect(Edge(source.source, source.output, e.target, e.input, e.slot)) for e in outgoing
    )
    template, why = "Take {name} out", "A single tensor needs no merging."
    yield propose(20, "take_out", template, (*joined, Remove(node.id)), why, name=node.name)


def _loose(case: Case) -> Iterator[Proposal]:
    node = case.node
    if node is None:
        return
    if node.type == OUTPUT or case.problem.where.port:
        yield from _missing(case)
    else:
        yield from _onward(case, node)
    if case.problem.where.port:
        yield from _on_a_wire(case, node)
    if case.problem.code == "dead_end":
        why = "Its result becomes one more output of the model."
        steps = (MarkOutput(node.id),)
        yield propose(0, "output", "Make {name} an output", steps, why, name=node.name)
    why = "It is no part of the model."
    yield propose(30, "delete", "Delete {name}", (Remove(node.id),), why, name=node.name)


def _onward(case: Case, node: Node) -> Iterator[Proposal]:
    """From a node that nothing uses to what still lacks a tensor, the nearest first."""
    graph = case.graph
    lacking = [
        other
        for other in graph.nodes.values()
        if other.id != node.id and _lacks(case, other) and not reaches(graph, other.id, node.id)
    ]
    lacking.sort(key=lambda n: abs(n.x - node.x) + abs(n.y - node.y))
    for rank, target in enumerate(lacking[:_MOST], 1):
        edge = wire(case.document, case.catalog, node.id, 0, target.id, _lacks(case, target))
        if isinstance(edge, Edge):
            values = {"source": node.name, "name": target.name}
            why = "{name} still lacks a tensor."
            template = "Wire {source} to {name}"
            yield propose(rank, "wire", template, (Connect(edge),), why, **values)


def _lacks(case: Case, node: Node) -> str:
    """The first port of a node that must be wired and is not."""
    wired = Counter(edge.input for edge in case.graph.incoming.get(node.id, ()))
    if node.type == OUTPUT:
        return "" if wired else "inputs"
    spec = case.catalog.layers.get(owner(case.graph, node).type)
    missing = missing_ports(spec, node, wired) if spec is not None else ()
    return missing[0].name if missing else ""


def _on_a_wire(case: Case, node: Node) -> Iterator[Proposal]:
    """A layer that is not connected goes on to the wire that runs nearest by."""
    graph, port = case.graph, case.problem.where.port

    def off(edge: Edge) -> float:
        ends = graph.nodes[edge.source], graph.nodes[edge.target]
        return sum(abs(end.x - node.x) + abs(end.y - node.y) for end in ends)

    for rank, edge in enumerate(sorted(graph.edges, key=lambda e: (off(e), e))[:2], -2):
        steps = (Connect(Edge(edge.source, edge.output, node.id, port)),
                 Connect(replace(edge, source=node.id, output=0)))  # fmt: skip
        values = {"name": node.name, "one": graph.nodes[edge.source].name,
                  "other": graph.nodes[edge.target].name}  # fmt: skip
        why = "It acts on what runs through that wire."
        template = "Put {name} between {one} and {other}"
        yield propose(rank, "between", template, steps, why, **values)


def _named(case: Case) -> Iterator[Proposal]:
    node = case.node
    if node is None:
        return
    graph = case.graph
    taken = case.problem.code == "name_taken"
    name = unique_name(graph, node.name) if taken else fresh_name(graph, node.type)
    why = "The name is free, and one that Keras takes."
    steps = (Rename(node.id, name),)
    yield propose(0, "rename", "Rename it to {wanted}", steps, why, wanted=name)


def _circle(case: Case) -> Iterator[Proposal]:
    graph, looped = case.graph, frozenset(cycles(case.graph))
    inner = [e for e in graph.edges if e.source in looped and e.target in looped]
    inner.sort(key=lambda e: (graph.nodes[e.target].y - graph.nodes[e.source].y, e))
    for rank, edge in enumerate(inner[:4]):
        values = {"one": graph.nodes[edge.source].name, "other": graph.nodes[edge.target].name}
        template = "Remove the wire from {one} to {other}"
        why = "Without it the wires run one way."
        yield propose(rank, "open_circle", template, (Disconnect(edge),), why, **values)


def _output(case: Case) -> Iterator[Proposal]:
    """Another output of the source, where it has fewer than the wire asks for."""
    node = case.node
    for edge in case.graph.incoming.get(node.id, ()) if node is not None else ():
        if case.shape(edge.source, edge.output) is None and case.shape(edge.source) is not None:
            new = Edge(edge.source, 0, edge.target, edge.input, edge.slot)
            values = {"source": case.graph.nodes[edge.source].name}
            template, why = "Take the first output of {source}", "It has no other."
            yield propose(0, "first_output", template, (Connect(new),), why, **values)


def _port(case: Case) -> Iterator[Proposal]:
    """A wire to an input that the node does not have goes to another, or away."""
    node, port = case.node, case.problem.where.port
    for edge in case.graph.incoming.get(node.id, ()) if node is not None else ():
        if node is None or edge.input != port:
            continue
        values = {"source": case.graph.nodes[edge.source].name, "name": node.name}
        new = wire(case.document, case.catalog, edge.source, edge.output, node.id)
        if isinstance(new, Edge):
            why = "{name} has no input of the old name."
            template, values = (
                "Wire {source} to the input {port} of {name}",
                {**values, "port": new.input},
            )
            yield propose(0, "port", template, (Disconnect(edge), Connect(new)), why, **values)
        template, why = "Remove the wire from {source} to {name}", "It ends nowhere."
        yield propose(1, "unwire", template, (Disconnect(edge),), why, **values)


def _gone(case: Case) -> Iterator[Proposal]:
    """What cannot be built at all is taken out, and what it got goes on; or it is deleted."""
    node = case.node
    if node is None:
        return
    incoming = case.graph.incoming.get(node.id, ())
    if incoming and node.id in case.graph.outgoing:
        why = "What comes in goes on to the layers behind it."
        steps = (TakeOut(node.id, incoming[0].input),)
        yield propose(40, "take_out", "Take {name} out", steps, why, name=node.name)
    if case.problem.code != "keras_refused":
        why = "It is no part of the model."
        yield propose(41, "delete", "Delete {name}", (Remove(node.id),), why, name=node.name)


_BY_CODE: Mapping[str, Callable[[Case], Iterable[Proposal]]] = {
    "input_missing": _missing,
    "unconnected": _loose,
    "dead_end": _loose,
    "name_taken": _named,
    "empty_name": _named,
    "bad_name": _named,
    "long_name": _named,
    "cycle": _circle,
    "no_such_output": _output,
    "no_such_port": _port,
    "bypass_empty": _missing,
    "unknown_type": _gone,
    "unbuildable": _gone,
    "keras_refused": _gone,
}
