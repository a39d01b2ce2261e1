"""Parameters and multiply-accumulates of known models, against Keras and TensorFlow's profiler."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from designer.catalog.spec import Catalog
from designer.formats.keras_file import read
from designer.infer.costs import costs_of
from designer.infer.engine import Inference
from designer.protocol import Told
from tests.worker_client import ROOT, WorkerClient

MODELS = (
    "VGG16", "ResNet50", "ResNet50V2", "InceptionV3", "Xception", "MobileNet", "MobileNetV2",
    "DenseNet121", "EfficientNetB0", "NASNetMobile",
)  # fmt: skip
FIELDS = {"VGG16": 212, "ResNet50": 483, "MobileNet": 315, "InceptionV3": 1311}  # Araujo 2019

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras")]


@pytest.fixture(scope="module")
def profiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[int]]]:
    """A folder with the models, and for each its parameters and float operations."""
    folder = tmp_path_factory.mktemp("models")
    told = subprocess.run(
        [sys.executable, "-m", "tests.worker.profiled_models", str(folder), *MODELS],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return folder, json.loads(told.stdout)


@pytest.mark.parametrize("name", MODELS)
def test_costs_are_those_of_keras_and_the_profiler(
    name: str,
    profiled: tuple[Path, dict[str, list[int]]],
    catalog: Catalog,
    worker: WorkerClient,
) -> None:
    folder, told = profiled
    document = read(folder / f"{name}.keras", catalog)
    inference = Inference(catalog)
    report, question = inference.update(document)
    while question is not None:
        inference.absorb(Told(question.request, worker.ask(*question.steps)))
        report, question = inference.update(document)
    costs = costs_of(document, report, catalog)
    parameters, operations = told[name]
    assert costs.sums.parameters == parameters
    assert not costs.sums.operations_at_least
    assert costs.sums.macs == pytest.approx(operations / 2, rel=0.01)
    if name in FIELDS:
        sizes = [max(c.field.sizes) for c in costs.nodes.values() if c.field and c.field.sizes]
        assert max(size for size in sizes if size != float("inf")) == FIELDS[name]
