"""The layout against Graphviz' `dot` on real networks: time, and what the drawings are worth.

Times are of the processor, `dot`'s own process included, because others may be at work. On its
own: `python -m tests.benchmarks.bench_layout`.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from math import log
from pathlib import Path
from shutil import which

from designer.document.extent import CARD
from designer.layout.layered import layered
from tests.benchmarks.drawings import dots, dots_text, ours
from tests.benchmarks.figures import Figure, middle, table
from tests.benchmarks.networks import Network, application, chain, transformer, u_net

TURNS = 5
APPLICATIONS = ("ResNet152", "EfficientNetB7", "NASNetLarge")
LENGTHS = (500, 5000)
EXPONENT = 1.1


def measure(folder: Path) -> Iterator[Figure]:
    """A row for each promise; without `dot` our own figures only."""
    peer = which("dot") is not None
    for name in APPLICATIONS:
        yield from _judged(name, application(name), peer=peer)
    yield from _judged("transformer of 12 blocks", transformer(), peer=peer)
    yield from _judged("U-Net of 5 levels", u_net(), peer=peer)
    short, long = (_seconds(partial(_lay, chain(length))) for length in LENGTHS)
    growth = log(long / short) / log(LENGTHS[1] / LENGTHS[0])
    yield Figure(f"chain of {LENGTHS[1]:,}, time", 1000 * long, None, "ms", 500.0)
    yield Figure(f"chain of {LENGTHS[1]:,}, growth", growth, None, "exponent", EXPONENT)


def _judged(name: str, network: Network, *, peer: bool) -> Iterator[Figure]:
    wires = network.wires
    mine = ours(_lay(network), wires).quality()
    theirs = dots(network.nodes, wires).quality() if peer else None
    spent = 1000 * _seconds(partial(_lay, network))
    other = 1000 * _seconds(partial(_dot, dots_text(network.nodes, wires))) if peer else None
    yield Figure(f"{name}, time", spent, other, "ms", 1.0 if peer else None)
    # Limits bound our own count: a ratio to no crossings says nothing.
    most = float(theirs.crossings) if theirs else None
    yield Figure(f"{name}, crossings", mine.crossings, None, _count(theirs and most), most)
    yield Figure(f"{name}, wires through nodes", mine.through, None, "", 0.0)
    yield Figure(f"{name}, overlaps", mine.overlaps, None, "", 0.0)
    straight = 100 * theirs.straight if theirs else None
    yield Figure(f"{name}, straight wires", 100 * mine.straight, straight, "%", None)


def _count(theirs: float | None) -> str:
    return "" if theirs is None else f"dot has {theirs:.0f}"


def _lay(network: Network) -> dict[str, tuple[float, float]]:
    return layered(dict.fromkeys(network.nodes, CARD), network.wires, figures=True)


def _dot(text: str) -> None:
    subprocess.run(["dot", "-Tplain"], input=text.encode(), capture_output=True, check=True)


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of one turn, that of its children included."""
    spent = []
    for _ in range(TURNS):
        before = _clock()
        work()
        spent.append(_clock() - before)
    return middle(spent)


def _clock() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    found = list(measure(Path()))
    print(table(found))
    sys.exit(not all(figure.holds for figure in found))
