"""An encoder-decoder is recognised in its wiring and drawn as the U of the whiteboards."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.layout.layered import layered

Edges = list[tuple[str, str]]
Places = dict[str, tuple[float, float]]
CARD = (176.0, 48.0)


def autoencoder() -> tuple[Edges, Edges]:
    """The skip autoencoder: its wires, and those that skip."""
    decoder = [f"{kind}{step}" for step in (1, 2, 3) for kind in ("up", "conv", "cat")]
    ends = ["up4", "last", "colours", "output"]
    chain = list(pairwise(["input", "e1", "e2", "e3", "e4", *decoder, *ends]))
    skips = [("e1", "cat3"), ("e2", "cat2"), ("e3", "cat1")]
    return chain + skips, skips


def u_net(levels: int, encoder: int, decoder: int, bottom: int = 2) -> tuple[Edges, Edges]:
    """A U-Net with so many convolutions a level: its wires, and those that skip."""
    names = ["input"]
    for level in range(levels):
        names += [*(f"e{level}c{n}" for n in range(encoder)), f"pool{level}"]
    names += [f"b{n}" for n in range(bottom)]
    for level in reversed(range(levels)):
        names += [f"up{level}", f"cat{level}", *(f"d{level}c{n}" for n in range(decoder))]
    skips = [(f"e{level}c{encoder - 1}", f"cat{level}") for level in range(levels)]
    return [*pairwise([*names, "head", "output"]), *skips], skips


def drawn(edges: Edges) -> Places:
    sizes = dict.fromkeys((node for edge in edges for node in edge), CARD)
    return layered(sizes, edges, figures=True)


def check_u(edges: Edges, skips: Edges) -> Places:
    """What every U has: level free skips, encoder falling, decoder rising, no overlap."""
    places = drawn(edges)
    for (ax, ay), (bx, by) in combinations(places.values(), 2):
        assert abs(ax - bx) >= CARD[0] + 8 or abs(ay - by) >= CARD[1] + 8
    for source, target in skips:
        (x, y), (u, v) = places[source], places[target]
        assert y == v
        assert u - x >= CARD[0] + 64
        between = [n for n, (a, b) in places.items() if abs(b - y) < CARD[1] and x < a < u]
        assert not between
    assert all(x % 8 == 0 and y % 8 == 0 for x, y in places.values())
    rows = [places[s][1] for s, _ in skips]
    assert len(set(rows)) == len(rows)
    return places


def test_the_skip_autoencoder_fits_a_window_as_a_u() -> None:
    places = check_u(*autoencoder())
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    assert max(xs) - min(xs) + CARD[0] <= 1000
    assert max(ys) - min(ys) + CARD[1] <= 700
    falling = [places[f"e{n}"] for n in (1, 2, 3, 4)]
    assert falling == sorted(falling)
    rising = [places[f"cat{n}"] for n in (3, 2, 1)]
    assert [y for _, y in rising] == sorted(y for _, y in rising)
    assert [x for x, _ in rising] == sorted((x for x, _ in rising), reverse=True)


def test_a_five_level_u_net_has_one_column_for_each_level_of_each_arm() -> None:
    places = check_u(*u_net(4, 2, 2))
    for level in range(4):
        assert places[f"cat{level}"][0] == places[f"d{level}c1"][0]
    assert places["e1c0"][0] == places["e1c1"][0] == places["pool0"][0]


@given(st.integers(2, 6), st.integers(1, 4), st.integers(0, 4), st.integers(0, 4))
@settings(deadline=None, max_examples=60)
def test_u_nets_of_every_build_are_drawn_as_a_u(
    levels: int, encoder: int, decoder: int, bottom: int
) -> None:
    check_u(*u_net(levels, encoder, decoder, bottom))


def test_branches_inside_the_levels_stay_in_their_level() -> None:
    edges, skips = u_net(3, 2, 2)
    edges += [("pool0", "short"), ("short", "e1c1"), ("cat1", "other"), ("other", "d1c1")]
    places = check_u(edges, skips)
    assert places["e0c1"][1] < places["short"][1] < places["e1c1"][1]
    assert places["cat0"][1] < places["other"][1] < places["cat1"][1]


def test_a_layer_on_a_skip_stands_on_its_level_line() -> None:
    edges, skips = u_net(3, 2, 2)
    edges.remove(skips[1])
    edges += [("e1c1", "adapt"), ("adapt", "cat1")]
    places = check_u(edges, [skips[0], skips[2]])
    (x, y), (u, v), (w, z) = (places[n] for n in ("e1c1", "adapt", "cat1"))
    assert y == v == z
    assert x + CARD[0] + 32 <= u <= w - CARD[0] - 32


def test_a_second_head_hangs_at_its_decoder_level() -> None:
    edges, skips = u_net(3, 2, 2)
    edges += [("d2c1", "deep"), ("deep", "deep_output")]
    places = check_u(edges, skips)
    assert places["cat1"][1] < places["deep"][1] < places["cat2"][1]


RESIDUALS: Edges = [*pairwise("abcdefghij"), ("a", "d"), ("d", "g"), ("g", "j")]
NESTED: Edges = [*pairwise("abcdefghijkl"), ("a", "l"), ("b", "d"), ("e", "g"), ("h", "j")]
DENSE: Edges = [(a, b) for a, b in combinations("abcdefgh", 2)]
CROSSED: Edges = [*pairwise("abcdefghij"), ("b", "f"), ("d", "h"), ("a", "j")]


@pytest.mark.parametrize("edges", [RESIDUALS, NESTED, DENSE, CROSSED])
def test_other_networks_that_skip_stay_in_layers(edges: Edges) -> None:
    sizes = dict.fromkeys((node for edge in edges for node in edge), CARD)
    assert drawn(edges) == layered(sizes, edges)


def test_a_u_stands_beside_what_it_does_not_hang_together_with() -> None:
    edges, skips = u_net(3, 2, 2)
    places = check_u([("alone", "pair"), *edges], skips)
    alone = places["alone"][0]
    assert all(
        abs(x - alone) >= CARD[0] for n, (x, _) in places.items() if n not in ("alone", "pair")
    )
