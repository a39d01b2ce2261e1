"""Real runs of a tiny script, watched as a window would."""

import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from designer.document.model import Document, TrainingPlan
from designer.protocol import Event
from designer.runs.folder import RunFolder, create
from designer.runs.launch import Trainer, end, resume, start
from designer.runs.reader import RunReader

SCRIPT = """
import keras
import numpy as np

EPOCHS = {epochs}

def build_model():
    x = keras.Input((8, 8, 1))
    y = keras.layers.Conv2D(4, 3, padding="same", activation="relu")(x)
    y = keras.layers.Conv2D(1, 3, padding="same")(y)
    return keras.Model(x, keras.layers.Add()([x, y]))

def load_data():
    x = np.random.default_rng(0).random((256, 8, 8, 1)).astype("float32")
    return x * {scale}, x

def main(callbacks=()):
    keras.utils.set_random_seed(3)
    model = build_model()
    model.compile(loss="mse", optimizer="adam", metrics=["mae"])
    x, y = load_data()
    print("loaded")
    history = model.fit(
        x, y, batch_size=32, epochs=EPOCHS, validation_data=(x, y), callbacks=[*callbacks]
    )
    model.save("model.keras")
    return history

if __name__ == "__main__":
    for name, values in main().history.items():
        print("RESULT", name, *(value.hex() for value in values))
"""
T = TypeVar("T")
FOREVER = 100_000  # epochs
PATIENCE = 120.0  # seconds, for machines that are busy


class Watch:
    """A started run and what was read of it."""

    def __init__(self, base: Path, script: str, epochs: int) -> None:
        plan = TrainingPlan(epochs=epochs, batch_size=32, seed=3)
        self.folder = create(
            Document(name="tiny", training=plan), script, base, samples=256, checkpoint_seconds=0
        )
        self.trainer: Trainer = start(self.folder)
        self.reader = RunReader(self.folder)
        self.events: list[Event] = []

    def until(self, done: Callable[[], bool]) -> None:
        limit = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < limit, self.folder.tail()
            time.sleep(0.03)
            self.events += self.reader.poll()

    def until_step(self, step: int) -> None:
        self.until(lambda: self.reader.step >= step)

    def until_over(self) -> int:
        self.until(lambda: self.trainer.poll() is not None)
        self.events += self.reader.poll()
        status = self.trainer.poll()
        assert status is not None
        return status

    def go_on(self) -> None:
        """Starts the run again behind its last checkpoint."""
        self.trainer = resume(self.folder)

    def close(self) -> None:
        if self.trainer.poll() is None:
            end(self.folder, force=True)
            self.until(lambda: self.trainer.poll() is not None)

    def of(self, kind: type[T]) -> list[T]:
        return [event for event in self.events if isinstance(event, kind)]


@contextmanager
def watching(base: Path) -> Iterator[Callable[..., Watch]]:
    """Starts runs of the script, or of another; they are over when the block ends."""
    made: list[Watch] = []

    def begin(script: str = "", epochs: int = FOREVER, scale: str = "1") -> Watch:
        text = script or SCRIPT.format(epochs=epochs, scale=scale)
        made.append(Watch(base, text, epochs))
        return made[-1]

    yield begin
    for one in made:
        one.close()


def assert_whole_model(folder: RunFolder) -> None:
    with zipfile.ZipFile(folder.model) as archive:
        assert archive.testzip() is None
        assert {"config.json", "model.weights.h5"} <= set(archive.namelist())
