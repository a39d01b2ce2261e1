"""`skipwire new`: a design of one's own, begun from an example."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from designer.cli.command import Command, UsageError
from designer.cli.designs import write_result
from designer.document.problem import Problem, ProblemError, Where
from designer.document.serialize import to_bytes
from designer.formats.examples import load_example


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("example", metavar="EXAMPLE", help="a name that `skipwire examples` lists")
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="the new design")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def _run(options: Namespace) -> int:
    try:
        document = load_example(options.example)
    except ProblemError as error:
        raise UsageError(error.problem) from error
    target = Path(options.output)
    if target.is_file() and target.stat().st_size and not options.force:
        template = "{path} is there already. Choose another name, or write over it with --force."
        where = Where(file=str(target))
        raise UsageError(Problem("error", "file_exists", template, {"path": str(target)}, where))
    write_result(to_bytes(document), options.output)
    return 0


COMMAND = Command("new", "start a design from an example", _arguments, _run)
