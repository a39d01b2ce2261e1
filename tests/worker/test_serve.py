"""The shape worker as a real process, spoken to through the protocol."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from designer.protocol import Argument, Fault, Ready, Ref, Step, TensorSpec, Told
from tests.worker_client import ROOT, WorkerClient, step, tensor

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras")]

HUGE = 10**15
HOSTILE = [
    step("layers.Lambda", tensor(3), params={"function": "os.system"}),
    step("layers.TFSMLayer", tensor(3), params={"filepath": "/"}),
    step("os.system", tensor(3)),
    step("layers.__builtins__", tensor(3)),
    step("ops.numpy.__loader__", tensor(3)),
    step("ops.deserialize", tensor(3)),
    step("ops.zeros", params={"shape": [HUGE]}),
    step("layers.Dense", tensor(3), params={"units": {"object": "os.getcwd"}}),
    step(
        "layers.Dense", tensor(3), params={"units": 1, "activation": {"object": "activations.get"}}
    ),
    step(
        "layers.Dense",
        tensor(3),
        params={"units": 1, "bias_initializer": {"class_name": "Popen", "module": "subprocess"}},
    ),
    step("layers.StringLookup", tensor(3, dtype="string"), params={"vocabulary": "/etc/passwd"}),
    step("layers.Reshape", tensor(3), params={"target_shape": [HUGE, HUGE]}),
    step("layers.Dense", TensorSpec((None, -7)), params={"units": 1}),
    step("layers.Dense", TensorSpec((None, 3), "float1000"), params={"units": 1}),
    step("layers.InputLayer", params={"shape": ["three"]}),
]


def skip_autoencoder() -> list[Step]:
    """The network that the project grew from, layer by layer."""
    steps = [step("layers.InputLayer", params={"shape": [32, 32, 3]})]

    def conv(source: int, filters: int, **params: Any) -> int:
        fixed = {"filters": filters, "kernel_size": 3, "padding": "same"}
        steps.append(step("layers.Conv2D", source, params=fixed | params))
        return len(steps) - 1

    def up(source: int) -> int:
        steps.append(step("layers.UpSampling2D", source, params={"size": 2}))
        return len(steps) - 1

    encoded = [0]
    for filters in (32, 64, 128, 128):
        encoded.append(conv(encoded[-1], filters, strides=2, activation="relu"))
    last = encoded[4]
    for filters, skip in ((128, encoded[3]), (64, encoded[2]), (32, encoded[1])):
        last = conv(up(last), filters, activation="relu")
        steps.append(step("layers.Concatenate", skip, last, params={"axis": 3}, listed=True))
        last = len(steps) - 1
    conv(conv(up(last), 32), 3)
    return steps


def test_the_greeting_names_keras_and_its_backend(worker: WorkerClient) -> None:
    assert isinstance(worker.greeting, Ready)
    assert worker.greeting.keras.startswith("3.")
    assert worker.greeting.backend == "tensorflow"


def test_a_convolution_tells_its_shape_and_its_weights(worker: WorkerClient) -> None:
    params = {"filters": 8, "kernel_size": [3, 3], "strides": 2, "padding": "same"}
    answer = worker.ask_one(step("layers.Conv2D", tensor(32, 32, 3), params=params))
    assert answer.outputs == (tensor(16, 16, 8),)
    assert (answer.parameters, answer.trainable) == (224, 224)


def test_batch_normalization_tells_what_is_not_trained(worker: WorkerClient) -> None:
    answer = worker.ask_one(step("layers.BatchNormalization", tensor(4, 4, 8)))
    assert (answer.parameters, answer.trainable) == (32, 16)


def test_the_skip_autoencoder_has_592163_parameters(worker: WorkerClient) -> None:
    steps = skip_autoencoder()
    answers = worker.ask(*steps)
    assert len(steps) == 17
    assert sum(a.parameters for a in answers if a) == 592_163
    assert answers[-1] is not None
    assert answers[-1].outputs == (tensor(32, 32, 3),)


def test_the_residual_trap_is_told_with_both_shapes(worker: WorkerClient) -> None:
    answers = worker.ask(
        step("layers.InputLayer", params={"shape": [3, 256, 256]}),
        step("layers.Conv2D", 0, params={"filters": 3, "kernel_size": 3, "padding": "same"}),
        step("layers.Add", 0, 1, listed=True),
        step("layers.ReLU", 2),
    )
    refused = answers[2]
    assert refused is not None
    assert refused.refusal is not None
    assert refused.refusal.stage == "connect"
    assert "(3, 256, 256)" in refused.refusal.message
    assert "(3, 256, 3)" in refused.refusal.message
    assert "Arguments received" not in refused.refusal.message
    assert answers[3] is None, "nothing is known of what follows a refused step"


def test_channels_first_builds_with_84_parameters(worker: WorkerClient) -> None:
    params = {"filters": 3, "kernel_size": 3, "padding": "same", "data_format": "channels_first"}
    answers = worker.ask(
        step("layers.InputLayer", params={"shape": [3, 256, 256]}),
        step("layers.Conv2D", 0, params=params),
        step("layers.Add", 0, 1, listed=True),
    )
    assert answers[1] is not None
    assert answers[1].parameters == 84
    assert answers[2] is not None
    assert answers[2].outputs == (tensor(3, 256, 256),)


def test_a_wrong_parameter_is_refused_when_configuring(worker: WorkerClient) -> None:
    answer = worker.ask_one(step("layers.Dense", tensor(3), params={"units": -1}))
    assert answer.refusal is not None
    assert answer.refusal.stage == "configure"
    assert "units=-1" in answer.refusal.message


def test_a_refusal_does_not_name_layers_of_the_worker(worker: WorkerClient) -> None:
    params = {"filters": 1, "kernel_size": 3}
    answer = worker.ask_one(step("layers.Conv2D", tensor(5, 5), params=params))
    assert answer.refusal is not None
    assert answer.refusal.message.startswith("Input 0 is incompatible")


def test_several_outputs_are_told_in_their_order(worker: WorkerClient) -> None:
    params = {"units": 4, "return_state": True, "return_sequences": True}
    answer = worker.ask_one(step("layers.LSTM", tensor(7, 3), params=params))
    assert answer.outputs == (tensor(7, 4), tensor(4), tensor(4))


def test_an_output_that_is_not_there_is_refused(worker: WorkerClient) -> None:
    flatten = Step("layers.Flatten", {}, (Argument("inputs", (Ref(0, 2),)),))
    answers = worker.ask(step("layers.InputLayer", params={"shape": [3]}), flatten)
    assert answers[1] is not None
    assert answers[1].refusal is not None


def test_attention_takes_named_and_optional_tensors(worker: WorkerClient) -> None:
    inputs = (
        Argument("query", (tensor(5, 8),)),
        Argument("value", (tensor(5, 8),)),
        Argument("key", (tensor(5, 8),), keyword=True),
    )
    params = {"num_heads": 2, "key_dim": 4}
    scores = {"return_attention_scores": True}
    answer = worker.ask_one(Step("layers.MultiHeadAttention", params, inputs, scores))
    assert answer.outputs == (tensor(5, 8), tensor(2, 5, 5))


def test_a_wrapped_layer_is_an_object_value(worker: WorkerClient) -> None:
    inner = {
        "object": "layers.Dense",
        "params": {"units": 4, "bias_initializer": {"object": "initializers.Ones"}},
    }
    wrapped = step("layers.TimeDistributed", tensor(7, 3), params={"layer": inner})
    first, second = worker.ask(wrapped, wrapped)
    assert first == second
    assert first is not None
    assert (first.outputs, first.parameters) == ((tensor(7, 4),), 16)


def test_an_operation_takes_literals_in_place_of_tensors(worker: WorkerClient) -> None:
    inputs = (Argument("x1", (tensor(3),)),)
    assert worker.ask_one(Step("ops.multiply", {"x2": 2.0}, inputs)).outputs == (tensor(3),)


def test_an_operation_takes_a_list(worker: WorkerClient) -> None:
    inputs = (Argument("xs", (tensor(3), tensor(4)), listed=True),)
    answer = worker.ask_one(Step("ops.concatenate", {"axis": -1}, inputs))
    assert answer.outputs == (tensor(7),)


def test_sizes_beyond_all_memory_are_only_numbers(worker: WorkerClient) -> None:
    answer = worker.ask_one(step("layers.Dense", tensor(10**12), params={"units": HUGE}))
    assert answer.parameters == (10**12 + 1) * HUGE


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda s: s.type)
def test_a_hostile_step_is_refused_and_the_worker_lives(
    worker: WorkerClient, hostile: Step
) -> None:
    answer = worker.ask_one(hostile)
    assert answer.refusal is not None
    assert answer.refusal.message
    assert worker.process.poll() is None


def test_values_nested_without_end_are_refused(worker: WorkerClient) -> None:
    inner: dict[str, Any] = {"object": "layers.Dense", "params": {"units": 1}}
    for _ in range(100):
        inner = {"object": "layers.TimeDistributed", "params": {"layer": inner}}
    answer = worker.ask_one(step("layers.TimeDistributed", tensor(3), params={"layer": inner}))
    assert answer.refusal is not None
    assert "deep" in answer.refusal.message


@pytest.mark.parametrize(
    "line", [b"nonsense\n", b"[]\n", b"[" * 100_000 + b"\n", b'["told",1,[]]\n']
)
def test_a_broken_line_is_answered_and_the_next_one_works(
    worker: WorkerClient, line: bytes
) -> None:
    worker.send(line)
    fault = worker.receive()
    assert isinstance(fault, Fault)
    assert fault.request != -1, "the start did not fail"
    assert worker.ask_one(step("layers.ReLU", tensor(3))).outputs == (tensor(3),)


def test_the_worker_ends_with_its_input() -> None:
    client = WorkerClient()
    assert isinstance(client.greeting, Ready)
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(timeout=30) == 0
    assert client.receive() is None
    client.close()


def test_a_killed_worker_leaves_a_finished_stream() -> None:
    client = WorkerClient()
    client.process.kill()
    assert client.receive() is None
    assert client.process.wait(timeout=30) != 0
    client.close()


def test_an_interpreter_without_keras_is_told_with_a_way_out() -> None:
    # Without site-packages our own interpreter has no Keras.
    client = WorkerClient(options=("-S",))
    assert isinstance(client.greeting, Fault)
    assert client.greeting.request == -1
    assert "keras" in client.greeting.message
    assert sys.executable in client.greeting.message
    assert client.process.wait(timeout=30) == 3
    client.close()


def test_what_is_printed_does_not_reach_the_protocol() -> None:
    program = (
        "from designer.worker.channel import standard_channel\n"
        "from designer.protocol import Quit, Told\n"
        "import os\n"
        "channel = standard_channel()\n"
        "print('to stdout', flush=True)\n"
        "os.write(1, b'to descriptor 1')\n"
        "assert os.read(0, 1) == b''\n"
        "assert channel.receive() == Quit()\n"
        "channel.send(Told(7, ()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=b'["quit"]\n',
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout == b'["told",7,[]]\n'
    assert b"to stdout" in done.stderr
    assert b"to descriptor 1" in done.stderr


def test_a_users_keras_settings_change_nothing(tmp_path: Path) -> None:
    settings = '{"backend": "jax", "floatx": "float64", "image_data_format": "channels_first"}'
    (tmp_path / "keras.json").write_text(settings)
    environment = os.environ | {"KERAS_HOME": str(tmp_path), "KERAS_BACKEND": "jax"}
    with WorkerClient(environment=environment) as client:
        params = {"filters": 8, "kernel_size": 3}
        answer = client.ask_one(step("layers.Conv2D", tensor(9, 9, 3), params=params))
    assert answer.outputs == (tensor(7, 7, 8),)


def test_the_answers_carry_the_number_of_their_question(worker: WorkerClient) -> None:
    worker.send(b'["ask",77,[]]\n')
    assert worker.receive() == Told(77, ())
