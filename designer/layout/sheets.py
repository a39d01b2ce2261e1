"""A design with blocks laid out: the design itself, and each block as it is seen from inside."""

from msgspec.structs import replace

from designer.document.model import Document, Graph
from designer.document.showing import shown
from designer.layout.place import arrange


def arrange_sheets(document: Document, method: str = "layered") -> Document:
    """The design with every node and every block placed; ProblemError as `arrange` raises it."""
    if not document.blocks:
        return arrange(document, method)
    nodes, marks, blocks = dict(document.graph.nodes), dict(document.marks), dict(document.blocks)
    for scope in ("", *document.blocks):
        laid = arrange(shown(document, scope), method)
        for key, node in laid.graph.nodes.items():
            if key in blocks:
                blocks[key] = replace(blocks[key], x=node.x, y=node.y)
            else:
                nodes[key] = replace(nodes[key], x=node.x, y=node.y)
        marks.update(laid.marks)
    graph = Graph(nodes, document.graph.edges)
    return replace(document, graph=graph, marks=marks, blocks=blocks)
