"""A wire in the hand is judged by Keras' answer to one step, asked once and told in short."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import INPUT, OUTPUT, Document, Edge, Node
from designer.document.problem import Problem
from designer.infer.asides import FIRST_REQUEST
from designer.infer.engine import Inference
from designer.infer.report import Report
from designer.infer.trial import Trials, Verdict
from designer.infer.wiring import wire
from designer.protocol import Answer, Ask, Refusal, Told
from tests.fake_worker import FakeWorker
from tests.worker_client import WorkerClient

Shape = list[int | None]


def design(
    shapes: Mapping[str, Shape], kind: str, params: Mapping[str, Any] | None = None
) -> Document:
    """Inputs by name, and the target `t` of that type without a wire."""
    nodes = [Node(name, INPUT, name, {"shape": shape}) for name, shape in shapes.items()]
    return edits.add(Document(), [*nodes, Node("t", kind, "t", params or {})])


class Trier:
    """Wires, tries and answers as the window does."""

    def __init__(self, catalog: Catalog, worker: FakeWorker | None = None) -> None:
        self.catalog = catalog
        self.trials = Trials(catalog)
        self.worker = worker or FakeWorker()
        self.questions: list[Ask] = []

    def report(self, document: Document) -> Report:
        inference = Inference(self.catalog)
        report, ask = inference.update(document)
        if ask is not None:
            report = inference.absorb(self.worker.answer(ask)) or report
        return report

    def wired(self, document: Document, *sources: str) -> Document:
        for source in sources:
            edge = wire(document, self.catalog, source, 0, "t")
            assert isinstance(edge, Edge)
            document = edits.connect(document, edge)
        return document

    def verdict(
        self,
        document: Document,
        source: str,
        target: str = "t",
        port: str | None = None,
        lifted: Edge | None = None,
    ) -> Verdict:
        report = self.report(document)
        opened = edits.disconnect(document, (lifted,)) if lifted else document
        edge = wire(opened, self.catalog, source, 0, target, port)
        verdict, question = self.trials.judge(document, report, edge, lifted)
        if question is None:
            return verdict
        ask = self.trials.ask(question)
        self.questions.append(ask)
        assert verdict.level == "open"
        assert self.trials.absorb(self.worker.answer(ask))
        return self.trials.judge(document, report, edge, lifted)[0]


@pytest.fixture
def trier(catalog: Catalog) -> Trier:
    return Trier(catalog)


def text(verdict: Verdict) -> str:
    return verdict.reason.message if verdict.reason is not None else ""


CONV = {"filters": 192, "kernel_size": 3, "padding": "same", "strides": 2}


def test_a_wire_that_fits_tells_what_leaves_its_target(trier: Trier) -> None:
    document = design({"a": [32, 32, 64]}, "layers.Conv2D", CONV)
    verdict = trier.verdict(document, "a")
    assert verdict.level == "good"
    assert verdict.carried is not None
    assert verdict.carried.shape == (None, 32, 32, 64)
    assert [spec.shape for spec in verdict.outputs] == [(None, 16, 16, 192)]
    assert text(verdict) == ""


def test_only_the_target_is_asked_about_and_only_once(trier: Trier) -> None:
    document = design({"a": [32, 32, 64]}, "layers.Conv2D", CONV)
    assert trier.verdict(document, "a") == trier.verdict(document, "a")
    (ask,) = trier.questions
    assert len(ask.steps) == 1
    assert ask.request > FIRST_REQUEST


def test_without_an_answer_the_verdict_stays_open(trier: Trier) -> None:
    document = design({"a": [32, 32, 64]}, "layers.Conv2D", CONV)
    edge = wire(document, trier.catalog, "a", 0, "t")
    verdict, question = trier.trials.judge(document, trier.report(document), edge)
    assert question is not None
    assert verdict.level == "open"
    assert not verdict.outputs
    assert verdict.carried is not None


def test_an_answer_that_nobody_awaits_is_passed_over(trier: Trier) -> None:
    assert not trier.trials.absorb(Told(7, ()))
    assert not trier.trials.absorb(Told(FIRST_REQUEST + 9, ()))


@pytest.mark.parametrize(
    ("held", "other", "words"),
    [
        ([16, 16, 64], [32, 32, 64],
         "16×16×64 against 32×32×64: height and width differ by a factor of 2."),
        ([88, 88, 8], [89, 89, 8], "88×88×8 against 89×89×8: height and width differ by 1."),
        ([14, 13, 8], [14, 14, 8], "14×13×8 against 14×14×8: width differs by 1."),
        ([16, 16, 64], [16, 16, 48], "16×16×64 against 16×16×48: channels differ."),
        ([16, 16, 64], [8, 32, 48],
         "16×16×64 against 8×32×48: height, width and channels differ."),
        ([20, 64], [10, 64], "20×64 against 10×64: steps differ by a factor of 2."),
        ([3, 256, 256], [256, 256, 3],
         "3×256×256 against 256×256×3: channels first on one side, last on the other."),
        ([64], [16, 16, 64], "64 against 16×16×64: 1 and 3 axes."),
    ],
)  # fmt: skip
def test_a_refused_merge_says_what_meets_what_and_where_they_differ(
    trier: Trier, held: Shape, other: Shape, words: str
) -> None:
    document = trier.wired(design({"a": held, "b": other}, "layers.Add"), "b")
    verdict = trier.verdict(document, "a")
    assert verdict.level == "error"
    assert text(verdict) == words


def test_the_axis_of_a_concatenation_may_differ(trier: Trier) -> None:
    shapes: dict[str, Shape] = {"a": [16, 16, 3], "b": [16, 16, 8], "c": [15, 16, 8]}
    document = trier.wired(design(shapes, "layers.Concatenate"), "b")
    fits = trier.verdict(document, "a")
    assert fits.level == "good"
    assert fits.outputs[0].shape == (None, 16, 16, 11)
    assert "height differs by 1" in text(trier.verdict(document, "c"))


def test_a_silent_broadcast_is_a_warning_with_its_result(trier: Trier) -> None:
    document = design({"a": [16, 16, 1], "b": [16, 16, 8]}, "layers.Add")
    verdict = trier.verdict(trier.wired(document, "b"), "a")
    assert verdict.level == "warning"
    assert verdict.outputs[0].shape == (None, 16, 16, 8)
    assert text(verdict) == "Stretches 16×16×1 to 16×16×8: Keras broadcasts without a word."


def test_too_few_axes_are_told_by_their_number(trier: Trier) -> None:
    verdict = trier.verdict(design({"a": [128]}, "layers.Conv2D", CONV), "a")
    assert verdict.level == "error"
    assert text(verdict) == "128 has 1 axis; Conv2D takes 3 or more."


def test_the_rules_of_wiring_are_told_in_short(trier: Trier) -> None:
    document = trier.wired(design({"a": [8]}, "layers.Flatten"), "a")
    circle = trier.verdict(document, "t", "t")
    assert (circle.level, text(circle)) == ("error", "This wire would close a circle.")
    ends = trier.verdict(document, "t", "a")
    assert (ends.level, text(ends)) == ("error", "a takes no input.")
    assert not trier.questions


def test_a_merge_that_waits_for_more_is_left_open(trier: Trier) -> None:
    verdict = trier.verdict(design({"a": [8]}, "layers.Add"), "a")
    assert verdict.level == "open"
    assert text(verdict) == "t needs another tensor."


def test_a_wire_that_takes_another_ones_place_says_so(trier: Trier) -> None:
    shapes: dict[str, Shape] = {"a": [32, 32, 3], "b": [64, 64, 3]}
    document = trier.wired(design(shapes, "layers.Conv2D", CONV), "a")
    verdict = trier.verdict(document, "b")
    assert verdict.level == "good"
    assert text(verdict) == "Takes the place of the wire from a."


def test_an_output_takes_anything(trier: Trier) -> None:
    verdict = trier.verdict(design({"a": [8]}, OUTPUT), "a")
    assert verdict.level == "good"
    assert verdict.outputs[0].shape == (None, 8)
    assert not trier.questions


def test_where_a_shape_is_unknown_nothing_is_claimed(trier: Trier) -> None:
    document = design({"a": [8]}, "layers.Flatten")
    document = edits.add(document, [Node("d", "layers.Dense", "d", {"units": 4})])
    verdict = trier.verdict(document, "d")
    assert verdict == Verdict()
    assert not trier.questions


def test_a_wire_that_was_picked_up_is_judged_without_its_old_place(trier: Trier) -> None:
    shapes: dict[str, Shape] = {"a": [16, 16, 3], "b": [16, 16, 3], "c": [8, 8, 3]}
    document = trier.wired(design(shapes, "layers.Add"), "a", "b", "c")
    lifted = next(e for e in document.graph.edges if e.source == "c")
    other = edits.add(document, [Node("u", "layers.Flatten", "u")])
    assert trier.verdict(other, "c", "u", lifted=lifted).level == "good"
    assert "factor of 2" in text(trier.verdict(document, "c", lifted=lifted))


def test_what_hangs_on_the_wire_that_was_picked_up_is_unknown(trier: Trier) -> None:
    shapes: dict[str, Shape] = {"a": [8]}
    document = trier.wired(design(shapes, "layers.Flatten"), "a")
    document = edits.add(document, [Node("sum", "layers.Add", "sum")])
    document = edits.connect(document, Edge("t", 0, "sum", "inputs", 0))
    lifted = Edge("a", 0, "t", "inputs", 0)
    assert trier.verdict(document, "a", "sum", lifted=lifted).level == "open"


def test_parameters_that_keras_refuses_are_named_as_the_reason(trier: Trier) -> None:
    document = design({"a": [8, 8, 3]}, "layers.Conv2D", CONV)
    edge = wire(document, trier.catalog, "a", 0, "t")
    report = trier.report(document)
    _, question = trier.trials.judge(document, report, edge)
    assert question is not None
    ask = trier.trials.ask(question)
    refusal = Refusal("configure", "ValueError", "Invalid value for argument `filters`.")
    assert trier.trials.absorb(Told(ask.request, (Answer(refusal=refusal),)))
    verdict, _ = trier.trials.judge(document, report, edge)
    assert verdict.level == "error"
    assert text(verdict) == "Keras refuses the parameters of t as they are."


SHAPES = st.lists(st.integers(1, 5) | st.none(), max_size=4)
KINDS = ["layers.Add", "layers.Concatenate", "ops.concatenate", "ops.add", "layers.Dot"]


@given(kind=st.sampled_from(KINDS), one=SHAPES, other=SHAPES, axis=st.integers(-6, 6) | st.none())
def test_every_pair_of_shapes_gets_a_verdict(
    catalog: Catalog, kind: str, one: Shape, other: Shape, axis: int | None
) -> None:
    trier = Trier(catalog)
    params = {} if axis is None or kind in ("layers.Add", "ops.add") else {"axis": axis}
    document = trier.wired(design({"a": one, "b": other}, kind, params), "b")
    verdict = trier.verdict(document, "a")
    assert bool(verdict.outputs) == (verdict.level in ("good", "warning"))
    assert bool(text(verdict)) == (verdict.level in ("warning", "error"))


class KerasWorker(FakeWorker):
    """Keras itself behind the same method."""

    def __init__(self, client: WorkerClient) -> None:
        super().__init__()
        self._client = client

    def answer(self, ask: Ask) -> Told:
        return Told(ask.request, self._client.ask(*ask.steps))


ATTENTION = {"num_heads": 2, "key_dim": 8}
CASES: list[tuple[str, dict[str, Any], list[Shape], tuple[int | None, ...] | str]] = [
    ("layers.Add", {}, [[16, 16, 64], [16, 16, 64]], (16, 16, 64)),
    ("layers.Add", {}, [[32, 32, 64], [16, 16, 64]],
     "16×16×64 against 32×32×64: height and width differ by a factor of 2."),
    ("layers.Multiply", {}, [[16, 16, 64], [1, 1, 64]], (16, 16, 64)),  # a gate
    ("layers.Maximum", {}, [[16, 16, 64], [1, 1, 64]],
     "Stretches 1×1×64 to 16×16×64: Keras broadcasts without a word."),
    ("layers.Add", {}, [[16, 16, 64], [64]],
     "Stretches 64 to 16×16×64: Keras broadcasts without a word."),
    ("layers.Concatenate", {}, [[88, 88, 8], [88, 88, 16]], (88, 88, 24)),
    ("layers.Concatenate", {}, [[89, 89, 8], [88, 88, 16]],
     "88×88×16 against 89×89×8: height and width differ by 1."),
    ("layers.Concatenate", {"axis": 1}, [[10, 4], [7, 4]], (17, 4)),
    ("layers.Concatenate", {}, [[16, 16, 8], [64]], "64 against 16×16×8: 1 and 3 axes."),
    ("layers.Conv2D", CONV, [[32, 32, 3]], (16, 16, 192)),
    ("layers.Conv2D", CONV, [[128]], "128 has 1 axis; Conv2D takes 3 or more."),
    ("layers.Conv2D", {"filters": 4, "kernel_size": 5}, [[3, 3, 8]],
     "3×3×8 is too small: Conv2D would leave nothing of it."),
    ("layers.LSTM", {"units": 4}, [[28, 28, 3]], "28×28×3 has 3 axes; LSTM takes 2."),
    ("layers.Dense", {"units": 10}, [[7, 7, 64]], (7, 7, 10)),
    ("layers.Dense", {"units": 10}, [[None]], "Dense needs a size that ? leaves open."),
    ("layers.Dot", {"axes": -1}, [[10, 64], [12, 64]], (10, 12)),
    ("layers.Dot", {"axes": -1}, [[10, 64], [12, 32]],
     "Dot contracts 64 against 32: these must be equal."),
    ("layers.MultiHeadAttention", ATTENTION, [[10, 64], [12, 32]], (10, 64)),
    ("layers.Reshape", {"target_shape": [10, 10]}, [[28, 28]],
     ("The total size of the tensor must be unchanged. Received: input_shape=(28, 28), "
      "target_shape=(10, 10).")),
]  # fmt: skip


@pytest.mark.keras
@pytest.mark.xdist_group("keras")
def test_verdicts_are_what_keras_says(catalog: Catalog, shape_worker: WorkerClient) -> None:
    trier = Trier(catalog, KerasWorker(shape_worker))
    for kind, params, shapes, expected in CASES:
        names = [f"in{place}" for place in range(len(shapes))]
        document = design(dict(zip(names, shapes, strict=True)), kind, params)
        document = trier.wired(document, *names[:-1])
        verdict = trier.verdict(document, names[-1])
        joined = trier.wired(document, names[-1])
        told = trier.report(joined).nodes["t"]
        assert verdict.outputs == told.outputs, kind
        assert (verdict.level == "error") == told.failed, kind
        if isinstance(expected, str):
            assert text(verdict) == expected
        else:
            assert verdict.level == "good", text(verdict)
            assert verdict.outputs[0].shape[1:] == expected


def test_a_refusal_keeps_keras_own_words(trier: Trier) -> None:
    verdict = trier.verdict(design({"a": [128]}, "layers.Conv2D", CONV), "a")
    assert isinstance(verdict.reason, Problem)
    assert "min_ndim=4" in verdict.reason.detail
