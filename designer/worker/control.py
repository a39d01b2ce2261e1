"""What the trainer was told to do: the control file, and the first SIGTERM, which means stop."""

import json
import time
from pathlib import Path

INTERVAL = 0.05  # seconds between two looks at the control file


class Control:
    """Reads the control file whenever it was replaced, looking at most 20 times a second."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._next = 0.0
        self._command = "run"
        self.stopping = False

    def stop(self) -> None:
        """Stop after the next step (a signal handler may call this)."""
        self.stopping = True

    def command(self) -> str:
        """The present command: "run", "pause" or "stop". A stop cannot be taken back."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + INTERVAL
            self._look()
        return "stop" if self.stopping else self._command

    def _look(self) -> None:
        try:
            status = self._path.stat()
            mark = (status.st_mtime_ns, status.st_ino, status.st_size)
            if mark == self._seen:
                return
            command = json.loads(self._path.read_bytes())["command"]
            self._seen = mark
        except FileNotFoundError:
            # No orders yet; but without its folder a run can neither be seen nor be stopped.
            self.stopping = self.stopping or not self._path.parent.exists()
            return
        except (OSError, ValueError, TypeError, KeyError):
            return  # not ours: the last command stays in force
        if command in ("run", "pause", "stop"):
            self._command = command
            self.stopping = self.stopping or command == "stop"
