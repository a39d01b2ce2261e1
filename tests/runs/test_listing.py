"""The list of runs: newest first, unmoved by junk, quick; and deleting with care."""

import os
from pathlib import Path

import pytest

from designer.document.model import Document
from designer.document.problem import ProblemError
from designer.protocol import Batch, Epoch, Failed, Finished, Paused, Started, encode_event
from designer.runs.folder import RunFolder, create
from designer.runs.listing import TAIL, delete, list_runs, live_runs, summarize
from designer.runs.reader import RunReader
from designer.worker.lock import acquire


def a_run(base: Path, name: str = "run", created: str = "", batches: int = 0) -> RunFolder:
    folder = create(Document(name=name), "", base)
    if created:
        text = folder.spec.read_text()
        folder.spec.write_text(text.replace(folder.read_spec().created, created))
    line = encode_event(Batch(1.0, 1, 1, {"loss": 1.0}))
    epochs = b"".join(
        encode_event(Epoch(n, n, n, {"loss": 9.0, "val_loss": v}, 1.0))
        for n, v in enumerate((3.0, 1.0, 2.0), 1)
    )
    start = encode_event(Started(0.0, 1, "3", 10))
    folder.events.write_bytes(start + line * batches + epochs)
    os.close(acquire(folder.lock))
    return folder


def test_runs_come_newest_first_with_their_figures(tmp_path: Path) -> None:
    a_run(tmp_path, "old", "2020-01-01T00:00:00+01:00")
    folder = a_run(tmp_path, "new")
    with folder.events.open("ab") as file:
        file.write(encode_event(Finished(4.0, "completed", "model.keras")))
    new, old = list_runs(tmp_path)
    assert (new.title, new.state, new.epochs, new.epochs_done) == ("new", "finished", 10, 3)
    assert (new.loss, new.best) == (2.0, 1.0)
    assert (old.title, old.state) == ("old", "lost")


def test_junk_beside_the_runs_is_passed_over_and_broken_runs_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("junk")
    (tmp_path / "empty").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    broken = a_run(tmp_path, "broken")
    broken.spec.write_text("{")
    broken.events.write_bytes(b'\xff\xfe{"event":"epoch"\n{"event":"epoch"}\nx')
    (only,) = list_runs(tmp_path)
    assert only.title == broken.path.name
    assert only.problem is not None
    assert only.problem.code == "broken_run"
    assert only.state == "lost"


def test_a_base_that_is_missing_has_no_runs(tmp_path: Path) -> None:
    assert list_runs(tmp_path / "none") == []


def test_live_paused_and_failed_runs_are_told_apart(tmp_path: Path) -> None:
    live, paused, failed = (a_run(tmp_path, name) for name in ("live", "paused", "failed"))
    with paused.events.open("ab") as file:
        file.write(encode_event(Paused(9.0)))
    with failed.events.open("ab") as file:
        file.write(encode_event(Failed(9.0, "broke", "...")))
    held = [acquire(live.lock), acquire(paused.lock)]
    try:
        assert {run.title: run.state for run in list_runs(tmp_path)} == {
            "live": "running",
            "paused": "paused",
            "failed": "failed",
        }
    finally:
        for descriptor in held:
            os.close(descriptor)


def test_of_a_long_log_the_end_tells_and_no_best_is_claimed(tmp_path: Path) -> None:
    folder = a_run(tmp_path, batches=5000)
    assert folder.events.stat().st_size > TAIL
    run = summarize(folder)
    assert (run.epochs_done, run.loss, run.best) == (3, 2.0, None)


def test_hundreds_of_runs_are_listed(tmp_path: Path) -> None:
    for number in range(300):
        a_run(tmp_path, f"run {number}", batches=30)
    assert len(list_runs(tmp_path)) == 300


def test_a_dead_run_is_deleted_and_a_live_one_refused(tmp_path: Path) -> None:
    folder = a_run(tmp_path)
    descriptor = acquire(folder.lock)
    try:
        with pytest.raises(ProblemError) as caught:
            delete(folder)
    finally:
        os.close(descriptor)
    assert caught.value.problem.code == "run_is_live"
    assert folder.script.exists()
    delete(folder)
    assert not folder.path.exists()


def test_what_is_no_run_is_never_deleted(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("keep")
    link = tmp_path / "link"
    link.symlink_to(a_run(tmp_path / "runs").path)
    for path in (tmp_path, link, tmp_path / "gone"):
        with pytest.raises(ProblemError) as caught:
            delete(RunFolder(path))
        assert caught.value.problem.code == "not_a_run"
    assert (tmp_path / "precious").read_text() == "keep"
    assert link.exists()


def test_pipes_in_the_place_of_files_are_not_waited_for(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "odd")
    folder.path.mkdir()
    for path in (folder.spec, folder.events, folder.lock, folder.log):
        os.mkfifo(path)
    (summary,) = list_runs(tmp_path)
    assert summary.problem is not None
    assert summary.problem.code == "broken_run"
    reader = RunReader(folder)
    assert reader.poll() == []
    assert reader.state() == "starting"
    assert folder.tail() == ""


def test_live_runs_are_found_among_the_dead_newest_first(tmp_path: Path) -> None:
    assert live_runs(tmp_path / "missing") == []
    dead = a_run(tmp_path, "dead")
    os.close(acquire(dead.lock))
    old = a_run(tmp_path, "old", created="2020-01-01T00:00:00+00:00")
    new = a_run(tmp_path, "new", created="2021-01-01T00:00:00+00:00")
    held = [acquire(run.lock) for run in (old, new)]
    assert [run.folder for run in live_runs(tmp_path)] == [new, old]
    for descriptor in held:
        os.close(descriptor)
    assert live_runs(tmp_path) == []
