"""The command line as a whole: exit statuses, and errors as one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from designer import __version__
from designer.__main__ import is_file_name, main
from tests.cli.conftest import residual, saved


def _skipwire(*words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "designer", *words]
    environment = os.environ | variables
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_the_version_is_told() -> None:
    found = _skipwire("--version")
    assert (found.returncode, found.stdout) == (0, f"skipwire {__version__}\n")


def test_the_help_names_every_command_and_the_demo() -> None:
    text = _skipwire("--help").stdout
    for name in ("check", "code", "train", "layout", "new", "examples", "import", "demo"):
        assert name in text


def test_an_unknown_command_is_a_wrong_call() -> None:
    found = _skipwire("fly")
    assert found.returncode == 2
    assert "fly" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_name_with_a_dot_or_a_slash_is_a_file() -> None:
    assert is_file_name("unet.skipwire")
    assert is_file_name("./check")
    assert not is_file_name("check")
    assert not is_file_name("--version")


def test_a_file_that_is_not_there_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "none.skipwire")
    assert main(["check", missing]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.startswith(f"skipwire: {missing} cannot be read")


def test_a_broken_design_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.skipwire"
    broken.write_text("{", encoding="utf-8")
    assert main(["layout", str(broken)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "broken.skipwire" in told


def test_a_reader_that_leaves_early_gets_no_traceback(tmp_path: Path) -> None:
    design = saved(residual(), tmp_path)
    command = [sys.executable, "-m", "designer", "code", design]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize(
    ("display", "words"), [("", "no display"), (":987", "the display :987 does not answer")]
)
def test_a_window_without_a_display_is_refused_in_one_line(display: str, words: str) -> None:
    found = _skipwire(QT_QPA_PLATFORM="", DISPLAY=display, WAYLAND_DISPLAY="")
    assert found.returncode == 1
    assert words in found.stderr
    assert found.stderr.count("\n") == 1
