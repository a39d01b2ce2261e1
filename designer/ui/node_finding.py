"""Finds nodes of a design by their name, their type or the shape that comes out of them, frames by
their title and notes by their text. No Qt.
"""

import re

from designer.document.model import Document, Frame, Mark, Node
from designer.infer.report import Report
from designer.ui.canvas.summary import shape_text, type_name

_SHAPE = re.compile(r"[\s\d?x×*,()\[\]]*\d[\s\d?x×*,()\[\]]*")


def find_nodes(query: str, document: Document, report: Report) -> list[str]:
    """The ids of what every word of the query fits, as one reads the picture.

    A shape may be typed as it is shown (32×32×64), with the letter x, or as Keras writes it
    ((None, 32, 32, 64)); a part of it will do.
    """
    text = query.lower().replace("none", "").strip()
    words = [_shape(text)] if _SHAPE.fullmatch(text) else query.lower().split()
    if not any(words):
        return []
    found: list[Node | Mark] = [
        node for node in document.graph.nodes.values() if _fits(words, node, report)
    ]
    found += [mark for mark in document.marks.values() if _says(words, mark)]
    across = document.direction == "right"
    found.sort(key=lambda n: (n.x, n.y, n.id) if across else (n.y, n.x, n.id))
    return [thing.id for thing in found]


def _says(words: list[str], mark: Mark) -> bool:
    text = (mark.title if isinstance(mark, Frame) else mark.text).lower()
    return all(word in text for word in words)


def _shape(text: str) -> str:
    return "×".join(re.findall(r"\d+|\?", text))


def _fits(words: list[str], node: Node, report: Report) -> bool:
    told = report.nodes.get(node.id)
    shapes = [shape_text(spec) for spec in told.outputs] if told is not None else []
    texts = [text.lower() for text in (node.name, node.type, type_name(node.type), *shapes)]
    return all(any(word in text for text in texts) for word in words)
