"""`skipwire resume`: lets a run that was stopped, or died, go on from its last checkpoint."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from designer.cli.command import Command, UsageError
from designer.cli.interpreter import add_python
from designer.cli.train import Watch, outcome
from designer.document.problem import Problem, Where
from designer.runs import launch
from designer.runs.folder import RunFolder
from designer.runs.listing import is_run
from designer.runs.reader import RunReader


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="RUN", type=Path, help="the run's folder")
    parser.add_argument("--json", action="store_true", help="print each event as a line of JSON")
    add_python(parser)


def _run(options: Namespace) -> int:
    path = options.folder.absolute()
    if not is_run(path):
        template = "{path} is no run's folder. Give the folder that `skipwire train` printed."
        raise UsageError(
            Problem("error", "not_a_run", template, {"path": str(path)}, Where(file=str(path)))
        )
    folder = RunFolder(path)
    reader = RunReader(folder)
    reader.poll()  # what was before is not told again
    trainer = launch.resume(folder, options.python)
    print(f"run: {folder.path}", file=sys.stderr)
    return outcome(Watch(trainer, json=options.json, reader=reader).follow())


COMMAND = Command("resume", "let a run that ended early go on", _arguments, _run)
