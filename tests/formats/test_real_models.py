"""Models that Keras really saved: imported without loss, and the same again as generated code."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from designer.catalog.spec import Catalog
from designer.codegen.script import generate
from designer.document.model import OUTPUT, ObjectValue
from designer.formats.opening import open_design

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras")]

BUILDER = Path(__file__).with_name("keras_models.py")


def run(job: str, folder: Path) -> Any:
    done = subprocess.run(
        [sys.executable, str(BUILDER), job, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def summary(folder: Path) -> Mapping[str, Mapping[str, int]]:
    found: Mapping[str, Mapping[str, int]] = run("save", folder)
    return found


def test_every_call_is_a_node_and_every_tensor_a_wire(
    folder: Path, summary: Mapping[str, Mapping[str, int]], catalog: Catalog
) -> None:
    assert len(summary) == 8
    for name, wanted in summary.items():
        if wanted["nested"]:
            continue
        graph = open_design(folder / f"{name}.keras", catalog).graph
        outputs = sum(node.type == OUTPUT for node in graph.nodes.values())
        assert len(graph.nodes) - outputs == wanted["nodes"], name
        assert len(graph.edges) - outputs == wanted["edges"], name


def test_the_generated_code_builds_the_same_model_again(
    folder: Path, summary: Mapping[str, Mapping[str, int]], catalog: Catalog
) -> None:
    for name in summary:
        document = open_design(folder / f"{name}.keras", catalog)
        (folder / f"{name}.py").write_text(generate(document, catalog).text, encoding="utf-8")
    differences = run("compare", folder)
    own = differences.pop("ConvNeXtTiny")  # has layers that Keras keeps to itself, with stand-ins
    assert "parameters" not in own
    assert "outputs" not in own
    assert differences == {name: [] for name in summary if name != "ConvNeXtTiny"}


def test_a_saved_compilation_is_the_plan(
    folder: Path, summary: Mapping[str, Mapping[str, int]], catalog: Catalog
) -> None:
    assert "nested" in summary
    plan = open_design(folder / "nested.keras", catalog).training
    assert plan.loss == ObjectValue("losses.MeanAbsoluteError")
    assert plan.metrics == (ObjectValue("metrics.MeanSquaredError"),)
    assert plan.optimizer.object == "optimizers.SGD"
    assert plan.optimizer.params["momentum"] == 0.9
