"""Edits at every depth of ResNet50: until the new shapes are painted, the worker warm."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure, middle
from tests.benchmarks.models import saved
from tests.benchmarks.processes import probe

LIMIT = 33.0  # ms: two frames


def measure(folder: Path) -> Iterator[Figure]:
    """Each of 53 convolutions gets a number of filters that the model never had."""
    told = probe("editing", saved(folder, "ResNet50"))
    times = sorted(1000 * t for t in told["times"])
    yield Figure("edit of ResNet50, median", middle(times), None, "ms", LIMIT)
    yield Figure("edit of ResNet50, quickest", times[0], None, "ms", None)
    yield Figure("edit of ResNet50, nine in ten", times[len(times) * 9 // 10], None, "ms", None)
    cpu = middle([1000 * t for t in told["cpu"]])
    yield Figure("edit of ResNet50, CPU of window and worker", cpu, None, "ms", None)
