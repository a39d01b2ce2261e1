"""Small designs with blocks in them, for tests."""

from designer.document.model import ENTRY, EXIT, INPUT, OUTPUT, Block, Document, Edge, Graph, Node


def ape() -> Document:
    """input -> [two parallel convolutions -> add] -> output, the block with one input and one
    output, and its "filters" set those of both convolutions.
    """
    nodes = (
        Node("in", INPUT, "image", {"shape": [8, 8, 3]}, x=0, y=0),
        Node("enter", ENTRY, "ape_input", x=0, y=80, block="ape"),
        Node("left", "layers.Conv2D", "left", {"filters": 4}, x=-100, y=160, block="ape"),
        Node("right", "layers.Conv2D", "right", {"filters": 4}, x=100, y=160, block="ape"),
        Node("sum", "layers.Add", "sum", x=0, y=240, block="ape"),
        Node("leave", EXIT, "ape_output", x=0, y=320, block="ape"),
        Node("out", OUTPUT, "result", x=0, y=400),
    )
    edges = (
        Edge("in", 0, "enter", "inputs"),
        Edge("enter", 0, "left", "inputs"),
        Edge("enter", 0, "right", "inputs"),
        Edge("left", 0, "sum", "inputs", 0),
        Edge("right", 0, "sum", "inputs", 1),
        Edge("sum", 0, "leave", "inputs"),
        Edge("leave", 0, "out", "inputs"),
    )
    offered = {"filters": (("left", "filters"), ("right", "filters"))}
    block = Block("ape", "ape", "ApesBlock", "", 0, 160, ("enter",), ("leave",), offered)
    graph = Graph({node.id: node for node in nodes}, frozenset(edges))
    return Document(graph=graph, blocks={block.id: block})
