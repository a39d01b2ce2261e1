"""What may be loaded where, proved in fresh processes."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("keras", "tensorflow", "numpy", "pyqtgraph")
PURE = ("document", "catalog", "infer", "layout", "codegen", "formats", "runs", "cli")
# Refuses the modules named in its first argument, then collects the tests named in the others.
BLOCKER = """
import sys
blocked = sys.argv[1].split(",")

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ImportError(f"{name} must not be needed here")

sys.meta_path.insert(0, Refuse())
import pytest
sys.exit(pytest.main(sys.argv[2:]))
"""


def _python(*words: str, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def _loaded_by(statement: str) -> str:
    code = f"import sys; {statement}; print(*(m for m in {HEAVY!r} if m in sys.modules))"
    found = _python("-c", code)
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


def test_the_window_is_loaded_without_keras_numpy_or_plots() -> None:
    assert _loaded_by("import designer.ui.app") == ""


def test_the_commands_are_loaded_without_keras_numpy_or_plots() -> None:
    assert _loaded_by("import designer.cli.program") == ""


def test_the_way_in_loads_neither_qt_nor_the_commands() -> None:
    code = (
        "import sys, designer.__main__; "
        "print(*(m for m in ('PySide6', 'msgspec', 'designer.cli', 'argcomplete') "
        "if m in sys.modules))"
    )
    assert _python("-c", code).stdout.strip() == ""


def test_the_pure_tests_need_neither_qt_nor_keras(tmp_path: Path) -> None:
    """Collected, which imports every module of theirs, with all of it refused."""
    settings = tmp_path / "pytest.ini"
    settings.write_text(
        f"[pytest]\npythonpath = {ROOT}\nmarkers =\n    keras\n    e2e\n", encoding="utf-8"
    )
    folders = [str(ROOT / "tests" / room) for room in PURE if (ROOT / "tests" / room).is_dir()]
    blocked = "PySide6,shiboken6,keras,tensorflow,pyqtgraph"
    options = ["-c", str(settings), f"--rootdir={ROOT}", "--import-mode=importlib", "-q"]
    options += ["--collect-only", "-p", "no:pytest-qt", "-p", "no:xdist", "-p", "no:cacheprovider"]
    options += ["-m", "not keras"]
    environment = os.environ | {"PYTEST_ADDOPTS": ""}
    found = subprocess.run(
        [sys.executable, "-c", BLOCKER, blocked, *options, *folders],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout[-3000:] + found.stderr[-2000:]
