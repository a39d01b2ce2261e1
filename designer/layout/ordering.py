"""The middle of a layered layout: dummy nodes for long edges, and the order inside each layer.

Barycentre sweeps (Sugiyama, Tagawa and Toda 1981) with a transposing pass; the start is a
depth-first walk along the main path, which draws nested skip edges without crossings at once.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from designer.layout.ranking import Neighbours

SWEEPS = 12
PATIENCE = 3  # sweeps without a gain before giving up


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


def start(
    layers: Layers, roots: Sequence[int], height: Sequence[int], *, outside: bool = False
) -> None:
    """First order: a depth-first walk, the longest way first and dummies last.

    `outside` puts what only further roots lead to on the other side of the main path.
    """
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
            layer = layers.order[layers.rank[node]]
            layer.insert(0 if outside and root != roots[0] else len(layer), node)
            waiting += sorted(layers.below[node], key=key, reverse=True)


def arrange(layers: Layers, roots: Sequence[int], height: Sequence[int]) -> None:
    """The order with few crossings, from the main path's root first; see `start`."""
    start(layers, roots, height)
    least = untangle(layers)
    if least and len(roots) > 1:
        kept = layers.order
        start(layers, roots, height, outside=True)
        if untangle(layers) >= least:
            layers.order = kept


def untangle(layers: Layers) -> int:
    """Fewer crossings: sweeps down and up with swaps of neighbours; the best order is kept.

    Returns how many are left.
    """
    best = crossings(layers)
    kept = [layer[:] for layer in layers.order]
    idle = 0
    for sweep in range(SWEEPS):
        if best == 0 or idle == PATIENCE:
            break
        _sweep(layers, down=sweep % 2 == 0, turn=sweep % 4 < 2)
        _transpose(layers)
        found = crossings(layers)
        idle += 1
        if found < best:
            best, kept, idle = found, [layer[:] for layer in layers.order], 0
    layers.order = kept
    return best


def crossings(layers: Layers) -> int:
    """How many pairs of edges cross."""
    place = _places(layers)
    return sum(_crossings_under(layers, layer, place) for layer in layers.order[:-1])


def _places(layers: Layers) -> list[int]:
    place = [0] * len(layers.rank)
    for layer in layers.order:
        for index, node in enumerate(layer):
            place[node] = index
    return place


def _crossings_under(layers: Layers, layer: Sequence[int], place: Sequence[int]) -> int:
    if len(layer) == 1:
        return 0
    total = 0
    ends: list[int] = []
    for node in layer:
        targets = sorted([place[t] for t in layers.below[node]])
        if ends and targets and targets[0] < ends[-1]:
            total += sum(len(ends) - bisect_right(ends, target) for target in targets)
        for target in targets:
            insort(ends, target)
    return total


def _sweep(layers: Layers, down: bool, turn: bool) -> None:
    """Each layer sorted by the mean place of its neighbours in the layer before.

    `turn` swaps those that are equal, which lets the search leave a dead end.
    """
    place: list[float] = [float(p) for p in _places(layers)]
    fixed = layers.above if down else layers.below
    for layer in layers.order[1:] if down else reversed(layers.order[:-1]):
        if len(layer) == 1:
            continue
        keys = {}
        for node in layer:
            near = fixed[node]
            keys[node] = sum([place[n] for n in near]) / len(near) if near else place[node]
        if turn:
            layer.reverse()
        layer.sort(key=keys.__getitem__)
        for index, node in enumerate(layer):
            place[node] = index


def _transpose(layers: Layers) -> None:
    """Swaps neighbours while that takes crossings away, a bounded number of rounds."""
    place = _places(layers)
    for _ in range(4):
        swapped = False
        for layer in layers.order:
            for left in range(len(layer) - 1):
                first, second = layer[left], layer[left + 1]
                if _gain(layers, first, second, place) > 0:
                    layer[left], layer[left + 1] = second, first
                    place[first], place[second] = left + 1, left
                    swapped = True
        if not swapped:
            return


def _gain(layers: Layers, first: int, second: int, place: Sequence[int]) -> int:
    gain = 0
    for near in (layers.above, layers.below):
        for a in near[first]:
            for b in near[second]:
                gain += (place[a] > place[b]) - (place[a] < place[b])
    return gain
