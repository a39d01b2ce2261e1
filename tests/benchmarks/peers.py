"""The canvases that ours is measured against: guests, in a folder of their own.

`python -m tests.benchmarks.peers` installs them there from PyPI with pip. They stay out of the
project's environment, because they bring Qt wrappers and setuptools' friends; PySide6 is ours.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PACKAGES = {"nodegraphqt": "NodeGraphQt", "nodeeditor": "nodeeditor-qtpy"}


def folder() -> Path:
    """Where they are, or would be."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "skipwire-bench" / "peers"


def present() -> bool:
    """Whether they are installed."""
    return all((folder() / name).is_dir() for name in ("NodeGraphQt", "nodeeditor"))


def surroundings() -> Mapping[str, str]:
    """What a process needs in its environment to import them."""
    return {"PYTHONPATH": str(folder()), "QT_API": "pyside6", "QT_PREFERRED_BINDING": "PySide6"}


def install() -> int:
    """Installs them; pip's exit status."""
    folder().mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "install", "--upgrade", "--target", str(folder())]
    return subprocess.run([*command, *PACKAGES.values()], check=False).returncode


if __name__ == "__main__":
    sys.exit(install())
