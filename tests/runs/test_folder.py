"""Run folders: made whole or not at all, read without trust."""

import os
import resource
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.document.model import Document, TrainingPlan
from designer.document.problem import ProblemError
from designer.document.serialize import from_bytes
from designer.runs.folder import RunFolder, create, default_base, slug

DOCUMENT = Document(name="Skip Autoencoder", training=TrainingPlan(epochs=3, batch_size=16, seed=7))


def test_a_new_run_holds_script_design_and_specification(tmp_path: Path) -> None:
    folder = create(DOCUMENT, "print('hi')\n", tmp_path / "runs", "/opt/python", samples=96)
    assert folder.script.read_text() == "print('hi')\n"
    assert from_bytes(folder.design.read_bytes()) == DOCUMENT
    spec = folder.read_spec()
    assert (spec.title, spec.epochs, spec.batch_size, spec.seed) == ("Skip Autoencoder", 3, 16, 7)
    assert (spec.interpreter, spec.samples) == ("/opt/python", 96)
    assert spec.loss == "losses.MeanSquaredError"
    assert datetime.fromisoformat(spec.created).tzinfo is not None
    assert folder.path.name.endswith("_skip-autoencoder")


def test_runs_of_the_same_second_get_folders_of_their_own(tmp_path: Path) -> None:
    paths = {create(DOCUMENT, "", tmp_path).path for _ in range(5)}
    assert len(paths) == 5


def test_a_base_that_is_a_file_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    base = tmp_path / "runs"
    base.write_text("in the way")
    with pytest.raises(ProblemError) as caught:
        create(DOCUMENT, "", base)
    assert caught.value.problem.code == "cannot_make_run"
    assert str(base) in caught.value.problem.message
    assert base.read_text() == "in the way"


def test_a_base_that_cannot_be_written_is_told() -> None:
    with pytest.raises(ProblemError) as caught:
        create(DOCUMENT, "", Path("/proc/skipwire-runs"))
    assert caught.value.problem.code == "cannot_make_run"


def test_a_disk_that_takes_no_more_leaves_no_half_made_folder(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(ProblemError) as caught:
            create(DOCUMENT, "#" * 30_000, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.problem.code == "cannot_write"
    assert list(tmp_path.iterdir()) == []


def test_characters_that_no_encoding_has_are_escaped_in_the_script(tmp_path: Path) -> None:
    folder = create(DOCUMENT, "x = '\ud800'", tmp_path)
    assert folder.script.read_text() == "x = '\\ud800'"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"title": 3}', "null", "\x00\xff"])
def test_a_broken_specification_is_a_problem_that_names_the_file(tmp_path: Path, text: str) -> None:
    folder = RunFolder(tmp_path)
    folder.spec.write_bytes(text.encode("latin-1"))
    with pytest.raises(ProblemError) as caught:
        folder.read_spec()
    assert caught.value.problem.code == "broken_run"
    assert str(folder.spec) in caught.value.problem.message


def test_a_missing_specification_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        RunFolder(tmp_path / "gone").read_spec()
    assert caught.value.problem.code == "broken_run"


def test_a_specification_of_a_later_version_names_the_version_that_reads_it(tmp_path: Path) -> None:
    folder = create(DOCUMENT, "", tmp_path)
    text = folder.spec.read_text().replace('"version": 1', '"version": 99')
    folder.spec.write_text(text)
    with pytest.raises(ProblemError) as caught:
        folder.read_spec()
    assert caught.value.problem.code == "newer_run"


def test_the_log_s_tail_is_its_last_lines_and_never_fails(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    assert folder.tail() == ""
    folder.log.write_bytes(b"".join(b"line %d\n" % i for i in range(5000)) + b"\xff end")
    assert folder.tail(2).splitlines() == ["line 4999", "\ufffd end"]


@given(st.text())
def test_a_slug_is_a_harmless_file_name(name: str) -> None:
    made = slug(name)
    assert made == slug(made)
    assert 0 < len(made) <= 40
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_the_default_place_follows_each_platform() -> None:
    assert default_base({"XDG_DATA_HOME": "/data"}, "linux") == Path("/data/skipwire/runs")
    assert default_base({"XDG_DATA_HOME": "relative"}, "linux").is_absolute()
    assert default_base({"LOCALAPPDATA": "/win"}, "win32") == Path("/win/skipwire/runs")
    support = Path.home() / "Library" / "Application Support" / "skipwire" / "runs"
    assert default_base({}, "darwin") == support
    assert os.environ.get("XDG_DATA_HOME") is None or default_base().is_absolute()
