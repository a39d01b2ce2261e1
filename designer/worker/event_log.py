"""The trainer's end of the event log: one appended line an event, one write a line.

Only final events are synced to the disk: the page cache survives the death of the process, and
a sync a batch would slow the training down.
"""

import os
import sys
import threading
import time
from pathlib import Path

from designer.protocol import Event, Failed, Finished, encode_event

TRIES = 4  # a full disk may have room again in a moment
WAIT = 0.25  # seconds between tries


class EventLog:
    """Appends events; `error` is set, and nothing more is written, once the disk refuses for good.

    Written to from Keras' callback threads and from a signal handler, hence the re-entrant lock.
    """

    def __init__(self, path: Path) -> None:
        self.error: OSError | None = None
        self._torn = False
        self._guard = threading.RLock()
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def write(self, event: Event) -> None:
        """Append one event. Never raises for the disk's sake: look at `error`."""
        final = isinstance(event, Failed | Finished)
        with self._guard:
            if self.error is not None and not final:
                return
            try:
                self._append(encode_event(event))
                if final:
                    self._sync()
            except OSError as error:
                self._give_up(error)

    def _append(self, line: bytes) -> None:
        rest = b"\n" + line if self._torn else line
        for left in reversed(range(TRIES)):
            try:
                while rest:
                    written = os.write(self._file, rest)
                    self._torn = written < len(rest)
                    rest = rest[written:]
                return
            except OSError:
                if left == 0:
                    raise
                time.sleep(WAIT)

    def _sync(self) -> None:
        try:
            os.fsync(self._file)
        except OSError as error:
            # A pipe or a device has nothing to sync; the line itself is written.
            sys.stderr.write(f"The event log could not be synced: {error}\n")

    def _give_up(self, error: OSError) -> None:
        self.error = error
        try:
            sys.stderr.write(
                f"The event log cannot be written ({error.strerror}); the training stops here "
                "and saves its weights if it can. Free some space on this disk.\n"
            )
            sys.stderr.flush()
        except OSError:
            return  # trainer.log lies on the same full disk; the exit status still tells
