"""A wire over a block tells what it would be for the layers in the block."""

from designer.document import edits
from designer.document.model import INPUT, Edge, Node
from designer.ui.canvas.judge import Judge
from designer.ui.session import Session
from tests.document.block_designs import ape
from tests.fake_worker import FakeWorker


def shown(session: Session) -> Judge:
    worker = FakeWorker()
    session.asked.connect(lambda ask: session.told(worker.answer(ask)))
    document = ape()
    for key in ("left", "right"):
        for name, value in (("kernel_size", 3), ("padding", "same")):
            document = edits.set_param(document, key, name, value)
    flat = Node("flat", INPUT, "flat", {"shape": [5]})
    session.open(edits.add(document, [flat]))
    return Judge(session)


def test_what_fits_in_a_block_is_green_and_what_does_not_is_red(session: Session) -> None:
    judge = shown(session)
    assert judge.first(Edge("in", 0, "ape", "input_1"), None).level == "good"
    verdict = judge.first(Edge("flat", 0, "ape", "input_1"), None)
    assert verdict.level == "error"
    assert verdict.reason is not None


def test_a_wire_from_a_block_carries_what_comes_out_of_it(session: Session) -> None:
    judge = shown(session)
    verdict = judge.first(Edge("ape", 0, "out", "inputs"), None)
    assert verdict.level == "good"
    assert verdict.carried is not None
    assert verdict.carried.shape == (None, 8, 8, 4)


def test_inside_a_block_wires_are_judged_as_ever(session: Session) -> None:
    judge = shown(session)
    session.enter("ape")
    assert judge.first(Edge("enter", 0, "left", "inputs"), None).level == "good"
    assert judge.first(Edge("enter", 0, "sum", "inputs", 2), None).level != "good"
