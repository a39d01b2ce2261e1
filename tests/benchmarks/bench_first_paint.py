"""From the start of the process to the end of the first paint, against a bare window."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure, middle
from tests.benchmarks.processes import probe

PAIRS = 15


def measure(folder: Path) -> Iterator[Figure]:
    """Wall and CPU time; a bare QMainWindow with an empty QGraphicsView is the peer."""
    wall: dict[str, list[float]] = {"ours": [], "bare": []}
    cpu: dict[str, list[float]] = {"ours": [], "bare": []}
    loaded = ""
    for side in wall:
        probe("first_paint", side)  # compiles what is not compiled yet
    for _ in range(PAIRS):
        for side in wall:
            told = probe("first_paint", side)
            wall[side].append(1000 * (told["painted"] - told["started"]))
            cpu[side].append(1000 * told["cpu"])
            loaded = told["loaded"] if side == "ours" else loaded
    yield Figure("first paint", middle(wall["ours"]), middle(wall["bare"]), "ms", 1.5)
    yield Figure("first paint, CPU", middle(cpu["ours"]), middle(cpu["bare"]), "ms", None)
    what = f"heavy packages loaded by then ({loaded or 'none'})"
    yield Figure(what, len(loaded.split()), None, "", 0)
