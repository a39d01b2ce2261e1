"""Wrapping into columns: a page in shape, cut at bottlenecks, without overlap."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.layout.layered import layered
from designer.layout.wrap import PAGE, wrapped

Edges = list[tuple[str, str]]
Sizes = dict[str, tuple[float, float]]
CARD = (176.0, 48.0)


def cards(edges: Edges) -> Sizes:
    return {node: CARD for edge in edges for node in edge}


def residual(blocks: int, length: int = 6) -> Edges:
    """Blocks in a row, each a chain with a skip around it."""
    edges: Edges = []
    for block in range(blocks):
        names = [f"b{block}n{n}" for n in range(length)]
        edges += [*pairwise(names), (names[0], names[-1]), (names[-1], f"b{block + 1}n0")]
    return edges


def shape(sizes: Sizes, places: dict[str, tuple[float, float]]) -> float:
    """Width to height of the whole."""
    width, height = (
        max(p[axis] + sizes[n][axis] / 2 for n, p in places.items())
        - min(p[axis] - sizes[n][axis] / 2 for n, p in places.items())
        for axis in (0, 1)
    )
    return width / height


def columns(places: dict[str, tuple[float, float]], axis: int) -> list[list[str]]:
    """The nodes of a network without branches, by column."""
    found: dict[float, list[str]] = {}
    for node, place in places.items():
        found.setdefault(place[axis], []).append(node)
    return [found[key] for key in sorted(found)]


@pytest.mark.parametrize("direction", ["down", "right"])
@pytest.mark.parametrize("blocks", [12, 40, 150])
def test_a_deep_network_looks_like_a_page(direction: str, blocks: int) -> None:
    edges = residual(blocks)
    found = shape(cards(edges), wrapped(cards(edges), edges, direction))
    page = PAGE if direction == "down" else 1 / PAGE
    assert 0.6 < found / page < 1.7


@pytest.mark.parametrize(("direction", "axis"), [("down", 0), ("right", 1)])
def test_columns_end_between_blocks_and_are_about_equally_long(direction: str, axis: int) -> None:
    edges = residual(60)
    found = columns(wrapped(cards(edges), edges, direction), axis)
    assert len(found) > 3
    lengths = [len(column) for column in found]
    assert max(lengths[:-1]) - min(lengths[:-1]) <= 6
    of = {node: index for index, column in enumerate(found) for node in column}
    for before in range(len(found) - 1):
        assert sum(of[s] == before and of[t] > before for s, t in edges) == 1


def test_the_first_layers_of_all_columns_are_level() -> None:
    edges = residual(60)
    places = wrapped(cards(edges), edges)
    assert {min(places[n][1] for n in column) for column in columns(places, 0)} == {0}


def test_a_small_network_stays_in_one_column() -> None:
    edges = residual(1)
    assert wrapped(cards(edges), edges) == layered(cards(edges), edges)
    assert wrapped({}, []) == {}
    assert wrapped({"a": CARD}, [("a", "gone")]) == {"a": (0, 0)}


def test_a_chain_of_five_thousand_nodes_becomes_a_page() -> None:
    edges = list(pairwise(map(str, range(5000))))
    found = shape(cards(edges), wrapped(cards(edges), edges))
    assert 0.8 < found / PAGE < 1.25


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Sizes, Edges]:
    count = draw(st.integers(1, 40))
    sides = st.sampled_from([32.0, 52.0, 90.0, 176.0, 201.0])
    sizes = {f"n{i}": (draw(sides), draw(sides)) for i in range(count)}
    chain = [(i, i + 1) for i in range(count - 1) if draw(st.integers(0, 9))]
    number = st.integers(0, count - 1)
    pairs = [*chain, *draw(st.lists(st.tuples(number, number), max_size=12))]
    return sizes, [(f"n{a}", f"n{b}") for a, b in pairs]


@given(graphs(), st.sampled_from(["down", "right"]))
@settings(deadline=None)
def test_nothing_overlaps_and_everything_is_placed(
    graph: tuple[Sizes, Edges], direction: str
) -> None:
    sizes, edges = graph
    places = wrapped(sizes, edges, direction)
    assert list(places) == list(sizes)
    for one, other in combinations(sizes, 2):
        apart = [
            abs(places[one][axis] - places[other][axis])
            - (sizes[one][axis] + sizes[other][axis]) / 2
            for axis in (0, 1)
        ]
        assert max(apart) >= 0
