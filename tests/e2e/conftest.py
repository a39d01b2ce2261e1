"""A screen of its own for each test (Xvfb, with openbox as window manager), and programs on it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[str]:
    """The name of a new X display; Xvfb picks a free one itself."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x2200x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox", "--sm-disable"],
        env={**os.environ, "DISPLAY": display},
        stderr=subprocess.DEVNULL,
    )
    yield display
    for process in (manager, server):
        process.terminate()
        process.wait(10)


@pytest.fixture
def start(screen: str, tmp_path: Path) -> Iterator[Start]:
    """Starts `python -m MODULE ARGS` on the screen, all with one home; what is left is ended."""
    begun: list[subprocess.Popen[str]] = []
    places = {
        f"XDG_{name}_HOME": str(tmp_path / name.lower())
        for name in ("CONFIG", "DATA", "STATE", "CACHE")
    }

    def begin(module: str, *arguments: object) -> "subprocess.Popen[str]":
        environment = {**os.environ, **places, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
        process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate()


def finish(process: "subprocess.Popen[str]", seconds: float = 240) -> str:
    """What a robot printed; it must have come to its end."""
    output, _ = process.communicate(timeout=seconds)
    assert process.returncode == 0, output
    assert "the robot is done" in output, output
    return output
