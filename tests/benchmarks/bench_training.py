"""Training from the window with its live plot, against the same script run alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure, middle
from tests.benchmarks.processes import probe

PAIRS = 3
EPOCHS = "5"
BLOCK = 50.0  # ms in which the window may stand still


def measure(folder: Path) -> Iterator[Figure]:
    """Steps a second from the second epoch on (the first one compiles), and peak memory."""
    ours: list[dict[str, Any]] = []
    alone: list[dict[str, Any]] = []
    for turn in range(PAIRS):
        # Each side goes first in its turn: what the computer does besides hits both.
        for side in (0, 1) if turn % 2 else (1, 0):
            name, runs = (("training", ours), ("script", alone))[side]
            runs.append(probe(name, EPOCHS))
    speeds = [middle([1 / s for run in runs for s in run["epochs"][1:]]) for runs in (ours, alone)]
    pairs = [
        middle(b["epochs"][1:]) / middle(a["epochs"][1:]) for a, b in zip(ours, alone, strict=True)
    ]
    unit = "epochs/s"
    yield Figure("speed of training", speeds[0], speeds[1], unit, 0.97, at_least=True)
    yield Figure(
        "the same, median of the pairs' ratios", middle(pairs), None, "", 0.97, at_least=True
    )
    peaks = [middle([run["peak"] for run in runs]) for runs in (ours, alone)]
    yield Figure("peak memory of the training process", peaks[0], peaks[1], "MB", 1.1)
    begin = middle([1000 * run["begin"] for run in ours])
    running = middle([1000 * run["running"] for run in ours])
    yield Figure("longest gap of the window at the start", begin, None, "ms", BLOCK)
    yield Figure("longest gap of the window while it trains", running, None, "ms", BLOCK)
