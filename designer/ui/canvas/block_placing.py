"""Placing a block of the library: a copy of all that it holds, wired where a wire was waiting."""

from designer.catalog.library import shelf
from designer.catalog.spec import Catalog
from designer.document.lowering import lowered
from designer.document.model import Document
from designer.document.problem import Where, failure
from designer.document.showing import shown
from designer.formats.block_library import put
from designer.ui.canvas.geometry import Point, snapped
from designer.ui.canvas.placing import Pending, attached


def placed_block(
    whole: Document,
    scope: str,
    catalog: Catalog,
    kind: str,
    at: Point,
    pending: Pending | None = None,
) -> tuple[Document, str]:
    """The whole design with a copy of that block centred there, on the sheet of a scope; its id.

    ProblemError where the library has no such block any more.
    """
    found = shelf(catalog).get(kind)
    if found is None:
        template = "The library has no block {kind} any more. Choose another one."
        raise failure("no_such_block", template, Where(), kind=kind.rpartition("/")[2])
    after, key = put(whole, found[1], (snapped(at.x), snapped(at.y)), scope)
    if pending is None:
        return after, key
    sheet = shown(after, scope)
    wired = attached(sheet, catalog, key, pending)
    return lowered(after, scope, sheet, wired), key
