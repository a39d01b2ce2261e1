"""The last part of a layered layout: places across the layers.

After Brandes and Koepf (2001): edges that may run straight are joined to vertical blocks that never
cross, then blocks are set. Ours joins in an order of worth (main path, lanes, the rest) and sets
everything against the main path, which therefore is one straight line.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median_low

from designer.layout.ordering import Layers

ROUNDS = 4
Gap = Callable[[int, int], int]  # the least distance of the centres of two neighbours


def across(layers: Layers, main: Sequence[int], gap: Gap) -> list[int]:
    """The place of each node across the layers; the main path is at 0."""
    block = _blocks(layers, main)
    members: dict[int, list[int]] = {}
    for layer in layers.order:
        for node in layer:
            members.setdefault(block[node], []).append(node)
    setter = _Setter(layers, block, members, gap)
    setter.compact(block[main[0]])
    for _ in range(ROUNDS):
        setter.relax()
    return [setter.place[b] for b in block]


def _blocks(layers: Layers, main: Sequence[int]) -> list[int]:
    """The topmost node of the straight line that each node is part of."""
    top = list(range(len(layers.rank)))
    place = [0] * len(top)
    for layer in layers.order:
        for index, node in enumerate(layer):
            place[node] = index
    on_main = [False] * len(top)
    for node in main:
        on_main[node] = True
    for layer in layers.order[1:]:
        _join(layers, layer, place, on_main, top)
    return top


def _join(
    layers: Layers,
    layer: Sequence[int],
    place: Sequence[int],
    on_main: Sequence[bool],
    top: list[int],
) -> None:
    """Joins the nodes of one layer to the one above, no two joints crossing."""
    real = layers.real
    wanted: list[tuple[int, int, int, int]] = []
    for node in layer:
        near = layers.above[node]
        middle = (len(near) - 1) / 2
        for index, over in enumerate(sorted(near, key=place.__getitem__)):
            lanes = (node >= real) + (over >= real)
            worth = -9 if on_main[node] and on_main[over] else -lanes
            spread = round(abs(index - middle) * 2) + len(layers.below[over])
            wanted.append((worth, spread, place[over], place[node]))
    if not wanted:
        return
    rank = layers.rank[layer[0]]
    over_layer = layers.order[rank - 1]
    joined: list[tuple[int, int]] = []
    for _, _, a, b in sorted(wanted):
        if all((a - c) * (b - d) > 0 for c, d in joined):
            joined.append((a, b))
            top[layer[b]] = top[over_layer[a]]


class _Setter:
    """Places of blocks. Neighbours in a layer keep their order and their gap."""

    def __init__(
        self, layers: Layers, block: Sequence[int], members: dict[int, list[int]], gap: Gap
    ) -> None:
        self.place = dict.fromkeys(members, 0)
        self._left: dict[int, dict[int, int]] = {b: {} for b in members}
        self._right: dict[int, dict[int, int]] = {b: {} for b in members}
        self._wires: dict[int, list[int]] = {b: [] for b in members}
        for layer in layers.order:
            self._note_layer(layer, block, gap)
        for node, targets in enumerate(layers.below):
            for target in targets:
                if block[node] != block[target]:
                    self._wires[block[node]].append(block[target])
                    self._wires[block[target]].append(block[node])
        self._order = self._sorted()

    def _note_layer(self, layer: Sequence[int], block: Sequence[int], gap: Gap) -> None:
        for left, right in pairwise(layer):
            a, b = block[left], block[right]
            distance = gap(left, right)
            self._left[b][a] = self._right[a][b] = max(distance, self._left[b].get(a, 0))

    def _sorted(self) -> list[int]:
        """Blocks so that each comes after those on its left: straight lines that do not cross."""
        missing = {b: len(left) for b, left in self._left.items()}
        order = [b for b, number in missing.items() if number == 0]
        for b in order:
            for right in self._right[b]:
                missing[right] -= 1
                if missing[right] == 0:
                    order.append(right)
        return order

    def compact(self, main: int) -> None:
        """Everything as near to the main block as its neighbours let it be."""
        self._fixed = main
        beyond = {main}
        for b in self._order:
            if b != main:
                near = [self.place[a] + d for a, d in self._left[b].items() if a in beyond]
                if near:
                    beyond.add(b)
                    self.place[b] = max(near)
        for b in reversed(self._order):
            if b not in beyond:
                near = [self.place[a] - d for a, d in self._right[b].items()]
                self.place[b] = min(near, default=0)

    def relax(self) -> None:
        """Moves each block towards the middle of what it is wired to, as far as there is room."""
        for b in reversed(self._order):
            self._draw(b)
        for b in self._order:
            self._draw(b)

    def _draw(self, b: int) -> None:
        wires = self._wires[b]
        if b == self._fixed or not wires:
            return
        place = self.place
        goal = median_low([place[other] for other in wires])
        low = max([place[a] + d for a, d in self._left[b].items()], default=goal)
        high = min([place[a] - d for a, d in self._right[b].items()], default=goal)
        place[b] = max(low, min(high, goal)) if low <= high else place[b]
