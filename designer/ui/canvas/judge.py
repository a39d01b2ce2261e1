"""Asks Keras about the wire in the hand, through the session, and tells when it has answered."""

from PySide6.QtCore import QObject, Signal

from designer.document.model import Edge
from designer.document.problem import Problem
from designer.infer.questions import Key
from designer.infer.trial import Trials, Verdict
from designer.protocol import Told
from designer.ui.session import Session


class Judge(QObject):
    """Never waits: a verdict is open until `heard` says that more may be known."""

    heard = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._trials = Trials(session.catalog)
        self._asked: Key | None = None
        session.tried.connect(self._hear)
        session.reported.connect(self.heard)

    def first(self, wire: Edge | Problem, lifted: Edge | None) -> Verdict:
        """The verdict on a wire that has just come to its target."""
        self._asked = None  # a worker that has died since does not answer any more
        return self.verdict(wire, lifted)

    def verdict(self, wire: Edge | Problem, lifted: Edge | None) -> Verdict:
        """The verdict as it is known now; what is unknown is asked, once."""
        document, report = self._session.document, self._session.report
        verdict, question = self._trials.judge(document, report, wire, lifted)
        if question is None or question.keys[0] == self._asked:
            return verdict
        self._asked = question.keys[0]
        self._session.asked.emit(self._trials.ask(question))
        # A worker that answers at once has been heard by now.
        return self._trials.judge(document, report, wire, lifted)[0]

    def _hear(self, told: Told) -> None:
        if self._trials.absorb(told):
            self.heard.emit()
