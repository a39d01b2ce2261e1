"""What a design needs to be opened at once, made beside the event loop."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from designer.document.model import Document
from designer.document.showing import shown
from designer.infer.block_report import told
from designer.infer.engine import Inference
from designer.infer.report import Report
from designer.protocol import Ask

SENDING = 0.05  # seconds that a question may take on its way to the window's thread
ANSWERING = 0.25  # seconds that a design waits for Keras, rather than to be painted twice
Make = Callable[[Document, Report], object]
Read = Callable[[Callable[[Document], None]], Document]


@dataclass(frozen=True)
class Prepared:
    """What follows from a document, found before any view has seen it.

    `ask` is what Keras had still to answer then. `parts` holds what views had asked for, by
    their keys.
    """

    document: Document
    inference: Inference
    report: Report
    ask: Ask | None
    parts: Mapping[str, object]


class Preparer(QObject):
    """Prepares designs in threads, and asks Keras from the window's."""

    asked = Signal(object)  # Ask
    _sent = Signal(object, object)  # the Ask from another thread, and the Event it waits for

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.attended = False  # whether somebody answers
        self._makers: dict[str, Make] = {}
        self._awaited: dict[int, threading.Event] = {}
        self._sent.connect(self._send)

    def add(self, key: str, make: Make) -> None:
        """Let a view's own part of opening a design be made in the thread that reads it.

        `make` runs there, so it may touch nothing but its arguments and what never changes.
        """
        self._makers[key] = make

    def prepare(self, inference: Inference, read: Read) -> Prepared:
        """Find what follows from a document while it is read, in any thread.

        `read` passes the document on as soon as it knows all but the places of its nodes: Keras
        is asked then. ProblemError as `read` raises it.
        """
        asks: list[Ask | None] = []

        def seen(document: Document) -> None:
            asks.append(self._ask(inference, document))

        document = read(seen)
        ask, report = asks[0], inference.report(document)
        sheet, seen_first = shown(document), told(report, document)
        parts = {key: make(sheet, seen_first) for key, make in self._makers.items()}
        if ask is not None and self._answered(ask):
            ask = self._ask(inference, document)
            report = inference.report(document)
        return Prepared(document, inference, report, ask, parts)

    def answered(self, request: int) -> None:
        """The answer to a question is known now."""
        event = self._awaited.pop(request, None)
        if event is not None:
            event.set()

    def _ask(self, inference: Inference, document: Document) -> Ask | None:
        ask = inference.ask(document)
        if ask is not None:
            sent = threading.Event()
            self._awaited[ask.request] = threading.Event()
            self._sent.emit(ask, sent)
            # Otherwise this thread would go on before the window's gets to send it.
            sent.wait(SENDING)
        return ask

    def _answered(self, ask: Ask) -> bool:
        event = self._awaited.get(ask.request)
        if event is None:
            return True
        came = self.attended and event.wait(ANSWERING)
        self._awaited.pop(ask.request, None)
        return came

    @Slot(object, object)
    def _send(self, ask: Ask, sent: threading.Event) -> None:
        self.asked.emit(ask)
        sent.set()
