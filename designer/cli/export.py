"""`skipwire export`: a design as a picture. What draws pixels and lines is handed in, because it
needs Qt, which no command loads; DOT text is written here.
"""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from pathlib import Path

from designer.catalog.spec import Catalog
from designer.cli.command import Command, UsageError
from designer.cli.designs import write_result
from designer.cli.interpreter import add_python, open_worker
from designer.cli.own_layers import OwnLayers, add_layers, read_own
from designer.cli.worker_client import complete_report
from designer.document.model import Document
from designer.document.problem import failure
from designer.document.showing import shown
from designer.infer.block_report import told
from designer.infer.report import Report
from designer.layout.place import METHODS
from designer.layout.sheets import arrange_sheets

KINDS = ("svg", "png", "pdf", "dot")
TEXTS = ("svg", "dot")  # what a terminal can show
# Document, report, catalogue, kind, theme, scale -> the bytes of the picture.
Paint = Callable[[Document, Report, Catalog, str, str, float], bytes]
SMALLEST, LARGEST = 0.05, 20.0


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not SMALLEST <= scale <= LARGEST:
        raise ArgumentTypeError(f"{text} is not a scale: a number from {SMALLEST} to {LARGEST:g}")
    return scale


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a design, a saved Keras model, or Keras code")
    parser.add_argument("--to", choices=KINDS, help="the format (default: by the suffix of OUT)")
    parser.add_argument("-o", "--output", metavar="OUT", help="the picture's file; else stdout")
    parser.add_argument(
        "--theme", choices=("light", "dark"), default="light", help="default: light"
    )
    parser.add_argument(
        "--scale", type=_scale, default=1.0, metavar="N", help="size against the canvas at 100 %%"
    )
    words = "lay the design out first; wrapped sets a deep network in columns like a page"
    parser.add_argument("--layout", choices=tuple(METHODS), help=words)
    add_layers(parser)
    add_python(parser)


def _kind(options: Namespace) -> str:
    if options.to:
        return str(options.to)
    kind = Path(options.output or "").suffix.lower().removeprefix(".")
    if kind not in KINDS:
        text = "It is not said what kind of picture to write: name one of {kinds} with --to."
        if kind:
            text = "There are no pictures of the kind {kind}: name one of {kinds} with --to."
        kinds = ", ".join(KINDS)
        raise UsageError(failure("no_picture_kind", text, kind=kind, kinds=kinds).problem)
    return kind


def _refuse_terminal(kind: str, output: str | None) -> None:
    if output is None and kind not in TEXTS and sys.stdout.isatty():
        text = "A terminal cannot show {kind}: name the picture's file with -o."
        raise UsageError(failure("not_for_terminals", text, kind=kind.upper()).problem)


def _run(options: Namespace) -> int:
    kind = _kind(options)
    _refuse_terminal(kind, options.output)
    document, catalog = read_own(options)
    if options.layout:
        document = arrange_sheets(document, options.layout)
    with open_worker(options.python) as worker:
        document = OwnLayers(options.layers).load(worker, catalog, document)
        report = complete_report(document, catalog, worker)
    document, report = shown(document), told(report, document)  # blocks are drawn closed
    if kind == "dot":
        from designer.formats.dot import to_dot  # late: pydot would delay every other command

        data = to_dot(document, report, catalog).encode()
    else:
        paint: Paint = options.paint
        data = paint(document, report, catalog, kind, options.theme, options.scale)
    write_result(data, options.output)
    return 0


COMMAND = Command("export", "draw a design as SVG, PNG, PDF or Graphviz' DOT", _arguments, _run)
