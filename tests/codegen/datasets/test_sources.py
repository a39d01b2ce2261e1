"""The sources: their facts are what their code delivers, and unfit files and options are told."""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.codegen.datasets import SOURCES, DataSource, source_of
from designer.codegen.datasets.npy_header import header, names
from designer.document.model import DatasetChoice
from designer.document.problem import Problem, ProblemError
from designer.protocol import TensorSpec

Arrays = dict[str, Any]
PHOTOS, DIGITS, NPZ = SOURCES


def loaded(source: DataSource, options: dict[str, Any]) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """What the source's load_data() returns."""
    names: dict[str, Any] = {"np": np, "DATA": source.path(options)}
    exec(compile(source.code(options), "data.py", "exec"), names)
    result: tuple[tuple[Any, Any], tuple[Any, Any]] = names["load_data"]()
    return result


def assert_facts(source: DataSource, options: dict[str, Any]) -> None:
    """Compare the facts with the arrays."""
    facts = source.facts(options)
    (x, y), (x_val, y_val) = loaded(source, options)
    for spec, arrays in ((facts.inputs[0], (x, x_val)), (facts.targets[0], (y, y_val))):
        for array, count in zip(
            arrays, (facts.train_samples, facts.validation_samples), strict=True
        ):
            assert (None, *array.shape[1:]) == spec.shape
            assert (str(array.dtype), len(array)) == (spec.dtype, count)
    if facts.low is not None and facts.high is not None:
        assert facts.low <= x.min() and x.max() <= facts.high


def problem(run: Callable[[], object]) -> Problem:
    """The problem that comes out, whose text can be told and which is about the data."""
    with pytest.raises(ProblemError) as caught:
        run()
    found = caught.value.problem
    assert found.message and found.where.section == "data"
    return found


@pytest.mark.parametrize(
    "options",
    [
        {"train_patches": 20, "validation_patches": 5},
        {"train_patches": 5, "validation_patches": 2, "patch_size": 256, "noise": 0.3},
        {"train_patches": 5, "validation_patches": 2, "data_format": "channels_first"},
    ],
)
def test_photographs_are_as_stated(options: dict[str, Any]) -> None:
    assert_facts(PHOTOS, options)


@pytest.mark.parametrize(
    "options", [{}, {"one_hot": True}, {"normalise": False, "validation_share": 0.5, "seed": 3}]
)
def test_digits_are_as_stated(options: dict[str, Any]) -> None:
    assert_facts(DIGITS, options)


def test_clean_patches_are_the_photographs_and_noisy_ones_are_noisy() -> None:
    options = {"train_patches": 400, "validation_patches": 5, "noise": 0.05}
    (noisy, clean), _ = loaded(PHOTOS, options)
    middle = (clean > 0.3) & (clean < 0.7)
    assert 0.048 < np.std((noisy - clean)[middle]) < 0.052
    assert np.array_equal(np.rint(clean * 255), clean * 255) or np.allclose(
        np.rint(clean * 255), clean * 255, atol=1e-3
    )


def test_validation_patches_come_from_a_photograph_of_their_own() -> None:
    options = {"train_patches": 4, "validation_patches": 2, "patch_size": 256}
    (_, _), (_, clean) = loaded(PHOTOS, options)
    with np.load(PHOTOS.path({}), allow_pickle=False) as photos:
        assert np.allclose(clean[0] * 255, photos["astronaut"], atol=1e-3)
    assert "astronaut" not in PHOTOS.code(options).split("names = ")[1].split("\n")[0]


def test_digits_are_split_alike_for_each_digit_and_share_no_image() -> None:
    (x, y), (x_val, y_val) = loaded(DIGITS, {})
    assert len(x) + len(x_val) == 1797
    shares = np.bincount(y_val) / (np.bincount(y) + np.bincount(y_val))
    assert shares.min() > 0.19 and shares.max() <= 0.2


def test_the_same_seed_gives_the_same_data_and_another_seed_other_data() -> None:
    options = {"train_patches": 3, "validation_patches": 1}
    one, two = loaded(PHOTOS, options), loaded(PHOTOS, options)
    other = loaded(PHOTOS, {**options, "seed": 1})
    assert np.array_equal(one[0][0], two[0][0])
    assert not np.array_equal(one[0][0], other[0][0])


@pytest.mark.parametrize(
    ("source", "options", "code", "param"),
    [
        (PHOTOS, {"patch_size": 40}, "patch_size", "patch_size"),
        (PHOTOS, {"patch_size": 512}, "bad_option", "patch_size"),
        (PHOTOS, {"patch_size": True}, "bad_option", "patch_size"),
        (PHOTOS, {"noise": float("nan")}, "bad_option", "noise"),
        (PHOTOS, {"data_format": "sideways"}, "bad_option", "data_format"),
        (PHOTOS, {"wings": 2}, "unknown_option", "wings"),
        (PHOTOS, {"patch_size": 256, "train_patches": 90_000}, "too_many_patches", "train_patches"),
        (DIGITS, {"one_hot": "yes"}, "bad_option", "one_hot"),
        (NPZ, {}, "no_path", "path"),
        (NPZ, {"path": 3}, "bad_option", "path"),
    ],
)
def test_an_unfit_option_is_told(
    source: DataSource, options: dict[str, Any], code: str, param: str
) -> None:
    found = problem(lambda: source.facts(options))
    assert (found.code, found.where.param) == (code, param)


def test_an_unknown_source_is_told() -> None:
    assert problem(lambda: source_of(DatasetChoice("moon"))).code == "unknown_source"
    assert source_of(DatasetChoice()) is None


# --- The user's own arrays ----------------------------------------------------------------------


@pytest.fixture
def npz(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Saves arrays and gives the options that name the file."""

    def save(arrays: Arrays, *, compressed: bool = False, **options: Any) -> dict[str, Any]:
        path = tmp_path / "my arrays.npz"
        (np.savez_compressed if compressed else np.savez)(path, **arrays)
        return {"path": str(path), **options}

    return save


Save = Callable[..., dict[str, Any]]


def images(count: int = 20) -> Arrays:
    """Inputs and targets."""
    return {
        "x": np.arange(count * 16, dtype="float32").reshape(count, 4, 4),
        "y": np.arange(count, dtype="int64"),
    }


@pytest.mark.parametrize("compressed", [False, True])
def test_own_arrays_are_as_stated(npz: Save, compressed: bool) -> None:
    options = npz(images(), compressed=compressed)
    assert_facts(NPZ, options)
    assert NPZ.facts(options).inputs == (TensorSpec((None, 4, 4)),)
    (x, y), (_, y_val) = loaded(NPZ, options)
    assert sorted([*y, *y_val]) == list(range(20)) and np.all(x[:, 0, 0] == y * 16)


def test_own_validation_arrays_are_used(npz: Save) -> None:
    arrays = {**images(), "x2": images(5)["x"], "y2": images(5)["y"]}
    assert_facts(NPZ, npz(arrays, x_val="x2", y_val="y2"))


def several(count: int = 20) -> Arrays:
    """Two arrays that go in and two that should come out."""
    number = np.arange(count)
    return {**images(count), "age": number[:, None] * 2.0, "sex": (number % 2).astype("int64")}


def test_several_arrays_stay_together_sample_by_sample(npz: Save) -> None:
    options = npz(several(), x="x, age", y=" y,sex ")
    facts = NPZ.facts(options)
    assert [spec.shape for spec in facts.inputs] == [(None, 4, 4), (None, 1)]
    assert len(facts.targets) == 2 and facts.low is None
    for part, count in zip(loaded(NPZ, options), (16, 4), strict=True):
        (x, age), (y, sex) = part
        assert len(y) == count
        assert np.all(x[:, 0, 0] == y * 16)
        assert np.all(age[:, 0] == 2 * y) and np.all(sex == y % 2)


def test_one_array_in_and_several_out_is_no_list_of_one(npz: Save) -> None:
    (x, y), (x_val, _) = loaded(NPZ, npz(several(), y="y, sex"))
    assert x.shape == (16, 4, 4) and len(y) == 2 and x_val.shape == (4, 4, 4)


def test_several_arrays_of_their_own_for_validation_are_used(npz: Save) -> None:
    held_out = {f"{name}_2": array for name, array in several(6).items()}
    options = npz({**several(), **held_out}, x="x,age", x_val="x_2,age_2", y_val="y_2")
    assert NPZ.facts(options).validation_samples == 6
    _, ((x, age), y) = loaded(NPZ, options)
    assert x.shape == (6, 4, 4) and np.all(age[:, 0] == 2 * y)


def wrong(arrays: Arrays, **options: Any) -> tuple[Arrays, dict[str, Any]]:
    """Arrays and options that do not go together."""
    return {**images(), **arrays}, options


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (wrong({}, x="images"), "missing_array"),
        (wrong({"y": np.zeros(7)}), "other_lengths"),
        (wrong({"x": np.zeros((0, 4)), "y": np.zeros(0)}), "other_lengths"),
        (wrong({"x": np.float32(1)}), "no_sample_axis"),
        (wrong({"y": np.array([{}] * 20, dtype=object)}), "pickled_array"),
        (wrong({"y": np.array(["cat"] * 20)}), "array_type"),
        (wrong({"y": np.zeros(20, "complex64")}), "array_type"),
        (wrong({"y": np.zeros(20, [("a", "f4")])}), "array_type"),
        (wrong({}, x_val="x"), "half_validation"),
        (wrong({"age": np.zeros(7)}, x="x, age"), "other_lengths"),
        (wrong({}, x="x, y", x_val="x", y_val="y"), "other_count"),
        (wrong({}, x="x, no such"), "missing_array"),
        (wrong({"z": np.zeros((20, 5))}, x_val="z", y_val="y"), "other_shapes"),
        (wrong({"x": np.zeros((2, 1)), "y": np.zeros(2)}, validation_share=0.1), "too_few_samples"),
    ],
)
def test_arrays_that_do_not_fit_are_told(
    npz: Save, case: tuple[Arrays, dict[str, Any]], code: str
) -> None:
    arrays, options = case
    chosen = npz(arrays, **options)
    found = problem(lambda: NPZ.facts(chosen))
    assert found.code == code
    assert found.code != "missing_array" or "x, y" in found.message


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    missing = {"path": str(tmp_path / "no.npz")}
    assert problem(lambda: NPZ.facts(missing)).code == "no_data_file"
    assert problem(lambda: NPZ.facts({"path": str(tmp_path)})).code == "cannot_read"
    os.mkfifo(tmp_path / "pipe.npz")
    pipe = problem(lambda: NPZ.facts({"path": str(tmp_path / "pipe.npz")}))
    assert pipe.message == "pipe.npz cannot be read: it is a pipe or a device: choose a file."


@given(st.binary(max_size=200))
def test_any_other_file_is_refused_by_name(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "broken.npz"
    path.write_bytes(data)
    assert problem(lambda: header(path, "x")).code == "not_npz"


def archive(path: Path, content: bytes) -> Path:
    """An archive whose array x is `content`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("x.npy", content)
    return path


def npy(text: str, data: bytes = b"") -> bytes:
    """A .npy with this header."""
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + data


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x93NUMPY",
        b"\x93NUMPY\x09\x00\x00\x00",
        b"\x93NUMPY\x02\x00\xff\xff\xff\xff",
        npy("("),
        npy("{}"),
        npy("__import__('os').system('true')"),
        npy("(" * 900),
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}"),
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': 3}"),
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (10**9,)}"),
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,)}", b"\0" * 8),
    ],
)
def test_a_broken_or_hostile_header_is_refused(tmp_path: Path, content: bytes) -> None:
    path = archive(tmp_path / "a.npz", content)
    assert problem(lambda: header(path, "x")).code == "not_npz"


@given(st.binary(max_size=120))
def test_any_header_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: bytes
) -> None:
    content = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text
    path = archive(tmp_path_factory.getbasetemp() / "header.npz", content)
    assert problem(lambda: header(path, "x")).code in ("not_npz", "array_type", "pickled_array")


def test_an_archive_that_declares_too_much_is_refused_unread(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.npz", npy("{}"))
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 0xFFFF0000)
    path.write_bytes(bytes(data))
    assert problem(lambda: header(path, "x")).code == "array_too_large"


def test_numpy_s_own_headers_are_read(tmp_path: Path) -> None:
    kinds = ("float16", "float32", "float64", "int8", "int64", "uint8", "uint32", "bool")
    arrays: Arrays = {kind: np.zeros((3, 2), kind) for kind in kinds}
    np.savez(tmp_path / "a.npz", **arrays)
    assert names(tmp_path / "a.npz") == kinds
    for kind in kinds:
        found = header(tmp_path / "a.npz", kind)
        assert (found.shape, found.dtype) == ((3, 2), kind)


def test_longer_headers_of_later_versions_are_read(tmp_path: Path) -> None:
    content = io.BytesIO()
    np.lib.format.write_array(content, np.zeros((2, 3), "f4"), version=(2, 0))
    path = archive(tmp_path / "a.npz", content.getvalue())
    assert header(path, "x").shape == (2, 3)


def test_the_data_on_board_has_its_licence_and_is_small() -> None:
    folder = PHOTOS.path({}).parent
    text = (folder / "LICENSE.md").read_text(encoding="utf-8")
    for name in names(folder / "photographs.npz"):
        assert f"| {name} |" in text
    assert sum(file.stat().st_size for file in folder.iterdir()) < 1_500_000
