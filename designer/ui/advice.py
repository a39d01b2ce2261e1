"""What can be done about problems: fixes are tried on Keras beside the work, a few at a time, and
told when they are known. Applying one is an edit like any other.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from designer.codegen.check import training_problems
from designer.codegen.fixes import all_proposals
from designer.document.model import Document
from designer.document.problem import Problem
from designer.document.showing import shown
from designer.infer.block_report import told
from designer.infer.fixes.applying import applied
from designer.infer.fixes.fix import Fix
from designer.infer.report import Report
from designer.infer.trying import Offer, Trying
from designer.layout.settling import settled
from designer.protocol import Ask
from designer.ui.going import standing_for
from designer.ui.reading import Reader
from designer.ui.scribe import MANY
from designer.ui.session import Session

FIRST = 3  # problems for which fixes are sought unasked
_REST = 150  # milliseconds without a change, before anything is tried


class Preview(Struct, frozen=True):
    """What the design would be with a fix: its nodes are where they would come to lie."""

    problem: Problem
    before: Document
    after: Document
    report: Report
    parameters: int  # how many there would be more, or (below zero) less


def tell_fix(fix: Fix) -> str:
    """A fix's label in the user's language."""
    return _told(fix.template, fix)


def tell_why(fix: Fix) -> str:
    """Why a fix helps, in the user's language."""
    return _told(fix.why, fix)


def _told(template: str, fix: Fix) -> str:
    text = QCoreApplication.translate("fixes", template)
    try:
        return text.format(**fix.values)
    except (KeyError, IndexError, ValueError):  # a translation that does not fit
        return template.format(**fix.values)


class Advice(QObject):
    """The fixes of the current design's problems."""

    found = Signal()  # more is known about some fixes
    previewed = Signal(object)  # Preview to show, None to show no more

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent or session)
        self._session = session
        inference, catalog = session.current.inference, session.catalog
        self._trying = Trying(inference, catalog, self._problems, all_proposals)
        self._focus: Problem | None = None
        self._reader = Reader(self)
        self._busy = self._again = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._work)
        session.changed.connect(lambda: self.preview(None, None))
        session.reported.connect(lambda: self._timer.start(_REST))
        session.answered.connect(self._hear)

    def _problems(self, document: Document, report: Report) -> Iterable[Problem]:
        return (*report.problems, *training_problems(document, self._session.catalog, report))

    def offers(self, problem: Problem) -> tuple[Offer, ...]:
        """The fixes of a problem that are known to work by now, the best first."""
        document, report = self._session.whole, self._session.whole_report
        problem = self._original(problem)
        if not report.complete or problem not in report.problems:
            return ()
        return self._trying.offers(document, report, problem)

    def want(self, problem: Problem) -> None:
        """Seek the fixes of this problem as well, and before others."""
        self._focus = self._original(problem)
        if not self._timer.isActive():
            self._timer.start(0)

    def apply(self, fix: Fix) -> bool:
        """Make that edit, as one step."""
        self.preview(None, None)
        return self._session.do_whole(tell_fix(fix), lambda d: settled(d, applied(d, fix)))

    def apply_first(self) -> bool:
        """Apply the first fix of the problem that is looked at, or of the first that has one."""
        for problem in self._in_turn():
            offers = self.offers(problem)
            if offers:
                return self.apply(offers[0].fix)
        return False

    def preview(self, problem: Problem | None, offer: Offer | None) -> None:
        """Show what a fix would do; None: show no more."""
        if problem is None or offer is None:
            self.previewed.emit(None)
            return
        session = self._session
        after = settled(session.whole, offer.after)
        scope = session.scope if session.scope in after.blocks else ""
        sheet, report = shown(after, scope), told(offer.report, after, scope)
        more = report.totals.parameters - session.report.totals.parameters
        self.previewed.emit(Preview(problem, session.document, sheet, report, more))

    def close(self) -> None:
        """Tries nothing more."""
        self._timer.stop()
        self._reader.close()

    def _hear(self) -> None:
        if not self._timer.isActive():
            self._timer.start(0)

    def _in_turn(self) -> tuple[Problem, ...]:
        """The problem that is looked at, those of the selected nodes, and the others."""
        session = self._session
        problems, chosen = session.whole_report.problems, session.selection
        focused = [p for p in problems if p == self._focus]
        selected = [p for p in problems if standing_for(session, [p.where.node]) & chosen]
        first = [*focused, *(p for p in selected if p not in focused)]
        return (*first, *(p for p in problems if p not in first))

    def _original(self, problem: Problem) -> Problem:
        """The problem as it is told of the whole design, where it is one of the sheet's."""
        shown_ones, whole = self._session.report.problems, self._session.whole_report.problems
        if shown_ones is whole or problem not in shown_ones:
            return problem
        return whole[shown_ones.index(problem)]

    def _work(self) -> None:
        document, report = self._session.whole, self._session.whole_report
        if not report.complete:
            return
        if self._busy:
            self._again = True
            return
        # What may well be meant so is looked into when the user does.
        doubtful = [p for p in self._in_turn() if p.severity != "info" or p == self._focus]
        problems = doubtful[:FIRST]
        if len(document.graph.nodes) < MANY:
            self._hear_of(_advanced(self._trying, document, report, problems))
        elif problems:
            # One trial walks the whole design: that takes longer than a frame.
            self._busy = True
            work = partial(_advanced, self._trying, document, report, problems)
            self._reader.work(work, self._hear_of, lambda _problem: self._hear_of(None))

    def _hear_of(self, step: "_Step | None") -> None:
        self._busy, again, self._again = False, self._again, False
        if step is not None:
            for ask in step.asks:
                self._session.asked.emit(ask)
            if step.found:
                self.found.emit()
        if step is not None or again:
            self._timer.start(0)  # the next one in an event of its own


class _Step(Struct, frozen=True):
    """One trial further: what is to be asked, and whether a fix was found."""

    asks: tuple[Ask, ...]
    found: bool


def _advanced(
    trying: Trying, document: Document, report: Report, problems: Sequence[Problem]
) -> _Step | None:
    """Goes on with the first of these that does not wait for Keras; None if all do, or are done."""
    for problem in problems:
        if not trying.waits(document, report, problem):
            known = len(trying.offers(document, report, problem))
            asks = trying.go_on(document, report, problem, most=1)
            return _Step(asks, len(trying.offers(document, report, problem)) != known)
    return None
