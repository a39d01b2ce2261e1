"""Several designs in the real window, by keyboard."""

from pathlib import Path

import pytest

from designer.document.serialize import to_bytes
from designer.formats.examples import load_example
from tests.e2e.conftest import Start, finish

pytestmark = [pytest.mark.e2e, pytest.mark.keras, pytest.mark.xdist_group("e2e")]


def test_two_designs_are_edited_side_by_side_and_saved_each_to_its_file(
    start: Start, tmp_path: Path
) -> None:
    files = []
    for name in ("one", "two"):
        file = tmp_path / f"{name}.skipwire"
        file.write_bytes(to_bytes(load_example("residual_add")))
        files.append(file)
    finish(start("tests.e2e.tabs", *files))
    assert not list((tmp_path / "state" / "skipwire" / "recovery").glob("*"))
