"""How the trainer begins, as far as that needs no Keras."""

import zipfile
from pathlib import Path

import pytest

from designer.worker.train import keep_model, main, prepare


def test_what_keras_reads_at_import_is_private_to_the_run(tmp_path: Path) -> None:
    environment = {"KERAS_BACKEND": "jax", "KERAS_HOME": "/home/someone", "OTHER": "kept"}
    prepare(environment, tmp_path)
    assert environment["KERAS_BACKEND"] == "tensorflow"
    assert Path(environment["KERAS_HOME"]).parent == tmp_path
    assert environment["TF_ENABLE_ONEDNN_OPTS"] == "1"
    assert environment["OTHER"] == "kept"


def test_a_wrong_command_line_and_a_missing_folder_are_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([]) == 2
    assert "usage" in capfd.readouterr().err
    where = Path.cwd()
    assert main([str(tmp_path / "gone")]) == 2
    assert "cannot be trained in" in capfd.readouterr().err
    assert Path.cwd() == where
    assert list(tmp_path.iterdir()) == []


def test_a_model_whose_writing_was_cut_off_is_removed_and_a_whole_one_kept(tmp_path: Path) -> None:
    work, model = tmp_path / "work", tmp_path / "model.keras"
    work.mkdir()
    with zipfile.ZipFile(work / "model.keras", "w") as archive:
        archive.writestr("config.json", "{}" * 1000)
    whole = (work / "model.keras").read_bytes()
    assert keep_model(tmp_path)
    assert model.read_bytes() == whole
    assert not work.exists()
    work.mkdir()
    (work / "model.keras").write_bytes(whole[:50])
    assert not keep_model(tmp_path)
    assert model.read_bytes() == whole, "the model of before is not touched"
    assert not work.exists()
    assert not keep_model(tmp_path)


def test_what_else_the_script_wrote_stays_where_it_is(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "notes.txt").write_text("mine")
    assert not keep_model(tmp_path)
    assert (work / "notes.txt").read_text() == "mine"
