"""Fixes that Keras has agreed to: each proposal is made in a document of its own, and kept only if
the problem is gone then and no other has come.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from msgspec import Struct

from designer.catalog.spec import Catalog
from designer.document.model import INPUT, Document
from designer.document.problem import Problem, ProblemError
from designer.infer.engine import Inference
from designer.infer.fixes import proposals
from designer.infer.fixes.applying import applied
from designer.infer.fixes.fix import Fix, SetParam
from designer.infer.report import Report
from designer.protocol import Ask

MOST = 12  # proposals that are tried for one problem
ROUNDS = 8  # questions about one proposal; Keras has refused something if more would be needed
KEPT = 16  # problems whose trials are remembered

Review = Callable[[Document, Report], Iterable[Problem]]
Propose = Callable[[Document, Report, Problem, Catalog], Iterable[Fix]]


class Offer(Struct, frozen=True):
    """A fix that works: the document with it in place, what is known of that, and how many errors
    it leaves that other problems are the reason of.
    """

    fix: Fix
    after: Document
    report: Report
    left: int = 0


@dataclass
class _Trial:
    fix: Fix
    after: Document
    request: int = 0
    rounds: int = 0
    done: bool = False
    offer: Offer | None = None


@dataclass
class _Case:
    document: Document
    report: Report
    problem: Problem
    trials: list[_Trial] = field(default_factory=list)


def of_report(_document: Document, report: Report) -> Iterable[Problem]:
    """The problems that the report itself has."""
    return report.problems


class Trying:
    """Tries fixes, and remembers how that ended as long as the design is the same.

    `review` lists the problems of a document, `propose` what may help against one; who knows of
    more than the graph passes others.
    """

    def __init__(
        self,
        inference: Inference,
        catalog: Catalog,
        review: Review = of_report,
        propose: Propose = proposals,
    ) -> None:
        self._inference = inference.fork()
        self._catalog = catalog
        self._review = review
        self._propose = propose
        self._cases: list[_Case] = []

    def offers(self, document: Document, report: Report, problem: Problem) -> tuple[Offer, ...]:
        """The fixes that work as far as that is known, the best first; it may be asked at any time,
        while another thread goes on.
        """
        case = self._found(document, problem)
        trials = case.trials if case is not None else []
        found = [trial.offer for trial in trials if trial.offer is not None]
        return tuple(sorted(found, key=lambda offer: offer.left))

    def complete(self, document: Document, report: Report, problem: Problem) -> bool:
        """Whether all proposals have been tried."""
        case = self._case(document, report, problem)
        return all(trial.done for trial in case.trials)

    def go_on(
        self, document: Document, report: Report, problem: Problem, most: int = MOST
    ) -> tuple[Ask, ...]:
        """Takes in what Keras has said by now about that many; what is to be asked next."""
        case = self._case(document, report, problem)
        asks = [self._advance(case, trial) for trial in self._ready(case)[:most]]
        return tuple(ask for ask in asks if ask is not None)

    def waits(self, document: Document, report: Report, problem: Problem) -> bool:
        """Whether nothing can be done about that problem before Keras has answered."""
        return not self._ready(self._case(document, report, problem))

    def _ready(self, case: _Case) -> list[_Trial]:
        awaits = self._inference.awaits
        return [t for t in case.trials if not t.done and not (t.request and awaits(t.request))]

    def _found(self, document: Document, problem: Problem) -> _Case | None:
        for case in self._cases:
            if _same(case.document, document) and case.problem == problem:
                return case
        return None

    def _case(self, document: Document, report: Report, problem: Problem) -> _Case:
        known = self._found(document, problem)
        if known is not None:
            return known
        case = _Case(document, report, problem)
        for fix in tuple(self._propose(document, report, problem, self._catalog))[:MOST]:
            try:
                case.trials.append(_Trial(fix, applied(document, fix)))
            except ProblemError:  # it does not even fit the graph: nothing to try
                continue
        self._cases = [*self._cases[1 - KEPT :], case]
        return case

    def _advance(self, case: _Case, trial: _Trial) -> Ask | None:
        report, ask = self._inference.update(trial.after)
        trial.rounds += 1
        if ask is not None and trial.rounds <= ROUNDS:
            trial.request = ask.request
            return ask
        trial.done = True
        trial.offer = self._judged(case, trial, report) if ask is None else None
        return None

    def _judged(self, case: _Case, trial: _Trial, report: Report) -> Offer | None:
        before = {_about(p) for p in self._review(case.document, case.report)}
        after = tuple(self._review(trial.after, report))
        if not trial.after.graph.nodes:
            return None  # nothing is wrong with an empty design, but it is none
        if any(_about(p) == _about(case.problem) for p in after):
            return None
        new = [p for p in after if p.severity != "info" and _about(p) not in before]
        if any(not _uncovered(case, trial, problem) for problem in new):
            return None
        left = sum(problem.severity == "error" for problem in after)
        return Offer(trial.fix, trial.after, report, left)


def _same(one: Document, other: Document) -> bool:
    """Whether Keras and training see the same design."""
    trained = one.training is other.training and one.data is other.data
    return one.graph is other.graph and trained


def _about(problem: Problem) -> tuple[object, ...]:
    if not problem.where.section:
        return problem.code, problem.where
    # One loss or metric may have several unfit parameters.
    return problem.code, problem.where, problem.values.get("key"), problem.values.get("name")


def _uncovered(case: _Case, trial: _Trial, problem: Problem) -> bool:
    """Whether a problem was there before, only hidden: nothing was known of its place."""
    told = case.report.nodes.get(problem.where.node)
    if problem.where.section:
        unknown = any(port.spec is None for port in case.report.outputs)
        return unknown and not _changes_input(case.document, trial.fix)
    return told is not None and not told.known


def _changes_input(document: Document, fix: Fix) -> bool:
    return any(
        isinstance(step, SetParam) and document.graph.nodes[step.node].type == INPUT
        for step in fix.steps
    )
