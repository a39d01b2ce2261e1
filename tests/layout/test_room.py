"""A group of boxes finds room: no overlap, no distortion, and not further off than needed."""

from hypothesis import given
from hypothesis import strategies as st

from designer.layout.room import Rect, free_shift

places = st.integers(-60, 60).map(lambda n: n * 8.0)
rects = st.builds(Rect, places, places, st.sampled_from([144.0, 176.0]), st.just(48.0))


def meet(one: Rect, other: Rect, gap: float) -> bool:
    return (
        one.x < other.x + other.width + gap
        and other.x < one.x + one.width + gap
        and one.y < other.y + other.height + gap
        and other.y < one.y + one.height + gap
    )


@given(st.lists(rects, min_size=1, max_size=6), st.lists(rects, max_size=20), places, places)
def test_nothing_overlaps_where_the_group_is_put(
    group: list[Rect], others: list[Rect], dx: float, dy: float
) -> None:
    x, y = free_shift(group, others, (dx, dy))
    assert x == dx or y == dy
    assert x % 8 == y % 8 == 0
    for box in group:
        moved = box._replace(x=box.x + x, y=box.y + y)
        assert not any(meet(moved, other, 16.0) for other in others)


@given(st.lists(rects, max_size=6), places, places)
def test_a_free_place_is_taken_as_it_is(group: list[Rect], dx: float, dy: float) -> None:
    far = [Rect(box.x + 1e5, box.y, box.width, box.height) for box in group]
    assert free_shift(group, far, (dx, dy)) == (dx, dy)


def test_a_copy_of_a_long_chain_stands_beside_it() -> None:
    chain = [Rect(0, 96.0 * n, 176, 48) for n in range(5000)]
    assert free_shift(chain, chain, (32, 32)) == (192, 32)


def test_one_of_a_row_goes_below_rather_than_to_its_end() -> None:
    row = [Rect(200.0 * n, 0, 176, 48) for n in range(10)]
    assert free_shift(row[4:5], row, (0, 0)) == (0, 64)
