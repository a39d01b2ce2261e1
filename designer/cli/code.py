"""`skipwire code`: the Keras script of a design, the same text that the window shows and trains."""

from argparse import ArgumentParser, Namespace

from designer.cli.command import Command
from designer.cli.designs import read_design, write_result
from designer.codegen.script import generate


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a design")
    parser.add_argument("-o", "--output", metavar="OUT", help="the script's file; else stdout")


def _run(options: Namespace) -> int:
    document, catalog = read_design(options.file)
    write_result(generate(document, catalog).text.encode(), options.output)
    return 0


COMMAND = Command("code", "write the Keras script of a design", _arguments, _run)
