"""`skipwire new`: a design of one's own, begun from an example."""

from argparse import ArgumentParser, Namespace

from designer.cli.command import Command, UsageError
from designer.cli.designs import write_result
from designer.document.problem import ProblemError
from designer.document.serialize import to_bytes
from designer.formats.examples import load_example


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("example", metavar="EXAMPLE", help="a name that `skipwire examples` lists")
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="the new design")


def _run(options: Namespace) -> int:
    try:
        document = load_example(options.example)
    except ProblemError as error:
        raise UsageError(error.problem) from error
    write_result(to_bytes(document), options.output)
    return 0


COMMAND = Command("new", "start a design from an example", _arguments, _run)
