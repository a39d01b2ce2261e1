"""The memory of answers, in a process of its own because Keras cannot be unloaded."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from designer.protocol import Argument, Step
from tests.worker_client import ROOT, WorkerClient, step, tensor

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras")]

PROGRAM = """
import json, sys
from designer.worker import surroundings
with surroundings.prepared():
    import keras
from designer.protocol import Argument, Step, TensorSpec
from designer.worker.shapes import Shapes
from keras.src.backend.common import global_state

def dense(units, width=3):
    inputs = (Argument("inputs", (TensorSpec((None, width)),)),)
    return Step("layers.Dense", {"units": units}, inputs)

shapes = Shapes(capacity=2)
counts = []
for steps in ([dense(1)], [dense(1)], [dense(1), dense(1)], [dense(1, 4)], [dense(2)], [dense(1)]):
    shapes.answers(tuple(steps))
    counts.append(shapes.asked)
waiting = global_state.get_global_attribute("uninitialized_variables")
json.dump({"counts": counts, "waiting": len(waiting)}, sys.stdout)
"""


CONV = {"filters": 4, "kernel_size": 3}


def inputs(*shape: int) -> tuple[Argument, ...]:
    return (Argument("inputs", (tensor(*shape),)),)


def test_equal_questions_are_answered_from_a_bounded_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, cwd=ROOT, check=True
    )
    told = json.loads(done.stdout)
    # Asked: once, again, twice in one question, other input, other units, forgotten by then.
    assert told["counts"] == [1, 1, 1, 2, 3, 4]
    assert told["waiting"] == 0, "the next operation would initialise them all"


def test_a_wrapped_layers_parameters_survive_the_wrapper(worker: WorkerClient) -> None:
    inner = {"object": "layers.GRU", "params": {"units": 3, "return_sequences": True}}
    wrapped = step("layers.Bidirectional", tensor(5, 2), params={"layer": inner})
    assert worker.ask_one(wrapped).outputs == (tensor(5, 6),)
    shorter = step("layers.Bidirectional", tensor(4, 2), params={"layer": inner})
    assert worker.ask_one(shorter).outputs == (tensor(4, 6),)


def test_what_has_no_end_is_given_up(worker: WorkerClient) -> None:
    chains = {"object": "layers.AugMix", "params": {"num_chains": 10**6, "chain_depth": 10**6}}
    endless = step("layers.Pipeline", tensor(8, 8, 3), params={"layers": [chains]})
    answer = worker.ask_one(endless)
    assert answer.refusal is not None
    assert "seconds" in answer.refusal.message
    assert worker.ask_one(step("layers.ReLU", tensor(3))).outputs == (tensor(3),)


def test_a_layer_built_for_one_width_refuses_another(worker: WorkerClient) -> None:
    first = step("layers.Dense", tensor(8), params={"units": 4})
    again = Step("layers.Dense", {"units": 4}, inputs(6), built_by=first.inputs)
    refused = worker.ask_one(again)
    assert refused.refusal is not None
    assert (refused.refusal.stage, refused.refusal.exception) == ("share", "ValueError")
    other = Step("layers.Dense", {"units": 4}, inputs(3, 8), built_by=first.inputs)
    assert worker.ask_one(other).outputs == (tensor(3, 4),)
    # What is refused anyway is no matter of sharing, nor is a call behind a refused one.
    flat = Step("layers.Conv2D", CONV, inputs(8), built_by=inputs(8, 8, 3))
    assert worker.ask_one(flat).refusal == worker.ask_one(replace(flat, built_by=())).refusal
    good = Step("layers.Conv2D", CONV, inputs(8, 8, 3), built_by=inputs(8))
    assert worker.ask_one(good).outputs == (tensor(6, 6, 4),)


def test_a_layer_without_weights_takes_any_size_again(worker: WorkerClient) -> None:
    again = Step("layers.ReLU", {}, inputs(6), built_by=inputs(8, 8, 3))
    assert worker.ask_one(again).outputs == (tensor(6),)


def test_a_layer_that_gives_back_what_it_got_is_refused(worker: WorkerClient) -> None:
    """Keras' own defect: a functional model with an Equalization cannot be built."""
    refused = worker.ask_one(step("layers.Equalization", tensor(8, 8, 3))).refusal
    assert refused is not None
    assert "gives back the very tensor" in refused.message
    assert worker.ask_one(step("layers.Identity", tensor(8, 8, 3))).refusal is None
