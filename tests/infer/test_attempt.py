"""A value that is being typed is judged by Keras' answer to one step, asked once."""

from typing import Any

import pytest

from designer.catalog.spec import Catalog
from designer.document.model import Document, Edge, Graph, Node
from designer.document.problem import Problem, ProblemError
from designer.infer.asides import FIRST_REQUEST
from designer.infer.attempt import Attempts
from designer.infer.report import NodeReport, Report
from designer.protocol import Answer, Ask, Refusal, TensorSpec, Told

IMAGE = TensorSpec((None, 8, 8, 3))
REFUSED = Answer(refusal=Refusal("configure", "ValueError", "`strides > 1` does not go with it."))
UNFIT = Answer(refusal=Refusal("connect", "ValueError", "It does not fit."))
FITS = Answer((TensorSpec((None, 4, 4, 8)),))


def design(**params: Any) -> Document:
    nodes = (
        Node("image", "layers.InputLayer", "image", {"shape": [8, 8, 3]}),
        Node("conv", "layers.Conv2D", "conv", {"filters": 8, "kernel_size": 3} | params),
    )
    edges = frozenset({Edge("image", 0, "conv", "inputs")})
    return Document("x", Graph({node.id: node for node in nodes}, edges))


KNOWN = Report({"image": NodeReport((IMAGE,), 0, 0, known=True)})


class Typing:
    """Types a value and answers as a worker would."""

    def __init__(self, catalog: Catalog, report: Report = KNOWN) -> None:
        self.attempts = Attempts(catalog)
        self.report = report
        self.asked: list[Ask] = []

    def judge(self, document: Document, name: str, value: Any, answer: Answer) -> Problem | None:
        told = self.attempts.judge(document, self.report, "conv", name, value)
        if told[1] is not None:
            self.asked.append(self.attempts.ask(told[1]))
            assert self.attempts.absorb(Told(self.asked[-1].request, (answer,)))
            told = self.attempts.judge(document, self.report, "conv", name, value)
        assert told[1] is None
        return told[0]


def test_a_refusal_is_told_before_the_value_is_set(catalog: Catalog) -> None:
    problem = Typing(catalog).judge(design(dilation_rate=2), "strides", 2, REFUSED)
    assert problem is not None
    assert (problem.where.node, problem.where.param) == ("conv", "strides")


def test_one_question_is_asked_once_with_the_value_and_the_shapes(catalog: Catalog) -> None:
    typing = Typing(catalog)
    for _ in range(2):
        assert typing.judge(design(), "strides", 2, FITS) is None
    (ask,) = typing.asked
    assert ask.request > FIRST_REQUEST
    (step,) = ask.steps
    assert step.params == {"filters": 8, "kernel_size": 3, "strides": 2}
    assert step.inputs[0].tensors == (IMAGE,)


def test_without_shapes_only_the_making_of_the_layer_is_judged(catalog: Catalog) -> None:
    typing = Typing(catalog, Report())
    assert typing.judge(design(), "strides", 2, UNFIT) is None
    assert typing.asked[0].steps[0].inputs == ()
    assert typing.judge(design(), "strides", 3, REFUSED) is not None


def test_nothing_is_asked_while_something_else_is_missing(catalog: Catalog) -> None:
    typing = Typing(catalog)
    bare = Document("x", Graph({"conv": Node("conv", "layers.Conv2D", "conv")}))
    assert typing.judge(bare, "filters", 3, REFUSED) is None
    strange = Document("x", Graph({"conv": Node("conv", "layers.Mine", "conv")}))
    assert typing.judge(strange, "a", 3, REFUSED) is None
    assert typing.asked == []


def test_an_answer_to_an_older_question_is_not_taken(catalog: Catalog) -> None:
    attempts = Attempts(catalog)
    asks = []
    for value in (2, 3):
        _, question = attempts.judge(design(), KNOWN, "conv", "strides", value)
        assert question is not None
        asks.append(attempts.ask(question))
    assert not attempts.absorb(Told(asks[0].request, (REFUSED,)))
    assert attempts.absorb(Told(asks[1].request, (FITS,)))


def test_a_node_that_is_gone_is_a_problem(catalog: Catalog) -> None:
    with pytest.raises(ProblemError):
        Attempts(catalog).judge(Document(), KNOWN, "conv", "strides", 2)
