"""The command line's end of the pipe to the Keras worker: a child process and its answers.

A thread reads the lines, so that waiting has a limit on every system.
"""

import queue
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.document.problem import ProblemError, failure
from designer.infer.engine import Inference
from designer.infer.report import Report
from designer.protocol import (
    Ask,
    Fault,
    Load,
    Loaded,
    Locate,
    Located,
    Message,
    NotLoaded,
    Quit,
    Ready,
    Told,
    decode,
    encode,
)

START_SECONDS = 180.0
ANSWER_SECONDS = 120.0


class WorkerClient:
    """A running worker; a context manager. It is asked one question at a time."""

    def __init__(
        self,
        command: Sequence[str],
        start_seconds: float = START_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._command = command
        self._start_seconds = start_seconds
        self._answer_seconds = answer_seconds
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._greeting: Ready | None = None

    def __enter__(self) -> Self:
        self._complaints = tempfile.TemporaryFile()
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                start_new_session=True,
            )
        except OSError as error:
            self._complaints.close()
            raise failure(
                "no_interpreter",
                "{program} cannot be started ({reason}): name a Python that has Keras 3 with "
                "--python.",
                program=self._command[0],
                reason=error.strerror or str(error),
            ) from error
        assert self._process.stdout is not None  # asked for above
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,))
        self._reader.start()
        return self

    def _read(self, stdout: IO[bytes]) -> None:
        for line in stdout:
            self._lines.put(line)
        self._lines.put(None)

    def ready(self) -> Ready:
        """Waits until Keras is up; says who answers."""
        if self._greeting is not None:
            return self._greeting
        match self._next(self._start_seconds):
            case Ready() as ready:
                self._greeting = ready
                return ready
            case Fault(_, message):
                raise self._refused(message)
            case other:
                raise self._refused(f"it began with {type(other).__name__}")

    def ask(self, question: Ask) -> Told:
        """The answer to a question; ProblemError if the worker died, failed or is silent."""
        self._send(question)
        while True:
            match self._next(self._answer_seconds):
                case Told(request) as told if request == question.request:
                    return told
                case Fault(request, message) if request in (-1, question.request):
                    raise self._refused(message)
                case _:
                    continue

    def order(self, message: Load | Locate) -> Loaded | NotLoaded | Located:
        """What comes of loading or finding a user's layers; ProblemError as `ask`."""
        self._send(message)
        while True:
            match self._next(self._answer_seconds):
                case Loaded() | NotLoaded() | Located() as told:
                    return told
                case Fault(_, words):
                    raise self._refused(words)
                case _:
                    continue

    def _send(self, message: Message) -> None:
        assert self._process.stdin is not None  # asked for when it was started
        with suppress(BrokenPipeError):  # a dead worker is told of by its missing answer
            self._process.stdin.write(encode(message))
            self._process.stdin.flush()

    def _next(self, seconds: float) -> Message:
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty as error:
            raise failure(
                "worker_silent",
                "The Keras worker has not answered for {seconds} s and was ended: try again, or "
                "name another interpreter with --python.",
                seconds=round(seconds),
            ) from error
        if line is None:
            raise self._died()
        try:
            return decode(line)
        except ValueError as error:
            raise self._refused(str(error)) from error

    def _refused(self, reason: str) -> ProblemError:
        return failure(
            "worker_failed",
            "The Keras worker under {program} cannot answer: {reason}. From the command line, "
            "--python names another.",
            program=self._command[0],
            reason=reason.rstrip("."),
        )

    def _died(self) -> ProblemError:
        status = self._process.wait()
        self._complaints.seek(0)
        words = self._complaints.read().decode(errors="replace").split("\n")
        last = next((line.strip() for line in reversed(words) if line.strip()), "it said nothing")
        return failure(
            "worker_died",
            "The Keras worker under {program} ended with status {status}: {last}. Name a Python "
            "that has Keras 3 with --python.",
            program=self._command[0],
            status=status,
            last=last.rstrip("."),
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None  # asked for above
        assert self._process.stdout is not None  # likewise
        with suppress(OSError):
            self._process.stdin.write(encode(Quit()))
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(timeout=2 if error is None else 0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._process.stdout.close()
        self._complaints.close()


def complete_report(document: Document, catalog: Catalog, worker: WorkerClient) -> Report:
    """The report with every answer of Keras in it; the worker is waited for only if asked."""
    inference = Inference(catalog)
    report, question = inference.update(document)
    if question is not None:
        worker.ready()
    while question is not None:
        told = worker.ask(question)
        inference.absorb(told)
        report, question = inference.update(document)
        if question is not None and not any(told.answers):
            break  # nothing was answered, and nothing more will be
    return report
