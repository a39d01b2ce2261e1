"""The option --layers of the commands: files of the user's own layers; to name one is the yes."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from designer.catalog import own_layers
from designer.catalog.load import load
from designer.catalog.spec import Catalog
from designer.cli.command import UsageError
from designer.cli.designs import read_design
from designer.cli.interpreter import open_worker
from designer.cli.worker_client import WorkerClient
from designer.document.model import Document
from designer.document.own_layers import recorded
from designer.document.problem import ProblemError, failure
from designer.formats import layer_problems
from designer.formats.layer_file import LayerSource, read_layers
from designer.infer.adopting import adopted
from designer.protocol import Load, Loaded, Locate, Located, NotLoaded

SCRIPTS = (".py", ".ipynb")
_FIRST = 1_000_000  # requests of ours; questions about shapes count from 1


@dataclass
class OwnLayers:
    """What --layers names; `sources` are those that were loaded."""

    names: Sequence[str] = ()
    sources: list[LayerSource] = field(default_factory=list)

    def load(self, worker: WorkerClient, catalog: Catalog, document: Document) -> Document:
        """Loads them all; the document with the nodes that waited for them. ProblemError says
        why one cannot be loaded.
        """
        numbers = count(_FIRST)
        for name in self.names:
            worker.ready()
            source = _read(name, worker, next(numbers))
            self._run(source, worker, catalog, next(numbers))
            document = adopted(document, catalog, source.module)
        return recorded(document, own_layers.files(catalog))

    def contents(self) -> Mapping[str, bytes]:
        """The files that a run needs beside its script, by their names there."""
        found: dict[str, bytes] = {}
        for source in self.sources:
            if not source.named:
                found |= {source.relative(path): data for path, data in source.files.items()}
        return found

    def _run(
        self, source: LayerSource, worker: WorkerClient, catalog: Catalog, number: int
    ) -> None:
        path, seconds = str(source.path), layer_problems.SECONDS
        order = Load(number, source.module, path, source.hashes, source.named, seconds)
        told = worker.order(order)
        if isinstance(told, NotLoaded):
            raise ProblemError(layer_problems.refusal(told, source.path))
        assert isinstance(told, Loaded)  # what else could come of this order
        try:
            specs = own_layers.read(source.module, told.layers)
        except ValueError as error:  # also msgspec's
            odd = NotLoaded(number, source.module, "custom_odd", str(error))
            raise ProblemError(layer_problems.refusal(odd, source.path)) from error
        own_layers.put(catalog, source.module, specs, source.file)
        self.sources.append(source)
        for problem in layer_problems.remarks(told, source.path):
            if problem.severity == "warning":
                print(f"skipwire: {problem.severity}: {problem.message}", file=sys.stderr)


def read_own(options: Namespace) -> tuple[Document, Catalog]:
    """The design that the options name, and the catalogue it is read with.

    A script is read with the layers that the options name; a design can wait for them.
    """
    catalog = load()
    if options.layers and Path(options.file).suffix in SCRIPTS:
        with open_worker(options.python) as worker:
            OwnLayers(options.layers).load(worker, catalog, Document())
    document, catalog = read_design(options.file, catalog)
    return recorded(document, own_layers.files(catalog)), catalog


def add_layers(parser: ArgumentParser) -> None:
    """The option --layers; naming a file is the yes to running it."""
    text = "a Python file or module with your own layers, which is run; may be given several times"
    parser.add_argument("--layers", action="append", default=[], metavar="FILE", help=text)


def _read(name: str, worker: WorkerClient, number: int) -> LayerSource:
    try:
        if name.endswith(".py") or "/" in name or Path(name).exists():
            return read_layers(Path(name))
        located = worker.order(Locate(number, name))
        if not isinstance(located, Located) or not located.path:
            template = (
                "There is no module {name} for that Python. Give the path of its file, or name "
                "another Python with --python."
            )
            raise failure("custom_missing", template, name=name)
        return read_layers(Path(located.path), name)
    except ProblemError as error:
        raise UsageError(error.problem) from error
