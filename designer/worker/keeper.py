"""The Keras callback that keeps checkpoints, and that lets a run go on from the last one.

Model, optimizer and random seeds are kept as they are between two steps. A run that goes on
within an epoch begins that epoch anew with the weights that it had: batches have no memory.
"""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

from designer.protocol import Checkpoint, Note
from designer.worker import checkpoint
from designer.worker.checkpoint import BEGINNING, Arrays, Point
from designer.worker.control import Control
from designer.worker.event_log import EventLog
from designer.worker.reporter import Reporter

SHARE = 100  # a checkpoint that took a second is followed by none for as many seconds


class Keeper(keras.callbacks.Callback):  # type: ignore[misc]  # Keras ships no types
    """Stands behind the Reporter, which counts. `kept` is what to begin with.

    `interval` is the least number of seconds between two checkpoints.
    """

    async_safe = True

    def __init__(
        self,
        path: Path,
        log: EventLog,
        control: Control,
        reporter: Reporter,
        interval: float,
        kept: tuple[Point, Arrays] | None = None,
    ) -> None:
        super().__init__()
        self._path = path
        self._log = log
        self._control = control
        self._reporter = reporter
        self._interval = interval
        self._kept = kept
        point = kept[0] if kept else BEGINNING
        self._base = point.step  # steps before this epoch
        self._epochs_done = point.epochs_done
        self._due = 0.0
        self._warned = False

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        """Put back what was kept; the fit then begins with the epoch behind it."""
        self._due = time.monotonic() + self._interval
        if self._kept is None:
            return
        point, arrays = self._kept
        self._kept = None
        self._restore(arrays)
        # As Keras' own BackupAndRestore tells the fit.
        self.model._initial_epoch = point.epochs_done

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Keep the state within a long epoch."""
        if batch and time.monotonic() >= self._due:
            self._keep(Point(self._base + batch, self._epochs_done))

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Keep the state if it is time, and whenever the run is stopped."""
        step, planned = self._reporter.step, self.params.get("steps")
        stopped = bool(self.model.stop_training)
        if step - self._base >= planned if planned else not stopped:
            self._epochs_done += 1
        self._base = step
        if self._control.stopping or time.monotonic() >= self._due:
            self._keep(Point(step, self._epochs_done))

    def _variables(self) -> list[Any]:
        optimizer = self.model.optimizer
        if not optimizer.built:  # before the first step
            optimizer.build(self.model.trainable_variables)
        return [*self.model.variables, *optimizer.variables]

    def _restore(self, arrays: Arrays) -> None:
        variables = self._variables()
        shapes = [tuple(variable.shape) for variable in variables]
        if shapes != [array.shape for array in arrays]:
            raise ValueError(
                f"The checkpoint {self._path} belongs to another model. Train the design again."
            )
        for variable, array in zip(variables, arrays, strict=True):
            # NumPy writes bfloat16 and its like as bytes without a type.
            plain = array.dtype.kind != "V"
            variable.assign(array if plain else array.view(variable.value.numpy().dtype))

    def _keep(self, point: Point) -> None:
        if self._reporter.spoilt:
            return  # the former checkpoint is worth more
        began = time.monotonic()
        arrays = [variable.value.numpy() for variable in self._variables()]
        try:
            checkpoint.write(self._path, point, arrays)
            self._log.write(Checkpoint(time.time(), point.step, point.epochs_done))
        except OSError as error:
            self._complain(error)
        now = time.monotonic()
        self._due = now + max(self._interval, SHARE * (now - began))

    def _complain(self, error: OSError) -> None:
        if self._warned:
            return
        self._warned = True
        message = (
            f"No checkpoint could be kept ({error.strerror}): if the training ends early, it "
            "cannot go on from here. Free some space on the disk of the runs."
        )
        self._log.write(Note(time.time(), "no_checkpoint", message))
