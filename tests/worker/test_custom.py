"""Loading a user's own layers: what is told of good files, bad ones, and ones that do harm."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from designer.protocol import (
    Argument,
    Load,
    Loaded,
    Locate,
    Located,
    NotLoaded,
    Step,
    TensorSpec,
    encode,
)
from tests.worker_client import WorkerClient, step, tensor

pytestmark = pytest.mark.keras
FILES = Path(__file__).resolve().parents[1] / "custom_files"
NUMBERS = count(500)
LAYER = "import keras\nclass Same(keras.layers.Layer):\n    def call(self, x):\n        return x\n"


@pytest.fixture(scope="module")
def own() -> Iterator[WorkerClient]:
    """A worker of these tests alone: what is loaded stays."""
    with WorkerClient() as client:
        yield client


def order(path: Path, *others: Path, module: str = "", seconds: float = 20.0) -> Load:
    hashes = {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in (path, *others)}
    return Load(
        next(NUMBERS), module or path.stem, str(path), hashes, named=bool(module), seconds=seconds
    )


def load(worker: WorkerClient, wanted: Load) -> Loaded | NotLoaded:
    worker.send(encode(wanted))
    told = worker.receive()
    assert isinstance(told, Loaded | NotLoaded)
    assert told.request == wanted.request
    return told


def loaded(worker: WorkerClient, path: Path, *others: Path) -> Loaded:
    told = load(worker, order(path, *others))
    assert isinstance(told, Loaded), told
    return told


def refused(worker: WorkerClient, wanted: Load) -> NotLoaded:
    told = load(worker, wanted)
    assert isinstance(told, NotLoaded), told
    return told


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample file in a folder of its own."""
    return Path(shutil.copy(FILES / "my_layers.py", tmp_path))


def written(folder: Path, text: str, name: str = "mine.py") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_layers_of_a_file_are_told_as_the_catalogue_tells_layers(
    own: WorkerClient, sample: Path
) -> None:
    told = loaded(own, sample)
    names = [key.rpartition(".")[2] for key in told.layers]
    assert names == ["Bare", "Gate", "Halves", "Scale", "Started", "Weave"]
    scale = told.layers["custom.my_layers.Scale"]
    factor = next(p for p in scale["params"] if p["name"] == "factor")
    assert factor == {
        "name": "factor", "kind": "float", "default": 1.0,
        "doc": "float, what the weights start from.",
    }  # fmt: skip
    assert scale["doc"] == "Multiplies each channel with a weight of its own."
    assert scale["category"] == "custom"


def test_ports_and_literals_are_read_from_the_call(own: WorkerClient, sample: Path) -> None:
    layers = loaded(own, sample).layers
    gate = layers["custom.my_layers.Gate"]
    assert [port["name"] for port in gate["inputs"]] == ["x", "gate"]
    assert [p["name"] for p in gate["params"] if p.get("call")] == ["strength", "training"]
    (pair,) = layers["custom.my_layers.Weave"]["inputs"]
    assert pair == {"name": "inputs", "variadic": True, "minimum": 2, "maximum": 2}
    assert layers["custom.my_layers.Halves"]["several"]
    assert layers["custom.my_layers.Bare"]["nameless"]
    assert "nameless" not in gate


def test_what_is_doubtful_is_told_with_its_line(own: WorkerClient, sample: Path) -> None:
    remarks = {(r["code"], r["class"], r["line"]) for r in loaded(own, sample).remarks}
    lines = sample.read_text(encoding="utf-8").splitlines()
    place = {line.split("(")[0][6:]: n for n, line in enumerate(lines, 1) if line[:6] == "class "}
    assert remarks == {
        ("custom_no_kwargs", "Bare", place["Bare"]),
        ("custom_needs", "Gate", place["Gate"]),
        ("custom_no_config", "Started", place["Started"]),
        ("custom_is_model", "Network", place["Network"]),
    }


def test_keras_answers_questions_about_loaded_layers(own: WorkerClient, sample: Path) -> None:
    loaded(own, sample)
    image = tensor(8, 8, 4)
    scaled = own.ask_one(step("custom.my_layers.Scale", image, params={"factor": 2.0}))
    assert (scaled.outputs[0].shape, scaled.parameters) == ((None, 8, 8, 4), 4)
    halves = own.ask_one(step("custom.my_layers.Halves", image))
    assert [spec.shape for spec in halves.outputs] == [(None, 8, 8, 2)] * 2
    two = (Argument("x", (image,)), Argument("gate", (image,), keyword=True))
    gated = own.ask_one(Step("custom.my_layers.Gate", {"units": 4}, two))
    assert (gated.outputs[0].shape, gated.parameters) == ((None, 8, 8, 4), 20)


def test_a_loaded_layer_can_stand_in_a_parameter(own: WorkerClient, sample: Path) -> None:
    loaded(own, sample)
    inner = {"object": "custom.my_layers.Scale", "params": {}}
    told = own.ask_one(step("layers.TimeDistributed", tensor(5, 3), params={"layer": inner}))
    assert (told.outputs[0].shape, told.parameters) == ((None, 5, 3), 3)


def test_a_layer_that_is_not_loaded_is_refused(own: WorkerClient) -> None:
    told = own.ask_one(step("custom.elsewhere.Scale", tensor(3)))
    assert told.refusal is not None
    assert "elsewhere.Scale is not loaded" in told.refusal.message


def test_no_function_of_a_file_passes_for_a_layer(own: WorkerClient, tmp_path: Path) -> None:
    loaded(own, written(tmp_path, LAYER + "class Plain:\n    pass\n"))
    for name in ("Plain", "keras", "__builtins__", "nothing"):
        told = own.ask_one(step(f"custom.mine.{name}", tensor(3)))
        assert told.refusal is not None


@pytest.mark.parametrize(
    ("text", "code", "line", "reason"),
    [
        ("import keras\nclass X(\n", "custom_syntax", 2, "'(' was never closed"),
        ("import keras\nimport no_such_thing\n", "custom_import", 2, "no_such_thing"),
        ("x = 1\ny = x / 0\n", "custom_raised", 2, "ZeroDivisionError: division by zero"),
        ("import sys\nsys.exit(3)\n", "custom_exits", 2, "3"),
        ("x = 1\n", "custom_empty", 0, ""),
        ("import keras\nclass N(keras.Model):\n    pass\n", "custom_empty", 0, "N"),
    ],
)
def test_a_bad_file_is_told_with_its_line(
    text: str, code: str, line: int, reason: str, own: WorkerClient, tmp_path: Path
) -> None:
    told = refused(own, order(written(tmp_path, text)))
    assert (told.code, told.line, told.reason) == (code, line, reason)


def test_a_file_that_breaks_later_leaves_what_was_loaded(own: WorkerClient, sample: Path) -> None:
    loaded(own, sample)
    sample.write_text("import no_such_thing\n", encoding="utf-8")
    assert refused(own, order(sample)).code == "custom_import"
    assert own.ask_one(step("custom.my_layers.Scale", tensor(3))).parameters == 3


def test_an_endless_import_is_ended_and_the_worker_goes_on(
    own: WorkerClient, tmp_path: Path
) -> None:
    path = written(tmp_path, "import time\nwhile True:\n    time.sleep(0.01)\n")
    told = refused(own, order(path, seconds=0.3))
    assert (told.code, told.line) == ("custom_endless", 3)
    assert own.ask_one(step("layers.Flatten", tensor(2, 2))).refusal is None


def test_a_file_that_has_changed_since_the_yes_is_not_run(
    own: WorkerClient, tmp_path: Path
) -> None:
    path = written(tmp_path, LAYER)
    wanted = order(path)
    shutil.copy(FILES / "harm.py", path)
    told = refused(own, wanted)
    assert (told.code, told.reason) == ("custom_changed", str(path))
    assert not (tmp_path / "harm_was_run").exists()


def test_neither_is_one_whose_helper_has_changed(own: WorkerClient, tmp_path: Path) -> None:
    helper = written(tmp_path, "SIZE = 2\n", "a_helper.py")
    path = written(tmp_path, "import a_helper\n" + LAYER)
    wanted = order(path, helper)
    helper.write_text("SIZE = 3\n", encoding="utf-8")
    assert refused(own, wanted).code == "custom_changed"
    assert isinstance(load(own, order(path, helper)), Loaded)


def test_a_helper_that_has_changed_is_imported_anew(own: WorkerClient, tmp_path: Path) -> None:
    text = (
        "import keras\nfrom other_helper import SIZE\n"
        "class Wide(keras.layers.Layer):\n"
        "    def __init__(self, size=SIZE):\n        super().__init__()\n"
        "    def call(self, x):\n        return x\n"
    )
    helper = written(tmp_path, "SIZE = 2\n", "other_helper.py")
    path = written(tmp_path, text, "wide.py")
    for size in (2, 3):
        helper.write_text(f"SIZE = {size}\n", encoding="utf-8")
        told = loaded(own, path, helper)
        assert told.layers["custom.wide.Wide"]["params"][0]["default"] == size


def test_nothing_is_left_in_the_folder_of_the_file(own: WorkerClient, sample: Path) -> None:
    helper = written(sample.parent, "SIZE = 2\n", "third_helper.py")
    path = written(sample.parent, "import third_helper\n" + LAYER)
    loaded(own, path, helper)
    names = sorted(entry.name for entry in sample.parent.iterdir())
    assert names == ["mine.py", "my_layers.py", "third_helper.py"]


def test_a_changed_file_counts_in_the_next_answer(own: WorkerClient, tmp_path: Path) -> None:
    text = LAYER.replace("return x", "return keras.ops.concatenate([x] * SIZE)")
    for size in (2, 3):
        path = written(tmp_path, f"SIZE = {size}\n{text}")
        loaded(own, path)
        fixed = Step("custom.mine.Same", {}, (Argument("x", (TensorSpec((4, 1)),)),))
        assert own.ask_one(fixed).outputs[0].shape == (4 * size, 1)


def test_what_a_file_prints_does_not_disturb_the_protocol(
    own: WorkerClient, tmp_path: Path
) -> None:
    loaded(own, written(tmp_path, 'print("[1, 2]")\nimport os\nos.write(1, b"x")\n' + LAYER))
    assert own.ask_one(step("custom.mine.Same", tensor(3))).refusal is None


def test_a_module_is_found_by_name_without_importing_its_package(tmp_path: Path) -> None:
    package = tmp_path / "a_package"
    package.mkdir()
    shutil.copy(FILES / "harm.py", package / "__init__.py")
    path = written(package, LAYER, "layers.py")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    with WorkerClient(environment=environment) as worker:
        for name, place in (("a_package.layers", str(path)), ("a_package.none", ""), ("no", "")):
            worker.send(encode(Locate(1, name)))
            assert worker.receive() == Located(1, name, place)
        assert not (package / "harm_was_run").exists()
        told = load(worker, order(path, module="a_package.layers"))
        assert isinstance(told, Loaded)
        assert list(told.layers) == ["custom.a_package.layers.Same"]
        answer = worker.ask_one(step("custom.a_package.layers.Same", tensor(3)))
        assert answer.refusal is None
