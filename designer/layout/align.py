"""Aligning and distributing nodes: each a pure edit that moves a selection along one axis."""

from collections.abc import Iterable
from typing import Literal

from designer.document.edits import move
from designer.document.model import Document
from designer.layout.clusters import Sizes
from designer.layout.place import default_sizes

Side = Literal["left", "center", "right", "top", "middle", "bottom"]
Axis = Literal["horizontal", "vertical"]

_ALONG = {"left": 0, "center": 0, "right": 0, "top": 1, "middle": 1, "bottom": 1}
_SHARE = {"left": -0.5, "top": -0.5, "center": 0.0, "middle": 0.0, "right": 0.5, "bottom": 0.5}


def align(
    document: Document, ids: Iterable[str], side: Side, sizes: Sizes | None = None
) -> Document:
    """The nodes with that side on one line: the outermost one's, or half way for the middles."""
    axis, share = _ALONG[side], _SHARE[side]
    rows = _rows(document, ids, axis, sizes)
    if len(rows) < 2:
        return document
    if share:
        lines = [center + share * length for _, center, length in rows]
        line = min(lines) if share < 0 else max(lines)
    else:
        line = (min(c - s / 2 for _, c, s in rows) + max(c + s / 2 for _, c, s in rows)) / 2
    return _moved(document, {key: line - share * length for key, _, length in rows}, axis)


def distribute(
    document: Document, ids: Iterable[str], axis: Axis, sizes: Sizes | None = None
) -> Document:
    """The nodes with equal gaps between them along an axis; the first and last stay. Fewer than
    three stay as they are.
    """
    along = 0 if axis == "horizontal" else 1
    rows = sorted(_rows(document, ids, along, sizes), key=lambda row: (row[1], row[0]))
    if len(rows) < 3:
        return document
    (_, first, wide), (_, last, end) = rows[0], rows[-1]
    room = (last + end / 2) - (first - wide / 2) - sum(length for _, _, length in rows)
    gap = room / (len(rows) - 1)
    places: dict[str, float] = {}
    edge = first - wide / 2
    for key, _, length in rows:
        places[key] = edge + length / 2
        edge += length + gap
    places |= {rows[0][0]: first, rows[-1][0]: last}
    return _moved(document, places, along)


def _rows(
    document: Document, ids: Iterable[str], axis: int, sizes: Sizes | None
) -> list[tuple[str, float, float]]:
    """Id, centre and length along the axis of each node."""
    lengths = {**default_sizes(document.graph), **(sizes or {})}
    nodes = [document.graph.nodes[key] for key in dict.fromkeys(ids)]
    return [(n.id, (n.x, n.y)[axis], lengths[n.id][axis]) for n in nodes]


def _moved(document: Document, places: dict[str, float], axis: int) -> Document:
    nodes = document.graph.nodes
    return move(
        document, {k: (v, nodes[k].y) if axis == 0 else (nodes[k].x, v) for k, v in places.items()}
    )
