"""What Keras says of a wrong value leads to the parameter that has it."""

from typing import Any

import pytest

from designer.catalog.load import load
from designer.document.model import Document, Edge, Graph, Node
from designer.infer.attempt import Attempts
from designer.infer.explain import explain
from designer.infer.report import NodeReport, Report
from designer.protocol import Argument, Step, TensorSpec, Told
from tests.worker_client import WorkerClient, tensor

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras")]

CATALOG = load()
CONV = {"filters": 4, "kernel_size": 3}
LSTM = {"object": "layers.LSTM", "params": {"units": 3}}


@pytest.mark.parametrize(
    ("kind", "params", "param"),
    [
        ("Conv2D", CONV | {"strides": 2, "dilation_rate": 2}, "strides"),
        ("Conv2D", CONV | {"kernel_size": 0}, "kernel_size"),
        ("Conv2D", CONV | {"kernel_size": [3, 3, 3]}, "kernel_size"),
        ("Conv2D", CONV | {"filters": 5, "groups": 2}, "filters"),
        ("Conv2D", CONV | {"filters": -4}, "filters"),
        ("Conv2D", CONV | {"padding": "causal"}, "padding"),
        ("Conv2D", CONV | {"activation": "no_such"}, "activation"),
        ("Conv2D", CONV | {"kernel_initializer": "no_such"}, "kernel_initializer"),
        ("Conv2D", CONV | {"dtype": "float7"}, "dtype"),
        ("Dropout", {"rate": 1.5}, "rate"),
        ("Dense", {"units": 0}, "units"),
        (
            "Dense",
            {
                "units": 4,
                "kernel_regularizer": {"object": "regularizers.L2", "params": {"l2": "a"}},
            },
            "kernel_regularizer",
        ),
        ("MaxPooling2D", {"pool_size": 3, "strides": -1}, "strides"),
        ("MultiHeadAttention", {"num_heads": 0, "key_dim": 2}, "num_heads"),
        ("Embedding", {"input_dim": -3, "output_dim": 4}, "input_dim"),
        ("Bidirectional", {"layer": {"object": "layers.Dense", "params": {"units": 3}}}, "layer"),
        ("Bidirectional", {"layer": LSTM, "merge_mode": "no_such"}, "merge_mode"),
        ("ZeroPadding2D", {"padding": [[1, 1], [1]]}, "padding"),
        ("Permute", {"dims": [1, 1]}, "dims"),
    ],
)
def test_a_refused_value_leads_to_its_parameter(
    worker: WorkerClient, kind: str, params: dict[str, Any], param: str
) -> None:
    node = Node("n", f"layers.{kind}", "n", params)
    step = Step(node.type, params, (Argument("inputs", (tensor(8, 8, 4),)),))
    refusal = worker.ask_one(step).refusal
    assert refusal is not None
    problem = explain(Graph({"n": node}), node, {}, refusal)
    assert problem.where.param == param
    assert CATALOG.layers[node.type].param(param) is not None
    assert problem.detail == refusal.message


KNOWN = Report({"image": NodeReport((TensorSpec((None, 8, 8, 3)),), 0, 0, known=True)})


def wired(params: dict[str, Any]) -> Document:
    nodes = (
        Node("image", "layers.InputLayer", "image", {"shape": [8, 8, 3]}),
        Node("conv", "layers.Conv2D", "conv", {"filters": 8, "kernel_size": 3} | params),
    )
    edges = frozenset({Edge("image", 0, "conv", "inputs")})
    return Document("x", Graph({node.id: node for node in nodes}, edges))


@pytest.mark.parametrize(
    ("params", "name", "value", "words"),
    [
        ({"dilation_rate": 2}, "strides", 2, "not supported in conjunction"),
        ({}, "groups", 3, "evenly divisible"),
        ({"padding": "valid"}, "kernel_size", 20, "zero or negative"),
        ({}, "strides", 2, ""),
    ],
)
def test_keras_itself_judges_what_is_typed(
    worker: WorkerClient, params: dict[str, Any], name: str, value: Any,
    words: str,
) -> None:  # fmt: skip
    attempts = Attempts(CATALOG)
    _, question = attempts.judge(wired(params), KNOWN, "conv", name, value)
    assert question is not None
    ask = attempts.ask(question)
    answer = worker.ask_one(ask.steps[0])
    attempts.absorb(Told(ask.request, (answer,)))
    problem, _ = attempts.judge(wired(params), KNOWN, "conv", name, value)
    assert (words in problem.message) if problem is not None else not words
