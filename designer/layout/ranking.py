"""The first half of a layered layout: which way edges run, what hangs together, which layer.

Nodes are numbers from 0; a wiring is a pair of lists, successors and predecessors.
"""

from collections.abc import Iterable, Sequence

Neighbours = list[list[int]]


def forward(count: int, edges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The edges without repetitions, loops and those that close a cycle, in their order.

    Which edge of a cycle goes follows from a depth-first search in the nodes' order.
    """
    unique = list(dict.fromkeys(e for e in edges if e[0] != e[1]))
    successors: Neighbours = [[] for _ in range(count)]
    missing = [0] * count
    for source, target in unique:
        successors[source].append(target)
        missing[target] += 1
    if _sorted_count(successors, missing) == count:
        return unique
    back = _back_edges(successors)
    return [edge for edge in unique if edge not in back]


def _sorted_count(successors: Neighbours, missing: list[int]) -> int:
    """How many nodes a topological sort reaches; all of them if there is no cycle."""
    ready = [node for node, number in enumerate(missing) if number == 0]
    for node in ready:
        for target in successors[node]:
            missing[target] -= 1
            if missing[target] == 0:
                ready.append(target)
    return len(ready)


def _back_edges(successors: Neighbours) -> set[tuple[int, int]]:
    back: set[tuple[int, int]] = set()
    state = [0] * len(successors)  # 0 unseen, 1 on the path, 2 done
    for start in range(len(successors)):
        if state[start]:
            continue
        state[start] = 1
        path = [(start, iter(successors[start]))]
        while path:
            node, rest = path[-1]
            target = next(rest, None)
            if target is None:
                state[node] = 2
                path.pop()
            elif state[target] == 1:
                back.add((node, target))
            elif state[target] == 0:
                state[target] = 1
                path.append((target, iter(successors[target])))
    return back


def neighbours(count: int, edges: Iterable[tuple[int, int]]) -> tuple[Neighbours, Neighbours]:
    """Successors and predecessors of each node."""
    after: Neighbours = [[] for _ in range(count)]
    before: Neighbours = [[] for _ in range(count)]
    for source, target in edges:
        after[source].append(target)
        before[target].append(source)
    return after, before


def components(after: Neighbours, before: Neighbours) -> list[list[int]]:
    """What hangs together, each part and all parts in the order of their first nodes."""
    part = [-1] * len(after)
    count = 0
    for start in range(len(after)):
        if part[start] >= 0:
            continue
        part[start] = count
        stack = [start]
        while stack:
            node = stack.pop()
            for other in (*after[node], *before[node]):
                if part[other] < 0:
                    part[other] = count
                    stack.append(other)
        count += 1
    found: list[list[int]] = [[] for _ in range(count)]
    for node, number in enumerate(part):
        found[number].append(node)
    return found


def topological(after: Neighbours, before: Neighbours) -> list[int]:
    """A topological order of an acyclic wiring."""
    missing = [len(b) for b in before]
    order = [node for node, number in enumerate(missing) if number == 0]
    for node in order:
        for target in after[node]:
            missing[target] -= 1
            if missing[target] == 0:
                order.append(target)
    return order


def ranks(after: Neighbours, before: Neighbours, order: Sequence[int]) -> list[int]:
    """The layer of each node: its longest path from a source, then next to where it is used.

    Sinks stay where the longest path puts them. Everything else goes down to its first use, so
    that a second input or a branch off an early layer stands beside what needs it; merges go
    up again to what they merge if that saves wire.
    """
    rank = [0] * len(after)
    for node in order:
        for target in after[node]:
            rank[target] = max(rank[target], rank[node] + 1)
    for node in reversed(order):
        if after[node]:
            rank[node] = min(rank[target] for target in after[node]) - 1
    for node in order:
        if len(before[node]) > len(after[node]) > 0:
            rank[node] = max(rank[source] for source in before[node]) + 1
    return rank


def heights(after: Neighbours, order: Sequence[int]) -> list[int]:
    """The longest path from each node to a sink, in edges."""
    height = [0] * len(after)
    for node in reversed(order):
        height[node] = max((height[target] + 1 for target in after[node]), default=0)
    return height


def main_path(
    nodes: Sequence[int], after: Neighbours, rank: Sequence[int], height: Sequence[int]
) -> list[int]:
    """The longest path of a component; each step goes down one layer."""
    node = max(nodes, key=lambda n: (height[n], -rank[n], -n))
    path = [node]
    while height[node]:
        node = next(t for t in after[node] if height[t] == height[node] - 1)
        path.append(node)
    return path
