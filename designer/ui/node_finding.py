"""Finds nodes of a design by their name, their type or the shape that comes out of them. No Qt."""

import re

from designer.document.model import Document, Node
from designer.infer.report import Report
from designer.ui.canvas.summary import shape_text, type_name

_SHAPE = re.compile(r"[\s\d?x×*,()\[\]]*\d[\s\d?x×*,()\[\]]*")


def find_nodes(query: str, document: Document, report: Report) -> list[str]:
    """The ids of the nodes that every word of the query fits, as one reads the picture.

    A shape may be typed as it is shown (32×32×64), with the letter x, or as Keras writes it
    ((None, 32, 32, 64)); a part of it will do.
    """
    text = query.lower().replace("none", "").strip()
    words = [_shape(text)] if _SHAPE.fullmatch(text) else query.lower().split()
    if not any(words):
        return []
    found = [n for n in document.graph.nodes.values() if _fits(words, n, report)]
    across = document.direction == "right"
    found.sort(key=lambda n: (n.x, n.y, n.id) if across else (n.y, n.x, n.id))
    return [node.id for node in found]


def _shape(text: str) -> str:
    return "×".join(re.findall(r"\d+|\?", text))


def _fits(words: list[str], node: Node, report: Report) -> bool:
    told = report.nodes.get(node.id)
    shapes = [shape_text(spec) for spec in told.outputs] if told is not None else []
    texts = [text.lower() for text in (node.name, node.type, type_name(node.type), *shapes)]
    return all(any(word in text for text in texts) for word in words)
