"""Runs that were stopped, killed or broke go on; a kill while the model is saved tears nothing."""

import os
import signal
from collections.abc import Callable

import pytest

from designer.document.problem import ProblemError
from designer.protocol import Checkpoint, Continued, Epoch, Failed, Finished, Started
from designer.runs.launch import request, resume
from designer.runs.listing import summarize
from designer.runs.progress import Progress
from tests.worker.tiny_runs import SCRIPT, Watch, assert_whole_model

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras_train")]

SLOW = """
class Slow(keras.callbacks.Callback):
    def on_test_batch_end(self, batch, logs=None):
        __import__("time").sleep(0.1)

def main("""


def test_a_killed_run_goes_on_from_its_checkpoint_with_its_curves(
    watch: Callable[..., Watch],
) -> None:
    run = watch()
    run.until(lambda: len(run.of(Checkpoint)) > 1 and run.reader.step > 30)
    os.kill(run.trainer.pid, signal.SIGKILL)
    run.until_over()
    problem = run.reader.problem()
    assert problem is not None
    assert "Continue from its last checkpoint" in problem.message
    assert summarize(run.folder).resumable
    last = run.of(Checkpoint)[-1]
    run.go_on()
    run.until(lambda: len(run.of(Started)) > 1 and run.reader.step > last.step + 20)
    again = run.of(Started)[1]
    assert (again.step, again.epochs_done) == (last.step, last.epochs_done)
    assert run.reader.state() == "running"
    request(run.folder, "stop")
    assert run.until_over() == 0
    assert summarize(run.folder).stopped
    progress = Progress()
    progress.add(run.events)
    for curve in progress.curves.values():
        assert curve.steps == sorted(set(curve.steps))
    losses = progress.curves["loss", "epoch"].values
    assert losses == sorted(losses, reverse=True), "what was learnt is not lost"
    assert_whole_model(run.folder)


def test_a_stopped_run_goes_on_to_its_end_and_then_no_more(watch: Callable[..., Watch]) -> None:
    run = watch(epochs=40)
    run.until_step(20)
    request(run.folder, "stop")
    assert run.until_over() == 0
    assert isinstance(run.reader.final, Finished)
    assert run.reader.final.reason == "stopped"
    run.go_on()
    assert run.reader.poll(), "that it goes on is told at once"
    assert run.reader.state() == "starting"
    assert run.until_over() == 0
    assert summarize(run.folder).state == "finished"
    assert not summarize(run.folder).stopped
    assert [epoch.epoch for epoch in run.of(Epoch)][-1] == 40
    assert not run.folder.checkpoint.exists()
    with pytest.raises(ProblemError, match="no checkpoint"):
        resume(run.folder)


def test_a_broken_checkpoint_is_told_and_the_next_try_too(watch: Callable[..., Watch]) -> None:
    run = watch()
    run.until(lambda: bool(run.of(Checkpoint)))
    with pytest.raises(ProblemError, match="is being trained already"):
        resume(run.folder)
    request(run.folder, "stop")
    run.until_over()
    run.folder.checkpoint.write_bytes(b"PK")
    for _ in range(2):
        run.go_on()
        assert run.until_over() == 1
        assert isinstance(run.reader.final, Failed)
        assert "cannot be read" in run.reader.final.message
    assert len(run.of(Continued)) == 2


def test_a_stop_ends_a_long_validation_and_its_part_is_no_result(
    watch: Callable[..., Watch],
) -> None:
    text = SCRIPT.format(epochs=2, scale="1").replace("\ndef main(", SLOW)
    text = text.replace("[*callbacks]", "[*callbacks, Slow()], validation_batch_size=1")
    text = text.replace("(x, y), call", "(x.repeat(10, 0), y.repeat(10, 0)), call")
    run = watch(text, epochs=2)
    run.until_step(8)  # the last of the epoch: four minutes of validation follow
    request(run.folder, "stop")
    assert run.until_over() == 0
    (epoch,) = run.of(Epoch)
    assert set(epoch.logs) == {"loss", "mae"}
    assert isinstance(run.reader.final, Finished)
    assert run.reader.final.reason == "stopped"
    assert run.of(Checkpoint)[-1].epochs_done == 1, "its steps were done"
    assert_whole_model(run.folder)


def test_a_trainer_killed_while_it_saves_leaves_no_torn_model(watch: Callable[..., Watch]) -> None:
    half = """    with open("model.keras", "wb") as file:
        file.write(b"PK half an archive")
    print("half", flush=True)
    __import__("time").sleep(600)
    model.save"""
    run = watch(SCRIPT.format(epochs=1, scale="1").replace("    model.save", half), epochs=1)
    run.until(lambda: "half" in run.folder.tail())
    os.kill(run.trainer.pid, signal.SIGKILL)
    run.until_over()
    assert run.reader.state() == "lost"
    assert not run.folder.model.exists()
