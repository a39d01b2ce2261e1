"""Order in a graph: topological order, cycles, reachability, and which wires skip.

Everything is linear in nodes and wires and none of it recurses, because real networks are deep.
"""

import heapq
import re
from collections.abc import Iterable, Mapping

from designer.document.model import Edge, Graph, Node
from designer.document.problem import Where, failure


def partial_order(graph: Graph) -> tuple[str, ...]:
    """The nodes in a topological order as far as there is one: the same for equal graphs.

    Nodes on or behind cycles are left out.
    """
    waiting = {node: len(edges) for node, edges in graph.incoming.items()}
    order = sorted(node for node in graph.nodes if node not in waiting)
    for node in order:  # grows while it is walked
        for edge in graph.outgoing.get(node, ()):
            waiting[edge.target] -= 1
            if not waiting[edge.target]:
                order.append(edge.target)
    return tuple(order)


def _reading(node: Node) -> tuple[tuple[tuple[int, str], ...], str]:
    """By the name; ids decide only where names are equal, which broken files alone have."""
    parts = re.findall(r"\d+|\D+", node.name)
    key = tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
    return key, node.id


def reading_order(nodes: Iterable[Node]) -> tuple[str, ...]:
    """The ids of nodes in the order of their names, numbers by value ("conv2" before "conv10")."""
    return tuple(node.id for node in sorted(nodes, key=_reading))


def topological(graph: Graph) -> tuple[str, ...]:
    """All nodes, sources before targets, and by name where that leaves a choice.

    ProblemError "cycle" where there is no such order.
    """
    waiting = {node: len(edges) for node, edges in graph.incoming.items()}
    keys = {key: _reading(node) for key, node in graph.nodes.items()}
    heap = [(keys[node], node) for node in graph.nodes if node not in waiting]
    heapq.heapify(heap)
    order = []
    while heap:
        _, node = heapq.heappop(heap)
        order.append(node)
        for edge in graph.outgoing.get(node, ()):
            waiting[edge.target] -= 1
            if not waiting[edge.target]:
                heapq.heappush(heap, (keys[edge.target], edge.target))
    if len(order) < len(graph.nodes):
        looped = cycles(graph)
        names = ", ".join(graph.nodes[node].name for node in looped[:5])
        template = (
            "The wires run in a circle through {names}. Data flows one way in a Keras model: "
            "remove one of these wires."
        )
        raise failure("cycle", template, Where(node=looped[0]), names=names)
    return tuple(order)


def cycles(graph: Graph) -> tuple[str, ...]:
    """The nodes that lie on a cycle, in the document's order; empty for a sound graph."""
    rest = set(graph.nodes) - set(partial_order(graph))
    # What only lies behind a cycle has no way on to it: strip from the other end too.
    leaving = {n: sum(e.target in rest for e in graph.outgoing.get(n, ())) for n in rest}
    ready = [n for n, count in leaving.items() if not count]
    while ready:
        node = ready.pop()
        rest.discard(node)
        for edge in graph.incoming.get(node, ()):
            if edge.source in rest:
                leaving[edge.source] -= 1
                if not leaving[edge.source]:
                    ready.append(edge.source)
    return tuple(node for node in graph.nodes if node in rest)


def _spread(links: Mapping[str, tuple[Edge, ...]], start: Iterable[str], end: str) -> set[str]:
    found = set(start)
    stack = list(found)
    while stack:
        for edge in links.get(stack.pop(), ()):
            other = edge.target if end == "target" else edge.source
            if other not in found:
                found.add(other)
                stack.append(other)
    return found


def downstream(graph: Graph, ids: Iterable[str]) -> set[str]:
    """The nodes and all that their data reaches."""
    return _spread(graph.outgoing, ids, "target")


def upstream(graph: Graph, ids: Iterable[str]) -> set[str]:
    """The nodes and all that their data comes from."""
    return _spread(graph.incoming, ids, "source")


def reaches(graph: Graph, start: str, end: str) -> bool:
    """Whether data of `start` flows into `end` (a node reaches itself)."""
    return end in downstream(graph, (start,))


def depths(graph: Graph) -> dict[str, int]:
    """Length in wires of the longest path to each node that is on no cycle nor behind one."""
    found: dict[str, int] = {}
    for node in partial_order(graph):
        before = (found[edge.source] for edge in graph.incoming.get(node, ()))
        found[node] = 1 + max(before, default=-1)
    return found


def skip_edges(graph: Graph) -> frozenset[Edge]:
    """The wires that jump ahead: their target has another input that comes from further along.

    A wire skips when it spans more than one step of depth and the target has another wire from a
    node that the data of the same source has passed through. A wire into a merge
    of two independent branches of unequal length does not skip: it has nothing to jump over.
    """
    depth = depths(graph)
    found = set()
    for target, edges in graph.incoming.items():
        if len(edges) < 2 or target not in depth:
            continue
        for edge in edges:
            if depth[target] - depth[edge.source] > 1 and _passed(graph, depth, edge, edges):
                found.add(edge)
    return frozenset(found)


def _passed(graph: Graph, depth: Mapping[str, int], edge: Edge, edges: Iterable[Edge]) -> bool:
    # Search backwards from the other wires, never above the source: the walk stays in the block.
    floor = depth[edge.source]
    stack = [e.source for e in edges if e.source != edge.source]
    seen = set(stack)
    while stack:
        node = stack.pop()
        for before in graph.incoming.get(node, ()):
            if before.source == edge.source:
                return True
            if depth[before.source] > floor and before.source not in seen:
                seen.add(before.source)
                stack.append(before.source)
    return False
