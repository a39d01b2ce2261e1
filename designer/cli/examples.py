"""`skipwire examples`: what there is to start from."""

from argparse import ArgumentParser, Namespace

from designer.cli.command import Command
from designer.formats.examples import list_examples


def _arguments(parser: ArgumentParser) -> None:
    del parser  # it has none


def _run(options: Namespace) -> int:
    del options
    known = list_examples()
    wide = max(len(example.key) for example in known)
    for example in known:
        print(f"{example.key:<{wide}}  {example.summary}")
    return 0


COMMAND = Command("examples", "list the designs to start from", _arguments, _run)
