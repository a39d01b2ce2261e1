"""Looks whether a run's trainer lives: by its lock, which the system frees when it dies.

A process id alone proves nothing, because the system gives it away again.
"""

import os
import sys
from pathlib import Path

from designer.document.files import open_regular

WINDOWS_BYTE = 1 << 30  # the byte that the trainer locks there, far behind the text

if sys.platform == "win32":
    import msvcrt

    _FLAGS = os.O_RDWR

    def _is_free(descriptor: int) -> bool:
        os.lseek(descriptor, WINDOWS_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(descriptor, WINDOWS_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        return True
else:
    import fcntl

    _FLAGS = os.O_RDONLY | os.O_NONBLOCK  # a pipe in its place would make us wait for ever

    def _is_free(descriptor: int) -> bool:
        try:
            # Shared, so that two who look at the same moment do not see each other.
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        return True


def is_held(path: Path) -> bool:
    """Whether a process holds the lock. A file that cannot be opened is held by nobody we know."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return False
    try:
        return not _is_free(descriptor)
    except OSError:
        return False  # a file system without locks: the event log alone must tell
    finally:
        os.close(descriptor)


def recorded_pid(path: Path) -> int | None:
    """The process id in the file: of the present or the last trainer; None if there was none."""
    try:
        with open_regular(path) as file:
            number = int(file.read(32))
    except (OSError, ValueError):
        return None
    return number if number > 1 else None


def holder(path: Path) -> int | None:
    """The process id of the trainer that holds the lock now; None if the lock is free."""
    return recorded_pid(path) if is_held(path) else None
