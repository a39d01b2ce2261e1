"""Run folders for tests: events as a trainer would write them, and no trainer."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from designer.document.model import Document
from designer.protocol import Batch, Epoch, Event, Finished, Started, encode_event
from designer.runs import folder as folders
from designer.runs.folder import RunFolder
from designer.worker.lock import acquire


def make_run(base: Path, name: str = "design") -> RunFolder:
    """A folder without events: nothing was trained yet."""
    return folders.create(Document(name=name), "print('script')", base)


def tell(run: RunFolder, events: Iterable[Event]) -> None:
    """Appends events to the run's log."""
    with run.events.open("ab") as file:
        file.writelines(encode_event(event) for event in events)


def two_epochs() -> list[Event]:
    """Two epochs of five steps with falling losses."""
    now = time.time()
    events: list[Event] = [Started(now, 1, "3.15", 3, 32, 5, 160)]
    for epoch in (1, 2):
        steps = range(5 * (epoch - 1) + 1, 5 * epoch + 1)
        events += [Batch(now + s * 0.1, s, epoch, {"loss": 1 / s}, 5) for s in steps]
        logs = {"loss": 0.5 / epoch, "val_loss": 0.6 / epoch}
        events.append(Epoch(now + epoch * 0.5, epoch * 5, epoch, logs, 0.5))
    return events


@contextmanager
def held(run: RunFolder) -> Iterator[None]:
    """The run's lock is held, as by a trainer that lives."""
    descriptor = acquire(run.lock)
    try:
        yield
    finally:
        os.close(descriptor)


def finished() -> list[Event]:
    """The same, to a good end."""
    return [*two_epochs(), Finished(time.time(), "completed", "model.keras")]
