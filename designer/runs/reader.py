"""Reads a run as it grows: new events, and the state that log and lock tell together.

A live run, a finished one and one that was re-attached after a crash are read by the same code.
"""

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from designer.document.files import open_regular
from designer.document.problem import Problem, Where
from designer.protocol import (
    Batch,
    Continued,
    Epoch,
    Event,
    Failed,
    Finished,
    Paused,
    Resumed,
    Started,
    decode_event,
)
from designer.runs.folder import RunFolder
from designer.runs.lock import is_held, recorded_pid

State = Literal["starting", "running", "paused", "finished", "failed", "lost"]

CHUNK = 1 << 20  # bytes a poll reads at a time
LONGEST_LINE = 1 << 20  # bytes; a longer "line" is rubbish and not kept in memory
TIGHT = 4096  # bytes: with less room than a block, nothing more can be written
START_UP = 60.0  # seconds a trainer may take from its launch to its lock


def starting_up(folder: RunFolder, now: float | None = None) -> bool:
    """Whether the folder is so new that its trainer may just not have come to its lock yet."""
    if recorded_pid(folder.lock) is not None:
        return False
    made = max(_changed(folder.spec), _changed(folder.control))  # a run that goes on: the control
    return (time.time() if now is None else now) - made < START_UP


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def free_bytes(path: Path) -> int:
    """The room that is left on the disk of a folder; plenty if that cannot be known."""
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return sys.maxsize


class RunReader:
    """Call `poll` now and then; it gives each event once, in order."""

    def __init__(self, folder: RunFolder, room: Callable[[Path], int] = free_bytes) -> None:
        self.folder = folder
        self._room = room
        self.garbled = 0  # lines that were no events
        self.step = 0
        self.final: Finished | Failed | None = None
        self._offset = 0
        self._rest = b""
        self._started = False
        self._paused = False

    def poll(self, most: int | None = None) -> list[Event]:
        """The events since the last call. A line that is not complete yet waits for its end.

        `most` limits the bytes that are read, for a window that must not wait for a long log.
        """
        events: list[Event] = []
        end = None if most is None else self._offset + most
        while (end is None or self._offset < end) and (data := self._read(most or CHUNK)):
            *lines, self._rest = (self._rest + data).split(b"\n")
            events += [event for line in lines if (event := self._decode(line)) is not None]
            if len(self._rest) > LONGEST_LINE:
                self._rest = b""
                self.garbled += 1
        for event in events:
            self._note(event)
        return events

    @property
    def resumable(self) -> bool:
        """Whether the run, once it is over, could go on from a checkpoint."""
        return self.folder.checkpoint.is_file()

    def alive(self) -> bool:
        """Whether a trainer holds the folder's lock."""
        return is_held(self.folder.lock)

    @property
    def behind(self) -> bool:
        """Whether the log holds more than `poll` has read."""
        try:
            return self.folder.events.stat().st_size > self._offset
        except OSError:
            return False

    def state(self) -> State:
        """The state as far as `poll` has read; "lost" means: died without a final event."""
        if self.final is not None:
            return "finished" if isinstance(self.final, Finished) else "failed"
        # The lock is asked before the log: a trainer writes its last event before it lets go.
        if not self.alive() and not self.behind:
            return "starting" if starting_up(self.folder) else "lost"
        if not self._started:
            return "starting"
        return "paused" if self._paused else "running"

    def problem(self) -> Problem | None:
        """What ended the run badly; None while it lives and after a good end."""
        state = self.state()
        where = Where(file=str(self.folder.path))
        if state == "failed" and isinstance(self.final, Failed):
            values = {"message": self.final.message}
            return Problem("error", "run_failed", "{message}", values, where, self.final.traceback)
        if state != "lost":
            return None
        if not self.folder.path.exists():
            template = (
                "The run's folder {path} was deleted or moved. Its training stops, for without "
                "the folder it can neither be seen nor steered; what it learnt goes with it."
            )
            return Problem("error", "run_gone", template, {"path": str(self.folder.path)}, where)
        detail = self.folder.tail()
        if self._room(self.folder.path) < TIGHT:
            template = (
                "The disk that holds {path} is full, so the training could not write what it did. "
                "Free some space, or choose another folder of runs, and train again."
            )
            values = {"path": str(self.folder.path)}
            return Problem("error", "run_no_room", template, values, where, detail)
        if not self._started:
            template = (
                "The training process never came to its first step. Read the end of its log, "
                "check the interpreter in the settings, and start the run again."
            )
            return Problem("error", "run_never_started", template, {}, where, detail)
        template = (
            "The training process ended without a word at step {step}: it was killed, or "
            "memory ran out. The curve up to there is kept. If nobody killed it, train again "
            "with a smaller batch size."
        )
        if self.resumable:
            template = (
                "The training process ended without a word at step {step}: it was killed, or "
                "memory ran out. Continue from its last checkpoint; if that ends so too, train "
                "with a smaller batch size."
            )
        return Problem("error", "run_lost", template, {"step": self.step}, where, detail)

    def problems(self) -> tuple[Problem, ...]:
        """`problem`, and a warning if lines of the log could not be read."""
        found = [self.problem()]
        if self.garbled:
            template = "{count} lines of {path} are no events and were passed over."
            values = {"count": self.garbled, "path": str(self.folder.events)}
            where = Where(file=str(self.folder.events))
            found.append(Problem("warning", "run_log_garbled", template, values, where))
        return tuple(problem for problem in found if problem is not None)

    def _read(self, size: int) -> bytes:
        try:
            with open_regular(self.folder.events) as file:
                length = file.seek(0, 2)
                if length < self._offset:  # cut short by someone: what we told stays told
                    self._offset = length
                    self._rest = b""
                    self.garbled += 1
                file.seek(self._offset)
                data = file.read(size)
        except OSError:
            return b""  # not there yet, or not any more
        self._offset += len(data)
        return data

    def _decode(self, line: bytes) -> Event | None:
        if not line.strip():
            return None
        try:
            return decode_event(line)
        except ValueError:
            self.garbled += 1
            return None

    def _note(self, event: Event) -> None:
        match event:
            case Started():
                self._started, self.step = True, event.step
            case Continued():
                self._started, self._paused, self.final = False, False, None
            case Batch() | Epoch():
                self.step = max(self.step, event.step)
            case Paused():
                self._paused = True
            case Resumed():
                self._paused = False
            case Finished() | Failed() if self.final is None:
                self.final = event
            case _:
                pass
