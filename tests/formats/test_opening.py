"""Opening chooses the reader by what a file holds."""

from pathlib import Path

import pytest

from designer.catalog.spec import Catalog
from designer.document.model import INPUT, Document, Graph, Node
from designer.document.problem import ProblemError
from designer.formats import project
from designer.formats.opening import open_design
from tests.formats.archives import archive, residual

DESIGN = Document(name="one", graph=Graph({"i": Node("i", INPUT, "image", {"shape": [4]})}))


def code(path: Path, catalog: Catalog) -> str:
    with pytest.raises(ProblemError) as caught:
        open_design(path, catalog)
    return caught.value.problem.code


def test_a_saved_design_comes_back_equal(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "one.skipwire"
    project.write(path, DESIGN)
    assert open_design(path, catalog) == DESIGN
    assert open_design(str(path), catalog) == DESIGN


def test_the_content_counts_more_than_the_suffix(tmp_path: Path, catalog: Catalog) -> None:
    model = archive(tmp_path / "model.zip", residual())
    assert open_design(model, catalog).name == "net"
    plain = tmp_path / "design.json"
    project.write(plain, DESIGN)
    assert open_design(plain, catalog) == DESIGN


def test_other_files_are_refused_with_what_can_be_opened(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "photo.png"
    assert code(path, catalog) == "cannot_read"
    path.write_bytes(b"\x89PNG")
    assert code(path, catalog) == "unknown_format"
    assert code(tmp_path, catalog) == "unknown_format"
    broken = tmp_path / "broken.skipwire"
    broken.write_bytes(b"{")
    assert code(broken, catalog) == "not_json"
    old = tmp_path / "old.h5"
    old.write_bytes(b"\x89HDF\r\n\x1a\n")
    assert code(old, catalog) == "old_model"
