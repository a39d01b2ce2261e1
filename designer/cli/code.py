"""`skipwire code`: the Keras script of a design, the same text that the window shows and trains."""

from argparse import ArgumentParser, Namespace

from designer.cli.command import Command
from designer.cli.designs import write_result
from designer.cli.interpreter import add_python, open_worker
from designer.cli.own_layers import OwnLayers, add_layers, read_own
from designer.codegen.script import generate


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a design")
    parser.add_argument("-o", "--output", metavar="OUT", help="the script's file; else stdout")
    add_layers(parser)
    add_python(parser)


def _run(options: Namespace) -> int:
    document, catalog = read_own(options)
    if options.layers:
        with open_worker(options.python) as worker:
            document = OwnLayers(options.layers).load(worker, catalog, document)
    write_result(generate(document, catalog).text.encode(), options.output)
    return 0


COMMAND = Command("code", "write the Keras script of a design", _arguments, _run)
