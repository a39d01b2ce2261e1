"""Which Python the commands start Keras with: --python, else SKIPWIRE_PYTHON, else our own.

That Python is given exactly the package `designer`, never the folder around it with our own
Keras and NumPy.
"""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path

import designer
from designer.cli.worker_client import WorkerClient

VARIABLE = "SKIPWIRE_PYTHON"
HOME = Path(designer.__file__).resolve().parents[1]
# Finds `designer` in the folder given first, then forgets that folder: sub-modules are still found.
BOOT = (
    "import runpy, sys; home = sys.argv.pop(1); sys.path.insert(0, home); import designer; "
    "sys.path.remove(home); runpy.run_module('designer.worker.serve', run_name='__main__')"
)


def add_python(parser: ArgumentParser) -> None:
    """The option --python, as every command has it that needs Keras."""
    parser.add_argument(
        "--python",
        metavar="PROGRAM",
        default=os.environ.get(VARIABLE) or sys.executable,
        help=f"a Python that has Keras 3 (default: {VARIABLE}, else Skipwire's own)",
    )


def open_worker(python: str) -> WorkerClient:
    """A worker under that Python, started when the `with` begins."""
    if getattr(sys, "frozen", False) and python == sys.executable:
        return WorkerClient([python, "--worker"])
    return WorkerClient([python, "-P", "-c", BOOT, str(HOME)])
