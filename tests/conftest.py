"""What every test gets: folders of its own instead of the user's, no screen, and watch for leaks.

Qt and Keras are not imported here, so that the pure tests run where neither is installed.
"""

import atexit
import gc
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from designer.catalog.load import load
from designer.catalog.spec import Catalog

# How busy the machine is says nothing about what is tested.
hypothesis_settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")

GRACE = 3.0  # seconds in which what a test started may still come to its end


def _own_folders() -> None:
    """Points everything that a program may write to below one temporary folder."""
    home = Path(tempfile.mkdtemp(prefix="skipwire-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    places = {
        "HOME": home,
        "KERAS_HOME": home / "keras",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_STATE_HOME": home / "state",
        "XDG_RUNTIME_DIR": home / "runtime",
    }
    for name, place in places.items():
        place.mkdir(mode=0o700, exist_ok=True)
        os.environ[name] = str(place)
    for name in [name for name in os.environ if name.startswith("SKIPWIRE_")]:
        del os.environ[name]


_own_folders()
# Set before Qt and Keras are imported. Tests of the real window start their own display.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"


@dataclass
class Spared:
    """Processes and threads that outlive a test on purpose: those of session fixtures."""

    processes: set[int] = field(default_factory=set)
    threads: set[str] = field(default_factory=set)


@pytest.fixture(scope="session")
def spared() -> Spared:
    """Session fixtures put here what they start, so that it is not taken for a leak."""
    return Spared()


def _children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def _windows() -> set[Any]:
    """Qt's top-level widgets; none where Qt is not loaded."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if application is None:
        return set()
    core = sys.modules["PySide6.QtCore"]
    application.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    return set(application.topLevelWidgets())


def _settle(leaked: Callable[[], set[Any]]) -> set[Any]:
    """What is still there after a while."""
    end = time.monotonic() + GRACE
    if leaked():
        gc.collect()
    while (found := leaked()) and time.monotonic() < end:
        time.sleep(0.02)
    return found


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        # So many models as the tests of one process train, no program does.
        if "triggered tf.function retracing" not in text:
            self.texts.append(text)


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(spared: Spared) -> Iterator[None]:
    """Fails a test that leaves a process, a thread, a widget or a logged warning."""
    children, threads, windows = _children(), set(threading.enumerate()), _windows()
    warnings = _Warnings()
    logging.getLogger().addHandler(warnings)
    yield
    logging.getLogger().removeHandler(warnings)
    assert not warnings.texts, f"logged warnings: {warnings.texts}"
    left = _settle(lambda: _children() - children - spared.processes)
    assert not left, f"child processes left: {left}"
    left = _settle(lambda: {t.name for t in set(threading.enumerate()) - threads} - spared.threads)
    assert not left, f"threads left: {left}"
    left = _settle(lambda: _windows() - windows)
    assert not left, f"top-level widgets left: {left}"


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The committed catalogue of Keras."""
    return load()
