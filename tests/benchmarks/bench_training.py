"""Training from the window with its live plot, against the same script run alone."""

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.processes import probe
from tests.benchmarks.turns import Runner, Turns

EPOCHS = "8"
BLOCK = 50.0  # ms in which the window may stand still
LEAST = 0.97  # of the steps a second of the script alone
DRAWS = 2000  # of pairs of turns, to tell how sure their median is


def measure(_folder: Path) -> Iterator[Figure]:
    """Steps a second and a CPU second from the second epoch on (the first one compiles), memory.

    Both run in turns. Speed is the median over pairs of neighbouring turns: other programs slow
    both of a pair. What the median still owes to chance is told as the range that holds nine in
    ten medians of such pairs. Steps a CPU second, the window's own CPU counted, owe less to
    others: if the cores were full, they would be the speed. They do us less than justice: the
    window looks at the log by the clock, so in turns twice as often for each step.

    The window's gaps are those of a run that is never stopped. Its thread's work is ours; what a
    gap lasts longer than that, it waits for a core, as a loop without work beside it does.
    """
    with Turns(("training", EPOCHS), ("script", EPOCHS)) as turns:
        (mine, ours), (other, alone) = turns.run()
    pairs = list(zip(rates(mine, ours), rates(other, alone), strict=False))
    both = [(a, b) for a, b in pairs if a and b]
    ratio = median(a / b for a, b in both)
    speed = median(b for _, b in both)
    yield Figure("speed of training", ratio * speed, speed, "steps/s", LEAST, at_least=True)
    low, high = likely([a / b for a, b in both])
    yield Figure("  the same, lower end of what is likely", low * speed, speed, "steps/s", None)
    yield Figure("  the same, upper end", high * speed, speed, "steps/s", None)
    each, bare = frugality(ours), frugality(alone)
    # Not judged: it counts what the window itself works, which the trainer does not wait for.
    yield Figure("steps a CPU second, window's included", each, bare, "steps", None)
    yield Figure("peak memory of the training process", ours["peak"], alone["peak"], "MB", 1.1)
    seen = probe("training", "3", "watched")
    for key, when in (("begin", "at the start"), ("running", "while it trains")):
        gap, idle, work = (1000 * seconds for seconds in seen[key])
        yield Figure(f"longest work of the window {when} (CPU)", work, None, "ms", BLOCK)
        yield Figure(f"longest gap of the window {when}; peer: no work", gap, idle, "ms", None)


def rates(runner: Runner, said: dict[str, Any]) -> list[float | None]:
    """Training steps a second in each turn; None where too little is known of it."""
    first = said["epochs"][0][1]
    ends = {step for _, step in said["epochs"]}
    steps = [(when, step) for when, step in said["steps"] if step > first]
    found: list[float | None] = []
    for begin, end in runner.turns:
        within = [(when, step) for when, step in steps if begin <= when <= end]
        seconds = count = 0.0
        for (before, a), (after, b) in pairwise(within):
            if not any(a <= step < b for step in ends):  # no validation between them
                seconds, count = seconds + after - before, count + b - a
        found.append(count / seconds if seconds > 0.3 * (end - begin) else None)
    return found


def likely(ratios: Sequence[float]) -> tuple[float, float]:
    """The range of nine in ten medians of as many draws from the same ratios (the bootstrap)."""
    draw = random.Random(1)
    medians = sorted(median(draw.choices(ratios, k=len(ratios))) for _ in range(DRAWS))
    return medians[DRAWS // 20], medians[-DRAWS // 20]


def frugality(said: dict[str, Any]) -> float:
    """Steps a CPU second of all processes: the median of the epochs after the first."""
    looks = [(when, cpu + window) for when, cpu, window in said["spent"]]
    each = [
        (last - first) / (_spent(looks, end) - _spent(looks, begin))
        for (begin, first), (end, last) in pairwise(said["epochs"])
    ]
    return float(median(each))


def _spent(looks: Sequence[tuple[float, float]], when: float) -> float:
    """CPU seconds up to a time, between two looks on a straight line."""
    for (a, before), (b, after) in pairwise(looks):
        if a <= when <= b:
            return before + (after - before) * ((when - a) / (b - a) if b > a else 0.0)
    return float(looks[-1][1])
