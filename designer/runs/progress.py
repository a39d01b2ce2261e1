"""What a run's events add up to: curves, position, speed, time left, best epoch.

A fold: the same events give the same progress, however they were cut into portions. Time is the
events' own, so a run that ended last year folds as a live one does.
"""

import math
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from designer.protocol import (
    Batch,
    Checkpoint,
    Continued,
    Epoch,
    Event,
    Failed,
    Finished,
    Note,
    Paused,
    Resumed,
    Started,
)

Kind = Literal["batch", "epoch", "validation"]

WINDOW = 200  # intervals between batch events that speed is judged by: 10 s at 20 events a second
VALIDATION = "val_"


@dataclass(slots=True)
class Curve:
    """A metric over steps, which count from 1 over the whole run.

    Only ever appended to, but for `cuts` times when the run went on from an earlier step.
    """

    metric: str
    kind: Kind
    steps: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    cuts: int = 0

    def append(self, step: int, value: float) -> None:
        """Add a point. Not a number is a gap."""
        self.steps.append(step)
        self.values.append(value)

    def cut(self, step: int) -> None:
        """Drop the points behind that step."""
        keep = bisect_right(self.steps, step)
        if keep < len(self.steps):
            del self.steps[keep:], self.values[keep:]
            self.cuts += 1


@dataclass(frozen=True, slots=True)
class Best:
    """The epoch (from 1) with the lowest `metric`, "val_loss" where there is one, else "loss"."""

    epoch: int
    step: int
    metric: str
    value: float


@dataclass(frozen=True, slots=True)
class _Mark:
    step: int
    time: float  # without pauses


def _median(pairs: Iterable[tuple[float, int]]) -> float | None:
    """The median of values that each count `weight` times; None without values."""
    ordered = sorted(pairs)
    half = sum(weight for _, weight in ordered) / 2
    passed = 0
    for value, weight in ordered:
        passed += weight
        if passed >= half:
            return value
    return None


class Progress:
    """Feed it a run's events in order by `add`; read the rest. Seconds are without pauses."""

    def __init__(self) -> None:
        self.curves: dict[tuple[str, Kind], Curve] = {}
        self.started: Started | None = None
        self.final: Finished | Failed | None = None
        self.notes: list[Note] = []
        self.step = 0
        self.epochs_done = 0
        self._told_step = 0  # the last step of the epochs that are done
        self.steps: int | None = None  # an epoch
        self.paused = False
        self.best: Best | None = None
        self._bests: list[Best] = []  # each better than the one before
        self.checkpoint: Checkpoint | None = None  # the last one that was kept
        self.last: dict[str, float] = {}  # the newest value of every metric
        self._pauses = 0.0
        self._pause_began = 0.0
        self._mark: _Mark | None = None
        self._intervals: deque[tuple[float, int]] = deque(maxlen=WINDOW)
        self._after_epoch: deque[float] = deque(maxlen=5)  # seconds of validation and the like

    def add(self, events: Iterable[Event]) -> None:
        """Fold in more events."""
        for event in events:
            self._add(event)

    def _add(self, event: Event) -> None:
        match event:
            case Started():
                self._begin(event)
            case Continued():
                self.final, self.paused = None, False
            case Checkpoint():
                self.checkpoint = event
            case Batch():
                self._add_batch(event)
            case Epoch():
                self._add_epoch(event)
            case Paused() if not self.paused:
                self.paused, self._pause_began = True, event.time
            case Resumed() if self.paused:
                self.paused = False
                self._pauses += max(0.0, event.time - self._pause_began)
            case Note():
                self.notes.append(event)
            case Finished() | Failed() if self.final is None:
                self.final, self.paused = event, False
            case _:
                pass

    def _begin(self, event: Started) -> None:
        """A run begins or goes on: what lies beyond its checkpoint was lost with its trainer."""
        self.started = event
        self.steps = event.steps or self.steps
        self._mark = None
        if not self.step and not event.step:
            return
        for curve in self.curves.values():
            curve.cut(event.step)
        self._bests = [best for best in self._bests if best.step <= event.step]
        self.best = self._bests[-1] if self._bests else None
        self.step = self._told_step = event.step
        self.epochs_done = event.epochs_done

    def _add_batch(self, event: Batch) -> None:
        self.steps = event.steps or self.steps
        now = _Mark(event.step, self._active(event.time))
        if self._mark is not None and now.step > self._mark.step:
            steps = now.step - self._mark.step
            self._intervals.append((max(0.0, now.time - self._mark.time) / steps, steps))
        self._mark = now
        self.step = max(self.step, event.step)
        for metric, value in event.logs.items():
            self._point(metric, "batch", event.step, value)
        self.last.update(event.logs)

    def _add_epoch(self, event: Epoch) -> None:
        now = _Mark(event.step, self._active(event.time))
        if self._mark is not None:
            self._after_epoch.append(max(0.0, now.time - self._mark.time))
        self._mark = now  # the next interval begins behind validation
        self.step = max(self.step, event.step)
        self.epochs_done = max(self.epochs_done, event.epoch)
        self._told_step = max(self._told_step, event.step)
        if self.steps is None and event.epoch > 0:
            self.steps = event.step // event.epoch  # Keras knows it only after an epoch
        for name, value in event.logs.items():
            validation = name.startswith(VALIDATION)
            metric = name.removeprefix(VALIDATION)
            self._point(metric, "validation" if validation else "epoch", event.step, value)
        self.last.update(event.logs)
        self._judge(event)

    def _judge(self, event: Epoch) -> None:
        metric = "val_loss" if "val_loss" in event.logs else "loss"
        value = event.logs.get(metric, math.nan)
        former = self.best
        if not math.isfinite(value) or (former and former.metric == "val_loss" != metric):
            return  # an epoch that was stopped is not validated, and no rival of those that were
        if former is None or former.metric != metric or value < former.value:
            self.best = Best(event.epoch, event.step, metric, value)
            self._bests.append(self.best)

    def _point(self, metric: str, kind: Kind, step: int, value: float) -> None:
        curve = self.curves.get((metric, kind))
        if curve is None:
            curve = self.curves[metric, kind] = Curve(metric, kind)
        curve.append(step, value)

    def _active(self, time: float) -> float:
        # A step that was under way when the pause began is told within the pause.
        if self.paused:
            time = min(time, self._pause_began)
        return time - self._pauses

    @property
    def epochs(self) -> int | None:
        """The epochs planned; None before the run tells."""
        return self.started.epochs if self.started else None

    @property
    def epoch(self) -> int:
        """The epoch under way or, once the run is over, the last; from 1, 0 before a step."""
        if self.step == 0:
            return 0
        between = self.step <= self._told_step  # of the next epoch no step is told yet
        begun = self.epochs_done + (0 if between and self.final is not None else 1)
        return min(begun, self.epochs) if self.epochs else begun

    @property
    def total_steps(self) -> int | None:
        """The steps of the whole run; None while the steps of an epoch are unknown."""
        if self.started is None or not self.epochs or not self.steps:
            return None
        # An epoch that was begun before the run went on is begun anew.
        return self.started.step + (self.epochs - self.started.epochs_done) * self.steps

    @property
    def fraction(self) -> float | None:
        """How much of the run is done, 0 to 1; None before that can be said."""
        if isinstance(self.final, Finished) and self.final.reason == "completed":
            return 1.0
        if self.total_steps:
            return min(1.0, self.step / self.total_steps)
        return min(1.0, self.epochs_done / self.epochs) if self.epochs else None

    @property
    def seconds_a_step(self) -> float | None:
        """The median time of the recent steps; None before the second batch event."""
        return _median(self._intervals)

    @property
    def steps_a_second(self) -> float | None:
        """The recent speed of training, validation left out."""
        seconds = self.seconds_a_step
        return 1.0 / seconds if seconds else None

    @property
    def samples_a_second(self) -> float | None:
        """The recent speed in samples; None if the batch size is unknown."""
        speed, started = self.steps_a_second, self.started
        if speed is None or started is None or not started.batch_size:
            return None
        return speed * started.batch_size

    @property
    def seconds_left(self) -> float | None:
        """Steps that are left at the recent speed, and validation after each epoch that is left."""
        if self.final is not None:
            return 0.0
        seconds, total, epochs = self.seconds_a_step, self.total_steps, self.epochs
        if seconds is None or total is None or epochs is None:
            return None
        after = _median((value, 1) for value in self._after_epoch) or 0.0
        return max(0, total - self.step) * seconds + max(0, epochs - self.epochs_done) * after
