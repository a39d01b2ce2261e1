"""Ways out of problems, ranked: one module for each family, all of them in this tuple.

A family only proposes, by the usual habits of people who build networks; `trying` asks Keras.
"""

from collections.abc import Iterable

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.document.problem import Problem
from designer.infer.fixes.axes import axes
from designer.infer.fixes.ends import ends
from designer.infer.fixes.fix import Fix
from designer.infer.fixes.formats import formats
from designer.infer.fixes.input_size import input_size
from designer.infer.fixes.meeting import Case
from designer.infer.fixes.products import products
from designer.infer.fixes.proposal import Family
from designer.infer.fixes.ranks import ranks
from designer.infer.fixes.refusals import refusals
from designer.infer.fixes.sizes import sizes
from designer.infer.fixes.sources import sources
from designer.infer.fixes.traps import traps
from designer.infer.fixes.wires import wires
from designer.infer.report import Report

SHAPES: tuple[Family, ...] = (
    sizes, sources, input_size, ranks, formats, products, axes, refusals, wires,
)  # fmt: skip
OTHERS: tuple[Family, ...] = (wires, ends, traps, refusals)
ABOUT_SHAPES = frozenset((
    "shapes_differ", "data_format", "broadcast", "keras_refused", "mixed_formats", "input_format",
    "merge_axis",
))  # fmt: skip


def proposals(
    document: Document, report: Report, problem: Problem, catalog: Catalog
) -> tuple[Fix, ...]:
    """What may help against a problem, the most usual first; none of it has been tried.

    The steps of each are made for this document. `report` is what is known of it.
    """
    families = SHAPES if problem.code in ABOUT_SHAPES else (*OTHERS, products)
    return ranked(families, Case(document, report, problem, catalog))


def ranked(families: Iterable[Family], case: Case) -> tuple[Fix, ...]:
    """What these families propose, the lowest rank first, each edit once."""
    found = sorted((p for family in families for p in family(case)), key=lambda p: p.rank)
    kept: dict[str, Fix] = {}
    for _, fix in found:
        kept.setdefault(repr(fix.steps), fix)
    return tuple(kept.values())
