"""Rules about the whole tree that no linter knows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("designer", "packaging", "resources", "tests", ".ci")
ALLOWED = {
    *("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"),
    *("designer", "resources", "tests", "packaging", "build", "dist"),
}
TEXT = {".py", ".md", ".txt", ".toml", ".json", ".skipwire", ".svg", ".desktop", ".sh", ""}
LONGEST = 400
# Put together here, so that this file does not contain what it looks for.
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry.npm" + "js",
    "deb.deb" + "ian.org",
)
MACHINE = ("/wo" + "rk/", "/ro" + "ot/")
ROOMS = {"utils", "misc", "common", "core", "base", "helpers"}


def _files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            hidden = any(part.startswith((".", "__pycache__")) for part in path.parts[-3:-1])
            if path.is_file() and path.suffix in TEXT and not hidden:
                yield path


def _texts() -> Iterator[tuple[Path, str]]:
    tops = (p for p in sorted(ROOT.iterdir()) if p.is_file() and p.suffix in TEXT)
    for path in [*tops, *_files(*FOLDERS)]:
        if not path.name.startswith(".coverage"):
            yield path, path.read_text(encoding="utf-8")


def test_no_file_is_longer_than_400_lines() -> None:
    sizes = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in _files("designer", "packaging", "tests")
        if path.suffix == ".py"
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST} == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in _files("designer", "packaging", "tests")
        if path.suffix == ".py" and not path.read_text(encoding="utf-8").startswith(('"""', 'r"""'))
    ]
    assert silent == []


@pytest.mark.parametrize("words", [REGISTRIES, MACHINE], ids=["registry hosts", "machine paths"])
def test_the_tree_names_no_place_of_one_machine(words: tuple[str, ...]) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {word}" for path, text in _texts() for word in words
        if word in text
    ]  # fmt: skip
    assert found == []


def test_the_top_level_is_as_planned() -> None:
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert visible - ALLOWED == set()


def test_no_room_is_a_lumber_room() -> None:
    names = {path.stem for path in (ROOT / "designer").rglob("*") if path.suffix in {"", ".py"}}
    assert names & ROOMS == set()
