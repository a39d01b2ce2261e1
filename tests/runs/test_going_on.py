"""A run that ended early goes on in its own folder: for launcher, reader, list and fold."""

import json
import os
import sys
import time
from pathlib import Path

import pytest

from designer.document.model import Document
from designer.document.problem import ProblemError
from designer.protocol import (
    Batch,
    Checkpoint,
    Continued,
    Epoch,
    Event,
    Failed,
    Finished,
    Started,
    encode_event,
)
from designer.runs.folder import RunFolder, create
from designer.runs.launch import request, resume
from designer.runs.listing import summarize
from designer.runs.progress import Progress
from designer.runs.reader import RunReader
from designer.worker.lock import acquire

BEGUN: tuple[Event, ...] = (
    Started(0.0, 7, "3.15", 3, 32, 4, 128),
    *(Batch(s / 10, s, 1, {"loss": 1 / s}, 4) for s in range(1, 5)),
    Epoch(0.5, 4, 1, {"loss": 0.3, "val_loss": 0.4}, 0.5),
    Checkpoint(0.5, 4, 1),
    *(Batch(s / 10, s, 2, {"loss": 1 / s}, 4) for s in range(5, 9)),
    Epoch(1.0, 8, 2, {"loss": 0.2, "val_loss": 0.1}, 0.5),
)
AGAIN: tuple[Event, ...] = (Continued(90.0), Started(99.0, 8, "3.15", 3, 32, 4, 128, 4, 1))


def a_run(base: Path, *events: Event) -> RunFolder:
    """A run that is over and has a checkpoint."""
    folder = create(Document(name="run"), "def main(callbacks=()): pass\n", base)
    folder.events.write_bytes(b"".join(map(encode_event, events)))
    os.close(acquire(folder.lock))
    folder.checkpoint.write_bytes(b"arrays")
    return folder


def impostor(base: Path) -> str:
    """A trainer that ends without a word."""
    path = base / "python"
    path.write_text('#!/bin/sh\necho "$@" > words\nexit 7\n')
    path.chmod(0o755)
    return str(path)


def test_what_was_lost_behind_the_checkpoint_leaves_the_curves() -> None:
    progress = Progress()
    progress.add(BEGUN)
    assert progress.checkpoint == Checkpoint(0.5, 4, 1)
    assert (progress.best and progress.best.value, progress.total_steps) == (0.1, 12)
    progress.add(AGAIN)
    assert (progress.step, progress.epochs_done, progress.epoch) == (4, 1, 2)
    assert progress.curves["loss", "batch"].steps == [1, 2, 3, 4]
    assert progress.curves["loss", "validation"].values == [0.4]
    assert progress.best
    assert (progress.best.value, progress.best.epoch) == (0.4, 1)
    assert progress.total_steps == 12
    progress.add([Batch(99.1, 5, 2, {"loss": 0.5}, 4), Batch(99.2, 6, 2, {"loss": 0.4}, 4)])
    assert progress.curves["loss", "batch"].steps == [1, 2, 3, 4, 5, 6]
    assert progress.seconds_a_step == pytest.approx(0.1), "the time between the runs is no step"


def test_an_epoch_that_was_begun_before_is_begun_anew_and_counted() -> None:
    progress = Progress()
    progress.add([*BEGUN, Finished(2.0, "stopped", None), Continued(5.0)])
    assert progress.final is None
    progress.add([Started(6.0, 8, "3.15", 3, 32, 4, 128, 6, 1)])
    assert progress.total_steps == 6 + 2 * 4


def test_an_epoch_that_was_stopped_is_no_rival_of_those_that_were_validated() -> None:
    progress = Progress()
    progress.add([*BEGUN, Epoch(2.0, 9, 3, {"loss": 0.01}, 0.1)])
    assert progress.best
    assert (progress.best.metric, progress.best.value) == ("val_loss", 0.1)


def test_reader_and_list_follow_a_run_that_goes_on(tmp_path: Path) -> None:
    folder = a_run(tmp_path, *BEGUN, Finished(2.0, "stopped", None))
    reader = RunReader(folder)
    reader.poll()
    assert (reader.state(), summarize(folder).state) == ("finished", "finished")
    assert summarize(folder).stopped
    assert summarize(folder).resumable
    descriptor = acquire(folder.lock)
    with folder.events.open("ab") as file:
        file.writelines(map(encode_event, AGAIN))
    reader.poll()
    assert (reader.state(), reader.step) == ("running", 4)
    assert (summarize(folder).state, summarize(folder).stopped) == ("running", False)
    assert not summarize(folder).resumable, "while it lives"
    os.close(descriptor)
    assert (reader.state(), summarize(folder).state) == ("lost", "lost")
    problem = reader.problem()
    assert problem is not None
    assert "Continue from its last checkpoint" in problem.message


def test_a_run_that_goes_on_is_starting_until_its_trainer_speaks(tmp_path: Path) -> None:
    folder = a_run(tmp_path, *BEGUN, Finished(2.0, "stopped", None))
    request(folder, "stop")
    long_ago = time.time() - 3600
    os.utime(folder.spec, (long_ago, long_ago))
    reader = RunReader(folder)
    trainer = resume(folder, impostor(tmp_path))
    reader.poll()
    assert json.loads(folder.control.read_text()) == {"command": "run"}
    limit = time.monotonic() + 60
    while trainer.poll() is None:
        assert reader.state() == "starting"
        assert time.monotonic() < limit
        time.sleep(0.01)
    assert (folder.path / "words").read_text().split()[-1] == "--resume"
    reader.poll()
    assert isinstance(reader.final, Failed), "that it ended without a word is told in its log"
    assert "before it could start" in reader.final.message


def test_a_run_goes_on_while_its_former_trainer_is_still_ending(tmp_path: Path) -> None:
    folder = a_run(tmp_path, *BEGUN, Finished(2.0, "stopped", None))
    descriptor = acquire(folder.lock)
    trainer = resume(folder, impostor(tmp_path))
    reader = RunReader(folder)
    reader.poll()
    assert reader.state() == "starting"
    os.close(descriptor)
    while trainer.poll() is None:
        time.sleep(0.01)


def test_what_cannot_go_on_is_refused_with_the_reason(tmp_path: Path) -> None:
    folder = a_run(tmp_path, *BEGUN)
    descriptor = acquire(folder.lock)
    with pytest.raises(ProblemError, match="is being trained already"):
        resume(folder, sys.executable)
    os.close(descriptor)
    folder.checkpoint.unlink()
    with pytest.raises(ProblemError, match=r"no checkpoint.*Train the design again"):
        resume(folder, sys.executable)
    folder.checkpoint.write_bytes(b"arrays")
    folder.lock.unlink()
    folder.events.unlink()
    folder.events.mkdir()
    with pytest.raises(ProblemError, match="cannot go on"):
        resume(folder, sys.executable)
