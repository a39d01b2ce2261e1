"""All benchmarks or those named: `python -m tests.benchmarks.run [NAME ...]`.

Each measures us and a peer in the same minutes, in turns and in processes of their own, and
prints medians and their ratio. Other programs disturb it: look at the load that is printed.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import (
    bench_advice,
    bench_canvas,
    bench_edit,
    bench_first_paint,
    bench_layout,
    bench_memory,
    bench_opening,
    bench_panels,
    bench_training,
    bench_verdict,
)
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.processes import load

Benchmark = Callable[[Path], Iterator[Figure]]
ALL: dict[str, Benchmark] = {
    "first_paint": bench_first_paint.measure,
    "edit": bench_edit.measure,
    "opening": bench_opening.measure,
    "memory": bench_memory.measure,
    "layout": bench_layout.measure,
    "canvas": bench_canvas.measure,
    "panels": bench_panels.measure,
    "training": bench_training.measure,
    "verdict": bench_verdict.measure,
    "advice": bench_advice.measure,
}


def main(names: list[str]) -> int:
    """Prints a table for each benchmark; 1 if a limit is not kept, 2 for an unknown name."""
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}.")
        return 2
    kept = True
    with tempfile.TemporaryDirectory(prefix="skipwire-bench-") as folder:
        for name in names or ALL:
            figures = list(ALL[name](Path(folder)))
            print(f"\n{name} (load {load()['load']:.1f} on {load()['cores']:.0f} cores)")
            print(table(figures), flush=True)
            kept = kept and all(figure.holds for figure in figures)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
