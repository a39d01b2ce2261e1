"""The Keras callback that tells the event log what happens, and obeys the control file.

Keras hands batch ends to a pool of threads when every callback allows it, as this one does, so
that training never waits for us; the beginnings of batches come in the training's own thread,
which is why pausing and stopping happen there.
"""

import json
import math
import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

from designer.protocol import RUN_SPEC, Batch, Epoch, Note, Paused, Resumed, Started
from designer.worker.checkpoint import BEGINNING, Point
from designer.worker.control import Control
from designer.worker.event_log import EventLog

INTERVAL = 0.05  # seconds between two batch events
PAUSE_INTERVAL = 0.1  # seconds between two looks while paused


def _numbers(logs: Mapping[str, Any] | None) -> dict[str, float]:
    """The scalars of Keras' logs; what is no number cannot be drawn and is left out."""
    return {
        key: float(value)
        for key, value in (logs or {}).items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _planned(folder: Path) -> dict[str, int | None]:
    """Batch size and samples from the run's specification: Keras does not tell a callback."""
    try:
        spec = json.loads((folder / RUN_SPEC).read_bytes())
        found = {name: spec.get(name) for name in ("batch_size", "samples")}
    except (OSError, ValueError, AttributeError):
        return {"batch_size": None, "samples": None}
    return {k: v if isinstance(v, int) and v > 0 else None for k, v in found.items()}


class Reporter(keras.callbacks.Callback):  # type: ignore[misc]  # Keras ships no types
    """Writes Started, Batch, Epoch, Paused, Resumed and Note; sets `model.stop_training`."""

    async_safe = True

    def __init__(
        self, log: EventLog, control: Control, folder: Path, begin: Point = BEGINNING
    ) -> None:
        super().__init__()
        self._begin = begin
        self._log = log
        self._control = control
        self._folder = folder
        self._guard = threading.Lock()
        self._started = False
        self._warned = False
        self._base = begin.step  # steps of the epochs that are over
        self._last = begin.step  # the last step that was seen
        self._told = begin.step  # the last step that was written
        self._next = 0.0
        self._pending: dict[str, Any] = {}
        self._epochs_over = begin.epochs_done
        self._cut = False  # the validation of this epoch did not come to its end
        self._epoch_began = 0.0
        self._paused = 0.0  # seconds of this epoch

    @property
    def step(self) -> int:
        """The last step that was seen; certain once an epoch has ended."""
        return self._last

    @property
    def spoilt(self) -> bool:
        """Whether a loss was not finite: weights that followed it are worth nothing."""
        return self._warned

    def set_params(self, params: dict[str, Any]) -> None:
        """Take the fit's parameters, and turn the progress bar into one line an epoch.

        All callbacks get this one dict, the bar after us; in a file its 20 lines a second would
        only fill the disk.
        """
        super().set_params(params)
        if params and params.get("verbose") in ("auto", 1):
            params["verbose"] = 2

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        """Tell the plan, once: a script that fits twice goes on in the same log."""
        if self._started:
            return
        self._started = True
        self._log.write(
            Started(
                time=time.time(),
                pid=os.getpid(),
                keras=keras.__version__,
                epochs=int(self.params.get("epochs") or 1),
                steps=self.params.get("steps"),
                **_planned(self._folder),
                step=self._begin.step,
                epochs_done=self._begin.epochs_done,
            )
        )

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Start the epoch's clock."""
        self._epoch_began = time.perf_counter()
        self._paused = 0.0
        self._cut = False

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Obey before the step, in the training's own thread."""
        self._obey()

    def on_test_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Validation is held and stopped as well; what it says after a part is no result."""
        self._obey()
        if self.model.stop_training:
            self.model.stop_evaluating = self._cut = True

    def on_predict_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """And so is a prediction that another callback or the script makes."""
        self._obey()
        if self.model.stop_training:
            self.model.stop_predicting = True

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Write the step if the last one written is long enough ago; threads may overtake."""
        step = self._base + batch + 1
        with self._guard:
            if step <= self._last:
                return
            self._last = step
            self._pending = dict(logs or {})
            self._check_finite()
            now = time.monotonic()
            if now >= self._next or step == 1 or batch + 1 == self.params.get("steps"):
                self._next = now + INTERVAL
                self._tell()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Write the epoch, after its last step; Keras has waited for all threads by now."""
        with self._guard:
            if self._last > self._told:
                self._tell()
            self._base = self._last
            self._epochs_over += 1
            seconds = time.perf_counter() - self._epoch_began - self._paused
            told = _numbers(logs)
            if self._cut:
                told = {k: v for k, v in told.items() if not k.startswith("val_")}
            self._log.write(Epoch(time.time(), self._last, self._epochs_over, told, seconds))
        self._obey()

    def _tell(self) -> None:
        self._told = self._last
        steps = self.params.get("steps")
        epoch = self._epochs_over + 1
        self._log.write(Batch(time.time(), self._last, epoch, _numbers(self._pending), steps))

    def _check_finite(self) -> None:
        loss = self._pending.get("loss", 0.0)
        if self._warned or not isinstance(loss, float) or math.isfinite(loss):
            return
        self._warned = True
        message = (
            f"The loss is {loss} since step {self._last}, so the weights learn nothing any more. "
            "Stop, and try a smaller learning rate, scaled data, or gradient clipping."
        )
        self._log.write(Note(time.time(), "not_finite", message))

    def _obey(self) -> None:
        command = self._control.command()
        if command == "pause":
            command = self._wait()
        if command == "stop" or self._log.error is not None:
            self.model.stop_training = True

    def _wait(self) -> str:
        began = time.perf_counter()
        self._log.write(Paused(time.time()))
        while (command := self._control.command()) == "pause":
            time.sleep(PAUSE_INTERVAL)
        self._log.write(Resumed(time.time()))
        self._paused += time.perf_counter() - began
        return command
