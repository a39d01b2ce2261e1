"""A design in the DOT language of Graphviz, with what a picture by `keras.utils.plot_model` tells:
each layer's name and type and the shapes of its inputs and outputs, the batch axis as None.
"""

from html import escape
from itertools import count

import pydot

from designer.catalog.spec import Catalog
from designer.document.model import OUTPUT, Document, Edge, Node
from designer.document.order import partial_order
from designer.infer.bypass import active
from designer.infer.report import Report
from designer.protocol import TensorSpec

UNKNOWN = "?"


def to_dot(document: Document, report: Report, catalog: Catalog) -> str:
    """The text of a directed graph; what is bypassed and the marks of outputs are left out.
    Of a design with blocks it takes a sheet.

    Nodes come in topological order. Those on a cycle, which no layer can be, stand at the end.
    """
    document = active(document, catalog)
    graph = pydot.Dot(
        "design",
        graph_type="digraph",
        rankdir="LR" if document.direction == "right" else "TB",
        concentrate="true",
    )
    graph.set_node_defaults(shape="plaintext", fontname="Helvetica", fontsize="10")
    # Nodes go by numbers, so that no name needs quoting.
    keys = {node: f"n{number}" for node, number in zip(_order(document), count(), strict=False)}
    for node, key in keys.items():
        label = _label(document.graph.nodes[node], document, report, catalog)
        graph.add_node(pydot.Node(key, label=label))
    for edge in sorted(document.graph.edges):
        if edge.source in keys and edge.target in keys:
            graph.add_edge(pydot.Edge(keys[edge.source], keys[edge.target]))
    return str(graph.to_string())


def _order(document: Document) -> list[str]:
    nodes = document.graph.nodes
    ordered = dict.fromkeys((*partial_order(document.graph), *sorted(nodes)))
    return [node for node in ordered if nodes[node].type != OUTPUT]


def _label(node: Node, document: Document, report: Report, catalog: Catalog) -> str:
    """A table in Graphviz' own HTML: name and type above, shapes in and out below."""
    owner = document.graph.nodes.get(node.shares, node)
    spec = catalog.layers.get(owner.type)
    kind = spec.name if spec is not None else owner.type.rpartition(".")[2]
    if node.id in document.blocks:
        kind = document.blocks[node.id].kind
    told = report.nodes.get(node.id)
    outputs = [shape_text(output) for output in told.outputs] if told is not None else []
    inputs = [_carried(edge, report) for edge in document.graph.incoming.get(node.id, ())]
    cells = [_cell("Input", inputs)] if inputs else []
    cells.append(_cell("Output", outputs or [UNKNOWN]))
    return (
        '<<table border="0" cellborder="1" cellspacing="0" cellpadding="6">'
        f'<tr><td colspan="{len(cells)}"><b>{escape(node.name)}</b> ({escape(kind)})</td></tr>'
        f"<tr>{''.join(cells)}</tr></table>>"
    )


def _cell(title: str, shapes: list[str]) -> str:
    word = "shape" if len(shapes) == 1 else "shapes"
    return f"<td>{title} {word}:<br/>{'<br/>'.join(map(escape, shapes))}</td>"


def _carried(edge: Edge, report: Report) -> str:
    told = report.nodes.get(edge.source)
    if told is None or edge.output >= len(told.outputs):
        return UNKNOWN
    return shape_text(told.outputs[edge.output])


def shape_text(spec: TensorSpec) -> str:
    """A shape as Keras writes it: (None, 32, 32, 3)."""
    return str(tuple(spec.shape))
