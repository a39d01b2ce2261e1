"""The progress line of a training: redrawn in place on a terminal, one line an epoch elsewhere."""

import shutil
from collections.abc import Mapping
from typing import TextIO

from designer.protocol import Epoch, Event, Failed, Finished, Note, Paused, Resumed
from designer.runs.progress import Progress

WIDTH = 12
CLEAR = "\r\x1b[K"


def clock(seconds: float | None) -> str:
    """Seconds as 0:07, 12:34 or 1:02:03; "?" while unknown."""
    if seconds is None:
        return "?"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def values(logs: Mapping[str, float]) -> str:
    """Metrics as "loss 0.0123  val_loss 0.0119"."""
    return "  ".join(f"{name} {value:.4g}" for name, value in logs.items())


def line(progress: Progress, width: int) -> str:
    """The line for this moment, at most `width` characters."""
    if progress.started is None:
        return "starting Keras ..."[:width]
    done = progress.fraction or 0.0
    filled = round(WIDTH * done)
    parts = [
        f"epoch {progress.epoch}/{progress.epochs}",
        f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done:4.0%}",
        f"{clock(progress.seconds_left)} left",
    ]
    if progress.samples_a_second is not None:
        parts.append(f"{progress.samples_a_second:.0f} samples/s")
    if progress.paused:
        parts.append("paused")
    return "  ".join([*parts, values(progress.last)])[:width]


class Bar:
    """Shows a run on a stream as its events come in."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._progress = Progress()
        self._shown = ""

    def show(self, events: list[Event]) -> None:
        """Takes in new events; on a terminal draws the line, new events or not."""
        for event in events:
            self._progress.add([event])
            self._tell(event)
        if self._live and self._progress.final is None:
            width = shutil.get_terminal_size().columns - 1
            self._draw(line(self._progress, width))

    def _draw(self, text: str) -> None:
        if text != self._shown:
            self._stream.write(CLEAR + text)
            self._stream.flush()
        self._shown = text

    def _tell(self, event: Event) -> None:
        match event:
            case Epoch():
                epochs = self._progress.epochs
                of = f"/{epochs}" if epochs else ""
                self.say(f"epoch {event.epoch}{of}  {event.seconds:.1f} s  {values(event.logs)}")
            case Note():
                self.say(event.message)
            case Paused() | Resumed() if not self._live:
                self.say(type(event).__name__.lower())
            case Finished() | Failed():
                self.clear()
            case _:
                pass

    def say(self, text: str) -> None:
        """A line that stays, above the one that moves."""
        self.clear()
        self._stream.write(text + "\n")
        self._stream.flush()

    def clear(self) -> None:
        """Takes the moving line away."""
        if self._shown:
            self._stream.write(CLEAR)
        self._shown = ""
