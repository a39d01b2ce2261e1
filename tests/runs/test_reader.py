"""Reading a log as it grows: however it is cut, torn or littered."""

import math
import os
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.protocol import (
    Batch,
    Epoch,
    Event,
    Failed,
    Finished,
    Note,
    Paused,
    Resumed,
    Started,
    encode_event,
)
from designer.runs.folder import RunFolder
from designer.runs.reader import START_UP, RunReader, starting_up
from designer.worker.lock import acquire

NAMES = st.sampled_from(["loss", "mae", "val_loss", "é 'quote\" \n"])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
LOGS = st.dictionaries(NAMES, NUMBERS, max_size=3)
COUNTS = st.integers(0, 10**6)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Started, NUMBERS, COUNTS, st.text(), COUNTS),
    st.builds(Batch, NUMBERS, COUNTS, COUNTS, LOGS),
    st.builds(Epoch, NUMBERS, COUNTS, COUNTS, LOGS, NUMBERS),
    st.builds(Paused, NUMBERS),
    st.builds(Resumed, NUMBERS),
    st.builds(Note, NUMBERS, st.text(), st.text()),
    st.builds(Finished, NUMBERS, st.sampled_from(["completed", "stopped"])),
    st.builds(Failed, NUMBERS, st.text(), st.text()),
)


def write(folder: RunFolder, *events: Event) -> None:
    with folder.events.open("ab") as file:
        for event in events:
            file.write(encode_event(event))


def started() -> Started:
    return Started(0.0, 1, "3", 2, 8, 4)


@settings(max_examples=60, deadline=None)
@given(st.lists(EVENTS, max_size=8), st.lists(st.integers(0, 2000), max_size=6))
def test_any_split_of_the_bytes_gives_the_same_events(events: list[Event], cuts: list[int]) -> None:
    data = b"".join(encode_event(event) for event in events)
    bounds = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    with tempfile.TemporaryDirectory() as place:
        folder = RunFolder(Path(place))
        reader = RunReader(folder)
        got: list[Event] = []
        for first, last in pairwise(bounds):
            with folder.events.open("ab") as file:
                file.write(data[first:last])
            got += reader.poll()
    assert got == events
    assert reader.garbled == 0


def test_a_log_that_is_not_there_yet_has_no_events(tmp_path: Path) -> None:
    reader = RunReader(RunFolder(tmp_path / "not" / "yet"))
    assert reader.poll() == []
    assert reader.state() == "lost"


def test_garbled_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    rubbish = b'nonsense\n{"event":"martian"}\n[1]\n\xff\xfe\n\n{"event":"batch"}\n'
    folder.events.write_bytes(encode_event(started()) + rubbish + encode_event(Paused(1.0)))
    reader = RunReader(folder)
    assert reader.poll() == [started(), Paused(1.0)]
    assert reader.garbled == 5
    assert reader.problems()[-1].code == "run_log_garbled"
    assert "5 lines" in reader.problems()[-1].message


def test_a_flood_without_a_line_end_is_not_kept_in_memory(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.events.write_bytes(b"x" * 3_000_000)
    reader = RunReader(folder)
    assert reader.poll() == []
    write(folder, Paused(1.0), Resumed(2.0))
    assert reader.poll()[-1] == Resumed(2.0)
    assert reader.garbled > 0


def test_a_log_that_was_cut_short_goes_on_from_its_new_end(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    write(folder, started(), Batch(1.0, 1, 1, {"loss": 1.0}))
    reader = RunReader(folder)
    reader.poll()
    os.truncate(folder.events, 10)
    assert reader.poll() == []
    with folder.events.open("ab") as file:
        file.write(b"\n")
    write(folder, Paused(2.0))
    assert reader.poll() == [Paused(2.0)]
    assert reader.garbled == 1


def test_values_that_are_not_finite_come_back_as_not_a_number(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    write(folder, Batch(1.0, 1, 1, {"loss": math.inf}))
    (event,) = RunReader(folder).poll()
    assert isinstance(event, Batch)
    assert math.isnan(event.logs["loss"])


def test_a_run_with_a_held_lock_starts_runs_pauses_and_finishes(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    descriptor = acquire(folder.lock)
    try:
        reader = RunReader(folder)
        assert reader.alive()
        told = [reader.state()]
        for event in (started(), Paused(1.0), Resumed(2.0), Finished(3.0, "completed")):
            write(folder, event)
            reader.poll()
            told.append(reader.state())
        assert told == ["starting", "running", "paused", "running", "finished"]
        assert reader.problem() is None
    finally:
        os.close(descriptor)
    assert not reader.alive()


def test_a_free_lock_without_a_last_word_is_a_lost_run(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    os.close(acquire(folder.lock))
    write(folder, started(), Batch(1.0, 41, 1, {"loss": 1.0}))
    with folder.events.open("ab") as file:
        file.write(b'{"event":"batch","ti')  # torn by the kill
    folder.log.write_text("the last print\n")
    reader = RunReader(folder)
    assert len(reader.poll()) == 2
    assert reader.state() == "lost"
    problem = reader.problem()
    assert problem is not None
    assert "step 41" in problem.message
    assert "memory" in problem.message
    assert problem.detail == "the last print"


def test_a_run_that_ended_on_a_full_disk_says_so(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    os.close(acquire(folder.lock))
    problem = RunReader(folder, room=lambda path: 0).problem()
    assert problem is not None
    assert problem.code == "run_no_room"
    assert "Free some space" in problem.message


def test_a_run_whose_folder_is_gone_is_told_as_that(tmp_path: Path) -> None:
    problem = RunReader(RunFolder(tmp_path / "gone")).problem()
    assert problem is not None
    assert problem.code == "run_gone"
    assert "deleted or moved" in problem.message


def test_a_last_word_that_is_not_read_yet_keeps_a_run_from_being_lost(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    os.close(acquire(folder.lock))
    write(folder, started())
    reader = RunReader(folder)
    reader.poll()
    write(folder, Finished(2.0, "stopped", "model.keras"))
    assert reader.state() == "running"
    reader.poll()
    assert reader.state() == "finished"


def test_a_failed_run_tells_its_message_and_traceback(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    write(folder, started(), Failed(1.0, "The disk is full {sic}.", "Traceback ..."))
    reader = RunReader(folder)
    reader.poll()
    assert reader.state() == "failed"
    problem = reader.problem()
    assert problem is not None
    assert (problem.message, problem.detail) == ("The disk is full {sic}.", "Traceback ...")


def test_a_new_folder_is_starting_for_a_minute_and_lost_then(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.spec.write_text("{}")
    made = folder.spec.stat().st_mtime
    assert RunReader(folder).state() == "starting"
    assert starting_up(folder, made + START_UP - 1)
    assert not starting_up(folder, made + START_UP + 1)
    os.close(acquire(folder.lock))  # a trainer came and went
    reader = RunReader(folder)
    assert reader.state() == "lost"
    problem = reader.problem()
    assert problem is not None
    assert problem.code == "run_never_started"


def test_a_second_trainer_cannot_take_a_lock_that_is_held(tmp_path: Path) -> None:
    descriptor = acquire(tmp_path / "lock")
    try:
        with pytest.raises(BlockingIOError):
            acquire(tmp_path / "lock", patience=0.05)
    finally:
        os.close(descriptor)
    os.close(acquire(tmp_path / "lock"))
