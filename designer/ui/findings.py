"""What is known of the design that is shown: of the whole of it, and of the sheet that is seen."""

from msgspec.structs import replace

from designer.catalog.spec import Catalog
from designer.codegen.check import training_problems
from designer.document.model import Document
from designer.infer.block_report import told
from designer.infer.report import Report


class Findings:
    """The reports that belong together. `inferred` lacks the problems of data and training."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.inferred = self.whole = self.shown = Report()

    def take(self, inferred: Report, document: Document, scope: str) -> None:
        """This is known of the document now, of which that scope is shown."""
        self.inferred = inferred
        self.whole = self.judged(document, inferred)
        self.shown = told(self.whole, document, scope)

    def judged(self, document: Document, report: Report) -> Report:
        """The report with the problems of the data and of training."""
        found = training_problems(document, self._catalog, report)
        return replace(report, problems=(*report.problems, *found)) if found else report
