"""Reports, problems and fixes of designs, asked of a real worker to the end."""

from designer.catalog.load import load
from designer.codegen.check import training_problems
from designer.codegen.fixes import all_proposals
from designer.document.model import Document
from designer.document.problem import Problem
from designer.infer.engine import Inference
from designer.infer.report import Report
from designer.infer.trying import Offer, Trying
from designer.protocol import Ask, Told, encode
from tests.worker_client import WorkerClient


class Keras:
    """Completes reports and trials by a real worker."""

    def __init__(self, client: WorkerClient) -> None:
        self._client = client
        self.catalog = load()
        self.inference = Inference(self.catalog)

    def report(self, document: Document) -> Report:
        """The whole report of a design."""
        report, ask = self.inference.update(document)
        while ask is not None:
            self._tell(ask)
            report, ask = self.inference.update(document)
        return report

    def offers(self, document: Document, report: Report, problem: Problem) -> tuple[Offer, ...]:
        """The fixes that Keras agrees to."""
        trying = Trying(self.inference, self.catalog, self.problems, all_proposals)
        while asks := trying.go_on(document, report, problem):
            for ask in asks:
                self._tell(ask)
        return trying.offers(document, report, problem)

    def problems(self, document: Document, report: Report) -> tuple[Problem, ...]:
        """All problems, those of training where the design has data to be trained with."""
        if not document.data.source:
            graph_only = training_problems(document, self.catalog, report)
            of_ends = tuple(p for p in graph_only if p.code == "untrained_output")
            return (*report.problems, *of_ends)
        return (*report.problems, *training_problems(document, self.catalog, report))

    def _tell(self, ask: Ask) -> None:
        self._client.send(encode(ask))
        told = self._client.receive()
        assert isinstance(told, Told), told
        self.inference.absorb(told)
