"""`skipwire import`: a saved Keras model, or the code of one, becomes an editable, laid-out design.

Nothing of it is run.
"""

import sys
from argparse import ArgumentParser, Namespace

from designer.cli.command import Command
from designer.cli.designs import write_design
from designer.cli.interpreter import add_python
from designer.cli.own_layers import add_layers, read_own
from designer.formats.python_source import translations


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="MODEL", help="a model saved by Keras 3, or Keras code (.py, .ipynb)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="the new design")
    add_layers(parser)
    add_python(parser)


def _run(options: Namespace) -> int:
    document, _ = read_own(options)
    write_design(document, options.output)
    count = translations(document)
    if count:
        sys.stderr.write(
            f"{count} things were translated or are doubtful: see the design's note.\n"
        )
    return 0


COMMAND = Command(
    "import", "turn a saved Keras model, or Keras code, into a design", _arguments, _run
)
