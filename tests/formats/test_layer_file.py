"""A file of layers as it is read without running it."""

import shutil
from pathlib import Path

import pytest

from designer.document.problem import ProblemError
from designer.formats.layer_file import read_layers
from designer.formats.layer_problems import refusal, remarks
from designer.protocol import Loaded, NotLoaded

FILES = Path(__file__).resolve().parents[1] / "custom_files"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def code_of(path: Path) -> str:
    with pytest.raises(ProblemError) as caught:
        read_layers(path)
    assert path.name in caught.value.problem.message
    return caught.value.problem.code


def test_classes_are_found_with_their_bases_and_lines() -> None:
    source = read_layers(FILES / "my_layers.py")
    assert (source.module, source.helpers) == ("my_layers", ())
    first, last = source.classes[0], source.classes[-1]
    assert (first.name, first.bases, first.line) == ("Scale", ("keras.layers.Layer",), 8)
    assert (last.name, last.bases) == ("Network", ("keras.Model",))


def test_reading_runs_nothing(tmp_path: Path) -> None:
    path = Path(shutil.copy(FILES / "harm.py", tmp_path))
    assert [one.name for one in read_layers(path).classes] == ["Harmless"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["harm.py"]


def test_what_lies_beside_and_is_imported_belongs_to_the_content(tmp_path: Path) -> None:
    written(tmp_path, "one.py", "import two\n")
    written(tmp_path, "two.py", "import one\n")
    written(tmp_path, "parts/__init__.py", "")
    written(tmp_path, "parts/inner.py", "SIZE = 1\n")
    written(tmp_path, "unused.py", "")
    text = "import keras, one\ndef late():\n    from parts.inner import SIZE\nclass A: pass\n"
    source = read_layers(written(tmp_path, "mine.py", text))
    assert source.helpers == ("one.py", "two.py", "parts/__init__.py", "parts/inner.py")
    assert set(source.hashes) == {str(path) for path in source.files}


def test_the_hash_is_that_of_the_content_wherever_it_lies(tmp_path: Path) -> None:
    digests = set()
    for folder in ("a", "b"):
        written(tmp_path, f"{folder}/helper.py", "SIZE = 1\n")
        source = read_layers(written(tmp_path, f"{folder}/mine.py", "import helper\nclass A: pass"))
        digests.add(source.digest)
    assert len(digests) == 1
    written(tmp_path, "b/helper.py", "SIZE = 2\n")
    assert read_layers(tmp_path / "b" / "mine.py").digest not in digests


@pytest.mark.parametrize("name", ["my-layers.py", "2.py", "class.py", "mine.txt", "a b.py"])
def test_a_file_that_no_script_can_import_is_refused(name: str, tmp_path: Path) -> None:
    assert code_of(written(tmp_path, name, "class A: pass\n")) == "custom_name"


@pytest.mark.parametrize("name", ["keras.py", "numpy.py", "random.py", "script.py"])
def test_so_is_one_that_would_stand_in_for_another_module(name: str, tmp_path: Path) -> None:
    assert code_of(written(tmp_path, name, "class A: pass\n")) == "custom_name"


def test_a_mistake_in_the_text_is_told_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "mine.py", "x = 1\ndef f(:\n")
    assert code_of(path) == "custom_syntax"
    with pytest.raises(ProblemError, match=r"mine\.py, line 2: "):
        read_layers(path)


@pytest.mark.parametrize("data", [b"x = '\xff'\n", b"a\0b", b"(" * 3000])
def test_what_is_no_python_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_bytes(data)
    assert code_of(path) == "custom_syntax"


def test_a_folder_a_missing_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.py").mkdir()
    assert code_of(tmp_path / "folder.py") == "cannot_read"
    assert code_of(tmp_path / "none.py") == "cannot_read"
    assert code_of(written(tmp_path, "huge.py", "#" * 2_000_001)) == "too_large"


@pytest.mark.parametrize(
    "code",
    ["custom_syntax", "custom_import", "custom_raised", "custom_exits", "custom_endless",
     "custom_empty", "custom_changed", "custom_missing", "custom_died", "custom_odd", "unheard_of"],
)  # fmt: skip
def test_every_refusal_names_file_line_and_next_step(code: str) -> None:
    told = refusal(NotLoaded(1, "mine", code, "/there/mine.py", 7, "words"), Path("/there/mine.py"))
    assert "mine.py, line 7" in told.message
    assert told.message.endswith(".")
    assert any(word in told.message for word in ("load", "Load", "Put", "Derive"))
    assert (told.severity, told.detail) == ("error", "words")


@pytest.mark.parametrize(
    "code",
    [
        "custom_needs",
        "custom_no_config",
        "custom_is_model",
        "custom_unreadable",
        "custom_no_kwargs",
    ],
)
def test_every_remark_names_file_line_and_next_step(code: str) -> None:
    told = Loaded(1, "mine", {}, [{"code": code, "class": "A", "line": 3, "params": "x"}])
    (problem,) = remarks(told, Path("mine.py"))
    assert problem.message.startswith("mine.py, line 3: ")
    assert any(word in problem.message for word in ("Set", "Add", "Derive", "Give", "Let"))


def test_the_gravest_remark_comes_first() -> None:
    rows = [
        {"code": code, "class": "A", "line": 1} for code in ("custom_needs", "custom_no_config")
    ]
    found = remarks(Loaded(1, "mine", {}, rows), Path("mine.py"))
    assert [problem.severity for problem in found] == ["warning", "info"]
