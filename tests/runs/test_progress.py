"""The fold over events: curves, position, speed, time left."""

import math

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
)
from designer.runs.progress import Progress


def a_run(
    epochs: int = 3, steps: int = 10, step_time: float = 0.1, validation: float = 2.0
) -> list[Event]:
    """A regular run: the first step takes 30 s (compiling), validation `validation` seconds."""
    events: list[Event] = [Started(0.0, 7, "3.15", epochs, 32, steps, 320)]
    now = 30.0
    for epoch in range(1, epochs + 1):
        for batch in range(1, steps + 1):
            step = (epoch - 1) * steps + batch
            now += step_time
            events.append(Batch(now, step, epoch, {"loss": 1.0 / step, "mae": 2.0}, steps))
        now += validation
        logs = {"loss": 1.0 / step, "val_loss": abs(2 - epoch) + 0.5}
        events.append(Epoch(now, epoch * steps, epoch, logs, steps * step_time + validation))
    events.append(Finished(now, "completed", "model.keras"))
    return events


def folded(events: list[Event]) -> Progress:
    progress = Progress()
    progress.add(events)
    return progress


def test_before_the_first_event_nothing_is_claimed() -> None:
    progress = Progress()
    assert (progress.step, progress.epoch, progress.fraction) == (0, 0, None)
    assert (progress.seconds_left, progress.steps_a_second, progress.best) == (None, None, None)


def test_curves_tell_batches_epochs_and_validation_apart() -> None:
    progress = folded(a_run())
    assert set(progress.curves) == {
        ("loss", "batch"),
        ("mae", "batch"),
        ("loss", "epoch"),
        ("loss", "validation"),
    }
    assert progress.curves["loss", "validation"].steps == [10, 20, 30]
    assert progress.curves["loss", "validation"].values == [1.5, 0.5, 1.5]
    assert progress.curves["loss", "batch"].steps == list(range(1, 31))


def test_the_best_epoch_is_the_one_with_the_lowest_validation_loss() -> None:
    best = folded(a_run()).best
    assert best is not None
    assert (best.epoch, best.step, best.metric, best.value) == (2, 20, "val_loss", 0.5)


def test_without_validation_the_training_loss_decides_and_gaps_never_win() -> None:
    losses = [3.0, 1.0, math.nan]
    progress = folded([Epoch(n, n, n, {"loss": v}, 1.0) for n, v in enumerate(losses, 1)])
    assert progress.best is not None
    assert (progress.best.epoch, progress.best.metric) == (2, "loss")


def test_time_left_counts_steps_and_validations_but_not_compiling() -> None:
    events = [e for e in a_run() if e.time <= 30.0 + 3.0 + 0.5 + 1e-6]  # five steps into epoch 2
    progress = folded(events)
    assert (progress.step, progress.epoch, progress.epochs_done) == (15, 2, 1)
    assert progress.fraction == pytest.approx(0.5)
    assert progress.steps_a_second == pytest.approx(10.0)
    assert progress.samples_a_second == pytest.approx(320.0)
    assert progress.seconds_left == pytest.approx(15 * 0.1 + 2 * 2.0)


def test_a_pause_changes_neither_speed_nor_time_left() -> None:
    plain = [e for e in a_run() if e.time <= 33.6]
    cut = next(i for i, e in enumerate(plain) if isinstance(e, Batch) and e.step == 5)
    hour = 3600.0
    later = [
        Batch(e.time + hour, e.step, e.epoch, e.logs, e.steps)
        if isinstance(e, Batch)
        else Epoch(e.time + hour, e.step, e.epoch, e.logs, e.seconds)
        for e in plain[cut + 1 :]
        if isinstance(e, Batch | Epoch)
    ]
    began = plain[cut].time + 0.01
    paused = folded([*plain[: cut + 1], Paused(began), Resumed(began + hour), *later])
    assert paused.seconds_left == pytest.approx(folded(plain).seconds_left)
    assert paused.steps_a_second == pytest.approx(folded(plain).steps_a_second)
    assert not paused.paused


def test_a_stall_does_not_ruin_the_estimate() -> None:
    events: list[Event] = [Started(0.0, 7, "3", 1, 32, 1000)]
    now = 0.0
    for step in range(1, 101):
        now += 0.1 if step != 50 else 900.0  # the laptop slept
        events.append(Batch(now, step, 1, {"loss": 1.0}, 1000))
    assert folded(events).seconds_left == pytest.approx(90.0)


def test_unknown_steps_are_learnt_from_the_first_epoch() -> None:
    events: list[Event] = [Started(0.0, 7, "3", 4), Batch(1.0, 1, 1, {"loss": 1.0})]
    assert folded(events).fraction == 0.0
    assert folded(events).seconds_left is None
    events += [Batch(2.0, 9, 1, {"loss": 1.0}), Epoch(3.0, 10, 1, {"loss": 1.0}, 3.0)]
    progress = folded(events)
    assert progress.steps == 10
    assert progress.fraction == pytest.approx(0.25)


def test_a_completed_run_is_whole_even_if_it_stopped_early() -> None:
    events = [*a_run()[:12], Finished(99.0, "completed")]
    assert folded(events).fraction == 1.0
    stopped = folded([*a_run()[:12], Finished(99.0, "stopped")])
    assert stopped.fraction is not None
    assert stopped.fraction < 1.0
    assert stopped.seconds_left == 0.0


def test_a_stopped_run_ended_in_the_epoch_of_its_last_step() -> None:
    started, finished = Started(0.0, 7, "3.15", 10, 32, 10, 320), Finished(3.0, "stopped", "")
    loss = {"loss": 1.0}
    first: list[Event] = [started, Batch(1.0, 4, 1, loss, 10), Epoch(2.0, 4, 1, loss, 1.0)]
    assert folded([*first, finished]).epoch == 1
    assert folded([*first, Batch(2.5, 5, 2, loss, 10), finished]).epoch == 2
    assert folded(first).epoch == 2


def test_notes_and_the_first_last_word_are_kept() -> None:
    note = Note(1.0, "not_finite", "The loss is nan.")
    progress = folded([note, Paused(2.0), Failed(3.0, "broke", "..."), Finished(4.0, "stopped")])
    assert progress.notes == [note]
    assert isinstance(progress.final, Failed)
    assert not progress.paused


TIMES = st.floats(0, 1e9)
LOGS = st.dictionaries(st.sampled_from(["loss", "val_loss"]), st.floats(), max_size=2)
COUNTS = st.integers(0, 10**6)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Started, TIMES, COUNTS, st.just("3"), COUNTS, COUNTS, COUNTS),
    st.builds(Batch, TIMES, COUNTS, COUNTS, LOGS),
    st.builds(Epoch, TIMES, COUNTS, COUNTS, LOGS, TIMES),
    st.builds(Paused, TIMES),
    st.builds(Resumed, TIMES),
    st.builds(Finished, TIMES, st.just("completed")),
)


@settings(deadline=None)
@given(st.lists(EVENTS, max_size=30), st.integers(0, 30))
def test_any_portions_of_any_events_fold_to_the_same_sane_progress(
    events: list[Event], cut: int
) -> None:
    whole, parts = folded(events), Progress()
    parts.add(events[:cut])
    parts.add(events[cut:])
    assert repr(parts.curves) == repr(whole.curves)
    assert (parts.fraction, parts.seconds_left) == (whole.fraction, whole.seconds_left)
    assert whole.fraction is None or 0 <= whole.fraction <= 1
    assert whole.seconds_left is None or whole.seconds_left >= 0
    assert all(len(c.steps) == len(c.values) for c in whole.curves.values())


def test_a_hundred_thousand_points_are_all_there() -> None:
    progress = folded(a_run(epochs=10, steps=10_000))
    assert len(progress.curves["loss", "batch"].values) == 100_000
