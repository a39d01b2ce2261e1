"""A Python that only seems to be one: it speaks the worker's and the trainer's part, fast."""

import sys
from pathlib import Path

import pytest

from designer.document import edits
from designer.document.model import INPUT, OUTPUT, DatasetChoice, Document, Edge, Graph, Node
from designer.document.serialize import to_bytes

ROOT = Path(__file__).resolve().parents[2]
FAKE = """#!{python}
import sys
sys.path.insert(0, {root!r})
from tests.cli.impostor import main
main(sys.argv[1:])
"""


@pytest.fixture
def fake_python(tmp_path: Path) -> str:
    """The path of a program to pass as --python."""
    program = tmp_path / "python-with-keras"
    program.write_text(FAKE.format(python=sys.executable, root=str(ROOT)), encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def residual(shape: tuple[int, ...] = (256, 256, 3), name: str = "residual") -> Document:
    """An image, a convolution of it, their sum, and that marked as the output."""
    conv = {"filters": 3, "kernel_size": [3, 3], "padding": "same"}
    nodes = (
        Node("image", INPUT, "image", {"shape": list(shape)}),
        Node("conv", "layers.Conv2D", "conv2d", conv),
        Node("add", "layers.Add", "add"),
        Node("out", OUTPUT, "output"),
    )
    wires = frozenset(
        (
            Edge("image", 0, "conv", "inputs"),
            Edge("conv", 0, "add", "inputs", 0),
            Edge("image", 0, "add", "inputs", 1),
            Edge("add", 0, "out", "inputs"),
        )
    )
    return Document(name, Graph({node.id: node for node in nodes}, wires))


def trainable() -> Document:
    """The same for the photographs on board."""
    return edits.set_data(residual((32, 32, 3)), DatasetChoice("photos_denoise"))


def saved(document: Document, folder: Path) -> str:
    """The path of the design's file."""
    path = folder / f"{document.name}.skipwire"
    path.write_bytes(to_bytes(document))
    return str(path)
