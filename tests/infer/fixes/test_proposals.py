"""Fixes that need no shapes, the trial of each, and fixes as values that can be written down."""

import msgspec

from designer.catalog.load import load
from designer.document import edits
from designer.document.model import OUTPUT, Document, Edge, Node
from designer.document.problem import Problem
from designer.infer.engine import Inference
from designer.infer.fixes.applying import applied
from designer.infer.fixes.fix import Fix
from designer.infer.report import Report
from designer.infer.trying import Offer, Trying
from tests.fake_worker import FakeWorker
from tests.infer.fixes.sketch import Sketch


def looked_at(document: Document, code: str) -> tuple[Problem, tuple[Offer, ...], Report]:
    """The problem of that code, and its fixes that work for the fake worker."""
    catalog, worker = load(), FakeWorker()
    inference = Inference(catalog)
    report, ask = inference.update(document)
    while ask is not None:
        inference.absorb(worker.answer(ask))
        report, ask = inference.update(document)
    problem = next(p for p in report.problems if p.code == code)
    trying = Trying(inference, catalog)
    while asks := trying.go_on(document, report, problem):
        for question in asks:
            inference.absorb(worker.answer(question))
    return problem, trying.offers(document, report, problem), report


def test_a_merge_with_one_tensor_gets_the_only_loose_end() -> None:
    s = Sketch()
    x = s.conv(s.input(8, 8, 3), 4)
    s.conv(x, 4)
    add = s("Add", x)
    s("ReLU", add)
    _, offers, _ = looked_at(s.document, "input_missing")
    assert [offer.fix.label for offer in offers][:1] == ["Wire conv2d_1 to add"]
    assert "Take add out" in [offer.fix.label for offer in offers]


def test_a_dead_end_becomes_an_output_or_goes() -> None:
    s = Sketch()
    x = s.conv(s.input(8, 8, 3), 4)
    s.conv(x, 4)
    out = Node("out", OUTPUT, "out")
    s.document = edits.add(s.document, (out,), (Edge(x, 0, "out", "inputs"),))
    _, offers, _ = looked_at(s.document, "dead_end")
    assert [o.fix.label for o in offers] == ["Make conv2d_1 an output", "Delete conv2d_1"]


def test_a_name_that_is_there_twice_gets_a_free_one() -> None:
    s = Sketch()
    x = s.conv(s.input(8, 8, 3), 4)
    twin = Node("twin", "layers.ReLU", "conv2d")
    s.document = edits.add(s.document, (twin,), (Edge(x, 0, "twin", "inputs"),))
    _, offers, _ = looked_at(s.document, "name_taken")
    assert offers[0].fix.label == "Rename it to conv2d_1"


def test_a_fix_is_a_value_that_can_be_written_and_read() -> None:
    s = Sketch()
    x = s.conv(s.input(8, 8, 3), 4)
    s("Add", x, s.conv(x, 6))
    _, offers, _ = looked_at(s.document, "shapes_differ")
    assert len(offers) > 2
    for offer in offers:
        again = msgspec.json.decode(msgspec.json.encode(offer.fix), type=Fix)
        assert again == offer.fix
        assert applied(s.document, again).graph.nodes.keys() >= s.document.graph.nodes.keys()


def test_a_fix_that_makes_a_new_problem_is_not_offered() -> None:
    """Turning the input would mend the format, but leaves one channel against eight."""
    s = Sketch()
    x = s.input(1, 28, 28)
    s("Add", x, s.conv(x, 8))
    problem, offers, _ = looked_at(s.document, "data_format")
    assert "channels first" in problem.message
    assert "turn_input" not in [offer.fix.code for offer in offers]
