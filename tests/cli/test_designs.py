"""The commands that turn one file into another."""

from pathlib import Path

import pytest

from designer.__main__ import main
from designer.document.serialize import from_bytes
from tests.cli.conftest import residual, saved


def test_the_code_goes_to_stdout_or_to_a_file(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    design, script = saved(residual(), tmp_path), tmp_path / "residual.py"
    assert main(["code", design]) == 0
    printed = capfdbinary.readouterr().out
    assert main(["code", design, "-o", str(script)]) == 0
    assert script.read_bytes() == printed
    assert b"def build_model():" in printed
    compile(printed, "residual.py", "exec")


def test_an_output_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    design = saved(residual(), tmp_path)
    assert main(["code", design, "-o", str(tmp_path / "nowhere" / "script.py")]) == 1
    assert "was not written" in capsys.readouterr().err


def test_a_layout_moves_nodes_and_nothing_else(tmp_path: Path) -> None:
    document = residual()
    design, arranged = saved(document, tmp_path), tmp_path / "arranged.skipwire"
    assert main(["layout", design, "-o", str(arranged)]) == 0
    after = from_bytes(arranged.read_bytes())
    assert after.graph.edges == document.graph.edges
    heights = [after.graph.nodes[key].y for key in ("image", "conv", "add", "out")]
    assert heights == sorted(set(heights))


def test_an_example_becomes_a_design_of_ones_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.skipwire"
    assert main(["examples"]) == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert "skip_autoencoder" in names
    assert main(["new", "skip_autoencoder", "-o", str(mine)]) == 0
    assert from_bytes(mine.read_bytes()).graph.nodes


def test_a_new_design_does_not_write_over_one_that_is_there_unless_told_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.skipwire"
    mine.write_bytes(b"work of weeks")
    assert main(["new", "residual_add", "-o", str(mine)]) == 2
    assert mine.read_bytes() == b"work of weeks"
    assert "--force" in capsys.readouterr().err
    assert main(["new", "residual_add", "-o", str(mine), "--force"]) == 0
    assert from_bytes(mine.read_bytes()).graph.nodes


def test_an_unknown_example_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "perpetuum", "-o", str(tmp_path / "x.skipwire")]) == 2
    assert "skip_autoencoder" in capsys.readouterr().err
