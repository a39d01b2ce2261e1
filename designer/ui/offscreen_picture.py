"""Pictures without a window, for the command line: Qt's offscreen platform draws them."""

import os

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.document.showing import shown
from designer.infer.block_report import told
from designer.infer.report import Report
from designer.ui import theme
from designer.ui.app import make_application
from designer.ui.picture import Picture, paint


def paint_offscreen(
    document: Document, report: Report, catalog: Catalog, kind: str, colors: str, scale: float
) -> bytes:
    """The bytes of a picture, each block as one node; `kind` is "svg", "png" or "pdf", `colors`
    "light" or "dark". ProblemError as `paint` raises it.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever display there is stays untouched
    application = make_application()
    sheet, seen = shown(document), told(report, document)
    data = paint(Picture(sheet, seen, catalog, theme.load(colors), scale), kind)
    del application  # it had to live until here
    return data
