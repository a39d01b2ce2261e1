"""Two programs that run in turns of half a second: each has the computer to itself.

Speeds drift by half within a minute on a shared computer. Runs one after the other measure that;
turns short enough are hit by it alike. The one whose turn it is not is stopped, children and all.
"""

import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from typing import IO, Any, Self

import psutil

from tests.benchmarks.processes import LONGEST, ROOT, home

TURN = 0.5  # seconds
Span = tuple[float, float]  # seconds since the epoch


@dataclass
class Runner:
    """One of the two: a probe with everything that it starts, and when it was its turn."""

    process: subprocess.Popen[str]
    turns: list[Span] = field(default_factory=list)

    @property
    def running(self) -> bool:
        """Whether the probe has not ended."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Nothing of it runs; the children last started are found in the second round."""
        for _ in range(2):
            self._signal(signal.SIGSTOP)

    def turn(self, seconds: float) -> None:
        """It runs for that long, or to its end if that comes first."""
        began = time.time()
        self._signal(signal.SIGCONT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.turns.append((began, time.time()))

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            parent = psutil.Process(self.process.pid)
            for process in (parent, *parent.children(recursive=True)):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.send_signal(number)


class Turns:
    """Runs two probes in turns to their ends: `with Turns((name, *words), ...) as told`."""

    def __init__(self, *commands: tuple[str, ...]) -> None:
        self._commands = commands
        self._open = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def run(self) -> list[tuple[Runner, dict[str, Any]]]:
        """Each probe with the JSON object that it printed last."""
        outputs = [self._output() for _ in self._commands]
        runners = [self._start(c, o) for c, o in zip(self._commands, outputs, strict=True)]
        for runner in runners[1:]:
            runner.stop()
        end = time.monotonic() + LONGEST
        while any(runner.running for runner in runners):
            if time.monotonic() > end:
                raise TimeoutError(f"{self._commands} have not ended in {LONGEST} seconds")
            for runner in runners:
                if runner.running:
                    runner.turn(TURN)
                    runner.stop()
        return [(r, _said(r, o)) for r, o in zip(runners, outputs, strict=True)]

    def _output(self) -> IO[str]:
        return self._open.enter_context(tempfile.TemporaryFile("w+"))

    def _start(self, command: tuple[str, ...], output: IO[str]) -> Runner:
        surroundings = self._open.enter_context(home())
        name, *words = command
        line = [sys.executable, "-m", f"tests.benchmarks.probes.{name}", *words]
        process = subprocess.Popen(
            line, cwd=ROOT, env=surroundings, stdout=output, stderr=subprocess.STDOUT, text=True
        )
        self._open.callback(process.kill)
        self._open.callback(Runner(process)._signal, signal.SIGCONT)  # a stopped one ends late
        return Runner(process)


def _said(runner: Runner, output: IO[str]) -> dict[str, Any]:
    output.seek(0)
    text = output.read().strip()
    if runner.process.returncode or not text:
        raise RuntimeError(f"{runner.process.args!r} failed:\n{text}")
    said: dict[str, Any] = json.loads(text.splitlines()[-1])
    return said
