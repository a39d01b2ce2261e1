"""`skipwire train`: trains a design in a run folder of its own, exactly as the window does.

The trainer is a process by itself: Ctrl+C asks it to stop and keep its weights, once more ends it.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

import msgspec

from designer.cli.bar import Bar
from designer.cli.check import examine
from designer.cli.command import Command
from designer.cli.interpreter import add_python
from designer.cli.numbers import at_least
from designer.cli.own_layers import OwnLayers, add_layers, read_own
from designer.codegen.datasets import source_of
from designer.codegen.script import generate
from designer.document.edits import set_training
from designer.document.model import Document
from designer.document.problem import Problem, ProblemError, failure
from designer.protocol import Event, Finished, encode_event
from designer.runs import launch
from designer.runs.folder import RunFolder, create, default_base
from designer.runs.reader import RunReader

INTERVAL = 0.1  # seconds between two looks at the event log
STOPPED = 130


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a design")
    parser.add_argument("--epochs", type=at_least(1), metavar="N", help="instead of the design's")
    parser.add_argument("--batch-size", type=at_least(1), metavar="N", help="likewise")
    parser.add_argument("--seed", type=at_least(0), metavar="N", help="likewise")
    parser.add_argument(
        "--run-dir", type=Path, metavar="DIR", help="make the run's folder in this one"
    )
    parser.add_argument("--json", action="store_true", help="print each event as a line of JSON")
    add_layers(parser)
    add_python(parser)


def planned(document: Document, options: Namespace) -> Document:
    """The design with the options in place of its own plan's numbers."""
    given = {name: getattr(options, name) for name in ("epochs", "batch_size", "seed")}
    changes = {name: value for name, value in given.items() if value is not None}
    return set_training(document, msgspec.structs.replace(document.training, **changes))


def _refuse(problems: tuple[Problem, ...]) -> None:
    """Tells every problem; ProblemError with the first error, if there is one."""
    errors = [problem for problem in problems if problem.severity == "error"]
    for problem in problems:
        if problem not in errors[:1]:
            print(f"skipwire: {problem.severity}: {problem.message}", file=sys.stderr)
    if errors:
        raise ProblemError(errors[0])


def _samples(document: Document) -> int | None:
    source = source_of(document.data)
    return source.facts(document.data.options).train_samples if source else None


def prepare(document: Document, script: str, options: Namespace, own: OwnLayers) -> RunFolder:
    """The run's folder, ready to be started."""
    base = options.run_dir or default_base()
    samples, modules = _samples(document), own.contents()
    folder = base.absolute()
    return create(document, script, folder, options.python, samples=samples, modules=modules)


class Watch:
    """Follows a run to its end, on the terminal or as JSON; Ctrl+C stops it, twice ends it."""

    def __init__(
        self, trainer: launch.Trainer, *, json: bool, reader: RunReader | None = None
    ) -> None:
        """`reader` has read what is not to be told again."""
        self._trainer = trainer
        self._reader = reader or RunReader(trainer.folder)
        self._bar = Bar(sys.stderr)
        self._json = json
        self._interrupts = 0

    def follow(self) -> RunReader:
        """Returns when the run has ended and every event has been shown."""
        ended = False
        while not ended:
            try:
                ended = self._trainer.poll() is not None
                self._show(self._reader.poll())
                time.sleep(0 if ended else INTERVAL)
            except KeyboardInterrupt:
                self._interrupted()
        self._bar.clear()
        return self._reader

    def _show(self, events: list[Event]) -> None:
        if not self._json:
            self._bar.show(events)
            return
        for event in events:
            sys.stdout.write(encode_event(event).decode())
        sys.stdout.flush()

    def _interrupted(self) -> None:
        self._interrupts += 1
        if self._interrupts == 1:
            self._bar.say("stopping after this step, weights are kept; Ctrl+C again ends it now")
            launch.request(self._trainer.folder, "stop")
        else:
            launch.end(self._trainer.folder, force=True)


def outcome(reader: RunReader) -> int:
    """Tells how the run ended; the exit status: 0, 130 if it was stopped, or ProblemError."""
    problem = reader.problem()
    if problem is not None:
        raise ProblemError(problem)
    final = reader.final
    if not isinstance(final, Finished):
        raise failure(
            "run_lost",
            "The training process ended without a word: it was killed, or it could not start. "
            "Read {log}, then train again.",
            log=str(reader.folder.log),
        )
    if final.model is not None:
        print(f"model: {reader.folder.path / final.model}", file=sys.stderr)
    return STOPPED if final.reason == "stopped" else 0


def _run(options: Namespace) -> int:
    read, catalog = read_own(options)
    own = OwnLayers(options.layers)
    document, problems = examine(planned(read, options), catalog, options.python, own)
    _refuse(problems)
    folder = prepare(document, generate(document, catalog).text, options, own)
    print(f"run: {folder.path}", file=sys.stderr)
    trainer = launch.start(folder, options.python)
    return outcome(Watch(trainer, json=options.json).follow())


COMMAND = Command("train", "train a design in a process of its own", _arguments, _run)
