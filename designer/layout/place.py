"""Arranging a design or some nodes of it: one pure edit that gives each its place."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import partial

from designer.document import marks
from designer.document.edits import move
from designer.document.extent import size_of
from designer.document.model import Document, Graph, Mark
from designer.document.problem import failure
from designer.layout.clusters import Layout, Places, Sizes, laid_out, part_of
from designer.layout.graphviz import graphviz
from designer.layout.layered import GRID, layered
from designer.layout.room import Rect, free_shift
from designer.layout.surroundings import follow
from designer.layout.wrap import wrapped

CLEAR = 32.0  # px between what is laid out and what stays

METHODS: Mapping[str, Layout] = {
    "layered": partial(layered, figures=True),
    "wrapped": wrapped,
    "graphviz": graphviz,
}


def default_sizes(graph: Graph) -> dict[str, tuple[float, float]]:
    """Width and height of each node in px: cards, and pills for inputs and outputs."""
    return {key: size_of(node.type) for key, node in graph.nodes.items()}


def arrange(
    document: Document,
    method: str | Layout = "layered",
    sizes: Sizes | None = None,
    only: Collection[str] = (),
) -> Document:
    """The document with every node placed, or those in `only` and the rest untouched.

    It runs in the document's own direction; frames and notes come along. `sizes` in px by node
    id, the usual ones where it has none. ProblemError "unknown_layout", or what the method raises.
    """
    layout = METHODS.get(method) if isinstance(method, str) else method
    if layout is None:
        template = "There is no layout {method}. The layouts are: {known}."
        raise failure("unknown_layout", template, method=method, known=", ".join(METHODS))
    graph = document.graph
    boxes = {**default_sizes(graph), **{k: v for k, v in (sizes or {}).items() if k in graph.nodes}}
    chosen = {key: size for key, size in boxes.items() if key in only} if only else boxes
    if len(chosen) == len(boxes):
        wires = sorted({(edge.source, edge.target) for edge in graph.edges})
        return laid_out(document, layout, boxes, wires, partial(_anchor, graph))
    part = part_of(document, chosen, _framed(document, chosen))
    placed = laid_out(part, layout, chosen, _bridged(graph, chosen))
    return follow(document, move(document, _settled(document, boxes, placed)), spread=False)


def _anchor(graph: Graph, places: Places) -> tuple[float, float]:
    """How to shift the places as a whole so that what most nodes would do together, they need not:
    after a small edit, or where the design was moved, most stay where they are.
    """
    moves = Counter((graph.nodes[n].x - x, graph.nodes[n].y - y) for n, (x, y) in places.items())
    ((dx, dy), count), *_ = moves.most_common(1) or [((0.0, 0.0), 0)]
    return (dx, dy) if 2 * count > len(places) else (0.0, 0.0)


def _bridged(graph: Graph, chosen: Collection[str]) -> list[tuple[str, str]]:
    """The wires between the chosen nodes; a way through others only counts as one."""
    found = set()
    for start in chosen:
        seen, stack = {start}, [start]
        while stack:
            for edge in graph.outgoing.get(stack.pop(), ()):
                if edge.target in chosen:
                    found.add((start, edge.target))
                elif edge.target not in seen:
                    seen.add(edge.target)
                    stack.append(edge.target)
    return sorted(found)


def _framed(document: Document, chosen: Collection[str]) -> frozenset[str]:
    """The frames of which all nodes are chosen, and the marks in them."""
    found: set[str] = set()
    for key, held in marks.holdings(document).items():
        nodes = held & document.graph.nodes.keys()
        if nodes and nodes <= set(chosen):
            found |= {key, *(held - nodes)}
    return frozenset(found)


def _settled(document: Document, boxes: Sizes, placed: Document) -> dict[str, tuple[float, float]]:
    """The places about where the nodes were, or the nearest that keep clear of the others, and of
    frames that hold none of these nodes.
    """
    graph = document.graph
    places = {key: (node.x, node.y) for key, node in placed.graph.nodes.items()}
    former = {key: (graph.nodes[key].x, graph.nodes[key].y) for key in places}
    wanted = tuple(
        round((_middle(former, axis) - _middle(places, axis)) / GRID) * GRID for axis in (0, 1)
    )
    others = [
        _rect((node.x, node.y), boxes[key])
        for key, node in graph.nodes.items()
        if key not in places
    ]
    held = marks.holdings(document)
    others += [_area(document.marks[key]) for key, ids in held.items() if not ids & places.keys()]
    group = [_rect(place, boxes[key]) for key, place in places.items()]
    group += [_area(mark) for mark in placed.marks.values()]
    dx, dy = free_shift(group, others, (float(wanted[0]), float(wanted[1])), gap=CLEAR)
    return {key: (x + dx, y + dy) for key, (x, y) in places.items()}


def _middle(places: Mapping[str, tuple[float, float]], axis: int) -> float:
    values = [place[axis] for place in places.values()]
    return (min(values) + max(values)) / 2


def _area(mark: Mark) -> Rect:
    return Rect(mark.x, mark.y, mark.width, mark.height)


def _rect(place: tuple[float, float], size: tuple[float, float]) -> Rect:
    return Rect(place[0] - size[0] / 2, place[1] - size[1] / 2, *size)
