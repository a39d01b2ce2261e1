"""Training from the window with its live plot, against the same script run alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.processes import probe
from tests.benchmarks.turns import Runner, Turns

EPOCHS = "8"
BLOCK = 50.0  # ms in which the window may stand still


def measure(_folder: Path) -> Iterator[Figure]:
    """Steps a second from the second epoch on (the first one compiles), and peak memory.

    Both run in turns of a second; the window's gaps are those of a run that is never stopped.
    """
    with Turns(("training", EPOCHS), ("script", EPOCHS)) as turns:
        (mine, ours), (other, alone) = turns.run()
    speeds = _speed(mine, ours), _speed(other, alone)
    yield Figure("speed of training", *speeds, "epochs/s", 0.97, at_least=True)
    yield Figure("peak memory of the training process", ours["peak"], alone["peak"], "MB", 1.1)
    seen = probe("training", "3")
    yield Figure("longest gap of the window at the start", 1000 * seen["begin"], None, "ms", BLOCK)
    running = 1000 * seen["running"]
    yield Figure("longest gap of the window while it trains", running, None, "ms", BLOCK)
    span = seen["epochs"][-1][1] - seen["epochs"][0][0]
    yield Figure("CPU of the window while it trains", 100 * seen["cpu"] / span, None, "%", None)


def _speed(runner: Runner, said: dict[str, Any]) -> float:
    """Epochs a second over all but the first: a sum evens out what a median would pick from."""
    later = said["epochs"][1:]
    return len(later) / sum(runner.ran(tuple(span)) for span in later)
