"""To the right an encoder-decoder is a U of rows: it steps down, it steps up, skips are level."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.layout.layered import layered

Edges = list[tuple[str, str]]
Places = dict[str, tuple[float, float]]
CARD = (176.0, 48.0)


def u_net(levels: int, encoder: int, decoder: int, bottom: int = 2) -> tuple[Edges, Edges]:
    """A U-Net with so many further layers a level: its wires, and those that skip."""
    names = ["input"]
    for level in range(levels):
        names += [*(f"e{level}c{n}" for n in range(encoder)), f"pool{level}"]
    names += [f"b{n}" for n in range(bottom)]
    for level in reversed(range(levels)):
        names += [f"up{level}", f"cat{level}", *(f"d{level}c{n}" for n in range(decoder))]
    skips = [(f"e{level}c{encoder - 1}", f"cat{level}") for level in range(levels)]
    return [*pairwise([*names, "head", "output"]), *skips], skips


def check(edges: Edges, skips: Edges) -> Places:
    """What every such U has: level free skips, each level below the one around it, no overlap."""
    sizes = dict.fromkeys((node for edge in edges for node in edge), CARD)
    places = layered(sizes, edges, "right", figures=True)
    for (ax, ay), (bx, by) in combinations(places.values(), 2):
        assert abs(ax - bx) >= CARD[0] + 8 or abs(ay - by) >= CARD[1] + 8
    for source, target in skips:
        (x, y), (u, v) = places[source], places[target]
        assert y == v
        assert u - x >= CARD[0] + 64
        assert not [n for n, (a, b) in places.items() if abs(b - y) < CARD[1] and x < a < u]
    rows = [places[source][1] for source, _ in skips]
    assert rows == sorted(set(rows))
    assert all(x % 8 == 0 and y % 8 == 0 for x, y in places.values())
    return places


@given(st.integers(2, 6), st.integers(1, 4), st.integers(0, 4), st.integers(0, 4))
@settings(deadline=None, max_examples=60)
def test_u_nets_of_every_build_step_down_and_up(
    levels: int, encoder: int, decoder: int, bottom: int
) -> None:
    check(*u_net(levels, encoder, decoder, bottom))


def test_data_runs_to_the_right_in_each_row_and_straight_from_row_to_row() -> None:
    edges, skips = u_net(3, 2, 2)
    places = check(edges, skips)
    for source, target in edges:
        (x, y), (u, v) = places[source], places[target]
        assert u - x >= CARD[0] + 84 if y == v else u == x
    assert places["pool0"][0] == places["e0c1"][0]
    assert places["up0"][0] == places["cat0"][0]


def test_levels_of_a_single_layer_stand_a_little_further_in() -> None:
    chain = ["input", "e1", "e2", "e3", "e4", "up1", "cat1", "up2", "cat2", "up3", "cat3", "output"]
    skips = [("e1", "cat3"), ("e2", "cat2"), ("e3", "cat1")]
    places = check([*pairwise(chain), *skips], skips)
    columns = [places[n][0] for n in ("e1", "e2", "e3")]
    assert columns == [0, 48, 96]


def test_branches_make_their_row_higher() -> None:
    edges, skips = u_net(3, 2, 2)
    usual = check(edges, skips)
    edges += [("pool0", "short"), ("short", "e1c1"), ("cat1", "other"), ("other", "d1c1")]
    places = check(edges, skips)
    assert places["e2c1"][1] > usual["e2c1"][1]
    assert places["e1c1"][0] > places["short"][0] > places["pool0"][0]


def test_a_layer_on_a_skip_stands_on_its_level_line() -> None:
    edges, skips = u_net(3, 2, 2)
    edges.remove(skips[2])
    edges += [("e2c1", "adapt"), ("adapt", "cat2")]
    places = check(edges, skips[:2])
    assert places["e2c1"][1] == places["adapt"][1] == places["cat2"][1]
    assert places["e2c1"][0] + 260 <= places["adapt"][0] <= places["cat2"][0] - 260
