"""The layered layout: what holds for every graph, and what real networks look like."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.layout.lanes import lanes
from designer.layout.layered import layered

Sizes = dict[str, tuple[float, float]]
Edges = list[tuple[str, str]]
CARD = (176.0, 52.0)

# Input, four encoder steps, three decoder steps (up, convolution, concatenation), three last ones.
AUTOENCODER: Edges = [
    *pairwise(
        ["input", "e1", "e2", "e3", "e4"]
        + [f"{kind}{step}" for step in (1, 2, 3) for kind in ("up", "conv", "cat")]
        + ["up4", "last", "image", "output"]
    ),
    ("e3", "cat1"),
    ("e2", "cat2"),
    ("e1", "cat3"),
]
SKIPS = set(AUTOENCODER[-3:])


def cards(edges: Edges) -> Sizes:
    return {node: CARD for edge in edges for node in edge}


def boxes_of(
    sizes: Sizes, places: dict[str, tuple[float, float]]
) -> dict[str, tuple[float, float, float, float]]:
    return {
        n: (x - sizes[n][0] / 2, y - sizes[n][1] / 2, *sizes[n]) for n, (x, y) in places.items()
    }


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    (x, y, w, h), (u, v, k, m) = one, other
    return x < u + k and u < x + w and y < v + m and v < y + h


def through(points: list[tuple[float, float]], box: tuple[float, ...]) -> bool:
    """Whether a polyline of level and upright segments enters a box."""
    return any(
        overlap((min(a, c), min(b, d), abs(a - c) or 0.01, abs(b - d) or 0.01), box)
        for (a, b), (c, d) in pairwise(points)
    )


@st.composite
def graphs(draw: st.DrawFn, cyclic: bool = False) -> tuple[Sizes, Edges]:
    count = draw(st.integers(1, 24))
    sides = st.sampled_from([32.0, 52.0, 90.0, 176.0, 201.0])
    sizes = {f"n{i}": (draw(sides), draw(sides)) for i in range(count)}
    number = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(number, number), max_size=3 * count))
    if not cyclic:
        pairs = [(min(p), max(p)) for p in pairs if p[0] != p[1]]
    return sizes, [(f"n{a}", f"n{b}") for a, b in pairs]


@given(graphs(), st.sampled_from(["down", "right"]))
@settings(deadline=None)
def test_nodes_do_not_overlap_and_every_edge_goes_forward(
    graph: tuple[Sizes, Edges], direction: str
) -> None:
    sizes, edges = graph
    places = layered(sizes, edges, direction)
    assert list(places) == list(sizes)
    boxes = boxes_of(sizes, places)
    assert not any(overlap(a, b) for a, b in combinations(boxes.values(), 2))
    along = 1 if direction == "down" else 0
    for source, target in edges:
        end = boxes[source][along] + boxes[source][along + 2]
        assert end < boxes[target][along]
    assert all(x % 8 == 0 and y % 8 == 0 for x, y in places.values())


@given(graphs(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_edges_does_not_matter(graph: tuple[Sizes, Edges], random: object) -> None:
    sizes, edges = graph
    turned = [*reversed(edges), *edges[:3]]
    assert layered(sizes, turned) == layered(sizes, edges)


@given(graphs(cyclic=True))
@settings(deadline=None)
def test_cycles_and_loops_are_placed_without_overlap(graph: tuple[Sizes, Edges]) -> None:
    sizes, edges = graph
    boxes = boxes_of(sizes, layered(sizes, edges))
    assert not any(overlap(a, b) for a, b in combinations(boxes.values(), 2))


def test_the_two_directions_are_mirror_images_for_square_nodes() -> None:
    sizes = dict.fromkeys(cards(AUTOENCODER), (64.0, 64.0))
    down = layered(sizes, AUTOENCODER, "down")
    right = layered(sizes, AUTOENCODER, "right")
    # To the right there is more room between layers, because texts lie along the edges there.
    assert {n: (y, x / 152) for n, (x, y) in right.items()} == {
        n: (x, y / 112) for n, (x, y) in down.items()
    }


def test_the_skip_autoencoder_is_one_straight_line_with_nested_lanes() -> None:
    sizes = cards(AUTOENCODER)
    places = layered(sizes, AUTOENCODER)
    assert {x for x, _ in places.values()} == {0}
    boxes = boxes_of(sizes, places)
    ways = lanes(boxes, AUTOENCODER, SKIPS)
    assert set(ways) == SKIPS
    for edge, points in ways.items():
        assert not any(through(points, box) for n, box in boxes.items() if n not in edge)
    columns = [ways[edge][2][0] for edge in AUTOENCODER[-3:]]
    assert 88 < columns[0] < columns[1] < columns[2]


def test_an_empty_design_and_a_single_node_can_be_placed() -> None:
    assert layered({}, []) == {}
    assert layered({"a": CARD}, [("a", "a"), ("a", "gone")]) == {"a": (0, 0)}


def test_parts_that_do_not_hang_together_stand_side_by_side() -> None:
    edges = [("a", "b"), ("c", "d")]
    places = layered(cards(edges), edges)
    assert places["a"][1] == places["c"][1]
    assert places["c"][0] - places["a"][0] >= 176 + 64


def test_a_second_input_stands_next_to_where_it_is_needed() -> None:
    edges = [*pairwise("abcdefg"), ("mask", "f")]
    places = layered(cards(edges), edges)
    assert places["mask"][1] == places["e"][1]


def test_a_mask_that_feeds_twelve_blocks_keeps_one_outer_lane() -> None:
    chain = [f"{part}{i}" for i in range(12) for part in ("norm", "attention", "add")]
    edges = list(pairwise(chain))
    edges += [("mask", f"attention{i}") for i in range(12)]
    edges += [(chain[3 * i - 1], f"add{i}") for i in range(1, 12)]
    sizes = cards(edges)
    places = layered(sizes, edges)
    assert {places[n][0] for n in chain} == {places["norm0"][0]}
    boxes = boxes_of(sizes, places)
    skips = {e for e in edges if places[e[1]][1] - places[e[0]][1] > 96}
    for edge, points in lanes(boxes, edges, skips).items():
        assert not any(through(points, box) for n, box in boxes.items() if n not in edge)


def test_a_chain_of_five_thousand_nodes_is_one_line() -> None:
    names = [str(i) for i in range(5000)]
    sizes = dict.fromkeys(names, CARD)
    places = layered(sizes, pairwise(names))
    assert {x for x, _ in places.values()} == {0}


def test_nested_branches_do_not_cross() -> None:
    edges: Edges = []
    for block in range(3):
        head, tail = f"m{block}", f"m{block + 1}"
        for branch, length in enumerate((1, 2, 3, 2)):
            steps = [f"b{block}{branch}{i}" for i in range(length)]
            edges += pairwise([head, *steps, tail])
    sizes = cards(edges)
    places = layered(sizes, edges)
    for (a, b), (c, d) in combinations(edges, 2):
        if places[a][1] == places[c][1] and places[b][1] == places[d][1]:
            assert (places[a][0] - places[c][0]) * (places[b][0] - places[d][0]) >= 0
