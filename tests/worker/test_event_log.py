"""The trainer's end of the event log."""

import errno
from pathlib import Path

import pytest

from designer.protocol import Event, Finished, Note, decode_event
from designer.worker.event_log import EventLog


def test_events_are_appended_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("before\n")
    log = EventLog(path)
    events: list[Event] = [Note(1.0, "a", "line\nbreak"), Finished(2.0, "completed")]
    for event in events:
        log.write(event)
    before, *lines = path.read_text().splitlines()
    assert before == "before"
    assert [decode_event(line) for line in lines] == events
    assert log.error is None


def test_a_full_disk_is_remembered_and_told_but_never_raised(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = EventLog(Path("/dev/full"))
    log.write(Note(1.0, "a", "b"))
    log.write(Note(2.0, "a", "b"))
    assert log.error is not None
    assert log.error.errno == errno.ENOSPC
    assert capsys.readouterr().err.count("cannot be written") == 1
