"""Ways out of what would go wrong in training: other endings, other sizes, another plan; and, for
all other problems, those that `infer` knows.
"""

from designer.catalog.spec import Catalog
from designer.codegen.fixes.arrays import arrays
from designer.codegen.fixes.ends import ends
from designer.codegen.fixes.plans import plans
from designer.document.model import Document
from designer.document.problem import Problem
from designer.infer.fixes import proposals, ranked
from designer.infer.fixes.fix import Fix
from designer.infer.fixes.meeting import Case
from designer.infer.fixes.proposal import Family
from designer.infer.report import Report

TRAINING: tuple[Family, ...] = (ends, arrays, plans)


def all_proposals(
    document: Document, report: Report, problem: Problem, catalog: Catalog
) -> tuple[Fix, ...]:
    """What may help against a problem of the graph, of the data or of training; not tried yet."""
    if not problem.where.section:
        return proposals(document, report, problem, catalog)
    return ranked(TRAINING, Case(document, report, problem, catalog))
