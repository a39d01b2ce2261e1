"""Which sides of two nodes a wire joins: those that face each other. Plain numbers, no Qt.

Most wires run the way of the design and join the trailing side to the leading one. A wire to a
node beside leaves and enters level; one to a node further back leaves at the front.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from designer.ui.canvas.geometry import Box, Point, Site, Sites, Socket, sites_of

APART = 8.0  # px between two nodes that stand beside each other
ASIDE = 16.0  # px that a wire round a corner keeps from the side that it passes


class Faces(NamedTuple):
    """The sides where a wire leaves its source and enters its target."""

    source: str
    target: str


AHEAD = {"down": Faces("bottom", "top"), "right": Faces("right", "left")}
_BACK = {"down": Faces("top", "bottom"), "right": Faces("left", "right")}
_TURNED = {"left": "top", "top": "left", "right": "bottom", "bottom": "right"}


def faces(source: Box, target: Box, direction: str) -> Faces:
    """The sides for a wire between nodes in these boxes."""
    if direction == "down":
        return AHEAD["down"] if target.top >= source.bottom else _faces_down(source, target)
    if target.left >= source.right:
        return AHEAD["right"]
    found = _faces_down(_turned(source), _turned(target))
    return Faces(_TURNED[found.source], _TURNED[found.target])


def _turned(box: Box) -> Box:
    return Box(box.top, box.left, box.bottom, box.right)


def _faces_down(source: Box, target: Box) -> Faces:
    """The same for a target that is not below."""
    if target.bottom > source.top:
        if target.left >= source.right + APART:
            return Faces("right", "left")
        if target.right <= source.left - APART:
            return Faces("left", "right")
        return AHEAD["down"]
    middle, other = source.center.x, target.center.x
    if middle >= target.right + ASIDE:
        return Faces("top", "right")
    if other >= source.right + ASIDE:
        return Faces("right", "bottom")
    return _BACK["down"]


def is_level(found: Faces, direction: str) -> bool:
    """Whether the wire joins two nodes that stand beside each other."""
    sides = {"left", "right"} if direction == "down" else {"top", "bottom"}
    return set(found) == sides


def is_back(found: Faces, direction: str) -> bool:
    """Whether the wire runs straight against the design."""
    return found == _BACK[direction]


def on_side(box: Box, side: str, place: float) -> Point:
    """A point on a side of a box; `place` is 0 at its left or upper end, 1 at the other."""
    if side in ("top", "bottom"):
        return Point(box.left + place * box.width, box.top if side == "top" else box.bottom)
    return Point(box.left if side == "left" else box.right, box.top + place * box.height)


class Joints(NamedTuple):
    """Where the wires of a node join it: sides of inputs by port and slot, and of outputs.

    `leaving` holds (output, side), the main path first.
    """

    entering: Mapping[tuple[str, int], str]
    leaving: tuple[tuple[int, str], ...]


def turned_sites(
    box: Box, sockets: tuple[Socket, ...], outputs: int, direction: str, joints: Joints
) -> Sites:
    """The ports of a node some wires of which join it at other sides than usual.

    A port goes where its wires are; one that has wires at several sides has further places.
    """
    entry, leave = AHEAD[direction].target, AHEAD[direction].source
    kept = tuple(
        s._replace(slots=tuple(n for n in s.slots if joints.entering[s.name, n] == entry))
        for s in sockets
    )
    usual = sites_of(box, kept, outputs, direction)
    ends = [
        (joints.entering[s.name, slot], _joint(s.name, slot, variadic=s.variadic))
        for s in sockets
        for slot in s.slots
        if joints.entering[s.name, slot] != entry
    ]
    homes: dict[int, str] = {}
    for number, side in sorted(joints.leaving, key=lambda j: j[1] != leave):
        homes.setdefault(number, side)
    starts = [
        (side, Site(0.0, 0.0, output=True, port="", number=number))
        for number, side in dict.fromkeys(joints.leaving)
        if side != leave
    ]
    crowded = {entry} if any(s.slots for s in kept) else set()
    crowded |= {leave} if outputs and leave in (homes or {0: leave}).values() else set()
    placed = _spread([*ends, *starts], box, crowded)
    return _merged(usual, placed, kept, homes)


def _joint(port: str, slot: int, *, variadic: bool) -> Site:
    return Site(
        0.0, 0.0, output=False, port=port, number=slot, taken=True, variadic=variadic, arrow=True
    )


def _spread(
    joints: Iterable[tuple[str, Site]], box: Box, crowded: Iterable[str]
) -> list[tuple[str, Site]]:
    """The sites on their sides, evenly; on a side that has ports of its own before these."""
    by_side: dict[str, list[Site]] = {}
    for side, site in joints:
        by_side.setdefault(side, []).append(site)
    found = []
    for side, sites in by_side.items():
        share = (0.5 if side in crowded else 1.0) / (len(sites) + 1)
        for place, site in enumerate(sites, 1):
            x, y = on_side(box, side, place * share)
            found.append((side, site._replace(x=x, y=y)))
    return found


def _merged(
    usual: Sites,
    placed: Iterable[tuple[str, Site]],
    kept: Iterable[Socket],
    homes: Mapping[int, str],
) -> Sites:
    """The usual ports, moved to where their wires are if they have none at the usual side."""
    inputs = {site.port: site for site in usual.inputs}
    outputs = {site.number: site for site in usual.outputs}
    empty = {socket.name for socket in kept if not socket.slots}
    more = []
    for side, site in placed:
        if not site.output and site.port in empty:
            empty.discard(site.port)
            inputs[site.port] = site._replace(optional=inputs[site.port].optional)
        elif site.output and homes[site.number] == side:
            outputs[site.number] = site
        else:
            more.append((side, site))
    ends = [*usual.ends, *(site for _, site in placed if not site.output)]
    return Sites(tuple(inputs.values()), tuple(outputs.values()), tuple(ends), tuple(more))
