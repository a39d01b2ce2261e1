"""The one place that resolves bypasses: the design as Keras is to build it.

A bypassed node is as good as deleted with its links joined: its first wired input, in the order of
its ports, goes straight to all that its outputs feed. A layer that it shares goes on in the others.
"""

from collections.abc import Iterable, Iterator, Mapping

from designer.catalog.spec import Catalog
from designer.document.model import INPUT, OUTPUT, PASSAGES, Document, Graph
from designer.document.problem import Problem, Where
from designer.document.rewire import handed_on, remove_and_join
from designer.infer.ends import members, output_ends
from designer.infer.report import NodeReport
from designer.infer.wiring import port_order

Nodes = Mapping[str, NodeReport]
_OUTSIDE = ("dead_end", "unconnected")  # codes of what is not part of the model


def active(document: Document, catalog: Catalog) -> Document:
    """The document without what is bypassed and without the ports of blocks; the very same one
    where there is neither. Inputs and outputs stay: a model cannot do without its ends.
    """
    gone = _gone(document.graph)
    return remove_and_join(document, gone, port_order(catalog)) if gone else document


def _gone(graph: Graph) -> frozenset[str]:
    ends = (INPUT, OUTPUT)
    return frozenset(key for key in graph.passed if graph.nodes[key].type not in ends)


def with_passing(document: Document, catalog: Catalog, nodes: Nodes) -> Nodes:
    """What is known of the active nodes, and of each bypassed one the tensor that passes it."""
    graph = document.graph
    gone = _gone(graph)
    if not gone:
        return nodes
    through = handed_on(graph, gone, port_order(catalog))
    return {**nodes, **{key: _passing(graph, key, through[key], nodes) for key in gone}}


def _passing(graph: Graph, key: str, source: tuple[str, int] | None, nodes: Nodes) -> NodeReport:
    told = nodes.get(source[0]) if source is not None else None
    if source is None or told is None or source[1] >= len(told.outputs):
        return NodeReport()
    outputs = 1 + max((edge.output for edge in graph.outgoing.get(key, ())), default=0)
    return NodeReport((told.outputs[source[1]],) * outputs, known=told.known)


def with_bypassed(document: Document, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems of the active nodes, told by what is bypassed where that is their reason, and
    errors for bypassed nodes that feed others and have nothing to hand on.
    """
    graph = document.graph
    gone = _in_order(graph, _gone(graph))
    if not gone:
        return problems
    nearest = _nearest(graph, (key for key in gone if graph.nodes[key].bypassed))
    blamed = {key: nearest[key] for key in members(graph) & nearest.keys()}
    return (*_starved(graph, gone), *(_retold(graph, problem, blamed) for problem in problems))


def _nearest(graph: Graph, gone: Iterable[str]) -> dict[str, str]:
    """For each node whose data reaches a bypassed one, the nearest of these."""
    found = {key: key for key in gone}
    for key in (queue := list(found)):  # grows while it is walked
        for edge in graph.incoming.get(key, ()):
            if edge.source not in found:
                found[edge.source] = found[key]
                queue.append(edge.source)
    return found


def _retold(graph: Graph, problem: Problem, blamed: Mapping[str, str]) -> Problem:
    if problem.code == "no_output" and output_ends(graph):
        template = (
            "The design has no output: all that its inputs feed is bypassed. Switch a layer on "
            "again, or mark an output."
        )
        return Problem(problem.severity, "no_output", template)
    bypassed = blamed.get(problem.where.node)
    if bypassed is None or problem.code not in _OUTSIDE:
        return problem
    template = (
        "{name} reaches no output while {bypassed} is bypassed. Switch {bypassed} on again, or "
        "wire {name} to what follows."
    )
    values = {"name": graph.nodes[problem.where.node].name, "bypassed": graph.nodes[bypassed].name}
    return Problem(problem.severity, "cut_off", template, values, problem.where)


def _starved(graph: Graph, gone: Iterable[str]) -> Iterator[Problem]:
    for key in gone:
        if graph.nodes[key].type in PASSAGES:
            continue  # what it feeds is told to be unwired
        if key in graph.outgoing and key not in graph.incoming:
            template = (
                "{name} is bypassed and nothing is wired to it, so nothing comes out of it. Wire "
                "a tensor to it, or switch it on again."
            )
            values = {"name": graph.nodes[key].name}
            yield Problem("error", "bypass_empty", template, values, Where(node=key))


def _in_order(graph: Graph, ids: Iterable[str]) -> list[str]:
    wanted = frozenset(ids)
    return [key for key in graph.nodes if key in wanted] if wanted else []
