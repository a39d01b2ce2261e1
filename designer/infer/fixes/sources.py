"""Tensors that differ because of how a layer before them is set: as many filters as the other
side has, "same" padding where valid convolutions eat the edge, or another axis to join along.
"""

from collections.abc import Iterable, Iterator

from designer.infer.fixes.fix import Insert, SetParam
from designer.infer.fixes.meeting import (
    Case,
    Feed,
    Meeting,
    differing_pairs,
    meeting_of,
    projection,
    spatial,
)
from designer.infer.fixes.proposal import Proposal, propose
from designer.infer.questions import owner

_COUNTS = ("filters", "units")
_WIDE = 40  # by how many rows valid convolutions may shrink a tensor before it is something else


def sources(case: Case) -> Iterable[Proposal]:
    """Parameters of the layers before a merge, and the axis of the merge itself."""
    meeting = meeting_of(case)
    if meeting is None or len(meeting.ranks) > 1:
        return
    if not meeting.joins:
        yield from _counts(meeting)
    else:
        yield from _axes(meeting)
    yield from _padding(meeting)
    yield from _pooling(meeting)


def _counts(meeting: Meeting) -> Iterator[Proposal]:
    goals = {feed.channels for feed in meeting.feeds}
    if len({feed.sizes for feed in meeting.feeds}) > 1 or len(goals) != 2:
        return
    for feed in meeting.depth_order:
        (wanted,) = goals - {feed.channels}
        found = _made_by(meeting, feed)
        if found is not None and wanted is not None:
            name, param = found
            node = meeting.case.graph.nodes[name]
            why = "Both sides come out with as many channels, and no layer is added."
            yield propose(
                5, "count", "Set {param} of {name} to {count}", (SetParam(name, param, wanted),),
                why, name=node.name, param=param, count=wanted,
            )  # fmt: skip


def _made_by(meeting: Meeting, feed: Feed) -> tuple[str, str] | None:
    """The layer that decides how many channels a tensor has, and its parameter."""
    graph, key = meeting.case.graph, feed.node.id
    while True:
        node = owner(graph, graph.nodes[key])
        for param in _COUNTS:
            if param in node.params:
                return (node.id, param) if node.params[param] == feed.channels else None
        before = graph.incoming.get(key, ())
        if len(before) != 1:
            return None
        key = before[0].source


def _axes(meeting: Meeting) -> Iterator[Proposal]:
    """Another axis to join along, where the tensors differ in no more than that one."""
    shapes = [feed.shape for feed in meeting.feeds]
    for axis in reversed(range(1, len(shapes[0]))):
        rests = {(*shape[:axis], *shape[axis + 1 :]) for shape in shapes}
        last = axis == len(shapes[0]) - 1
        if axis != meeting.free and len(rests) == 1:
            value = -1 if last else axis
            why = "Along this axis the tensors may differ; in all others they are equal."
            rank = -10 if meeting.free == 0 or (last and not meeting.feeds[0].first) else 25
            yield propose(
                rank, "axis", "Join along axis {axis}",
                (SetParam(meeting.node.id, "axis", value),), why, axis=value,
            )  # fmt: skip


def _padding(meeting: Meeting) -> Iterator[Proposal]:
    pairs = tuple(differing_pairs(meeting.feeds))
    if not pairs or any(large - small > _WIDE or large > 2 * small for small, large in pairs):
        return
    own = _eaters(meeting, everywhere=False)
    # Where the network is cut at many levels, all of them count: one merge alone does not tell.
    for rank, eaters in enumerate((own, _eaters(meeting, everywhere=True))):
        if eaters and (rank == 0 or eaters != own):
            yield _same(meeting, eaters, (12 if meeting.joins else -5) + rank)


def _same(meeting: Meeting, eaters: list[str], rank: int) -> Proposal:
    graph = meeting.case.graph
    steps = [SetParam(key, "padding", "same") for key in eaters]
    names = ", ".join(graph.nodes[key].name for key in eaters[:4]) + ", …" * (len(eaters) > 4)
    why = (
        "A convolution with valid padding gives fewer rows and columns than it gets; with same "
        "padding sizes stay, and skip connections fit."
    )
    template = 'Set padding of {names} to "same"'
    return propose(rank, "same", template, (*steps, *_mixed(meeting)), why, names=names)


def _pooling(meeting: Meeting) -> Iterator[Proposal]:
    """A pooling right before a merge may keep the size, as in inception blocks."""
    for feed in meeting.feeds:
        node = owner(meeting.case.graph, feed.node)
        windowed = "Pooling" in node.type and "Global" not in node.type
        if windowed and node.params.get("pool_size", 2) not in (2, [2, 2]):
            steps = (SetParam(node.id, "strides", 1), SetParam(node.id, "padding", "same"))
            why = (
                "A window moved by one over padded edges gives as many rows and columns as it got."
            )
            template = "Let {name} keep the size: strides 1, same padding"
            yield propose(-4, "keep_size", template, steps, why, name=feed.node.name)


def _mixed(meeting: Meeting) -> Iterator[Insert]:
    """Projections where the channels differ as well."""
    if meeting.joins:
        return
    wanted = meeting.depth_order[0].channels
    for feed in meeting.feeds:
        if wanted is not None and feed.channels != wanted:
            yield Insert(feed.edge, (projection(feed, wanted),))


def _eaters(meeting: Meeting, *, everywhere: bool) -> list[str]:
    """The convolutions with valid padding that not all the tensors have passed, or all there are
    before and behind.
    """
    case = meeting.case
    shared = frozenset.intersection(*(feed.before for feed in meeting.feeds))
    either = frozenset.union(*(feed.before for feed in meeting.feeds)) - shared
    wanted = case.graph.nodes.keys() if everywhere else either
    return [key for key in case.graph.nodes if key in wanted and eats(case, key)]


def eats(case: Case, key: str) -> bool:
    """Whether a layer gives fewer rows and columns because its padding is "valid"."""
    node = owner(case.graph, case.graph.nodes[key])
    spec = case.catalog.layers.get(node.type)
    kernel = node.params.get("kernel_size", 1)
    return (
        spatial(node) is not None
        and spec is not None
        and "same" in getattr(spec.param("padding"), "choices", ())
        and node.params.get("padding", "valid") == "valid"
        and kernel not in (1, [1], [1, 1], [1, 1, 1])
    )
