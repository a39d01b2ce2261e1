"""What `skipwire check` does about problems: fixes that Keras agrees to, told or applied."""

from dataclasses import dataclass

from designer.catalog.spec import Catalog
from designer.cli.worker_client import WorkerClient
from designer.codegen.check import training_problems
from designer.codegen.fixes import all_proposals
from designer.document.model import Document
from designer.document.problem import Problem
from designer.infer.engine import Inference
from designer.infer.fixes.applying import applied
from designer.infer.report import Report
from designer.infer.trying import Offer, Trying
from designer.layout.settling import settled
from designer.protocol import Ask

ROUNDS = 50  # fixes that are applied to one design at most
MOST = 20  # problems for which fixes are tried

Fixes = dict[Problem, tuple[Offer, ...]]


@dataclass(frozen=True)
class Mended:
    """A design after its fixes: each problem's message with the label of what was done about it."""

    document: Document
    done: tuple[tuple[str, str], ...]


class Adviser:
    """Reports and fixes, asked of one worker, which need not be ready yet."""

    def __init__(self, catalog: Catalog, worker: WorkerClient) -> None:
        self._catalog = catalog
        self._worker = worker
        self._inference = Inference(catalog)
        self._trying = Trying(self._inference, catalog, self.problems, all_proposals)
        self._ready = False

    def problems(self, document: Document, report: Report) -> tuple[Problem, ...]:
        """Those of the graph, of the data and of training."""
        return (*report.problems, *training_problems(document, self._catalog, report))

    def report(self, document: Document) -> Report:
        """The report with every answer of Keras in it."""
        report, question = self._inference.update(document)
        while question is not None:
            answered = self._tell(question)
            report, question = self._inference.update(document)
            if not answered:
                break  # nothing was answered, and nothing more will be
        return report

    def offers(self, document: Document, report: Report, problem: Problem) -> tuple[Offer, ...]:
        """The fixes of a problem, the best first."""
        while asks := self._trying.go_on(document, report, problem):
            for ask in asks:
                self._tell(ask)
        return self._trying.offers(document, report, problem)

    def advice(self, document: Document, report: Report) -> list[tuple[Problem, tuple[Offer, ...]]]:
        """The problems in their order, each with its fixes."""
        found: list[tuple[Problem, tuple[Offer, ...]]] = []
        for place, problem in enumerate(self.problems(document, report)):
            offers = self.offers(document, report, problem) if place < MOST else ()
            found.append((problem, offers))
        return found

    def mend(self, document: Document) -> Mended:
        """Applies the first fix of the first problem that has one, until none has."""
        done: list[tuple[str, str]] = []
        while len(done) < ROUNDS:
            first = self._first(document)
            if first is None:
                break
            problem, offer = first
            done.append((problem.message, offer.fix.label))
            document = settled(document, applied(document, offer.fix))
        return Mended(document, tuple(done))

    def _first(self, document: Document) -> tuple[Problem, Offer] | None:
        report = self.report(document)
        for problem in self.problems(document, report):
            offers = self.offers(document, report, problem) if problem.severity != "info" else ()
            if offers:
                return problem, offers[0]
        return None

    def _tell(self, ask: Ask) -> bool:
        if not self._ready:
            self._worker.ready()
            self._ready = True
        told = self._worker.ask(ask)
        self._inference.absorb(told)
        return any(told.answers)
