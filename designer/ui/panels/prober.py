"""Asks Keras about a value while it is being typed, once the typing pauses."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from designer.document.problem import ProblemError
from designer.infer.attempt import Attempts
from designer.protocol import Told
from designer.ui.session import Session
from designer.ui.widgets.editor import UNSET

_PAUSE = 120  # milliseconds


class Prober(QObject):
    """Never waits: `refused` tells of a value that is still the last one that was given."""

    refused = Signal(str, object)  # parameter, Problem

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self._attempts = Attempts(session.catalog)
        self._wanted: tuple[str, str, Any] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._judge)
        session.tried.connect(self._hear)

    def try_value(self, node: str, param: str, value: Any) -> None:
        """The value in a field is another one; UNSET while there is none to speak of."""
        self._wanted = (node, param, value) if value is not UNSET else None
        self._timer.start(_PAUSE)

    def _judge(self, *, ask: bool = True) -> None:
        if self._wanted is None:
            return
        node, param, value = self._wanted
        session = self.session
        try:
            problem, question = self._attempts.judge(
                session.document, session.report, node, param, value
            )
        except ProblemError:  # the node went while its field was open
            return
        if problem is not None:
            self.refused.emit(param, problem)
        elif question is not None and ask:
            session.asked.emit(self._attempts.ask(question))

    def _hear(self, told: Told) -> None:
        if self._attempts.absorb(told):
            self._judge(ask=False)
