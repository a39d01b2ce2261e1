"""A layer that wants another count of axes than it gets: an axis of channels, a whole sequence, a
picture out of a row of numbers, or no Flatten before it.
"""

import re
from collections.abc import Iterable, Iterator
from math import isqrt, prod

from msgspec.structs import replace

from designer.document.model import INPUT
from designer.infer.fixes.fix import Connect, SetParam
from designer.infer.fixes.meeting import Case, Feed, feeds_of, layer, whole
from designer.infer.fixes.proposal import Proposal, propose, put
from designer.infer.fixes.ranks import returns_last
from designer.infer.mismatch import stated_shape
from designer.infer.questions import owner

_WANTED = re.compile(r"expected (?:min_|max_)?ndim=(\d+), found ndim=(\d+)")
_FLATTENS = ("Flatten", "GlobalAveragePooling", "GlobalMaxPooling", "Reshape")


def axes(case: Case) -> Iterable[Proposal]:
    """Ways to the count of axes that Keras asks for."""
    wanted = _WANTED.search(case.problem.detail)
    node = case.node
    feeds = feeds_of(case, node) if node is not None and wanted is not None else None
    if not feeds or wanted is None:
        return
    want, have = int(wanted.group(1)), int(wanted.group(2))
    feed = next((feed for feed in feeds if len(feed.shape) == have), feeds[0])
    if want > have:
        yield from _more(case, feed, want)
    else:
        yield from _fewer(feed, want)


def _more(case: Case, feed: Feed, want: int) -> Iterator[Proposal]:
    if want == 3 and returns_last(case, feed.node.id):
        steps = (SetParam(owner(case.graph, feed.node).id, "return_sequences", value=True),)
        why = "Without it the layer gives its last step only, and what follows needs them all."
        template = "Let {name} return its whole sequence"
        yield propose(0, "sequences", template, steps, why, name=feed.node.name)
    yield from _without(case, feed, want)
    sizes = whole(feed.shape[1:])
    stated = stated_shape(feed.node)
    if want == len(feed.shape) + 1 and feed.node.type == INPUT and len(feed.shape) > 2:
        steps = (SetParam(feed.node.id, "shape", [*stated, 1]),)
        why = "Grey images have one channel, and Keras wants its axis stated."
        yield propose(2, "one_channel", "Give {name} an axis for one channel", steps, why,
                      name=feed.node.name)  # fmt: skip
    if sizes is None:
        return
    why = "The numbers are the same; they get the axes that the layer reads."
    for rank, shape in enumerate(_pictures(sizes, want)):
        yield put(
            3 + rank, "axes", feed, (layer(feed, "Reshape", {"target_shape": [*shape]}),), why
        )


def _pictures(sizes: tuple[int, ...], want: int) -> Iterator[tuple[int, ...]]:
    """The usual shapes of that many axes, batch counted, for as many numbers."""
    missing = want - 1 - len(sizes)
    if len(sizes) == 1 and want == 4:
        for channels in (1, 3):
            side = isqrt(sizes[0] // channels)
            if side > 1 and side * side * channels == sizes[0]:
                yield (side, side, channels)
        yield (1, 1, sizes[0])
    elif missing > 0:
        yield (*sizes, *(1,) * missing)


def _without(case: Case, feed: Feed, want: int) -> Iterator[Proposal]:
    """The tensor as it was before it was flattened."""
    name = feed.node.type.rpartition(".")[2]
    before = case.graph.incoming.get(feed.node.id, ())
    if not name.startswith(_FLATTENS) or len(before) != 1:
        return
    shape = case.shape(before[0].source, before[0].output)
    if shape is not None and len(shape) == want:
        edge = replace(feed.edge, source=before[0].source, output=before[0].output)
        why = "{name} takes the axes away that the next layer reads."
        template = "Wire {source} past {name}"
        values = {"source": case.graph.nodes[before[0].source].name, "name": feed.node.name}
        yield propose(1, "past", template, (Connect(edge),), why, **values)


def _fewer(feed: Feed, want: int) -> Iterator[Proposal]:
    sizes = whole(feed.shape[1:])
    if want == 2 and feed.rank in (1, 2, 3):
        why = "The mean of each channel over all places: one vector for an image."
        yield put(0, "axes", feed, (layer(feed, "GlobalAveragePooling{n}D", {}),), why)
        yield put(1, "axes", feed, (layer(feed, "Flatten", {}),), "All numbers in one vector.")
    elif sizes is not None and 2 < want < len(feed.shape):
        kept = len(feed.shape) - want  # how many axes are put into one with the first
        shape = [prod(sizes[: kept + 1]), *sizes[kept + 1 :]]
        why = "Rows and columns are put one after the other: each place is one step."
        yield put(0, "axes", feed, (layer(feed, "Reshape", {"target_shape": shape}),), why)
