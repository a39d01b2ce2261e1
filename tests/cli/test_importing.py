"""`skipwire import` and the other commands take Keras code as they take designs."""

from pathlib import Path

import pytest

from designer.__main__ import main
from designer.document.serialize import from_bytes

OLD = """
from keras.layers import merge, Convolution2D, Input
x = Input(shape=(3, 256, 256))
y = Convolution2D(3, 3, 3, border_mode='same')(x)
z = merge([x, y], mode='sum')
"""


def test_old_code_becomes_a_design_and_the_notes_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script, design = tmp_path / "old.py", tmp_path / "new.skipwire"
    script.write_text(OLD, encoding="utf-8")
    assert main(["import", str(script), "-o", str(design)]) == 0
    found = from_bytes(design.read_bytes())
    assert [node.type for node in found.graph.nodes.values()] == [
        "layers.Add",
        "layers.Conv2D",
        "layers.InputLayer",
    ]
    assert capsys.readouterr().err.startswith("4 things were translated")


def test_code_is_written_anew_in_the_keras_of_today(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "old.py"
    script.write_text(OLD, encoding="utf-8")
    assert main(["code", str(script)]) == 0
    text = capsys.readouterr().out
    assert 'layers.Conv2D(\n        3, 3, padding="same", data_format="channels_first"' in text
    assert "layers.Add(" in text


def test_code_that_cannot_be_read_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "bad.py"
    script.write_text("import keras\nx = keras.layers.Dense(cfg.n)(keras.Input((3,)))\n")
    assert main(["check", str(script)]) != 0
    assert "line 2: `cfg.n` is not known" in capsys.readouterr().err
