"""What keeps the window's thread busy besides the canvas: panels, and the folding of long logs."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.processes import probe

BLOCK = 50.0  # ms in which the window may stand still


def measure(_folder: Path) -> Iterator[Figure]:
    """Medians in ms, with a design of a thousand nodes open."""
    told = probe("panels")
    for key, what in (
        ("inspect", "another node of 1,000 selected: inspector, canvas and outline"),
        ("outline", "1,000 nodes listed in the outline"),
        ("palette", "palette filled anew"),
        ("portion", "one portion of a long event log folded into curves"),
        ("listing", "300 runs listed"),
    ):
        yield Figure(what, told[key], None, "ms", BLOCK if key != "listing" else None)
