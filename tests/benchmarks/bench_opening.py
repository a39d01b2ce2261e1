"""Opening a model that the worker has never seen, against Keras' own building of it."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure, middle
from tests.benchmarks.models import saved
from tests.benchmarks.processes import probe

PAIRS = 5
MODELS = ("ResNet50", "NASNetLarge")
BLOCK = 50.0  # ms in which the window may stand still


def measure(folder: Path) -> Iterator[Figure]:
    """From File > Open, reading and layout included; the longest gap of the event loop."""
    for name in MODELS:
        file = saved(folder, name)
        opened, built = [], []
        for _ in range(PAIRS):
            opened.append(probe("opening", file))
            built.append(probe("keras_build", name, "", "3"))
        told = {
            key: middle([1000 * run[key] for run in opened])
            for key in ("known", "seconds", "cpu", "gap")
        }
        wall = middle([1000 * t for run in built for t in run["seconds"]])
        cpu = middle([1000 * t for run in built for t in run["cpu"]])
        yield Figure(f"{name}: from the click to all shapes known", told["known"], wall, "ms", 0.1)
        yield Figure(f"{name}: the same, laid out and painted", told["seconds"], wall, "ms", None)
        yield Figure(f"{name}: CPU of window and worker", told["cpu"], cpu, "ms", None)
        shapes = middle([1000 * run["shapes"] for run in opened])
        yield Figure(f"{name}: from question to answer", shapes, wall, "ms", None)
        yield Figure(f"{name}: longest gap of the window", told["gap"], None, "ms", BLOCK)
