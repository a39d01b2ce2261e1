"""The progress line: what it says, how long it is, and that it moves only on a terminal."""

import io

from designer.cli.bar import CLEAR, Bar, clock, line
from designer.protocol import Batch, Epoch, Event, Finished, Started
from designer.runs.progress import Progress

EVENTS: list[Event] = [
    Started(0.0, 1, "3.15.1", 2, 32, 10, 320),
    Batch(1.0, 1, 1, {"loss": 0.5}, 10),
    Batch(2.0, 2, 1, {"loss": 0.25}, 10),
]


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_seconds_are_told_as_a_clock() -> None:
    assert [clock(s) for s in (None, 7, 754, 3723)] == ["?", "0:07", "12:34", "1:02:03"]


def test_the_line_says_epoch_share_time_left_and_speed() -> None:
    progress = Progress()
    progress.add(EVENTS)
    told = line(progress, 200)
    for words in ("epoch 1/2", "10%", "0:18 left", "32 samples/s", "loss 0.25"):
        assert words in told


def test_the_line_fits_the_terminal() -> None:
    progress = Progress()
    assert line(progress, 10) == "starting K"
    progress.add(EVENTS)
    assert len(line(progress, 20)) == 20


def test_a_pipe_gets_one_line_an_epoch() -> None:
    stream = io.StringIO()
    bar = Bar(stream)
    bar.show(EVENTS)
    bar.show([Epoch(3.0, 10, 1, {"loss": 0.125}, 3.0), Finished(4.0, "completed", "m")])
    assert stream.getvalue() == "epoch 1/2  3.0 s  loss 0.125\n"


def test_a_terminal_gets_the_line_in_place_and_is_left_clean() -> None:
    stream = Terminal()
    bar = Bar(stream)
    bar.show(EVENTS)
    assert stream.getvalue().startswith(CLEAR + "epoch 1/2")
    before = stream.getvalue()
    bar.show([])
    assert stream.getvalue() == before
    bar.show([Finished(4.0, "completed", "m")])
    assert stream.getvalue() == before + CLEAR
