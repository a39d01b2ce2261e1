"""What a node looks like, as a value: equal looks share one sprite. Roles instead of colours."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from designer.catalog.spec import Catalog
from designer.document.model import ENTRY, EXIT, INPUT, OUTPUT, Edge, Node
from designer.document.own_layers import custom
from designer.document.problem import Problem
from designer.document.showing import BLOCK
from designer.infer.report import NodeReport
from designer.ui.canvas.geometry import Box, Site, Sites, is_pill
from designer.ui.canvas.summary import count_text, shape_text, summary

_ENDS = {INPUT: "input", OUTPUT: "output", ENTRY: "input", EXIT: "output"}


class Dot(NamedTuple):
    """A port relative to its node's upper left corner; `reach` is half the length of a slot."""

    x: float
    y: float
    taken: bool
    optional: bool
    reach: float


class Look(NamedTuple):
    """Everything that decides the picture of a node, besides zoom and theme.

    `badge` counts its problems, `severity` is that of the worst ("" without any).
    """

    width: float
    height: float
    pill: bool
    name: str
    second: str
    weights: str
    category: str
    badge: int
    severity: str
    dots: tuple[Dot, ...]
    down: bool
    shared: bool = False  # its layer is called by other nodes, too
    double: bool = False  # it is a block, with nodes in it


def look_of(
    node: Node,
    owner: Node,
    catalog: Catalog,
    told: NodeReport | None,
    problems: Sequence[Problem],
    box: Box,
    sites: Sites,
    direction: str,
) -> Look:
    """The look of a node whose parameters stand at `owner` (itself unless it shares a layer)."""
    spec = catalog.layers.get(owner.type)
    pill = is_pill(node.type)
    second = _pill_text(node, told) if pill else summary(owner, spec)
    return Look(
        width=box.width,
        height=box.height,
        pill=pill,
        name=node.name,
        second=second,
        weights=count_text(told.parameters) if told is not None and not pill else "",
        category=category_of(node, catalog),
        badge=len(problems),
        severity=worst(problems),
        dots=tuple(_dot(site, box) for site in _shown(sites)),
        down=direction == "down",
        double=node.type.startswith(BLOCK),
    )


def _shown(sites: Sites) -> tuple[Site, ...]:
    """What is drawn: every port, and on the slot of a merge a dot for each wire.

    Where a wire ends in an arrow's head, at another side than usual, there is no dot.
    """
    wired = {site.port for site in sites.inputs if site.variadic}
    ends = [end for end in sites.ends if end.port in wired]
    shown = (*sites.inputs, *sites.outputs, *ends, *(s for _, s in sites.more if s.output))
    return tuple(site for site in shown if not site.arrow)


def _pill_text(node: Node, told: NodeReport | None) -> str:
    return shape_text(told.outputs[0]) if told is not None and told.outputs else ""


def category_of(node: Node, catalog: Catalog) -> str:
    """The category that colours a node; "" for a type that the catalogue does not know."""
    if node.type in _ENDS:
        return _ENDS[node.type]
    spec = catalog.layers.get(node.type)
    if spec is None:
        return "custom" if custom(node.type) else ""
    return str(spec.category)


def _dot(site: Site, box: Box) -> Dot:
    taken = site.taken or site.output
    return Dot(site.x - box.left, site.y - box.top, taken, site.optional, site.reach)


def worst(problems: Sequence[Problem]) -> str:
    """The severity that the badge shows: "error", "warning", "info", or "" for none."""
    found = {problem.severity for problem in problems}
    return next((s for s in ("error", "warning", "info") if s in found), "")


def by_node(problems: Sequence[Problem]) -> Mapping[str, tuple[Problem, ...]]:
    """The problems that are about a node, by its id."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.where.node:
            found.setdefault(problem.where.node, []).append(problem)
    return {node: tuple(rows) for node, rows in found.items()}


def tone_of(edge: Edge, problems: Sequence[Problem], skips: bool) -> str:
    """The role of a wire's colour: "error", "warning", "skip" or "edge".

    A wire is broken where its target says so of that port, or of its inputs as a whole.
    """
    if not problems:
        return "skip" if skips else "edge"
    at_port = [p for p in problems if p.where.port in ("", edge.input) and not p.where.param]
    if any(p.severity == "error" and p.code in BROKEN for p in at_port):
        return "error"
    if any(p.code in DOUBTFUL for p in at_port):
        return "warning"
    return "skip" if skips else "edge"


# Codes of problems that are about what comes in through the wires.
BROKEN = frozenset(
    {"shapes_differ", "data_format", "keras_refused", "cycle", "no_such_port", "no_such_output"}
)
DOUBTFUL = frozenset({"broadcast"})
