"""A plain client of the shape worker for tests and benchmarks: one question at a time."""

import contextlib
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from designer.protocol import (
    Answer,
    Argument,
    Ask,
    Fault,
    Message,
    Quit,
    Ready,
    Ref,
    Step,
    TensorSpec,
    Told,
    decode,
    encode,
)

ROOT = Path(__file__).resolve().parents[1]


class WorkerClient:
    """Starts `designer.worker.serve` in a process of its own; a context manager ends it."""

    def __init__(
        self,
        python: str = sys.executable,
        options: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            [python, *options, "-m", "designer.worker.serve"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._request = 0
        self.greeting = self.receive()  # Ready, or the Fault of a failed start

    def __enter__(self) -> Self:
        assert isinstance(self.greeting, Ready), self.greeting
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, line: bytes) -> None:
        """Writes a raw line."""
        assert self.process.stdin is not None
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def receive(self) -> Message | None:
        """The next message, None at the end of the output."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return decode(line) if line else None

    def ask(self, *steps: Step) -> tuple[Answer | None, ...]:
        """The answers to one question."""
        self._request += 1
        self.send(encode(Ask(self._request, steps)))
        told = self.receive()
        assert not isinstance(told, Fault), told.message
        assert isinstance(told, Told)
        assert told.request == self._request
        return told.answers

    def ask_one(self, step: Step) -> Answer:
        """The answer to a question of one step."""
        (answer,) = self.ask(step)
        assert answer is not None
        return answer

    def close(self) -> None:
        """Quits, and waits for the end."""
        if self.process.poll() is None:
            with contextlib.suppress(BrokenPipeError):
                self.send(encode(Quit()))
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=30)


def tensor(*shape: int | None, dtype: str = "float32") -> TensorSpec:
    """A tensor of any batch size and that shape behind it."""
    return TensorSpec((None, *shape), dtype)


def step(
    type_: str,
    *inputs: int | TensorSpec,
    params: Mapping[str, Any] | None = None,
    listed: bool = False,
) -> Step:
    """A call of one port; integers are the places of earlier steps."""
    tensors = tuple(Ref(i) if isinstance(i, int) else i for i in inputs)
    arguments = (Argument("inputs", tensors, listed),) if tensors else ()
    return Step(type_, dict(params or {}), arguments)
