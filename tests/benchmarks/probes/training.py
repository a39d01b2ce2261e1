"""Trains an example from the window, live plot and all, and times its epochs."""

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

import psutil

from designer.protocol import RUN_EVENTS, Epoch, decode_event
from tests.benchmarks.probes.desk import Desk, Gaps
from tests.benchmarks.probes.trained import planned


def _peak(pid: int) -> float:
    """The highest resident memory of a process so far in MB, 0 when it has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def measure(epochs: int) -> dict[str, Any]:
    """The span of each epoch, the trainer's peak memory in MB, and the window's longest gaps."""
    desk = Desk()
    desk.warm()
    desk.bench.documents.take(planned(epochs))
    desk.settle()
    gaps = Gaps()
    gaps.start()
    assert desk.bench.trainings.start()
    monitor = desk.bench.monitor
    desk.until(lambda: monitor.progress.step > 0)
    begin = gaps.longest()
    assert monitor.progress.started is not None
    pid, peak = monitor.progress.started.pid, 0.0
    gaps.start()
    spent = psutil.Process().cpu_times()
    while monitor.live:
        desk.idle(0.2)
        peak = max(peak, _peak(pid))
    running, used = gaps.longest(), psutil.Process().cpu_times()
    assert monitor.folder is not None
    lines = (monitor.folder.path / RUN_EVENTS).read_bytes().splitlines()
    ended = [e for e in map(decode_event, lines) if isinstance(e, Epoch)]
    spans = [(epoch.time - epoch.seconds, epoch.time) for epoch in ended]
    desk.close()
    window = used.user + used.system - spent.user - spent.system
    return {"epochs": spans, "peak": peak, "begin": begin, "running": running, "cpu": window}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))) + "\n")
