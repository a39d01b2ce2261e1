"""Exceptions that nobody caught: written to a log in the state folder and told calmly."""

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication

_log = logging.getLogger("skipwire")
_LOG_SIZE = 500_000  # bytes after which a log is put aside at the next start; one is kept


def log_to(folder: Path) -> None:
    """Writes the log into the state folder; without one, errors go to stderr."""
    if _log.handlers:
        return
    file = folder / "skipwire.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > _LOG_SIZE:
            file.replace(file.with_suffix(".log.1"))
        handler: logging.Handler = logging.FileHandler(file, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.propagate = False


def catch_all(confess: Callable[[BaseException], None]) -> None:
    """From now on such an exception is logged and given to `confess`, not printed."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        _log.error("uncaught: %s", "".join(traceback.format_exception(kind, error, trace)))
        confess(error)

    sys.excepthook = hook


def release() -> None:
    """The end of `catch_all`."""
    sys.excepthook = sys.__excepthook__
