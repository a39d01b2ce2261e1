"""The import contracts hold, and each one fails when a scratch copy breaks it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# A file to add to a copy of the package, its text, and the contract that must then be broken.
BREACHES = {
    "a floor is climbed": (
        "document/climbs.py",
        "import designer.infer.report",
        "Floors: an import goes only downwards",
    ),
    "neighbours see each other": (
        "cli/peeps.py",
        "import designer.worker.train",
        "Floors: an import goes only downwards",
    ),
    "a room has no name in the plan": (
        "utils/__init__.py",
        "",
        "Floors: an import goes only downwards",
    ),
    "Qt is used outside the window": ("infer/paints.py", "import PySide6", "Qt lives in ui only"),
    "Keras is used outside the worker": (
        "codegen/cheats.py",
        "import keras",
        "Keras lives in worker only",
    ),
    "the worker knows more than the protocol": (
        "worker/knows.py",
        "import designer.document.model",
        "The worker knows the protocol and nothing else of ours or of others",
    ),
    "two modules of a room need each other": (
        "infer/circle.py",
        "import designer.infer.turning",
        "No cycles inside a room",
    ),
}


def _lint(folder: Path) -> "subprocess.CompletedProcess[str]":
    tool = Path(sys.executable).with_name("lint-imports")
    command = [str(tool), "--no-cache", "--no-logo", "--config", "pyproject.toml"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the package and its contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "designer", tmp_path / "designer", ignore=ignored)
    return tmp_path


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_of_the_contracts_is_found(scratch: Path, breach: str) -> None:
    name, text, contract = BREACHES[breach]
    file = scratch / "designer" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{text}\n")
    turning = scratch / "designer" / "infer" / "turning.py"
    turning.write_text("import designer.infer.circle\n" if "circle" in name else "")
    found = _lint(scratch)
    assert found.returncode == 1
    assert f"{contract} BROKEN" in found.stdout


def test_an_untouched_copy_keeps_every_contract(scratch: Path) -> None:
    found = _lint(scratch)
    assert found.returncode == 0, found.stdout + found.stderr
