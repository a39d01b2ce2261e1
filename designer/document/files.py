"""Reading and writing files so that nothing is ever half written, and saying why when it fails."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from designer.document.problem import ProblemError, Where, failure

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
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.EIO: "the disk reports an error: save elsewhere",
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


def write_atomic(path: Path, data: bytes) -> None:
    """Puts `data` at `path`: afterwards either the old file is there or all of the new one.

    A link is followed, permissions of a file that is replaced are kept. ProblemError
    "cannot_write" where the system refuses.
    """
    target = Path(os.path.realpath(path))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except OSError as error:
        with suppress(OSError):
            Path(name).unlink()
        raise cannot_write(path, error) from error


def _mode(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def read_limited(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit` bytes; ProblemError "cannot_read" or "too_large"."""
    where = Where(file=str(path))
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder: choose a file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        template = "{path} cannot be read: {reason}."
        text = (error.strerror or str(error)).lower()
        raise failure("cannot_read", template, where, path=str(path), reason=text) from error
    if len(data) > limit:
        template = "{path} is larger than {limit} MB, the most that is read here. Is it a design?"
        raise failure("too_large", template, where, path=str(path), limit=limit // 1_000_000)
    return data
