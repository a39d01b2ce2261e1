"""Sets Skipwire up in a fresh checkout and runs it, or checks it. Standard library only.

`run [ARGS]` starts Skipwire, `test [PYTEST ARGS]` runs every check; both first install what is
missing: Debian's packages, then `.venv` beside this folder. A stamp makes the next start instant.
"""

# Annotations stay text, so that an older Python gets as far as the sentence that refuses it.
from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "skipwire-stamp.json"
SHOTS = ROOT / "build" / "demo"
OLDEST, TOO_NEW = (3, 11), (3, 14)
USAGE = "usage: python3 packaging/bootstrap.py run [ARGS]  |  test [PYTEST ARGS]"

# Qt's own libraries, then those of its X11 side; the last ones are for the window tests.
PACKAGES = {
    "run": [
        *["libglib2.0-0", "libdbus-1-3", "libegl1", "libgl1", "libxkbcommon0", "libfontconfig1"],
        *["libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0"],
        "libxkbcommon-x11-0",
    ],
    "test": ["xvfb", "xauth", "xdotool", "openbox", "graphviz"],
}
# What `test` runs, in this order. Pytest comes last, so that its closing line is the last one.
CHECKS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("imports", ["lint-imports"]),
    ("dependencies", ["deptry", "."]),
    ("catalogue", ["python", "-m", "designer.worker.introspect", "resources/catalog", "--check"]),
    ("tests", ["pytest", "-n", "2", "--dist", "loadgroup", "--ignore", "tests/benchmarks"]),
)


class SetupError(Exception):
    """Set-up cannot go on; the text says why and what to type."""


def say(text: str) -> None:
    """A line for the person in front, apart from the program's own output."""
    print(f"skipwire: {text}", file=sys.stderr, flush=True)


def check_python(version: tuple[int, int]) -> None:
    """Refuses a Python that TensorFlow has no packages for, and names a better one if it can."""
    if OLDEST <= version < TOO_NEW:
        return
    wanted = [f"python3.{minor}" for minor in range(TOO_NEW[1] - 1, OLDEST[1] - 1, -1)]
    better = next((name for name in wanted if shutil.which(name)), None)
    way_out = (
        f"Type: {better} packaging/bootstrap.py {' '.join(sys.argv[1:])}".rstrip()
        if better
        else "Install Python 3.11, 3.12 or 3.13 and start this file with it."
    )
    raise SetupError(
        f"Skipwire needs Python 3.11 to 3.13, this is {version[0]}.{version[1]}. {way_out}"
    )


def wanted_packages(mode: str) -> list[str]:
    """Debian's packages for `mode`, python3-venv included where this Python cannot make a venv."""
    names = list(PACKAGES["run"])
    if mode == "test":
        names += PACKAGES["test"]
    if importlib.util.find_spec("ensurepip") is None:
        names.append("python3-venv")
    return names


def installed_packages(listing: str) -> set[str]:
    """Names in dpkg lines of status, name and what it provides, set apart by tabs."""
    found: set[str] = set()
    for line in listing.splitlines():
        status, name, provides = line.split("\t")
        if status == "installed":
            found.add(name)
            found.update(entry.split()[0] for entry in provides.split(",") if entry.strip())
    return found


def missing_packages(mode: str) -> list[str]:
    """What `mode` needs and dpkg does not have; nothing where there is no dpkg to ask."""
    if shutil.which("dpkg-query") is None:
        return []
    form = "${db:Status-Status}\t${Package}\t${Provides}\n"
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", form], capture_output=True, text=True, check=True
    ).stdout
    have = installed_packages(listing)
    return [name for name in wanted_packages(mode) if name not in have]


def as_root() -> list[str] | None:
    """The words to put before a command that needs root; None if root is not to be had unasked."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    answer = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if answer.returncode == 0 else None


def apt_get(prefix: list[str], *words: str) -> bool:
    """True if apt-get did it; waits for another apt-get to end instead of failing."""
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    command += ["-o", "DPkg::Lock::Timeout=600", "-y", "-q", *words]
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0


def install_packages(names: list[str]) -> None:
    """Installs Debian packages, or raises SetupError with the line to type."""
    by_hand = f"Type: sudo apt-get install -y {' '.join(names)}"
    prefix = as_root() if shutil.which("apt-get") else None
    if prefix is None:
        raise SetupError(f"These system packages are missing: {', '.join(names)}. {by_hand}")
    say(f"installing system packages: {' '.join(names)}")
    words = ["install", "--no-install-recommends", *names]
    if any(Path("/var/lib/apt/lists").glob("*_Packages*")) and apt_get(prefix, *words):
        return
    if not (apt_get(prefix, "update") and apt_get(prefix, *words)):
        raise SetupError(f"apt-get could not install the system packages. {by_hand}")


def venv_python() -> Path:
    """The interpreter of `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint() -> str:
    """A hash of everything that decides what is installed, this Python included."""
    digest = hashlib.sha256(f"{sys.version} {platform.machine()} {ROOT}".encode())
    for name in ("pyproject.toml", "packaging/constraints.txt", "packaging/bootstrap.py"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_set_up(mode: str) -> bool:
    """True if the stamp says that this very state was installed, for `mode` or for more."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return stamp["state"] == fingerprint() and mode in stamp["modes"] and venv_python().exists()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def is_of_here(configuration: str, version: str) -> bool:
    """True if a pyvenv.cfg tells of a venv made in this very place by this minor version."""
    lines = (line.partition("=") for line in configuration.splitlines())
    told = {key.strip(): value.strip() for key, _, value in lines}
    made = told.get("version", told.get("version_info", ""))
    same = made.split(".")[:2] == version.split(".")[:2]
    return same and told.get("command", str(VENV)).endswith(str(VENV))


def can_install() -> bool:
    """True if `.venv` is whole enough to install into; a moved one has programs that point away."""
    try:
        configuration = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    if not (is_of_here(configuration, platform.python_version()) and venv_python().exists()):
        return False
    command = [str(venv_python()), "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def make_venv(mode: str) -> None:
    """Makes `.venv` and installs Skipwire in it; `test` brings the development tools too."""
    if not can_install():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    say("installing Python packages into .venv (about 1.5 GB, some minutes the first time)")
    what = f"{ROOT}[dev]" if mode == "test" else str(ROOT)
    pip = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check"]
    pip += ["-c", str(ROOT / "packaging" / "constraints.txt"), "-e", what]
    subprocess.run(pip, stdout=sys.stderr, check=True)


def set_up(mode: str) -> None:
    """Everything that `mode` needs and that is not there yet."""
    if is_set_up(mode):
        return
    began = time.monotonic()
    if missing := missing_packages(mode):
        install_packages(missing)
    elif sys.platform == "linux" and shutil.which("dpkg-query") is None:
        say("not a Debian system: if Qt misses a library, its name will be told at the start")
    try:
        make_venv(mode)
    except subprocess.CalledProcessError as error:
        command = shlex.join(str(word) for word in error.cmd)
        raise SetupError(f"This failed, and its output above says why: {command}") from error
    modes = ["run", "test"] if mode == "test" else ["run"]
    STAMP.write_text(json.dumps({"state": fingerprint(), "modes": modes}), encoding="utf-8")
    say(f"set up in {time.monotonic() - began:.0f} s")


def has_display(environ: Mapping[str, str]) -> bool:
    """True where a window can be shown, or where the person has chosen a Qt platform."""
    if sys.platform != "linux":
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run(arguments: list[str]) -> int:
    """Becomes Skipwire; without a display and without arguments, its demo offscreen."""
    if not arguments and not has_display(os.environ):
        arguments = ["demo", "--shots", str(SHOTS)]  # which says that it runs offscreen
    command = [str(venv_python()), "-P", "-m", "designer", *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def check_command(words: list[str]) -> list[str]:
    """A check's words as a command: its program is the one in `.venv`."""
    return [str(venv_python().with_name(words[0])), *words[1:]]


def test(arguments: list[str]) -> int:
    """Runs the checks up to the first that fails; 0 if all passed."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    for name, words in CHECKS:
        more = arguments if name == "tests" else []
        say(f"check: {name}")
        began = time.monotonic()
        command = check_command([*words, *more])
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        if status:
            say(f"FAILED: {name} (exit status {status}), by: {shlex.join([*words, *more])}")
            return 1
        if name != "tests":
            say(f"passed: {name} in {time.monotonic() - began:.1f} s")
    return 0


def main(arguments: list[str]) -> int:
    """The exit status of the mode asked for."""
    modes = {"run": run, "test": test}
    if not arguments or arguments[0] not in modes:
        print(USAGE, file=sys.stderr)
        return 2
    mode, *rest = arguments
    try:
        check_python(sys.version_info[:2])
        set_up(mode)
        return modes[mode](rest)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted; the same command goes on from here")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
