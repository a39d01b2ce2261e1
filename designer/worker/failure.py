"""Puts the error that ended a training into plain words: what, where in the script, what to do."""

import errno
import traceback

MEMORY = "Use a smaller batch size or a smaller model, or close other programs."
DISK = "Free some space on the disk that holds the run folder, and train again."


def line_of(error: BaseException, script: str) -> int | None:
    """The line of `script` where the error came through, the innermost; None if it did not."""
    if isinstance(error, SyntaxError) and error.filename == script:
        return error.lineno
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == script]
    return lines[-1] if lines else None


def _words(error: BaseException) -> str:
    """The exception's own last line, without the source excerpt of a syntax error."""
    text = "".join(traceback.format_exception_only(error)).strip()
    return text.splitlines()[-1] if text else type(error).__name__


def _of_system(error: OSError) -> str | None:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return f"The disk is full. {DISK}"
    if isinstance(error, FileNotFoundError):
        return f"The file {error.filename} is missing. Put it back, or choose other data."
    if isinstance(error, PermissionError):
        return (
            f"The file {error.filename} may not be used. Change its permissions, or choose another."
        )
    return None


def _of_import(error: ImportError, python: str) -> str:
    name = (error.name or "").partition(".")[0]
    if name in ("keras", "tensorflow"):
        return (
            f"The Python at {python} has no {name}. Install keras and tensorflow there "
            f"({python} -m pip install keras tensorflow), or choose another interpreter "
            "in the settings."
        )
    wanted = f"has no module {name}" if name else f"cannot import: {error}"
    return f"The Python at {python} {wanted}. Install it there, or choose another interpreter."


def _cause(error: BaseException, python: str) -> str:
    told: str | None = None
    if isinstance(error, ImportError):
        told = _of_import(error, python)
    elif isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        told = f"The memory was not enough. {MEMORY}"
    elif isinstance(error, OSError):
        told = _of_system(error)
    elif isinstance(error, SystemExit):
        told = f"The script ended itself (exit status {error.code})."
    elif isinstance(error, KeyboardInterrupt):
        told = "The training was interrupted from the keyboard."
    return told or _words(error)


def explain(error: BaseException, script: str, python: str) -> str:
    """One or two sentences for the user; `python` is the interpreter, `script` the file's name."""
    line = line_of(error, script)
    place = f" ({script}, line {line})" if line is not None else ""
    return _cause(error, python) + place
