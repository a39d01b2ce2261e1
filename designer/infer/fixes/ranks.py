"""Tensors with unlike counts of axes: the one with more is pooled, flattened or reshaped, or the
one with fewer is repeated or spread out.
"""

from collections.abc import Iterable, Iterator
from math import prod

from designer.infer.fixes.fix import Insert, Layer, SetParam
from designer.infer.fixes.meeting import Case, Feed, Meeting, layer, meeting_of, whole
from designer.infer.fixes.proposal import Proposal, propose, put
from designer.infer.questions import owner

_POOL = "GlobalAveragePooling{n}D"


def ranks(case: Case) -> Iterable[Proposal]:
    """The usual ways out when a merge gets images and vectors, or sequences and vectors."""
    meeting = meeting_of(case)
    if meeting is None or len(meeting.ranks) < 2:
        return
    high = max(meeting.feeds, key=lambda feed: len(feed.shape))
    low = min(meeting.feeds, key=lambda feed: len(feed.shape))
    yield from _sequences(case, low, high)
    yield from _same_content(low, high)
    yield from _one_channel(meeting, low, high)
    if len(low.shape) == 2:
        yield from _spread_out(meeting, low, high)
    yield from _vectors(meeting)


def returns_last(case: Case, key: str) -> bool:
    """Whether a recurrent layer gives only its last step."""
    node = owner(case.graph, case.graph.nodes[key])
    spec = case.catalog.layers.get(node.type)
    known = spec is not None and spec.param("return_sequences") is not None
    return known and not node.params.get("return_sequences")


def _sequences(case: Case, low: Feed, high: Feed) -> Iterator[Proposal]:
    if len(high.shape) == 3 and returns_last(case, low.node.id):
        steps = (SetParam(owner(case.graph, low.node).id, "return_sequences", value=True),)
        why = (
            "The layer gives its last step only; its whole sequence has as many axes as the other."
        )
        template = "Let {name} return its whole sequence"
        yield propose(0, "sequences", template, steps, why, name=low.node.name)


def _same_content(low: Feed, high: Feed) -> Iterator[Proposal]:
    small, large = whole(low.shape[1:]), whole(high.shape[1:])
    if small is None or large is None or prod(small) != prod(large):
        return
    why = "Both hold as many numbers; only their order in axes differs."
    reshape = layer(high, "Reshape", {"target_shape": list(small)})
    simple = layer(high, "Flatten", {}) if len(small) == 1 else reshape
    yield put(1, "reshape", high, (simple,), why)
    back = layer(low, "Reshape", {"target_shape": list(large)})
    yield put(2, "reshape", low, (back,), why)


def _one_channel(meeting: Meeting, low: Feed, high: Feed) -> Iterator[Proposal]:
    """Images without an axis of channels get one."""
    sizes = whole(low.shape[1:])
    if sizes is None or low.shape[1:] != high.sizes or high.rank not in (1, 2, 3):
        return
    reshape = layer(low, "Reshape", {"target_shape": [*sizes, 1]})
    mixed: tuple[Layer, ...] = ()
    if not meeting.joins and high.channels not in (1, None):
        kind = f"Conv{high.rank}D"
        mixed = (layer(low, kind, {"filters": high.channels, "kernel_size": 1}),)
    why = "The image gets an axis for its one channel."
    yield put(3, "one_channel", low, (reshape, *mixed), why)


def _spread_out(meeting: Meeting, low: Feed, high: Feed) -> Iterator[Proposal]:
    sizes = whole(high.sizes)
    if sizes is None or not meeting.along_channels:
        return
    if len(sizes) == 1:
        why = "The vector is told again at every step of the sequence."
        yield put(12, "repeat", low, (layer(low, "RepeatVector", {"n": sizes[0]}),), why)
        return
    why = "The vector becomes one more channel of the image."
    dense = layer(low, "Dense", {"units": prod(sizes)})
    reshape = layer(low, "Reshape", {"target_shape": [*sizes, 1]})
    yield put(12, "spread_out", low, (dense, reshape), why)


def _vectors(meeting: Meeting) -> Iterator[Proposal]:
    """Every tensor becomes a vector, as long as the one that is one already."""
    low = min(meeting.feeds, key=lambda feed: len(feed.shape))
    wanted = None if meeting.joins else low.channels
    for rank, kind, why in (
        (10, _POOL, "The mean of each channel over all places: one vector for an image."),
        (14, "Flatten", "All numbers in one vector."),
    ):
        steps = []
        for feed in meeting.feeds:
            layers = _vector(feed, kind, wanted)
            if layers is None:
                break
            if layers:
                steps.append(Insert(feed.edge, layers))
        else:
            names = ", ".join(feed.node.name for feed in meeting.feeds if feed.rank > 0)
            what = steps[0].layers[0].type.rpartition(".")[2] if steps else ""
            template = "Make a vector of {name} with {layers}"
            yield propose(rank, kind.lower()[:7], template, steps, why, name=names, layers=what)


def _vector(feed: Feed, kind: str, wanted: int | None) -> tuple[Layer, ...] | None:
    if feed.rank < 1:
        units = wanted if wanted != feed.channels else None
        return () if units is None else (layer(feed, "Dense", {"units": units}),)
    if feed.rank > 3:
        return None
    flat = kind == "Flatten"
    length = prod(whole(feed.shape[1:]) or (0,)) if flat else feed.channels
    dense = (layer(feed, "Dense", {"units": wanted}),) if wanted not in (None, length) else ()
    return (layer(feed, kind, {}), *dense)
