"""Asks Keras about the wire in the hand, through the session, and tells when it has answered."""

from PySide6.QtCore import QObject, Signal

from designer.document.model import Edge
from designer.document.problem import Problem
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
        self._answers = 0
        session.tried.connect(self._hear)

    def verdict(self, wire: Edge | Problem, lifted: Edge | None) -> Verdict:
        """The verdict as it is known now; what is unknown is asked."""
        document, report = self._session.document, self._session.report
        verdict, question = self._trials.judge(document, report, wire, lifted)
        if question is None:
            return verdict
        before = self._answers
        self._session.try_out(self._trials.ask(question))
        return verdict if self._answers == before else self.known(wire, lifted)

    def known(self, wire: Edge | Problem, lifted: Edge | None) -> Verdict:
        """The verdict as it is known now; nothing is asked."""
        return self._trials.judge(self._session.document, self._session.report, wire, lifted)[0]

    def _hear(self, told: Told) -> None:
        if self._trials.absorb(told):
            self._answers += 1
            self.heard.emit()
