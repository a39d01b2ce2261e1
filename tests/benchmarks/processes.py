"""Runs a probe in a process of its own and reads the one JSON object that it prints last."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 900  # seconds
NOTHING: Mapping[str, str] = MappingProxyType({})


def environment() -> dict[str, str]:
    """Ours without what slows imports down or points into the user's folders."""
    found = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "SKIPWIRE_"))}
    # The compiled modules of both sides are kept, wherever that was forbidden.
    found["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "skipwire-bench-pycache")
    found |= {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}
    found |= {"CUDA_VISIBLE_DEVICES": "-1", "TF_ENABLE_ONEDNN_OPTS": "1"}
    found.setdefault("QT_QPA_PLATFORM", "offscreen")
    return found


@contextmanager
def home() -> Iterator[dict[str, str]]:
    """An environment whose settings, caches and states are thrown away afterwards."""
    with tempfile.TemporaryDirectory(prefix="skipwire-bench-") as folder:
        kinds = ("CONFIG", "DATA", "CACHE", "STATE")
        places = {f"XDG_{kind}_HOME": f"{folder}/{kind.lower()}" for kind in kinds}
        yield environment() | places | {"HOME": folder, "KERAS_HOME": f"{folder}/keras"}


def probe(name: str, *words: str, given: Mapping[str, str] = NOTHING) -> dict[str, Any]:
    """What `tests.benchmarks.probes.NAME` says; "started" is the clock at its start in seconds.

    `given` are variables of its environment.
    """
    with home() as surroundings:
        surroundings |= given
        command = [sys.executable, "-m", f"tests.benchmarks.probes.{name}", *words]
        started = time.monotonic()
        ended = subprocess.run(
            command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=LONGEST
        )
    if ended.returncode or not ended.stdout.strip():
        raise RuntimeError(f"{' '.join(command)} failed:\n{ended.stdout}{ended.stderr}")
    said: dict[str, Any] = json.loads(ended.stdout.strip().splitlines()[-1])
    return said | {"started": started}


def load() -> Mapping[str, float]:
    """How busy the computer is: its load average of one minute, and its cores."""
    return {"load": os.getloadavg()[0], "cores": float(os.cpu_count() or 1)}
