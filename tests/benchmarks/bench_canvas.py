"""The canvas against NodeGraphQt, nodeeditor-qtpy and a floor that only draws boxes and lines.

On its own: `python -m tests.benchmarks.bench_canvas [--xvfb] [--wall] [--quick] [--every]`; some
eight minutes. The peers are installed apart, once: `python -m tests.benchmarks.peers`. Each draws
the same graph, a chain with a skip every four, in a process of its own, ours with shapes, badges,
frames, notes and the map besides; time is that of the processor in the window's thread (`--wall`:
of the clock). `--every` gives tables by size, of the peers, too.
"""

import argparse
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import log
from pathlib import Path

from tests.benchmarks import peers
from tests.benchmarks.figures import Figure, middle, table
from tests.benchmarks.processes import NOTHING, load, probe

SMALL, USUAL, LARGE = 100, 1000, 5000
ROUNDS = 3
AS_FAST = 1 / 20
AS_LEAN = 1 / 5
OVER_FLOOR = 3.0
LINEAR = 1.1
CONSTANT = 0.1
LEAST = 0.05  # ms; shorter ones say nothing about growth

VIEWS = tuple(f"{what} at {where}" for where in ("fit", "100 %") for what in ("pan", "zoom"))
DRAGS = ("drag one at 100 %", "drag one at fit", "drag 100 at fit")
FRAMES = ("repaint at fit", *VIEWS, *DRAGS)
ACTS = ("build", "delete all", "undo", "save", "load")
AGAINST_PEERS = ("build", *FRAMES, *ACTS[1:])
AGAINST_FLOOR = (*FRAMES, "repaint at 100 %")

# What our program sets before it makes a window; the floor is drawn under the same conditions.
OWN_WAY = {"QT_NO_GUI_THREADPOOL": "1"}

Rows = Mapping[str, float]


class Bench:
    """Runs probes and keeps what they say."""

    def __init__(self, given: Mapping[str, str] = NOTHING, words: Sequence[str] = ()) -> None:
        self._given = given
        self._words = tuple(words)

    def once(self, program: str, count: int) -> Rows:
        """What one process says."""
        own = peers.surroundings() if program in peers.PACKAGES else OWN_WAY
        given = {**self._given, **own}
        told = probe("canvas", program, str(count), *self._words, given=given)
        del told["started"]
        return told

    def figures(self, rounds: int) -> Iterator[Figure]:
        """All figures, against whom there is. All take turns, so that none has the calm hours."""
        wanted = [("floor", USUAL), *(("ours", count) for count in (USUAL, SMALL, LARGE))]
        found: dict[tuple[str, int], list[Rows]] = defaultdict(list)
        guests = [(name, USUAL) for name in peers.PACKAGES] if peers.present() else []
        for turn in range(rounds):
            for program in (*wanted, *guests[turn :: max(1, rounds)]):
                found[program].append(self.once(*program))
        told = {program: _medians(rows) for program, rows in found.items()}
        ours = told["ours", USUAL]
        yield from _against_peers(ours, [told[guest] for guest in guests])
        yield from _against_floor(ours, told["floor", USUAL])
        yield from _growth(told["ours", SMALL], told["ours", LARGE])


def _medians(turns: Sequence[Rows]) -> Rows:
    return {row: middle([rows[row] for rows in turns]) for row in turns[0]}


def measure(folder: Path) -> Iterator[Figure]:
    """The rows offscreen."""
    del folder
    yield from Bench().figures(ROUNDS)


def _against_peers(ours: Rows, others: Sequence[Rows]) -> Iterator[Figure]:
    if not others:
        what = "peers to compare with (python -m tests.benchmarks.peers installs them)"
        yield Figure(what, 0, None, "", 2, at_least=True)
        return
    for row in AGAINST_PEERS:
        best = min(rows[row] for rows in others if row in rows)
        yield Figure(f"{row}, against the better peer", ours[row], best, "ms", AS_FAST)
    best = min(rows["memory"] for rows in others)
    yield Figure("memory, against the better peer", ours["memory"], best, "MB", AS_LEAN)


def _against_floor(ours: Rows, floor: Rows) -> Iterator[Figure]:
    for row in AGAINST_FLOOR:
        yield Figure(f"{row}, against the floor", ours[row], floor[row], "ms", OVER_FLOOR)


def _growth(short: Rows, long: Rows) -> Iterator[Figure]:
    for row in long:
        if row not in ("memory", "close", "undo again") and long[row] > LEAST:
            # Near means that most is off screen: what is not seen is to cost nothing.
            near = row.endswith("at 100 %") and not row.startswith(("drop", "set"))
            grown = log(long[row] / max(short[row], LEAST)) / log(LARGE / SMALL)
            limit = CONSTANT if near else LINEAR
            yield Figure(f"{row}, {LARGE:,} nodes", long[row], None, "ms", None)
            yield Figure(f"{row}, growth", grown, None, "exponent", limit)


def _every(bench: Bench) -> Iterator[str]:
    """Tables of each program's own rows by size."""
    for program, counts in {
        "ours": (SMALL, 300, USUAL, 3000, LARGE),
        "floor": (SMALL, 300, USUAL, 3000, LARGE),
        **dict.fromkeys(peers.PACKAGES if peers.present() else (), (SMALL, 300, USUAL)),
    }.items():
        found = {count: bench.once(program, count) for count in counts}
        rows = [(program, *(f"{count:,}" for count in counts))]
        rows += [(r, *(f"{found[c][r]:.3g}" for c in counts)) for r in found[counts[0]]]
        yield _aligned(rows)


def _aligned(rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"{name:24}" + "".join(f"{cell:>10}" for cell in rest) for name, *rest in rows)


@contextmanager
def screen() -> Iterator[Mapping[str, str]]:
    """An X server without a screen, and what its clients need to know."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert server.stdout is not None
        display = server.stdout.readline().decode().strip()
        yield {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


def main(words: Sequence[str]) -> int:
    """Prints the table; 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(description="The canvas against others.")
    for option in ("--xvfb", "--wall", "--quick", "--every"):
        parser.add_argument(option, action="store_true")
    asked = parser.parse_args(words)
    clock = ["wall"] if asked.wall else []
    if not asked.xvfb:
        return _print(Bench(NOTHING, clock), asked)
    with screen() as given:
        return _print(Bench(given, clock), asked)


def _print(bench: Bench, asked: argparse.Namespace) -> int:
    if asked.every:
        print("\n\n".join(_every(bench)))
        return 0
    found = list(bench.figures(1 if asked.quick else ROUNDS))
    print(f"load {load()['load']:.1f} on {load()['cores']:.0f} cores")
    print(table(found))
    return 0 if all(figure.holds for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
