"""The middle of a layered layout: dummy nodes for long edges, and a first order in each layer.

The order is a depth-first walk along the main path, which draws nested skip edges without
crossings at once; `untangle` mends the rest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from designer.layout.ranking import Neighbours


@dataclass(slots=True)
class Layers:
    """The layered graph. Nodes from `real` on are dummies; every edge joins adjacent layers.

    `order` is the state: the nodes of each layer from left to right.
    """

    real: int
    rank: list[int]
    above: Neighbours
    below: Neighbours
    order: list[list[int]]


def stack(rank: Sequence[int], edges: Iterable[tuple[int, int]]) -> Layers:
    """Layers with dummies; the long edges of one source share theirs, like a bus."""
    layers = Layers(len(rank), list(rank), [[] for _ in rank], [[] for _ in rank], [])
    buses: dict[int, list[int]] = {}
    for source, target in edges:
        end = source
        bus = buses.setdefault(source, [])
        for step in range(rank[target] - rank[source] - 1):
            if step == len(bus):
                bus.append(_dummy(layers, end))
            end = bus[step]
        layers.below[end].append(target)
        layers.above[target].append(end)
    layers.order = [[] for _ in range(max(rank, default=-1) + 1)]
    return layers


def _dummy(layers: Layers, over: int) -> int:
    node = len(layers.rank)
    layers.rank.append(layers.rank[over] + 1)
    layers.below[over].append(node)
    layers.above.append([over])
    layers.below.append([])
    return node


def start(layers: Layers, roots: Sequence[int], height: Sequence[int]) -> None:
    """First order: a depth-first walk from the roots, the longest way first and dummies last."""
    real = layers.real
    layers.order = [[] for _ in layers.order]

    def key(node: int) -> tuple[int, int]:
        return (-height[node] if node < real else 1, node)

    seen = [False] * len(layers.rank)
    for root in roots:
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if seen[node]:
                continue
            seen[node] = True
            layers.order[layers.rank[node]].append(node)
            waiting += sorted(layers.below[node], key=key, reverse=True)
