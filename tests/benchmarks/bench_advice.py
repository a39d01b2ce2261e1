"""What fixes cost in a large design: how long the window's thread is held while they are tried, and
what the checks of the design as a whole and of its training add to every edit.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure, middle
from tests.benchmarks.processes import probe

NODES = 1000
TURN, CHECKS = 16.0, 5.0  # ms of the thread's own work: a frame; a small part of one


def measure(folder: Path) -> Iterator[Figure]:
    """A sum of unlike channels among a thousand nodes: a dozen fixes are tried on Keras."""
    told = probe("advice", str(NODES))
    work = [1000 * t for t in told["work"]]
    yield Figure("fixes sought, longest turn of the window's thread", max(work), None, "ms", TURN)
    yield Figure(
        "fixes sought, longest gap by the clock", 1000 * max(told["all"]), None, "ms", None
    )
    checks = middle([1000 * t for t in told["checks"]])
    yield Figure("checks of design and training, an edit", checks, None, "ms", CHECKS)
