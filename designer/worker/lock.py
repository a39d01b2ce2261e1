"""The trainer's lock on its run folder: held for life, so that a free lock means a dead trainer.

The file holds the trainer's process id in digits. On Windows one byte far behind the text is
locked, because a locked region cannot be read there.
"""

import os
import sys
import time
from pathlib import Path

WINDOWS_BYTE = 1 << 30
PATIENCE = 1.0  # seconds; whoever looks whether the lock is free holds it for microseconds

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, WINDOWS_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def acquire(path: Path, patience: float = PATIENCE) -> int:
    """Lock `path` and write our process id into it; the descriptor keeps the lock until it closes.

    BlockingIOError if another process holds it for longer than `patience` seconds.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    end = time.monotonic() + patience
    while True:
        try:
            _lock(descriptor)
            break
        except OSError as error:
            if time.monotonic() > end:
                os.close(descriptor)
                raise BlockingIOError(error.errno, "locked by another process", str(path)) from None
            time.sleep(0.02)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}\n".encode())
    return descriptor
