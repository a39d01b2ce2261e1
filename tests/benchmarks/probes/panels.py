"""Times what panels do in the window's thread."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from designer.document.model import Document, Edge, Graph, Node
from designer.infer.report import Report
from designer.protocol import Batch, Event, Started, encode_event
from designer.runs.folder import create
from designer.runs.listing import list_runs
from designer.runs.progress import Progress
from designer.runs.reader import RunReader
from designer.ui.monitor import PORTION
from designer.ui.panels.outline import OutlinePanel
from designer.ui.panels.palette import PalettePanel
from tests.benchmarks.probes.desk import Desk

CONV = {"filters": 8, "kernel_size": 3, "padding": "same"}


def chain(count: int) -> Document:
    """That many convolutions in a row."""
    nodes = {
        f"n{i}": Node(f"n{i}", "layers.Conv2D", f"n{i}", CONV, y=96.0 * i) for i in range(count)
    }
    wires = {Edge(f"n{i}", 0, f"n{i + 1}", "inputs") for i in range(count - 1)}
    return Document("chain", Graph(nodes, frozenset(wires)))


def timed(act: Callable[[int], object], times: int) -> float:
    """The median of so many calls, in ms."""
    spent = []
    for turn in range(times):
        began = time.perf_counter()
        act(turn)
        spent.append(1000 * (time.perf_counter() - began))
    return float(median(spent))


def _runs(base: Path) -> tuple[float, float]:
    """A portion of a log folded, and 300 runs listed, in ms."""
    for number in range(300):
        create(Document(name=f"run {number}"), "", base)
    listing = timed(lambda _: list_runs(base), 5)
    folder = create(Document(name="long"), "", base)
    batches = (Batch(n / 10, n, 1, {"loss": 1 / n, "mae": 1 / n}, 10_000) for n in range(1, 10_001))
    events: tuple[Event, ...] = (Started(0.0, 1, "3.15", 1, 32, 10_000, 320_000), *batches)
    folder.events.write_bytes(b"".join(encode_event(event) for event in events))
    reader, progress = RunReader(folder), Progress()
    return timed(lambda _: progress.add(reader.poll(PORTION)), 4), listing


def measure() -> dict[str, float]:
    """Medians in ms."""
    desk = Desk()
    desk.warm()
    desk.bench.documents.take(chain(1000))
    desk.settle()
    session, outline = desk.session, desk.bench.panel("outline")
    palette = desk.bench.panel("palette")
    assert isinstance(outline, OutlinePanel)
    assert isinstance(palette, PalettePanel)

    def fill(_: int) -> None:
        outline.model.follow(Document(), Report())
        outline.model.follow(session.document, session.report)

    told = {
        "inspect": timed(lambda turn: session.select({f"n{turn + 1}"}), 100),
        "outline": timed(fill, 5),
        "palette": timed(lambda _: palette.note_used("layers.Add"), 5),
    }
    desk.close()
    with tempfile.TemporaryDirectory() as base:
        told["portion"], told["listing"] = _runs(Path(base))
    return told


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()) + "\n")
