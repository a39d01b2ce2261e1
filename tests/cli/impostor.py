"""What the fake interpreter does in place of the worker and of the trainer."""

import json
import sys
import time
from pathlib import Path

from designer.protocol import (
    RUN_CONTROL,
    RUN_EVENTS,
    RUN_MODEL,
    RUN_SPEC,
    Ask,
    Batch,
    Epoch,
    Event,
    Failed,
    Finished,
    Quit,
    Ready,
    Started,
    decode,
    encode,
    encode_event,
)
from tests.fake_worker import FakeWorker

PATIENCE = 20.0  # seconds; a test that forgets to stop the trainer does not leave it running


def main(words: list[str]) -> None:
    """Plays the part that the boot text asks for."""
    if any("designer.worker.train" in word for word in words):
        _train(Path([word for word in words if word != "--resume"][-1]))
    else:
        _serve()


def _serve() -> None:
    worker = FakeWorker()
    out = sys.stdout.buffer
    out.write(encode(Ready(1, "3.11", "3.15.1", "tensorflow", "2.21")))
    out.flush()
    for line in sys.stdin.buffer:
        match decode(line):
            case Ask() as ask:
                out.write(encode(worker.answer(ask)))
                out.flush()
            case Quit():
                return
            case _:
                pass


def _append(folder: Path, event: Event) -> None:
    with (folder / RUN_EVENTS).open("ab") as file:
        file.write(encode_event(event))


def _stopped(folder: Path) -> bool:
    try:
        command = json.loads((folder / RUN_CONTROL).read_bytes())["command"]
    except OSError:
        return False
    return bool(command == "stop")


def _train(folder: Path) -> None:
    """One epoch at once; seed 1 fails, seed 2 dies, seed 3 goes on until it is stopped."""
    spec = json.loads((folder / RUN_SPEC).read_bytes())
    _append(folder, Started(time.time(), 1, "3.15.1", spec["epochs"], spec["batch_size"], 2, 64))
    _append(folder, Batch(time.time(), 1, 1, {"loss": 0.5}, 2))
    if spec["seed"] == 1:
        _append(folder, Failed(time.time(), "The memory was not enough.", "Traceback"))
        sys.exit(1)
    if spec["seed"] == 2:
        sys.exit(9)
    end = time.monotonic() + PATIENCE
    while spec["seed"] == 3 and not _stopped(folder) and time.monotonic() < end:
        time.sleep(0.02)
    _append(folder, Epoch(time.time(), 2, 1, {"loss": 0.25, "val_loss": 0.3}, 0.1))
    (folder / RUN_MODEL).write_bytes(b"model")
    reason = "stopped" if spec["seed"] == 3 else "completed"
    _append(folder, Finished(time.time(), reason, RUN_MODEL))
