"""A training that goes on from a checkpoint is the training that was never interrupted."""

from pathlib import Path
from typing import Any

import pytest

from designer.protocol import Note, decode_event
from designer.worker.control import Control
from designer.worker.event_log import EventLog

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras")]

EPOCHS = 4


def _fit(
    folder: Path, kept: Any = None, stop_after: int = EPOCHS, scale: float = 1.0
) -> dict[str, list[float]]:
    import keras
    import numpy as np

    from designer.worker.checkpoint import BEGINNING
    from designer.worker.keeper import Keeper
    from designer.worker.reporter import Reporter

    control = Control(folder / "control.json")

    class Stopper(keras.callbacks.Callback):  # type: ignore[misc]  # Keras ships no types
        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            if epoch + 1 == stop_after < EPOCHS:
                control.stop()

    keras.utils.set_random_seed(5)
    inputs = keras.Input((6,))
    x = keras.layers.Dense(8, activation="relu")(inputs)
    x = keras.layers.Dropout(0.5)(keras.layers.BatchNormalization()(x))
    model = keras.Model(inputs, keras.layers.Dense(1)(x))
    model.compile("adam", "mse")
    data = (
        np.random.default_rng(0).random((64, 6)),
        scale * np.random.default_rng(1).random((64, 1)),
    )
    log = EventLog(folder / "events.jsonl")
    reporter = Reporter(log, control, folder, kept[0] if kept else BEGINNING)
    keeper = Keeper(folder / "checkpoint.npz", log, control, reporter, 1e9, kept)
    history = model.fit(
        *data,
        epochs=EPOCHS,
        batch_size=16,
        shuffle=False,
        validation_data=data,
        verbose=0,
        callbacks=[Stopper(), reporter, keeper],
    )
    return dict(history.history)


def test_the_losses_go_on_as_if_nothing_had_happened(tmp_path: Path) -> None:
    from designer.worker.checkpoint import Point, read

    whole = _fit(tmp_path)
    assert not (tmp_path / "checkpoint.npz").exists(), "not due, and not stopped"
    first = _fit(tmp_path, stop_after=2)
    kept = read(tmp_path / "checkpoint.npz")
    assert kept[0] == Point(8, 2)
    second = _fit(tmp_path, kept)
    for name, values in whole.items():
        assert first[name] + second[name] == pytest.approx(values, rel=1e-6), name


def test_weights_that_are_no_numbers_replace_no_checkpoint(tmp_path: Path) -> None:
    from designer.worker.checkpoint import read

    _fit(tmp_path, stop_after=2)
    before = (tmp_path / "checkpoint.npz").read_bytes()
    _fit(tmp_path, read(tmp_path / "checkpoint.npz"), stop_after=3, scale=float("nan"))
    assert (tmp_path / "checkpoint.npz").read_bytes() == before


def test_a_checkpoint_of_another_model_is_refused(tmp_path: Path) -> None:
    import numpy as np

    from designer.worker.checkpoint import Point

    with pytest.raises(ValueError, match="belongs to another model"):
        _fit(tmp_path, (Point(8, 2), [np.zeros(3)]))


def test_a_checkpoint_that_cannot_be_kept_is_told_once_and_training_goes_on(
    tmp_path: Path,
) -> None:
    (tmp_path / "checkpoint.npz.new").mkdir()
    history = _fit(tmp_path, stop_after=2)
    assert len(history["loss"]) == 2
    events = [decode_event(line) for line in (tmp_path / "events.jsonl").read_bytes().splitlines()]
    (note,) = [event for event in events if isinstance(event, Note)]
    assert note.code == "no_checkpoint"
