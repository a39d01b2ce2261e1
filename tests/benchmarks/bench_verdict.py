"""The verdict on a wire in the hand: from the pointer's coming on a port to the painted answer."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure, middle
from tests.benchmarks.processes import probe

NODES = 1000
MEDIAN, LATE = 16.0, 50.0  # ms: a frame; what a hand does not notice


def measure(folder: Path) -> Iterator[Figure]:
    """Every question is new to Keras and to us; asking again costs no answer, only paint."""
    told = probe("verdict", str(NODES))
    times = sorted(1000 * t for t in told["times"])
    again = sorted(1000 * t for t in told["again"])
    late = times[min(len(times) - 1, len(times) * 99 // 100)]
    yield Figure(f"verdict, median of {len(times)}", middle(times), None, "ms", MEDIAN)
    yield Figure("verdict, 99 in a hundred", late, None, "ms", LATE)
    yield Figure("verdict, the slowest", times[-1], None, "ms", None)
    yield Figure("verdict that is known already, median", middle(again), None, "ms", None)
