"""A program that is killed while it saves leaves a whole file, whenever that happens."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from designer.document.model import Document, Graph, Node
from designer.document.serialize import from_bytes, to_bytes

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

KILLS = 12
SAVING = """
import sys
from pathlib import Path
from designer.document.files import write_atomic
target, *versions = map(Path, sys.argv[1:])
contents = [version.read_bytes() for version in versions]
print("saving", flush=True)
while True:
    for data in contents:
        write_atomic(target, data)
"""


def _design(name: str, count: int) -> Document:
    nodes = (Node(f"n{i}", "layers.Dense", f"dense_{i}", {"units": i + 1}) for i in range(count))
    return Document(name=name, graph=Graph({node.id: node for node in nodes}))


def test_a_design_is_whole_whenever_the_program_that_saves_it_is_killed(tmp_path: Path) -> None:
    designs = {name: _design(name, count) for name, count in (("old", 3000), ("new", 20))}
    versions = []
    for name, design in designs.items():
        versions.append(tmp_path / name)
        versions[-1].write_bytes(to_bytes(design))
    target = tmp_path / "design.skipwire"
    target.write_bytes(to_bytes(designs["old"]))
    moments = random.Random(0)
    for _ in range(KILLS):
        command = [sys.executable, "-c", SAVING, str(target), *map(str, versions)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"saving\n"
            time.sleep(moments.uniform(0, 0.03))
            process.kill()
        found = from_bytes(target.read_bytes(), str(target))
        assert found == designs[found.name]
