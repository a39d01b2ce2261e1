"""What a drawing of a network is worth: crossings, wires through nodes, overlaps, straight wires.

Ours is judged by the wires that the canvas draws, that of `dot` by the splines that it returns.
"""

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from designer.catalog.load import load
from designer.document.extent import CARD
from designer.document.model import Document, Edge, Graph, Node
from designer.infer.report import Report
from designer.layout.graphviz import LAYER_GAP, NODE_GAP, PIXELS
from designer.ui.canvas.edges import cubic_at, trace
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.scene import Scene

CELL = 200.0  # px of the grid in which neighbours are found
SKEW = 4.0  # px that a straight wire may be off
SHRUNK = -2.0  # px; a wire that only grazes a node does not run through it
STEPS = 8  # lines for each piece of a spline

Line = Sequence[Point]
Wire = tuple[str, str]


class Quality(NamedTuple):
    """Counts, and the share of straight wires from 0 to 1."""

    crossings: int
    through: int
    overlaps: int
    straight: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes by node, and the ways of the wires."""

    boxes: Mapping[str, Box]
    wires: Mapping[Wire, Line]

    def quality(self) -> Quality:
        """Counted on the lines as they are drawn."""
        straight = sum(_is_straight(line) for line in self.wires.values())
        return Quality(
            _crossings(self.wires),
            _through(self.boxes, self.wires),
            _overlaps(self.boxes),
            straight / max(1, len(self.wires)),
        )


def ours(places: Mapping[str, tuple[float, float]], edges: Iterable[Wire]) -> Drawing:
    """As the canvas draws it."""
    nodes = {n: Node(n, "layers.Add", n, x=x, y=y) for n, (x, y) in places.items()}
    slots: dict[str, int] = {}
    wires = set()
    for source, target in edges:
        slot = slots[target] = slots.get(target, -1) + 1
        wires.add(Edge(source, 0, target, "inputs", slot))
    scene = Scene(load())
    scene.become(Document(graph=Graph(nodes, frozenset(wires))), Report())
    ways = {(e.source, e.target): trace(r) for e, r in scene.routes.items()}
    return Drawing(scene.boxes, ways)


def dots_text(nodes: Sequence[str], edges: Iterable[Wire]) -> str:
    """What `dot` is asked: the same boxes, with the distances that ours has."""
    names = {node: f"n{number}" for number, node in enumerate(nodes)}
    size = f"width={CARD[0] / PIXELS:.4f} height={CARD[1] / PIXELS:.4f}"
    lines = [f"nodesep={NODE_GAP / PIXELS}; ranksep={LAYER_GAP / PIXELS};"]
    lines += [f'node [shape=box fixedsize=true label="" {size}];']
    lines += [f"{name};" for name in names.values()]
    lines += [f"{names[s]} -> {names[t]};" for s, t in edges]
    return "digraph {\n" + "\n".join(lines) + "\n}\n"


def dots(nodes: Sequence[str], edges: Iterable[Wire]) -> Drawing:
    """As `dot` draws it."""
    text = dots_text(nodes, edges)
    done = subprocess.run(
        ["dot", "-Tplain"], input=text, capture_output=True, text=True, check=True, timeout=600
    )
    back = {f"n{number}": node for number, node in enumerate(nodes)}
    boxes: dict[str, Box] = {}
    wires: dict[Wire, Line] = {}
    for row in done.stdout.splitlines():
        kind, *words = row.split()
        if kind == "node":
            x, y = float(words[1]) * PIXELS, -float(words[2]) * PIXELS
            boxes[back[words[0]]] = Box.around(x, y, *CARD)
        elif kind == "edge":
            count = int(words[2])
            at = [float(word) * PIXELS for word in words[3 : 3 + 2 * count]]
            knots = [Point(x, -y) for x, y in zip(at[::2], at[1::2], strict=True)]
            wires[back[words[0]], back[words[1]]] = _spline(knots)
    return Drawing(boxes, wires)


def _spline(knots: Sequence[Point]) -> Line:
    points = [knots[0]]
    for start in range(0, len(knots) - 3, 3):
        piece = knots[start : start + 4]
        points += [cubic_at(piece, step / STEPS) for step in range(1, STEPS + 1)]
    return points


def _is_straight(line: Line) -> bool:
    box = Box.of_points(line)
    return min(box.width, box.height) <= SKEW


def _cells(box: Box) -> Iterable[tuple[int, int]]:
    for column in range(int(box.left // CELL), int(box.right // CELL) + 1):
        for row in range(int(box.top // CELL), int(box.bottom // CELL) + 1):
            yield column, row


def _crossings(wires: Mapping[Wire, Line]) -> int:
    """Pairs of wires without a common end that cross."""
    cells: dict[tuple[int, int], list[tuple[Wire, Point, Point]]] = {}
    found: set[frozenset[Wire]] = set()
    for wire, line in wires.items():
        for a, b in pairwise(line):
            for cell in _cells(Box.between(a, b)):
                here = cells.setdefault(cell, [])
                for other, c, d in here:
                    if not set(wire) & set(other) and _cross(a, b, c, d):
                        found.add(frozenset((wire, other)))
                here.append((wire, a, b))
    return len(found)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def _through(boxes: Mapping[str, Box], wires: Mapping[Wire, Line]) -> int:
    """Wires that run through a node which is not their own."""
    cells: dict[tuple[int, int], list[tuple[str, Box]]] = {}
    for node, box in boxes.items():
        for cell in _cells(box):
            cells.setdefault(cell, []).append((node, box.grown(SHRUNK)))
    return sum(
        any(
            node not in wire and _enters(box, a, b)
            for a, b in pairwise(line)
            for cell in _cells(Box.between(a, b))
            for node, box in cells.get(cell, ())
        )
        for wire, line in wires.items()
    )


def _enters(box: Box, a: Point, b: Point) -> bool:
    """Whether a line meets a box: it crosses a diagonal, or begins inside."""
    if box.holds(a) or box.holds(b):
        return True
    one = (Point(box.left, box.top), Point(box.right, box.bottom))
    two = (Point(box.left, box.bottom), Point(box.right, box.top))
    return _cross(a, b, *one) or _cross(a, b, *two)


def _overlaps(boxes: Mapping[str, Box]) -> int:
    cells: dict[tuple[int, int], list[tuple[str, Box]]] = {}
    found = set()
    for node, box in boxes.items():
        for cell in _cells(box):
            here = cells.setdefault(cell, [])
            found |= {(other, node) for other, o in here if o.grown(-0.5).touches(box)}
            here.append((node, box))
    return len(found)
