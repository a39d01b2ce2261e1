"""Keras' refusals keep the rule and the value that Keras names."""

from designer.document.model import Document, Graph, Node
from designer.infer.explain import explain
from designer.protocol import Refusal

CONV = Node("c", "layers.Conv2D", "conv", {"filters": -3, "kernel_size": 3})


def test_a_refused_parameter_is_told_with_rule_value_and_next_step() -> None:
    words = (
        "Invalid value for argument `filters`. Expected a strictly positive value. "
        "Received filters=-3."
    )
    document = Document(graph=Graph({"c": CONV}))
    problem = explain(document.graph, CONV, {}, Refusal("configure", "ValueError", words))
    assert problem.where.param == "filters"
    step = "Change the value in the inspector."
    assert problem.message == f"conv: Keras refuses its parameters. {words} {step}"


def test_the_rest_of_a_long_message_stays_in_the_detail() -> None:
    words = "Shapes differ. This happens when they do. See the manual. Received: (1, 2)."
    problem = explain(Graph({"c": CONV}), CONV, {}, Refusal("connect", "ValueError", words))
    assert "Shapes differ. Received: (1, 2). Change" in problem.message
    assert problem.detail == words
