"""Trains an example from the window, live plot and all: its steps, its CPU, the window's gaps."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from designer.protocol import RUN_EVENTS, Batch, Epoch, decode_event
from tests.benchmarks.probes.desk import Desk
from tests.benchmarks.probes.gaps import Gaps
from tests.benchmarks.probes.trained import planned
from tests.benchmarks.processes import ROOT

LOOK = 0.2  # seconds between two looks at the trainer
BEFORE = 1.5  # seconds that a user looks at a design before training it


def _peak(pid: int) -> float:
    """The highest resident memory of a process so far in MB, 0 when it has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def _spent(*processes: psutil.Process) -> float:
    """CPU seconds of processes so far."""
    times = [process.cpu_times() for process in processes]
    return float(sum(each.user + each.system for each in times))


@contextlib.contextmanager
def _beside() -> Iterator[Any]:
    """A loop without work, whose longest gap is asked for by a call; 0 if there is none."""
    command = [sys.executable, "-m", "tests.benchmarks.probes.bare_loop"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as loop:
        assert loop.stdin is not None
        assert loop.stdout is not None
        ask, answers = loop.stdin, loop.stdout

        def longest() -> float:
            ask.write("\n")
            ask.flush()
            return float(answers.readline())

        longest()
        yield longest
        ask.close()


def measure(epochs: int, *, watched: bool) -> dict[str, Any]:
    """Steps and epochs by the clock, CPU by the clock, peak MB, gaps and work in seconds.

    Gaps are told only of a run that is `watched`: to look at the clock every 5 ms costs CPU.
    """
    desk = Desk()
    desk.warm()
    desk.bench.documents.take(planned(epochs))
    desk.settle()
    desk.idle(BEFORE)
    with _beside() if watched else contextlib.nullcontext(lambda: 0.0) as bare:
        gaps, said = Gaps(), {}
        bare()
        if watched:
            gaps.start()
        assert desk.bench.trainings.start()
        monitor = desk.bench.monitor
        desk.until(lambda: monitor.progress.step > 0)
        said["begin"] = gaps.longest(), bare(), max(gaps.work)
        assert monitor.progress.started is not None
        trainer, window = psutil.Process(monitor.progress.started.pid), psutil.Process()
        peak, spent = 0.0, []
        if watched:
            gaps.start()
        while monitor.live:
            desk.idle(LOOK)
            peak = max(peak, _peak(trainer.pid))
            with contextlib.suppress(psutil.NoSuchProcess):
                spent.append((time.time(), _spent(trainer), _spent(window)))
        said["running"] = gaps.longest(), bare(), max(gaps.work)
    assert monitor.folder is not None
    lines = (monitor.folder.path / RUN_EVENTS).read_bytes().splitlines()
    events = [decode_event(line) for line in lines]
    desk.close()
    return said | {
        "steps": [(event.time, event.step) for event in events if isinstance(event, Batch)],
        "epochs": [(event.time, event.step) for event in events if isinstance(event, Epoch)],
        "spent": spent,
        "peak": peak,
    }


if __name__ == "__main__":
    told = measure(int(sys.argv[1]), watched=sys.argv[2:] == ["watched"])
    sys.stdout.write(json.dumps(told) + "\n")
