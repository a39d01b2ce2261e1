"""What the processes hold with ResNet50 open and no plot."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure, middle
from tests.benchmarks.models import saved
from tests.benchmarks.processes import probe

RUNS = 3


def measure(folder: Path) -> Iterator[Figure]:
    """Resident memory; that of the trainer is measured with the training."""
    told = [probe("opening", saved(folder, "ResNet50")) for _ in range(RUNS)]
    yield Figure("window with ResNet50", middle([t["window"] for t in told]), None, "MB", 150)
    yield Figure("worker with ResNet50", middle([t["worker"] for t in told]), None, "MB", 700)
