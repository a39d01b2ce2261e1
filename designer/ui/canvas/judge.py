"""Asks Keras about the wire in the hand, through the session, and tells when it has answered."""

from PySide6.QtCore import QObject, Signal

from designer.document.model import Document, Edge
from designer.document.problem import Problem
from designer.document.showing import flat_edge
from designer.infer.block_wires import meetings
from designer.infer.questions import Key
from designer.infer.report import Report
from designer.infer.trial import Level, Trials, Verdict, tensor_of
from designer.protocol import Told
from designer.ui.session import Session

_WORST: tuple[Level, ...] = ("error", "warning", "open", "good")


class Judge(QObject):
    """Never waits: a verdict is open until `heard` says that more may be known."""

    heard = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._trials = Trials(session.catalog)
        self._asked: set[Key] = set()
        session.tried.connect(self._hear)
        session.reported.connect(self.heard)

    def first(self, wire: Edge | Problem, lifted: Edge | None) -> Verdict:
        """The verdict on a wire that has just come to its target."""
        self._asked.clear()  # a worker that has died since does not answer any more
        return self.verdict(wire, lifted)

    def verdict(self, wire: Edge | Problem, lifted: Edge | None) -> Verdict:
        """The verdict as it is known now; what is unknown is asked, once.

        At a block it is the worst of those on the wires that this one would be in it.
        """
        session = self._session
        if session.document is session.whole or isinstance(wire, Problem):
            return self._judged(session.document, session.report, wire, lifted)
        picked_up = None if lifted is None else flat_edge(session.whole, lifted)
        rest, wires = meetings(session.whole, wire)
        if not wires:
            carried = tensor_of(session.report, wire.source, wire.output)
            return Verdict("good" if carried is not None else "open", carried)
        report = session.whole_report
        found = [self._judged(rest, report, one, picked_up) for one in wires]
        return min(found, key=lambda verdict: _WORST.index(verdict.level))

    def _judged(
        self, document: Document, report: Report, wire: Edge | Problem, lifted: Edge | None
    ) -> Verdict:
        verdict, question = self._trials.judge(document, report, wire, lifted)
        if question is None or question.keys[0] in self._asked:
            return verdict
        self._asked.add(question.keys[0])
        self._session.asked.emit(self._trials.ask(question))
        # A worker that answers at once has been heard by now.
        return self._trials.judge(document, report, wire, lifted)[0]

    def _hear(self, told: Told) -> None:
        if self._trials.absorb(told):
            self.heard.emit()
