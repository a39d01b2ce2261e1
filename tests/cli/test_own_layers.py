"""--layers from end to end, with the real Keras: check, code, training, and the saved model."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from designer.__main__ import main
from designer.document.model import (
    INPUT,
    OUTPUT,
    DatasetChoice,
    Document,
    Edge,
    Graph,
    LayerFile,
    Node,
    TrainingPlan,
)
from designer.document.serialize import from_bytes, to_bytes

pytestmark = pytest.mark.keras
Capture = pytest.CaptureFixture[str]
FILES = Path(__file__).resolve().parents[1] / "custom_files"


def _gated() -> Document:
    """A denoiser with a scale, a layer with two inputs, and one with two outputs."""
    nodes = (
        Node("image", INPUT, "image", {"shape": [32, 32, 3]}),
        Node("conv", "layers.Conv2D", "conv", {"filters": 4, "kernel_size": 3, "padding": "same"}),
        Node("scale", "custom.my_layers.Scale", "scale", {"factor": 2.0}),
        Node("halves", "custom.my_layers.Halves", "halves"),
        Node("gate", "custom.my_layers.Gate", "gate", {"units": 2}, {"strength": 0.5}),
        Node("end", "layers.Conv2D", "end", {"filters": 3, "kernel_size": 1}),
        Node("out", OUTPUT, "out"),
    )
    edges = (
        Edge("image", 0, "conv", "inputs"),
        Edge("conv", 0, "scale", "inputs"),
        Edge("scale", 0, "halves", "inputs"),
        Edge("halves", 0, "gate", "x"),
        Edge("halves", 1, "gate", "gate"),
        Edge("gate", 0, "end", "inputs"),
        Edge("end", 0, "out", "inputs"),
    )
    return Document(
        "gated",
        Graph({node.id: node for node in nodes}, frozenset(edges)),
        DatasetChoice("photos_denoise", {"train_patches": 64, "validation_patches": 32}),
        TrainingPlan(epochs=1),
        layer_files=(LayerFile("my_layers", "my_layers.py"),),
    )


@pytest.fixture
def design(tmp_path: Path) -> str:
    """The design, with the file of its layers beside it."""
    shutil.copy(FILES / "my_layers.py", tmp_path)
    path = tmp_path / "gated.skipwire"
    path.write_bytes(to_bytes(_gated()))
    return str(path)


@pytest.fixture
def harmful(tmp_path: Path) -> str:
    """A design that names a file which does something when it is imported."""
    shutil.copy(FILES / "harm.py", tmp_path)
    nodes = (
        Node("image", INPUT, "image", {"shape": [4]}),
        Node("own", "custom.harm.Harmless", "own"),
    )
    graph = Graph({n.id: n for n in nodes}, frozenset({Edge("image", 0, "own", "inputs")}))
    path = tmp_path / "harmful.skipwire"
    path.write_bytes(to_bytes(Document("h", graph, layer_files=(LayerFile("harm", "harm.py"),))))
    return str(path)


def test_without_the_option_nothing_of_a_file_is_run(
    harmful: str, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["check", harmful, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    errors = [p["code"] for p in told["problems"] if p["severity"] == "error"]
    assert errors == ["custom_not_loaded"]
    assert main(["code", harmful]) == 1
    assert main(["layout", harmful, "-o", str(tmp_path / "other.skipwire")]) == 0
    assert main(["export", harmful, "-o", str(tmp_path / "x.dot")]) == 0
    assert main(["train", harmful, "--run-dir", str(tmp_path / "runs")]) == 1
    assert not (tmp_path / "harm_was_run").exists()


def test_with_the_option_it_is(harmful: str, tmp_path: Path) -> None:
    assert main(["check", harmful, "--layers", str(tmp_path / "harm.py")]) == 0
    assert (tmp_path / "harm_was_run").exists()


def test_a_design_that_is_laid_out_elsewhere_still_names_its_file(
    design: str, tmp_path: Path
) -> None:
    (tmp_path / "deep").mkdir()
    out = tmp_path / "deep" / "out.skipwire"
    assert main(["layout", design, "-o", str(out)]) == 0
    (file,) = from_bytes(out.read_bytes()).layer_files
    assert (file.module, file.file) == ("my_layers", "../my_layers.py")


def test_check_knows_shapes_and_weights_and_says_that_it_cannot_count_all(
    design: str, tmp_path: Path, capsys: Capture
) -> None:
    words = ["check", design, "--json", "--layers", str(tmp_path / "my_layers.py")]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    rows = {node["id"]: node for node in told["nodes"]}
    assert (rows["scale"]["parameters"], rows["scale"]["macs"]) == (4, None)
    assert rows["halves"]["output_shapes"] == [[None, 32, 32, 2]] * 2
    assert rows["gate"]["parameters"] == 6
    assert told["parameters"]["total"] == 112 + 4 + 6 + 9


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("broken.py", 1, "broken.py, line 7: importing it raised ZeroDivisionError"),
        ("none.py", 2, "none.py cannot be read: there is no such file"),
        ("no_such_module", 2, "There is no module no_such_module"),
    ],
)
def test_what_cannot_be_loaded_is_told(
    name: str, status: int, words: str, design: str, tmp_path: Path, capsys: Capture
) -> None:
    shutil.copy(FILES / "broken.py", tmp_path)
    place = str(tmp_path / name) if name.endswith(".py") else name
    assert main(["check", design, "--layers", place]) == status
    assert words in capsys.readouterr().err


def test_a_file_that_ends_the_worker_is_told_and_not_tried_again(
    design: str, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "ending.py"
    path.write_text("import os\nclass A: pass\nos._exit(9)\n", encoding="utf-8")
    assert main(["check", design, "--layers", str(path)]) == 1
    assert "ended with status 9" in capsys.readouterr().err


def test_it_trains_in_a_folder_that_has_all_it_needs_and_the_model_comes_back(
    design: str, tmp_path: Path, capsys: Capture
) -> None:
    layers, runs = str(tmp_path / "my_layers.py"), tmp_path / "runs"
    assert main(["train", design, "--layers", layers, "--run-dir", str(runs)]) == 0
    (folder,) = runs.iterdir()
    assert (folder / "my_layers.py").read_bytes() == (FILES / "my_layers.py").read_bytes()
    kept = from_bytes((folder / "design.skipwire").read_bytes())
    assert [file.file for file in kept.layer_files] == ["my_layers.py"]

    # The folder alone is enough, and Keras takes the model back with the classes at hand.
    moved = tmp_path / "elsewhere"
    folder.rename(moved)
    again = (
        "import keras, my_layers\n"
        "own = {k: v for k, v in vars(my_layers).items() if isinstance(v, type)}\n"
        "model = keras.models.load_model('model.keras', custom_objects=own)\n"
        "print('weights', model.count_params())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", again], cwd=moved, capture_output=True, text=True, check=True
    )
    assert "weights 131" in done.stdout

    # We open it as nodes that wait for the file, and with the file it is the same network.
    opened = tmp_path / "opened.skipwire"
    assert main(["import", str(moved / "model.keras"), "-o", str(opened)]) == 0
    waiting = from_bytes(opened.read_bytes())
    types = {node.type for node in waiting.graph.nodes.values() if "custom" in node.type}
    assert types == {f"custom.my_layers.{name}" for name in ("Scale", "Halves", "Gate")}
    capsys.readouterr()
    assert main(["check", str(opened), "--json"]) == 1
    assert main(["check", str(opened), "--json", "--layers", layers]) == 0
    told = json.loads(capsys.readouterr().out.partition("}\n{")[2].join(("{", "")))
    assert told["parameters"]["total"] == 131


def test_the_script_runs_where_the_file_can_be_imported(design: str, tmp_path: Path) -> None:
    script = tmp_path / "made.py"
    words = ["code", design, "-o", str(script), "--layers", str(tmp_path / "my_layers.py")]
    assert main(words) == 0
    code = "import made; print('weights', made.build_model().count_params())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "weights 131" in done.stdout

    # Read again with the same layers, the script is the same network.
    out = tmp_path / "again.skipwire"
    layers = str(tmp_path / "my_layers.py")
    assert main(["import", str(script), "-o", str(out), "--layers", layers]) == 0
    again, first = from_bytes(out.read_bytes()), _gated()
    assert sorted(n.type for n in again.graph.nodes.values()) == sorted(
        node.type for node in first.graph.nodes.values()
    )
    assert again.graph.nodes["gate"].arguments == {"strength": 0.5}
    assert [file.file for file in again.layer_files] == ["my_layers.py"]
