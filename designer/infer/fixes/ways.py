"""Ways from one tensor to another of as many axes: the layers that change its rows and columns,
and a projection where the channels differ too. A way that cannot lead there is None.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from designer.infer.fixes.fix import Layer
from designer.infer.fixes.meeting import Feed, Sizes, layer, projection, whole


class Goal(NamedTuple):
    """The sizes to come to, and the channels; None: whatever it has."""

    sizes: Sizes
    channels: int | None


Way = tuple[Layer, ...]
Steps = Callable[[Feed, tuple[int, ...], tuple[int, ...], Goal], Way | None]


def _value(numbers: tuple[int, ...]) -> object:
    """A parameter of one number for each axis, written as people do."""
    return numbers[0] if len(set(numbers)) == 1 else list(numbers)


def _strides(now: tuple[int, ...], then: tuple[int, ...]) -> tuple[int, ...] | None:
    """The whole steps with which each size becomes the other, rounded up."""
    if any(b <= 0 or a < b for a, b in zip(now, then, strict=True)):
        return None
    found = tuple(round(a / b) for a, b in zip(now, then, strict=True))
    fits = all(-(-a // f) == b for a, b, f in zip(now, then, found, strict=True))
    return found if fits and max(found) > 1 else None


def _project(feed: Feed, now: tuple[int, ...], then: tuple[int, ...], goal: Goal) -> Way | None:
    strides = _strides(now, then)
    channels = goal.channels or feed.channels
    if strides is None or channels is None:
        return None
    params = {"filters": channels, "kernel_size": 1, "strides": _value(strides)}
    return (layer(feed, "Conv{n}D", params),)


def _pool(feed: Feed, now: tuple[int, ...], then: tuple[int, ...], _goal: Goal) -> Way | None:
    strides = _strides(now, then)
    if strides is None:
        return None
    even = all(a % f == 0 for a, f in zip(now, strides, strict=True))
    params: dict[str, object] = {} if set(strides) == {2} else {"pool_size": _value(strides)}
    return (layer(feed, "MaxPooling{n}D", params if even else params | {"padding": "same"}),)


def _factors(now: tuple[int, ...], then: tuple[int, ...]) -> tuple[int, ...] | None:
    if any(a <= 0 or b < a or b % a for a, b in zip(now, then, strict=True)):
        return None
    found = tuple(b // a for a, b in zip(now, then, strict=True))
    return found if max(found) > 1 else None


def _enlarge(feed: Feed, factors: tuple[int, ...]) -> Layer:
    return layer(feed, "UpSampling{n}D", {} if set(factors) == {2} else {"size": _value(factors)})


def _up(feed: Feed, now: tuple[int, ...], then: tuple[int, ...], _goal: Goal) -> Way | None:
    factors = _factors(now, then)
    return (_enlarge(feed, factors),) if factors is not None else None


def _transpose(feed: Feed, now: tuple[int, ...], then: tuple[int, ...], goal: Goal) -> Way | None:
    factors, channels = _factors(now, then), goal.channels or feed.channels
    if factors is None or channels is None:
        return None
    size = _value(factors)
    params = {"filters": channels, "kernel_size": size, "strides": size}
    return (layer(feed, "Conv{n}DTranspose", params),)


def _up_and_pad(feed: Feed, now: tuple[int, ...], then: tuple[int, ...], goal: Goal) -> Way | None:
    """Twice the size and one more, as behind a pooling of an odd size."""
    factors = tuple(max(b // a, 1) if a > 0 else 1 for a, b in zip(now, then, strict=True))
    grown = tuple(a * f for a, f in zip(now, factors, strict=True))
    if max(factors) < 2 or grown == then:
        return None
    rest = _pad(feed, grown, then, goal)
    return (_enlarge(feed, factors), *rest) if rest is not None else None


def _margins(gaps: tuple[int, ...], *, after: bool) -> object:
    """What is taken off or put to both ends; an odd one goes to the end (`after`) or start."""
    pairs = [[g // 2, g - g // 2] if after else [g - g // 2, g // 2] for g in gaps]
    if len(pairs) == 1:
        return pairs[0]
    even = all(a == b for a, b in pairs)
    return _value(tuple(a for a, _ in pairs)) if even else pairs


def _pad(feed: Feed, now: tuple[int, ...], then: tuple[int, ...], _goal: Goal) -> Way | None:
    gaps = tuple(b - a for a, b in zip(now, then, strict=True))
    if min(gaps) < 0:
        return None
    return (layer(feed, "ZeroPadding{n}D", {"padding": _margins(gaps, after=True)}),)


def _crop(feed: Feed, now: tuple[int, ...], then: tuple[int, ...], _goal: Goal) -> Way | None:
    gaps = tuple(a - b for a, b in zip(now, then, strict=True))
    if min(gaps) < 0 or min(then) <= 0:
        return None
    return (layer(feed, "Cropping{n}D", {"cropping": _margins(gaps, after=True)}),)


def _resize(feed: Feed, now: tuple[int, ...], then: tuple[int, ...], _goal: Goal) -> Way | None:
    if len(now) != 2:
        return None
    return (layer(feed, "Resizing", {"height": then[0], "width": then[1]}),)


WAYS: Mapping[str, Steps] = {
    "project": _project,
    "pool": _pool,
    "up": _up,
    "transpose": _transpose,
    "up_and_pad": _up_and_pad,
    "pad": _pad,
    "crop": _crop,
    "resize": _resize,
}
SETS_CHANNELS = ("project", "transpose")


def way(feed: Feed, kind: str, goal: Goal) -> Way | None:
    """The layers of that kind which bring a tensor to the goal; () if it is there already."""
    channels = goal.channels if goal.channels != feed.channels else None
    mixed = () if channels is None else (projection(feed, channels),)
    if feed.sizes == goal.sizes:
        return mixed
    now, then = whole(feed.sizes), whole(goal.sizes)
    if now is None or then is None or feed.rank not in (1, 2, 3):
        return None
    found = WAYS[kind](feed, now, then, goal)
    if found is None:
        return None
    return found if kind in SETS_CHANNELS else (*found, *mixed)
