"""What stands around a node, in words: the shapes that flow through it, and its connections."""

from collections import Counter
from collections.abc import Iterable
from html import escape

from designer.document.model import INPUT, OUTPUT, Graph, Node
from designer.infer.report import Report
from designer.ui.canvas.summary import shape_text, type_name
from designer.ui.panels.sections import link

_MANY = 3  # inputs whose shapes are written out


def flow(graph: Graph, node: Node, report: Report) -> str:
    """`8×8×64 → 4×4×128`; the shapes of many inputs are not all written."""
    edges = graph.incoming.get(node.id, ())
    shapes = [_shape(report, edge.source, edge.output) for edge in edges]
    if len(shapes) > _MANY:
        shapes = [*shapes[: _MANY - 1], "…"]
    found = report.nodes.get(node.id)
    after = ", ".join(shape_text(spec) for spec in found.outputs) if found else ""
    before = ", ".join(shapes)
    if node.type == OUTPUT or not after:
        return before
    return f"{before} → {after}" if before else after


def connections(graph: Graph, node: Node, report: Report) -> str:
    """The wires of a node in rich text, with links to the nodes at their other ends."""
    lines = []
    for edge in graph.incoming.get(node.id, ()):
        name = link(edge.source, graph.nodes[edge.source].name)
        shape = _shape(report, edge.source, edge.output)
        lines.append(f"{escape(edge.input)} ← {name} {escape(shape)}")
    after = graph.outgoing.get(node.id, ())
    lines += [f"→ {link(edge.target, graph.nodes[edge.target].name)}" for edge in after]
    return "<br>".join(lines)


def counted_types(nodes: Iterable[Node]) -> str:
    """`3 Conv2D, 2 Dense` in rich text, the most frequent first; the links lead to the types."""
    counts = Counter(node.type for node in nodes)
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return ", ".join(link(key, f"{counts[key]}\u00a0{_title(key)}") for key in ranked)


def _title(key: str) -> str:
    return {INPUT: "Input", OUTPUT: "Output"}.get(key) or type_name(key)


def _shape(report: Report, node: str, output: int) -> str:
    found = report.nodes.get(node)
    known = found is not None and output < len(found.outputs)
    return shape_text(found.outputs[output]) if found is not None and known else "?"
