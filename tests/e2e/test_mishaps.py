"""Processes die and designs are wrong: the window says so where it happened, and goes on."""

from pathlib import Path

import pytest

from tests.e2e.conftest import Start, finish
from tests.e2e.tiny import tiny_design

pytestmark = [pytest.mark.e2e, pytest.mark.keras, pytest.mark.xdist_group("e2e")]


def test_a_killed_worker_comes_back_and_a_killed_trainer_is_named_and_can_train_again(
    start: Start, tmp_path: Path
) -> None:
    model = tmp_path / "mine.keras"
    finish(start("tests.e2e.mishaps", tiny_design(tmp_path), model))
    runs = list((tmp_path / "data" / "skipwire" / "runs").iterdir())
    assert len(runs) == 2
    (made,) = (run / "model.keras" for run in runs if (run / "model.keras").exists())
    assert model.read_bytes() == made.read_bytes()
