"""Reckons what the shown design costs, after each report: at once, or beside the event loop.

Views hear of it by `counted`. What has not changed since the last time is not reckoned again.
"""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from designer.infer.costs import Costs, Surveyor
from designer.infer.report import Report
from designer.ui.reading import Reader
from designer.ui.session import Session

MANY = 1000  # nodes; more are reckoned in a thread
REST = 60  # milliseconds after a report: a drag or a burst of answers is reckoned once


class Tally(QObject):
    """The costs of the current design, and the size of the batch whose memory is told."""

    counted = Signal(object)  # Costs; also when the batch is another

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._surveyor = Surveyor(session.catalog)
        self._reader = Reader(self)
        self._busy = self._stale = False
        self._planned = self._batch = session.document.training.batch_size
        self.costs = Costs()
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.count)
        session.reported.connect(self._wait)

    @property
    def batch(self) -> int:
        """Samples in a batch: as many as the design is trained with, until another is chosen."""
        return self._batch

    @property
    def training_bytes(self) -> int:
        """Estimated memory of training the shown design with batches of this size."""
        optimizer = self._session.document.training.optimizer
        return self.costs.sums.training_bytes(self._batch, optimizer)

    def choose_batch(self, size: int) -> None:
        """Tells memory for batches of another size, until the design is trained with another."""
        if size != self._batch:
            self._batch = size
            self.counted.emit(self.costs)

    def count(self) -> None:
        """Reckons what the session shows now; one at a time, for they share what they remember."""
        self._rest.stop()
        if self._busy:
            self._stale = True
            return
        document, report = self._session.whole, self._session.whole_report
        work = partial(self._surveyor.survey, document, report)
        if len(document.graph.nodes) <= MANY:
            self._take(work())
        else:
            self._busy = True
            self._reader.work(work, self._end, lambda problem: None)

    def close(self) -> None:
        """Ends what is under way."""
        self._rest.stop()
        self._reader.close()

    def _wait(self, _report: Report) -> None:
        self._rest.start()

    def _end(self, costs: Costs) -> None:
        self._busy = False
        self._take(costs)
        if self._stale:
            self._stale = False
            self.count()

    def _take(self, costs: Costs) -> None:
        planned = self._session.document.training.batch_size
        if planned != self._planned:
            self._planned = self._batch = planned
        self.costs = costs
        self.counted.emit(costs)
