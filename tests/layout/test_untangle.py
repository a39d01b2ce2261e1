"""Untangling the order inside the layers: repeating cells at their best, the same each time."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.layout import ordering, ranking
from designer.layout.ordering import Layers
from designer.layout.untangle import untangle

Edges = list[tuple[int, int]]


def stacked(count: int, edges: Edges) -> Layers:
    after, before = ranking.neighbours(count, ranking.forward(count, edges))
    order = ranking.topological(after, before)
    rank = ranking.ranks(after, before, order)
    layers = ordering.stack(rank, [(s, t) for s, ts in enumerate(after) for t in ts])
    roots = [node for node in range(count) if not layers.above[node]]
    ordering.start(layers, roots, ranking.heights(after, order))
    return layers


def crossings(layers: Layers) -> int:
    place = {node: index for layer in layers.order for index, node in enumerate(layer)}
    wires = [(s, t) for s, targets in enumerate(layers.below) for t in targets]
    return sum(
        (place[a] - place[c]) * (place[b] - place[d]) < 0
        for (a, b), (c, d) in combinations(wires, 2)
        if layers.rank[a] == layers.rank[c]
    )


def cells(count: int, *, twisted: bool) -> Edges:
    """Blocks in a row, each of two branches that feed two merges; one crossing each is enough."""
    edges: Edges = []
    for start in range(0, 6 * count, 6):
        a, b, c, d, end = range(start + 1, start + 6)
        edges += [(start, a), (start, b), (c, end), (d, end)]
        edges += [(a, d), (a, c), (b, c), (b, d)] if twisted else [(a, d), (b, c)]
        edges.append((end, end + 1))
    return edges


edges_of = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=50).map(
    lambda pairs: [(min(p), max(p)) for p in pairs if p[0] != p[1]]
)


@given(edges_of)
@settings(deadline=None)
def test_every_node_stays_in_its_layer(edges: Edges) -> None:
    layers = stacked(21, edges)
    before = [sorted(layer) for layer in layers.order]
    untangle(layers)
    assert [sorted(layer) for layer in layers.order] == before


@given(edges_of)
@settings(deadline=None)
def test_no_crossing_is_told_where_there_is_none(edges: Edges) -> None:
    layers = stacked(21, edges)
    assert (untangle(layers) == 0) == (crossings(layers) == 0)


@given(edges_of)
@settings(deadline=None)
def test_the_same_network_is_untangled_in_the_same_way(edges: Edges) -> None:
    one, other = stacked(21, edges), stacked(21, edges)
    untangle(one)
    untangle(other)
    assert one.order == other.order


def test_each_of_many_cells_is_solved_at_its_best() -> None:
    for count in (1, 10):
        layers = stacked(6 * count + 1, cells(count, twisted=False))
        assert untangle(layers) == 0
        layers = stacked(6 * count + 1, cells(count, twisted=True))
        assert untangle(layers) == crossings(layers) == count
