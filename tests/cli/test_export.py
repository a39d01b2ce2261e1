"""Pictures from the command line."""

from itertools import pairwise
from pathlib import Path

import pytest

from designer.__main__ import main
from designer.cli.program import run
from designer.document.model import Document, Edge, Graph, Node
from designer.layout.place import arrange
from tests.cli.conftest import residual, saved


def test_dot_goes_to_stdout(
    tmp_path: Path, fake_python: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    design = saved(residual(), tmp_path)
    assert main(["export", design, "--to", "dot", "--python", fake_python]) == 0
    assert b"<b>conv2d</b> (Conv2D)" in capfdbinary.readouterr().out


def test_a_picture_needs_a_kind_and_takes_it_from_the_suffix(
    tmp_path: Path, fake_python: str, capsys: pytest.CaptureFixture[str]
) -> None:
    design, out = saved(residual(), tmp_path), tmp_path / "residual.dot"
    assert main(["export", design, "--python", fake_python]) == 2
    assert "--to" in capsys.readouterr().err
    assert main(["export", design, "-o", str(out), "--python", fake_python]) == 0
    assert out.read_text(encoding="utf-8").startswith("digraph")


@pytest.mark.parametrize("scale", ["0", "-1", "big", "nan", "1000"])
def test_a_senseless_scale_is_a_wrong_call(
    tmp_path: Path, scale: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["export", saved(residual(), tmp_path), "--to", "svg", f"--scale={scale}"])
    assert left.value.code == 2
    assert "a number from" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, fake_python: str, capsys: pytest.CaptureFixture[str]
) -> None:
    design, out = saved(residual(), tmp_path), tmp_path / "nowhere" / "x.dot"
    assert main(["export", design, "-o", str(out), "--python", fake_python]) == 1
    assert "was not written" in capsys.readouterr().err


def test_the_design_can_be_laid_out_for_its_picture(tmp_path: Path, fake_python: str) -> None:
    names = [f"n{i}" for i in range(60)]
    nodes = {name: Node(name, "layers.ReLU", name) for name in names}
    edges = frozenset(Edge(a, 0, b, "inputs") for a, b in pairwise(names))
    document = Document(graph=Graph(nodes, edges))
    design, out, seen = saved(document, tmp_path), tmp_path / "deep.svg", []

    def paint(shown: Document, *_: object) -> bytes:
        seen.append(shown)
        return b"<svg/>"

    call = ["export", design, "-o", str(out), "--python", fake_python]
    for method in (["--layout", "wrapped"], []):
        assert run([*call, *method], "1", paint) == 0
    assert seen == [arrange(document, "wrapped"), document]
