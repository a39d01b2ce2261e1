"""Set-up: what it asks the system for, whom it refuses, and that its papers agree."""

import configparser
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from designer import __version__

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    """The set-up script as a module; it is no part of the package."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "packaging" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("version", [(3, 8), (3, 10), (3, 14)])
def test_a_python_out_of_range_is_refused_by_its_number(
    bootstrap: ModuleType, version: tuple[int, int]
) -> None:
    with pytest.raises(bootstrap.SetupError, match=rf"3\.11 to 3\.13, this is 3\.{version[1]}"):
        bootstrap.check_python(version)


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_the_pythons_of_the_project_are_taken(bootstrap: ModuleType, minor: int) -> None:
    bootstrap.check_python((3, minor))


def test_the_range_is_the_same_in_the_project_file(
    bootstrap: ModuleType, project: dict[str, Any]
) -> None:
    oldest, too_new = bootstrap.OLDEST[1], bootstrap.TOO_NEW[1]
    assert project["project"]["requires-python"] == f">=3.{oldest},<3.{too_new}"


def test_a_package_that_another_provides_counts_as_installed(bootstrap: ModuleType) -> None:
    listing = (
        "installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80)\n"
        "installed\txvfb\txserver, other\n"
        "config-files\topenbox\t\n"
    )
    have = bootstrap.installed_packages(listing)
    assert have == {"libglib2.0-0t64", "libglib2.0-0", "xvfb", "xserver", "other"}


def test_the_tests_need_what_a_run_needs_and_more(bootstrap: ModuleType) -> None:
    assert set(bootstrap.wanted_packages("run")) < set(bootstrap.wanted_packages("test"))


def test_a_display_or_a_chosen_platform_is_seen(bootstrap: ModuleType) -> None:
    assert bootstrap.has_display({"DISPLAY": ":0"})
    assert bootstrap.has_display({"WAYLAND_DISPLAY": "wayland-0"})
    assert bootstrap.has_display({"QT_QPA_PLATFORM": "offscreen"})
    assert bootstrap.has_display({}) == (sys.platform != "linux")


def test_a_venv_that_was_moved_or_is_of_another_python_is_made_anew(bootstrap: ModuleType) -> None:
    here = f"version = 3.11.2\ncommand = /usr/bin/python3 -m venv --clear {bootstrap.VENV}\n"
    assert bootstrap.is_of_here(here, "3.11.9")
    assert not bootstrap.is_of_here(here, "3.12.1")
    assert not bootstrap.is_of_here(here.replace(".venv", "moved/.venv"), "3.11.9")


def test_a_wrong_call_shows_the_usage(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main(["fly"]) == 2
    assert "run [ARGS]" in capsys.readouterr().err


def test_pytest_is_the_last_check(bootstrap: ModuleType) -> None:
    assert bootstrap.CHECKS[-1][1][0] == "pytest"


def test_set_up_reads_as_older_python_too() -> None:
    text = (ROOT / "packaging" / "bootstrap.py").read_text(encoding="utf-8")
    compile(text, "bootstrap.py", "exec", dont_inherit=True)
    assert "\nmatch " not in text
    assert "from __future__ import annotations" in text


def test_the_readme_and_ci_use_the_same_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 packaging/bootstrap.py run" in readme
    assert "\npython3 packaging/bootstrap.py test\n" in readme
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 packaging/bootstrap.py test" in ci
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return found[0].lower().replace("_", "-")


def test_every_requirement_is_pinned(project: dict[str, Any]) -> None:
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {_name(line) for line in lines if line and not line.startswith("#")}
    wanted = {_name(text) for text in project["project"]["dependencies"]}
    for group in project["project"]["optional-dependencies"].values():
        wanted |= {_name(text) for text in group}
    assert wanted <= pins


def test_the_version_is_one(project: dict[str, Any]) -> None:
    assert project["project"]["version"] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_desktop_entry_starts_the_window(project: dict[str, Any]) -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(ROOT / "packaging" / "skipwire.desktop", encoding="utf-8")
    program = entry["Desktop Entry"]["Exec"].split()[0]
    assert program in project["project"]["gui-scripts"]


def test_ten_thousands_of_calls_that_return_nothing_leave_python_alive() -> None:
    """PySide6 6.12.0 lost a reference to None with each, and aborted on Python 3.11."""
    code = (
        "from PySide6.QtWidgets import QApplication, QLabel\n"
        "application = QApplication([])\n"
        "label = QLabel()\n"
        "for _ in range(200_000):\n"
        "    label.setText('x')\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert found.returncode == 0, found.stderr
