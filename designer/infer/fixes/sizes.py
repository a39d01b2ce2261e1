"""Tensors of as many axes that differ in rows, columns or channels: a layer or two on one way,
so that they meet. The way that is shorter (the skip connection) is changed first.
"""

from collections.abc import Iterable, Iterator
from math import prod

from designer.infer.fixes.fix import Insert
from designer.infer.fixes.meeting import Case, Feed, Meeting, differing_pairs, meeting_of
from designer.infer.fixes.proposal import Proposal, propose
from designer.infer.fixes.ways import SETS_CHANNELS, Goal, Way, way
from designer.infer.mismatch import shape_text

_LABELS = {
    "channels": "Project {names} to {channels} channels with {layers}",
    "channel": "Project {names} to one channel with {layers}",
    "project": "Project {names} to {shape} with {layers} and strides",
    "pool": "Pool {names} to {shape} with {layers}",
    "up": "Enlarge {names} to {shape} with {layers}",
    "transpose": "Enlarge {names} to {shape} with a learned {layers}",
    "up_and_pad": "Enlarge and pad {names} to {shape} with {layers}",
    "pad": "Pad {names} with zeros to {shape} with {layers}",
    "crop": "Crop {names} to {shape} with {layers}",
    "resize": "Resize {names} to {shape} with {layers}",
}
_WHY = {
    "channels": "A convolution of kernel size 1 mixes the channels of each pixel and leaves rows "
    "and columns as they are: the projection shortcut of residual networks.",
    "project": "A convolution of kernel size 1 with strides brings size and channels over at once: "
    "the projection shortcut of residual networks.",
    "pool": "Pooling keeps the strongest of each neighbourhood and has no weights.",
    "up": "Each value is repeated; nothing is learned.",
    "transpose": "A transposed convolution learns how to enlarge.",
    "up_and_pad": "The size was odd before it was halved: one row or column of zeros makes up "
    "for what was lost.",
    "pad": "Rows or columns of zeros at the edge make up for what odd sizes lose when halved.",
    "crop": "What is cut off lies at the edge; nothing is computed anew.",
    "resize": "Values between the old ones are interpolated.",
}
_TO_MEAN = ("pad", "crop")
_FACTOR = ("project", "pool", "up", "transpose", "resize", "crop", "pad")
_DECODER = ("up", "transpose", "pool", "project", "resize", "crop", "pad")
_CLOSE = ("pad", "crop", "resize", "up_and_pad", "project", "pool")
_APART = ("crop", "resize", "up_and_pad", "pad", "project", "pool")
_FAR = ("up_and_pad", "project", "pool", "resize", "crop", "pad")


def sizes(case: Case) -> Iterable[Proposal]:
    """Every way from one tensor to another, the usual one for such sizes first."""
    meeting = meeting_of(case)
    if meeting is None or len(meeting.ranks) > 1:
        return
    seen: list[tuple[Insert, ...]] = []
    for place, kind in enumerate(_kinds(meeting)):
        for order, goal in enumerate(_goals(meeting)):
            mean = order >= len(meeting.feeds)  # a size that none of them has as it is
            found = _plan(meeting, kind, goal) if kind in _TO_MEAN or not mean else []
            steps = tuple(Insert(feed.edge, layers) for feed, layers in found)
            if found and steps not in seen:
                seen.append(steps)
                yield _told(meeting, kind, goal, found, 10.0 * place + order)


def _kinds(meeting: Meeting) -> tuple[str, ...]:
    """The ways, in the order in which people take them for such sizes."""
    pairs = tuple(differing_pairs(meeting.feeds))
    if all(large - small <= 1 for small, large in pairs) and pairs:
        return _CLOSE
    if all(_halved(small, large) for small, large in pairs):
        return _DECODER if meeting.joins and _grows(meeting) else _FACTOR
    return _FAR if all(large > 2 * small for small, large in pairs) else _APART


def _halved(small: int, large: int) -> bool:
    return large % small == 0 or (large > small and -(-large // round(large / small)) == small > 4)


def _grows(meeting: Meeting) -> bool:
    """Whether the longest way has the smaller tensor, as in a decoder."""
    deep, *others = meeting.depth_order
    return any(
        (a or 0) < (b or 0)
        for other in others
        for a, b in zip(deep.sizes, other.sizes, strict=True)
    )


def _goals(meeting: Meeting) -> Iterator[Goal]:
    """What all could become: what one of them is, or the smallest or largest size of each axis."""
    order = meeting.depth_order
    if meeting.case.problem.code == "broadcast":  # the larger one is what is meant
        order = tuple(sorted(order, key=lambda feed: -prod(size or 1 for size in feed.shape)))
    channels = None if meeting.along_channels else order[0].channels
    for feed in order:
        yield Goal(feed.sizes, None if meeting.along_channels else feed.channels)
    axes = tuple(zip(*(feed.sizes for feed in meeting.feeds), strict=True))
    known = [[size for size in axis if size is not None] for axis in axes]
    if all(known):
        yield Goal(tuple(min(axis) for axis in known), channels)
        yield Goal(tuple(max(axis) for axis in known), channels)


def _own(meeting: Meeting, feed: Feed, goal: Goal) -> Goal:
    """The goal, but the feed's own size along the axis that may differ."""
    if meeting.free is None or meeting.along_channels:
        return goal
    place = meeting.free - (2 if feed.first and feed.rank > 0 else 1)
    if not 0 <= place < len(goal.sizes):
        return goal
    kept = (*goal.sizes[:place], feed.sizes[place], *goal.sizes[place + 1 :])
    return Goal(kept, goal.channels)


def _plan(meeting: Meeting, kind: str, goal: Goal) -> list[tuple[Feed, Way]]:
    found = []
    for feed in meeting.feeds:
        layers = way(feed, kind, _own(meeting, feed, goal))
        if layers is None:
            return []
        if layers:
            found.append((feed, layers))
    return found


def _told(
    meeting: Meeting, kind: str, goal: Goal, found: list[tuple[Feed, Way]], rank: float
) -> Proposal:
    resized = any(feed.sizes != goal.sizes for feed, _ in found)
    code = kind if resized else "channels"
    first = found[0][0]
    channels = goal.channels or first.channels
    placed = (channels, *goal.sizes) if first.first else (*goal.sizes, channels)
    mixes = resized and kind not in SETS_CHANNELS and any(_mixes(way, kind) for _, way in found)
    if meeting.joins and goal.channels is None:
        placed = placed[1:] if first.first else placed[:-1]
    steps = (Insert(feed.edge, layers) for feed, layers in found)
    label = "channel" if code == "channels" and channels == 1 else code
    return propose(
        rank + (2.0 if mixes else 0.0),
        code,
        _LABELS[label],
        steps,
        _WHY[code],
        names=", ".join(feed.node.name for feed, _ in found),
        channels=channels,
        shape=shape_text((None, *placed)),
        layers=_layers(max((layers for _, layers in found), key=len)),
    )


def _mixes(layers: Way, kind: str) -> bool:
    return len(layers) > (2 if kind == "up_and_pad" else 1)


def _layers(layers: Way) -> str:
    names = (layer.type.rpartition(".")[2] for layer in layers)
    kernels = (layer.params.get("kernel_size") == 1 for layer in layers)
    return " + ".join(
        f"1×1 {name}" if one else name for name, one in zip(names, kernels, strict=True)
    )
