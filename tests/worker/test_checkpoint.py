"""The file that a run goes on from is whole or not there."""

from pathlib import Path

import numpy as np
import pytest

from designer.worker.checkpoint import Point, read, write


def test_arrays_and_place_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.npz"
    arrays = [np.arange(6.0).reshape(2, 3), np.array(7, dtype="int64"), np.zeros(0)]
    write(path, Point(40, 3), arrays)
    point, found = read(path)
    assert point == Point(40, 3)
    assert all(
        np.array_equal(a, b) and a.dtype == b.dtype for a, b in zip(arrays, found, strict=True)
    )
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_write_that_fails_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.npz"
    write(path, Point(1, 0), [np.ones(3)])
    with pytest.raises(OSError):
        write(tmp_path / "missing" / "checkpoint.npz", Point(2, 0), [np.ones(3)])
    path.with_name(path.name + ".new").mkdir()  # so that the next one cannot be opened
    with pytest.raises(OSError):
        write(path, Point(2, 0), [np.ones(3)])
    assert read(path)[0] == Point(1, 0)


@pytest.mark.parametrize("keep", [0, 10, 200])
def test_a_torn_file_is_told_with_what_to_do(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "checkpoint.npz"
    write(path, Point(1, 0), [np.ones(100)])
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match=r"cannot be read.*Train the design again"):
        read(path)


def test_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.npz"
    np.savez(path, something=np.ones(3))
    with pytest.raises(ValueError, match="cannot be read"):
        read(path)
    np.savez(path, place=np.array([1, 2]), v0=np.array([{}], dtype=object))
    with pytest.raises(ValueError, match="cannot be read"):
        read(path)
