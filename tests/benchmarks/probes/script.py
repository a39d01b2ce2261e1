"""Runs the script of an example alone, as plain Python would: its steps, epochs and CPU."""

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
    """When each step and each epoch ended, in seconds since the epoch of computers."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[tuple[float, int]] = []
        self.epochs: list[tuple[float, int]] = []
        self.spent: list[tuple[float, float, float]] = []

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        # The beginning of the next step: an end would keep Keras from going on before it.
        if batch:
            self.steps.append((time.time(), len(self.steps) + len(self.epochs) + 1))

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        now, step = time.time(), len(self.steps) + len(self.epochs) + 1
        self.epochs.append((now, step))
        self.spent.append((now, time.process_time(), 0.0))


def measure(epochs: int) -> dict[str, Any]:
    """Steps and epochs by the clock, CPU by the clock, and the peak memory in MB."""
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
    return {
        "steps": clock.steps,
        "epochs": clock.epochs,
        "spent": clock.spent,
        "peak": peak,
    }


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(measure(int(sys.argv[1]))) + "\n")
