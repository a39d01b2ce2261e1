"""The spatial index finds what a look at every box finds."""

from hypothesis import given
from hypothesis import strategies as st

from designer.ui.canvas.geometry import Box
from designer.ui.canvas.index import Index

numbers = st.floats(-20_000, 20_000, allow_nan=False, width=32)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(numbers), draw(numbers)
    return Box(left, top, left + draw(st.floats(0, 9000)), top + draw(st.floats(0, 9000)))


@given(st.dictionaries(st.integers(0, 40), boxes(), max_size=25), boxes())
def test_hits_are_those_of_brute_force(content: dict[int, Box], area: Box) -> None:
    index: Index[int] = Index()
    for key, box in content.items():
        index.put(key, box)
    assert index.hits(area) == {key for key, box in content.items() if box.touches(area)}


@given(st.lists(st.tuples(st.integers(0, 8), st.none() | boxes()), max_size=40), boxes())
def test_moved_and_forgotten_boxes_leave_nothing_behind(
    steps: list[tuple[int, Box | None]], area: Box
) -> None:
    index: Index[int] = Index()
    truth: dict[int, Box] = {}
    for key, box in steps:
        if box is None:
            index.discard(key)
            truth.pop(key, None)
        else:
            index.put(key, box)
            truth[key] = box
    assert len(index) == len(truth)
    assert index.hits(area) == {key for key, box in truth.items() if box.touches(area)}


def test_an_index_knows_what_is_in_it() -> None:
    index: Index[str] = Index()
    index.put("a", Box(0, 0, 1, 1))
    assert "a" in index
    index.discard("a")
    index.discard("a")
    assert "a" not in index
