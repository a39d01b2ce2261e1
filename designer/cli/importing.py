"""`skipwire import`: a saved Keras model becomes an editable, laid-out design. Runs none of it."""

from argparse import ArgumentParser, Namespace

from designer.cli.command import Command
from designer.cli.designs import read_design, write_result
from designer.document.serialize import to_bytes


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="MODEL.keras", help="a functional model saved by Keras 3")
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="the new design")


def _run(options: Namespace) -> int:
    document, _ = read_design(options.file)
    write_result(to_bytes(document), options.output)
    return 0


COMMAND = Command("import", "turn a saved Keras model into a design", _arguments, _run)
