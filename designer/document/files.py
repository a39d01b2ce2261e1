"""Reading and writing files so that nothing is ever half written, and saying why when it fails."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from designer.document.problem import ProblemError, Where, failure

PORTION = 1 << 20  # bytes that are copied at a time
_REASONS = {
    errno.ENOSPC: "the disk is full: free some space or save elsewhere",
    errno.EFBIG: "the system allows no file of that size: save elsewhere",
    errno.EDQUOT: "your disk quota is used up: free some space or save elsewhere",
    errno.EROFS: "the file system is read-only: save elsewhere",
    errno.EACCES: "permission is denied: save elsewhere, or change the folder's permissions",
    errno.EPERM: "the system does not allow it: save elsewhere",
    errno.ENOENT: "the folder does not exist: choose another",
    errno.ENOTDIR: "a part of the path is a file, not a folder: choose another",
    errno.EISDIR: "it is a folder: give the name of a file",
    errno.EEXIST: "a file of that name is in the way: choose another name",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.EIO: "the disk reports an error: save elsewhere",
}

_READ_REASONS = {
    errno.ENOENT: "there is no such file: choose another, or put it back",
    errno.ENOTDIR: "a part of the path is a file, not a folder: choose another",
    errno.EISDIR: "it is a folder: choose a file",
    errno.EINVAL: "it is a pipe or a device: choose a file",
    errno.EACCES: "permission is denied: change its permissions, or choose another",
    errno.ELOOP: "it is a link that leads to itself: choose another",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.EIO: "the disk reports an error: restore it from a copy",
}


def reason(error: OSError) -> str:
    """What an operating system's error means, and what to do."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def cannot_write(path: Path, error: OSError) -> ProblemError:
    """The problem that a file could not be written."""
    template = "{path} was not written: {reason}. Nothing that was there before has changed."
    return failure(
        "cannot_write", template, Where(file=str(path)), path=str(path), reason=reason(error)
    )


def read_reason(error: OSError) -> str:
    """Why a file could not be read, and what to do."""
    return _READ_REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()


def cannot_read(path: Path, error: OSError) -> ProblemError:
    """The problem that a file could not be read."""
    template = "{path} cannot be read: {reason}."
    values = {"path": str(path), "reason": read_reason(error)}
    return failure("cannot_read", template, Where(file=str(path)), **values)


def write_atomic(path: Path, data: bytes) -> None:
    """Puts `data` at `path`: afterwards either the old file is there or all of the new one.

    A link is followed, permissions of a file that is replaced are kept. ProblemError
    "cannot_write" where the system refuses.
    """
    _put(path, lambda file: file.write(data))


def copy_atomic(source: Path, path: Path) -> None:
    """Copies a file of any size to `path`, whole or not at all, a portion at a time.

    ProblemError "cannot_read" about the source, "cannot_write" as `write_atomic`.
    """
    try:
        original = open_regular(source)
    except OSError as error:
        raise cannot_read(source, error) from error
    with original:
        _put(path, lambda file: shutil.copyfileobj(original, file, PORTION))


def _put(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    target = Path(os.path.realpath(path))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{_shortened(target.name)}.", dir=target.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except OSError as error:
        with suppress(OSError):
            Path(name).unlink()
        raise cannot_write(path, error) from error


def _shortened(name: str) -> str:
    # The temporary name must fit where the name itself does, and the limit is one of bytes.
    return os.fsdecode(os.fsencode(name)[:100])


def _mode(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def open_regular(path: Path) -> BinaryIO:
    """An ordinary file opened for reading its bytes; OSError for anything else.

    Opening a pipe or a device could wait for ever.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EISDIR if path.is_dir() else errno.EINVAL, "", str(path))
    return path.open("rb")


def read_limited(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit` bytes; ProblemError "cannot_read" or "too_large"."""
    where = Where(file=str(path))
    try:
        with open_regular(path) as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise cannot_read(path, error) from error
    if len(data) > limit:
        template = "{path} is larger than {limit} MB, the most that is read here. Is it a design?"
        raise failure("too_large", template, where, path=str(path), limit=limit // 1_000_000)
    return data
