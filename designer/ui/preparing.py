"""What a design needs to be opened at once, made beside the event loop."""

from collections.abc import Mapping
from dataclasses import dataclass

from designer.document.model import Document
from designer.infer.engine import Inference
from designer.infer.report import Report
from designer.protocol import Ask


@dataclass(frozen=True)
class Prepared:
    """What follows from a document, found beside the event loop before any view has seen it.

    `parts` holds what views had asked for, by their keys.
    """

    document: Document
    inference: Inference
    report: Report
    ask: Ask | None
    parts: Mapping[str, object]
