"""The memory of answers, in a process of its own because Keras cannot be unloaded."""

import json
import subprocess
import sys

import pytest

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
