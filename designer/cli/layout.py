"""`skipwire layout`: arranges a design anew and writes it."""

from argparse import ArgumentParser, Namespace

from designer.cli.command import Command
from designer.cli.designs import read_design, write_design
from designer.layout.place import METHODS
from designer.layout.sheets import arrange_sheets


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a design")
    parser.add_argument("-o", "--output", metavar="OUT", help="the arranged design; else stdout")
    told = "default: layered; wrapped sets a deep network in columns"
    parser.add_argument("--method", choices=tuple(METHODS), default="layered", help=told)


def _run(options: Namespace) -> int:
    document, _ = read_design(options.file)
    write_design(arrange_sheets(document, options.method), options.output)
    return 0


COMMAND = Command("layout", "arrange the nodes of a design", _arguments, _run)
