"""The catalogue against the Keras that it tells of: every layer is built, and most are called."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from designer import resources
from designer.catalog.load import load
from designer.catalog.spec import LayerSpec
from designer.codegen.body import SEVERAL
from designer.protocol import Argument, Step
from tests.worker.trial_inputs import INPUTS, PARTICULAR
from tests.worker.whole_catalogue import LISTED, calls
from tests.worker_client import ROOT, WorkerClient, tensor

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras")]

CATALOG = load()
BUILDABLE = [s for s in CATALOG.layers.values() if not s.operation and not s.unbuildable]
IMPOSSIBLE = json.loads(LISTED.read_text())  # with the reason
OPERATIONS = [s for s in CATALOG.layers.values() if s.operation]

DENSE_INPUT = (Argument("inputs", (tensor(4),)),)


@pytest.mark.parametrize("spec", BUILDABLE, ids=lambda s: s.key)
def test_a_layer_is_built_from_its_sample_and_its_defaults(
    worker: WorkerClient, spec: LayerSpec
) -> None:
    defaults = {p.name: p.default for p in spec.params if not p.required and not p.call}
    answer = worker.ask_one(Step(spec.key, defaults | dict(spec.sample)))
    # Without inputs the call fails, but the constructor has taken every parameter.
    assert answer.refusal is None or answer.refusal.stage == "connect", answer.refusal


@pytest.mark.parametrize("spec", [*BUILDABLE, *OPERATIONS], ids=lambda s: s.key)
def test_a_layer_or_operation_is_called_on_some_tensor(
    worker: WorkerClient, spec: LayerSpec
) -> None:
    asked = (worker.ask_one(calls(spec, given)) for given in INPUTS)
    refusals = list(itertools.takewhile(bool, (answer.refusal for answer in asked)))
    particular = spec.key in PARTICULAR or spec.key in IMPOSSIBLE
    assert len(refusals) < len(INPUTS) or particular, refusals[0]


@pytest.mark.parametrize("spec", OPERATIONS, ids=lambda s: s.key)
def test_scripts_know_which_operations_give_several_tensors(
    worker: WorkerClient, spec: LayerSpec
) -> None:
    asked = (worker.ask_one(calls(spec, given)) for given in INPUTS)
    answer = next((answer for answer in asked if answer.refusal is None), None)
    if answer is not None:
        # The sample splits into one piece, which comes in a list all the same.
        listed = spec.param("indices_or_sections") is not None
        assert (listed or len(answer.outputs) > 1) == (spec.key in SEVERAL)


@pytest.mark.parametrize(
    ("family", "param"),
    [
        ("initializers", "kernel_initializer"),
        ("regularizers", "kernel_regularizer"),
        ("constraints", "kernel_constraint"),
        ("activations", "activation"),
    ],
)
def test_an_object_of_a_family_is_taken_as_a_value(
    worker: WorkerClient, family: str, param: str
) -> None:
    for spec in CATALOG.family(family):
        needed = {p.name: 1.0 for p in spec.params if p.required}
        value = {"object": spec.key, "params": needed}
        made = Step("layers.Dense", {"units": 4, param: value}, DENSE_INPUT)
        assert worker.ask_one(made).refusal is None, spec.key
        for name in spec.names:
            named = Step("layers.Dense", {"units": 4, param: name}, DENSE_INPUT)
            assert worker.ask_one(named).refusal is None, name


def test_what_cannot_be_built_says_why() -> None:
    reasons = {s.name: s.unbuildable for s in CATALOG.layers.values() if s.unbuildable}
    assert len(reasons) <= 13
    assert {"Lambda", "TFSMLayer", "JaxLayer"} <= reasons.keys()
    assert all(reason.endswith(".") for reason in reasons.values())


def test_the_committed_catalogue_is_that_of_the_installed_keras() -> None:
    command = [sys.executable, "-m", "designer.worker.introspect", "--check"]
    done = subprocess.run(
        [*command, str(resources.path("catalog"))], capture_output=True, cwd=ROOT, check=False
    )
    assert done.stdout.decode() == ""
    assert done.returncode == 0


def test_a_difference_is_printed_and_ends_with_status_1(tmp_path: Path) -> None:
    for part in ("layers.json", "ops.json", "objects.json"):
        text = resources.read_text("catalog", part)
        (tmp_path / part).write_text(text.replace('"glorot_uniform"', '"glorot_normal"'))
    command = [sys.executable, "-m", "designer.worker.introspect", "--check", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert b"glorot_uniform" in done.stdout
