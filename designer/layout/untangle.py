"""Fewer crossings in a layered layout, by sweeps and swaps from several starts.

The network is cut where a layer has one node only, and each piece is searched on its own, so that
an edit in one does not stir the others. Between layers in which two orders agree, or mirror each
other, the better one of the two is taken: cells that repeat are each solved at their best.
"""

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice, pairwise

from designer.layout.ordering import Layers

SWEEPS = 2  # from each start
WORK = 90_000  # edges looked at in a piece, about
FEWEST, MOST = 12, 40  # sweeps in a piece, whatever its size
ROUNDS = 4  # of swapping neighbours after a sweep
HEAVIEST = 8  # wires for which one bus counts
STRIDE, PRIME = 50021, 104_729  # a shuffle that is the same at each run

Order = list[list[int]]


def untangle(layers: Layers) -> int:
    """Gives `layers.order`, which is a start, fewer crossings; returns how many are left.

    A bus that stands for several wires counts for each of them, up to `HEAVIEST`.
    """
    board = _Board(layers)
    last = len(layers.order) - 1
    cuts = [rank for rank, layer in enumerate(layers.order) if len(layer) == 1 and 0 < rank < last]
    return sum(
        _Piece(board, top, low).untangle() for top, low in pairwise([0, *cuts, last]) if low > top
    )


class _Board:
    """What all pieces share: the layers, the place of each node in its layer, its weight."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.place = [0] * len(layers.rank)
        self.weight = [1] * len(layers.rank)
        for node in range(len(layers.rank) - 1, layers.real - 1, -1):
            wires = sum([self.weight[target] for target in layers.below[node]])
            self.weight[node] = min(wires, HEAVIEST)
        for layer in layers.order:
            self.note(layer)

    def note(self, layer: Sequence[int]) -> None:
        """Writes down the places in a layer."""
        for index, node in enumerate(layer):
            self.place[node] = index

    def crossings(self, layer: Sequence[int]) -> int:
        """How many wires cross below a layer."""
        if len(layer) == 1:
            return 0
        place, weight, below = self.place, self.weight, self.layers.below
        total = 0
        ends: list[int] = []
        for node in layer:
            targets = sorted([(place[t], weight[t]) for t in below[node]])
            if ends and targets and targets[0][0] < ends[-1]:
                total += sum([w * (len(ends) - bisect_right(ends, p)) for p, w in targets])
            for p, w in targets:
                for _ in range(w):
                    insort(ends, p)
        return total

    def gain(self, first: int, second: int) -> int:
        """How many crossings less if these neighbours swap places."""
        place, weight, layers = self.place, self.weight, self.layers
        gain = 0
        near = layers.above[second]
        for a in layers.above[first]:
            here = place[a]
            for b in near:
                gain += (here > place[b]) - (here < place[b])
        if gain:
            gain *= weight[first] * weight[second]
        near = layers.below[second]
        for a in layers.below[first]:
            here, heavy = place[a], weight[a]
            for b in near:
                if here != place[b]:
                    gain += heavy * weight[b] if here > place[b] else -heavy * weight[b]
        return gain


class _Piece:
    """The search in the layers from `top` to `low`."""

    def __init__(self, board: _Board, top: int, low: int) -> None:
        self._board = board
        self._layers = board.layers
        self._ranks = range(top, low + 1)
        self._kept = [layer[:] for layer in board.layers.order[top : low + 1]]
        self._costs = self._count(self._kept)
        # By the place in its layer, which an edit elsewhere does not change.
        self._number = {node: n for layer in self._kept for n, node in enumerate(layer)}

    def _count(self, order: Order) -> list[int]:
        return [self._board.crossings(layer) for layer in order[:-1]]

    def untangle(self) -> int:
        """Writes the best order found into the layers; how many crossings it has."""
        edges = sum(len(self._layers.below[node]) for layer in self._kept[:-1] for node in layer)
        left = max(FEWEST, min(MOST, WORK // max(1, edges)))
        for up, order in islice(self._starts(), left // SWEEPS):
            if not any(self._costs):
                break
            self._search(order, up=up)
        self._show(self._kept)
        return sum(self._costs)

    def _show(self, order: Order) -> None:
        self._layers.order[self._ranks.start : self._ranks.stop] = order
        for layer in order:
            self._board.note(layer)

    # --- Starts ---------------------------------------------------------------------------------

    def _starts(self) -> Iterator[tuple[bool, Order]]:
        """Orders to begin from, and whether the first sweep goes up."""
        yield False, [layer[:] for layer in self._kept]
        yield False, self._walk(self._number.__getitem__, outside=True)
        yield True, self._walk(self._number.__getitem__, up=True)
        for turn in count(1):
            yield turn % 2 == 0, self._walk(self._shuffled(turn), up=turn % 2 == 0)

    def _shuffled(self, turn: int) -> Callable[[int], int]:
        return lambda node: (self._number[node] + turn) * STRIDE * (turn + 1) % PRIME

    def _walk(self, key: Callable[[int], int], *, up: bool = False, outside: bool = False) -> Order:
        """An order by a depth-first walk, neighbours by their key.

        `outside` puts what only further roots lead to on the other side of the first one's.
        """
        near = self._layers.above if up else self._layers.below
        found: Order = [[] for _ in self._kept]
        seen: set[int] = set()
        seeds = [node for layer in (reversed(self._kept) if up else self._kept) for node in layer]
        for seed in seeds:
            waiting = [seed]
            while waiting:
                node = waiting.pop()
                if node in seen or node not in self._number:
                    continue
                seen.add(node)
                layer = found[self._layers.rank[node] - self._ranks.start]
                layer.insert(0 if outside and seed != seeds[0] else len(layer), node)
                waiting += sorted(
                    [n for n in near[node] if n in self._number], key=key, reverse=True
                )
        return found

    # --- Steps ----------------------------------------------------------------------------------

    def _search(self, order: Order, *, up: bool) -> None:
        """Sweeps from a start; what is better anywhere is kept."""
        for layer in order:
            self._board.note(layer)
        for sweep in range(SWEEPS):
            self._sweep(order, up=(sweep % 2 == 0) == up, turn=sweep % 4 < 2)
            if sweep % 4 < 2:
                self._transpose(order, range(len(order)), least=0)
            ranks: Iterable[int] = range(len(order))
            for _ in range(ROUNDS):
                ranks = sorted(self._transpose(order, ranks, least=1))
            self._keep(order)
            if not any(self._costs):
                break

    def _sweep(self, order: Order, *, up: bool, turn: bool) -> None:
        """Each layer sorted by the mean place of its neighbours in the layer before.

        `turn` swaps those that are equal, which lets the search leave a dead end.
        """
        place = self._board.place
        fixed = self._layers.below if up else self._layers.above
        for layer in reversed(order[:-1]) if up else order[1:]:
            if len(layer) == 1:
                continue
            keys: dict[int, float] = {}
            for node in layer:
                near = fixed[node]
                keys[node] = sum([place[n] for n in near]) / len(near) if near else place[node]
            if turn:
                layer.reverse()
            layer.sort(key=keys.__getitem__)
            self._board.note(layer)

    def _transpose(self, order: Order, ranks: Iterable[int], least: int) -> set[int]:
        """Swaps neighbours that gain at least so much; the layers where more may be gained."""
        place, gain = self._board.place, self._board.gain
        again: set[int] = set()
        for rank in ranks:
            layer = order[rank]
            for left in range(len(layer) - 1):
                first, second = layer[left], layer[left + 1]
                if gain(first, second) >= least:
                    layer[left], layer[left + 1] = second, first
                    place[first], place[second] = left + 1, left
                    again.update(range(max(0, rank - 1), min(rank + 2, len(order))))
        return again

    def _keep(self, order: Order) -> None:
        """Takes over from another order the stretches in which it crosses less."""
        costs = self._count(order)
        turned = False  # whether the kept order is to be mirrored from here on
        for top, low in pairwise(_agreements(self._kept, order)):
            gaps = slice(max(top[0], 0), min(low[0], len(costs)))
            inner = range(top[0] + 1, min(low[0] + 1, len(order)))
            if sum(costs[gaps]) < sum(self._costs[gaps]):
                flipped = turned ^ top[1]
                _copy(order, self._kept, inner, flipped=flipped)
                self._costs[gaps] = costs[gaps]
                turned = flipped ^ low[1]
            elif turned:
                _copy(self._kept, self._kept, inner, flipped=True)


def _agreements(one: Order, other: Order) -> Iterator[tuple[int, bool]]:
    """Layers in which two orders are equal (False) or mirrored (True), and both outer ends."""
    yield -1, False
    for rank, (layer, found) in enumerate(zip(one, other, strict=True)):
        if layer == found:
            yield rank, False
        elif layer[0] == found[-1] and layer == found[::-1]:
            yield rank, True
    yield len(one), False


def _copy(source: Order, target: Order, ranks: Iterable[int], *, flipped: bool) -> None:
    for rank in ranks:
        target[rank] = source[rank][::-1] if flipped else source[rank][:]
