"""Real runs of a tiny script: the same losses, stop, pause, and every way to die."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from designer.document.model import Document
from designer.protocol import (
    Batch,
    Epoch,
    Failed,
    Finished,
    Note,
    Paused,
    Resumed,
    Started,
)
from designer.runs.folder import create
from designer.runs.launch import end, request, start
from designer.runs.listing import summarize
from designer.runs.progress import Progress
from designer.runs.reader import RunReader
from tests.worker.tiny_runs import FOREVER, PATIENCE, SCRIPT, Watch, assert_whole_model

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras_train")]


def test_a_run_s_events_tell_the_losses_of_the_same_script_run_alone(
    watch: Callable[..., Watch], tmp_path: Path
) -> None:
    run = watch(epochs=3)
    assert run.until_over() == 0
    (started,) = run.of(Started)
    assert (started.epochs, started.steps, started.batch_size) == (3, 8, 32)
    assert (started.samples, started.pid) == (256, run.trainer.pid)
    batches = run.of(Batch)
    assert batches[0].step == 1
    assert [b.step for b in batches] == sorted({b.step for b in batches})
    assert {8, 16, 24} <= {b.step for b in batches}  # the last of each epoch
    assert run.events[-1] == run.reader.final
    assert isinstance(run.reader.final, Finished)
    assert (run.reader.final.reason, run.reader.final.model) == ("completed", "model.keras")
    assert run.reader.state() == "finished"
    assert run.reader.garbled == 0
    assert_whole_model(run.folder)
    assert "loaded" in run.folder.tail()
    assert len(run.folder.tail(1000).splitlines()) < 40  # no progress bars

    alone = tmp_path / "alone"
    alone.mkdir()
    command = [sys.executable, str(run.folder.script)]
    plain = subprocess.run(
        command, cwd=alone, capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    epochs = run.of(Epoch)
    rows = [line.split() for line in plain.stdout.splitlines() if line.startswith("RESULT")]
    assert {row[1] for row in rows} == {"loss", "mae", "val_loss", "val_mae"}
    for _, name, *values in rows:
        assert [epoch.logs[name].hex() for epoch in epochs] == values

    progress = Progress()
    progress.add(run.events)
    assert (progress.fraction, progress.epochs_done) == (1.0, 3)
    assert summarize(run.folder).state == "finished"


def test_a_run_pauses_goes_on_and_stops_with_its_weights_kept(watch: Callable[..., Watch]) -> None:
    run = watch()
    run.until_step(3)
    second = subprocess.run(
        [sys.executable, "-m", "designer.worker.train", str(run.folder.path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert second.returncode == 2
    request(run.folder, "pause")
    run.until(lambda: run.reader.state() == "paused")
    time.sleep(0.3)
    run.events += run.reader.poll()
    step = run.reader.step
    time.sleep(0.5)
    run.events += run.reader.poll()
    assert run.reader.step == step
    request(run.folder, "run")
    run.until_step(step + 20)
    assert (len(run.of(Paused)), len(run.of(Resumed))) == (1, 1)
    request(run.folder, "pause")
    run.until(lambda: run.reader.state() == "paused")
    assert end(run.folder)  # a polite signal reaches a paused run
    assert run.until_over() == 0
    assert isinstance(run.reader.final, Finished)
    assert (run.reader.final.reason, run.reader.final.model) == ("stopped", "model.keras")
    assert_whole_model(run.folder)


def test_a_killed_trainer_is_a_lost_run_with_its_curve_kept(watch: Callable[..., Watch]) -> None:
    run = watch()
    run.until_step(30)
    os.kill(run.trainer.pid, signal.SIGKILL)
    assert run.until_over() == -signal.SIGKILL
    assert run.reader.state() == "lost"
    assert run.reader.garbled == 0
    problem = run.reader.problem()
    assert problem is not None
    assert f"step {run.reader.step}" in problem.message
    again = Progress()
    again.add(RunReader(run.folder).poll())
    assert again.step == run.reader.step >= 30
    assert not end(run.folder, force=True)
    assert summarize(run.folder).state == "lost"


def test_a_run_goes_on_when_the_process_that_launched_it_is_killed(tmp_path: Path) -> None:
    folder = create(Document(name="tiny"), SCRIPT.format(epochs=FOREVER, scale="1"), tmp_path)
    launcher = (
        "import sys, time; from pathlib import Path; from designer.runs.folder import RunFolder; "
        "from designer.runs.launch import start; start(RunFolder(Path(sys.argv[1]))); "
        "time.sleep(600)"
    )
    reader = RunReader(folder)

    def until(done: Callable[[], bool]) -> None:
        limit = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < limit, folder.tail()
            time.sleep(0.05)
            reader.poll()

    command = [sys.executable, "-c", launcher, str(folder.path)]
    try:
        with subprocess.Popen(command, start_new_session=True) as window:
            until(lambda: reader.step > 0)
            os.killpg(window.pid, signal.SIGKILL)
        step = reader.step
        until(lambda: reader.step > step + 50)
        assert reader.state() == "running"
        request(folder, "stop")
        until(lambda: reader.state() == "finished")
    finally:
        end(folder, force=True)
    assert isinstance(reader.final, Finished)
    assert (reader.final.reason, reader.final.model) == ("stopped", "model.keras")
    assert_whole_model(folder)


def test_a_log_that_cannot_be_written_stops_the_training_with_its_weights(
    tmp_path: Path,
) -> None:
    folder = create(Document(name="t"), SCRIPT.format(epochs=FOREVER, scale="1"), tmp_path)
    folder.events.symlink_to("/dev/full")
    trainer = start(folder)
    limit = time.monotonic() + PATIENCE
    while trainer.poll() is None:
        assert time.monotonic() < limit, folder.tail()
        time.sleep(0.05)
    assert trainer.poll() == 3
    assert_whole_model(folder)
    assert "event log cannot be written" in folder.tail()


def test_a_script_that_raises_fails_with_its_line_and_a_loss_that_blew_up_was_noted(
    watch: Callable[..., Watch],
) -> None:
    text = SCRIPT.format(epochs=2, scale="np.nan").replace(
        "    model.save", "    raise ValueError('broken on purpose')\n    model.save"
    )
    line = 1 + text.splitlines().index("    raise ValueError('broken on purpose')")
    run = watch(text, epochs=2)
    assert run.until_over() == 1
    (note,) = run.of(Note)
    assert note.code == "not_finite"
    assert "learning rate" in note.message
    assert len(run.of(Epoch)) == 2
    assert isinstance(run.reader.final, Failed)
    assert run.reader.final.message == f"ValueError: broken on purpose (script.py, line {line})"
    assert f'"script.py", line {line}' in run.reader.final.traceback
    assert run.reader.state() == "failed"
