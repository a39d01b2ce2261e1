"""Runs the script of an example alone, as plain Python would, and times its epochs."""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import keras

from designer.catalog.load import load
from designer.codegen.script import generate
from tests.benchmarks.probes.trained import planned


class Clock(keras.callbacks.Callback):  # type: ignore[misc]  # Keras ships no types
    """When each epoch began and ended, in seconds since the epoch of computers."""

    async_safe = True

    def __init__(self) -> None:
        super().__init__()
        self.spans: list[tuple[float, float]] = []
        self._began = 0.0

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._began = time.time()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.spans.append((self._began, time.time()))


def measure(epochs: int) -> dict[str, Any]:
    """The span of each epoch and the peak memory in MB."""
    document = planned(epochs)
    text = generate(document, load()).text
    module = ModuleType("script")
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "script.py").write_text(text, encoding="utf-8")
        os.chdir(folder)
        exec(compile(text, "script.py", "exec"), module.__dict__)
        # Like a progress bar in a file: one line an epoch on either side.
        keras.utils.disable_interactive_logging()
        module.main(callbacks=[clock])
        os.chdir("/")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"epochs": clock.spans, "peak": peak}


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(measure(int(sys.argv[1]))) + "\n")
