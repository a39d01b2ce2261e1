"""Inference asks for what it does not know, once, and is never misled by a late answer."""

from hypothesis import given, settings

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.infer.engine import Inference
from designer.infer.report import Report
from designer.infer.trial import Trials
from tests.document.strategies import grown
from tests.fake_worker import FakeWorker


def settle(inference: Inference, worker: FakeWorker, document: Document) -> Report:
    report, ask = inference.update(document)
    if ask is not None:
        answered = inference.absorb(worker.answer(ask))
        assert answered is not None
        report = answered
    assert report.complete
    return report


def residual(shape: tuple[int, ...] = (8, 8, 3)) -> Document:
    nodes = [
        Node("i", INPUT, "image", {"shape": list(shape)}),
        Node("c", "layers.Conv2D", "conv", {"filters": 3, "kernel_size": 3, "padding": "same"}),
        Node("a", "layers.Add", "sum"),
    ]
    wires = [Edge("i", 0, "c", "inputs"), Edge("c", 0, "a", "inputs", 0),
             Edge("i", 0, "a", "inputs", 1)]  # fmt: skip
    return edits.add(Document(), nodes, wires)


def codes(report: Report) -> list[str]:
    return [p.code for p in report.problems]


def test_shapes_and_counts_come_from_the_worker(catalog: Catalog) -> None:
    report = settle(Inference(catalog), FakeWorker(), residual())
    assert report.nodes["a"].outputs[0].shape == (None, 8, 8, 3)
    assert report.totals.parameters == 84
    assert report.totals.layers == 3
    assert [end.name for end in report.outputs] == ["sum"]
    assert not report.problems


def test_a_question_that_was_answered_is_not_asked_again(catalog: Catalog) -> None:
    inference, worker = Inference(catalog), FakeWorker()
    settle(inference, worker, residual())
    asked = worker.asked
    renamed = edits.move(edits.rename(residual(), "c", "other"), {"c": (5, 5)})
    settle(inference, worker, renamed)
    assert worker.asked == asked


def test_only_what_follows_from_an_edit_is_asked(catalog: Catalog) -> None:
    inference, worker = Inference(catalog), FakeWorker()
    document = residual()
    settle(inference, worker, document)
    _, ask = inference.update(edits.set_param(document, "c", "kernel_size", 5))
    assert ask is not None
    assert [step.type for step in ask.steps] == ["layers.Conv2D", "layers.Add"]


def test_equal_layers_on_equal_inputs_are_asked_once(catalog: Catalog) -> None:
    document = residual()
    twin = Node("c2", "layers.Conv2D", "twin", document.graph.nodes["c"].params)
    document = edits.add(document, [twin], [Edge("i", 0, "c2", "inputs")])
    _, ask = Inference(catalog).update(document)
    assert ask is not None
    assert len(ask.steps) == 3


def test_a_late_answer_completes_nothing_but_is_remembered(catalog: Catalog) -> None:
    inference, worker = Inference(catalog), FakeWorker()
    first = residual()
    _, ask = inference.update(first)
    second = edits.set_param(first, "c", "filters", 4)
    _, newer = inference.update(second)
    assert ask is not None
    assert newer is not None
    late = inference.absorb(worker.answer(ask))
    assert late is not None
    assert not late.complete
    assert inference.update(first)[1] is None


def test_an_answer_nobody_awaits_is_dropped(catalog: Catalog) -> None:
    inference, worker = Inference(catalog), FakeWorker()
    _, ask = inference.update(residual())
    assert ask is not None
    told = worker.answer(ask)
    assert inference.absorb(told) is not None
    assert inference.absorb(told) is None


def test_after_the_worker_died_the_same_is_asked_again(catalog: Catalog) -> None:
    inference = Inference(catalog)
    _, ask = inference.update(residual())
    again = inference.restart()
    assert ask is not None
    assert again is not None
    assert again.steps == ask.steps
    assert inference.absorb(FakeWorker().answer(ask)) is None


def test_what_comes_after_a_refusal_is_unknown_and_not_blamed(catalog: Catalog) -> None:
    document = edits.set_param(residual(), "c", "filters", -1)
    report = settle(Inference(catalog), FakeWorker(), document)
    assert report.nodes["c"].failed
    assert not report.nodes["a"].known
    assert codes(report) == ["keras_refused"]
    assert report.problems[0].where.param == "filters"


def test_a_shared_layer_weighs_once(catalog: Catalog) -> None:
    document = residual()
    again = Node("c2", "layers.Conv2D", "again", shares="c")
    mark = Node("o", OUTPUT, "out")
    wires = [Edge("a", 0, "c2", "inputs"), Edge("c2", 0, "o", "inputs")]
    report = settle(Inference(catalog), FakeWorker(), edits.add(document, [again, mark], wires))
    assert report.totals.parameters == 84
    assert report.nodes["c2"].parameters == 0
    assert report.nodes["c2"].outputs[0].shape == (None, 8, 8, 3)
    assert report.totals.layers == 3


def test_marked_outputs_replace_the_sinks(catalog: Catalog) -> None:
    document = edits.add(residual(), [Node("o", OUTPUT, "out")], [Edge("c", 0, "o", "inputs")])
    report = settle(Inference(catalog), FakeWorker(), document)
    assert [(end.name, end.spec and end.spec.shape) for end in report.outputs] == [
        ("out", (None, 8, 8, 3))
    ]
    assert codes(report) == ["dead_end"]


@settings(max_examples=50)
@given(document=grown())
def test_any_document_gets_a_report_for_every_node(catalog: Catalog, document: Document) -> None:
    report, _ = Inference(catalog).update(document)
    assert set(report.nodes) == set(document.graph.nodes)
    assert all(problem.message for problem in report.problems)


def test_a_fork_knows_and_awaits_what_the_other_does(catalog: Catalog) -> None:
    first, worker = Inference(catalog), FakeWorker()
    other = first.fork()
    _, ask = other.update(residual())
    assert ask is not None
    assert first.awaits(ask.request)
    assert first.absorb(worker.answer(ask)) is None
    assert not other.awaits(ask.request)
    assert first.update(residual())[1] is None
    report, again = other.update(residual())
    assert again is None
    assert report.complete


def test_two_forks_never_ask_under_one_number(catalog: Catalog) -> None:
    first = Inference(catalog)
    asks = [i.update(residual())[1] for i in (first, first.fork(), first.fork())]
    assert len({ask.request for ask in asks if ask is not None}) == 3


def towers(width: int, other: int) -> Document:
    """Two inputs through one dense layer, whose second call stands first in the design."""
    nodes = [
        Node("again", "layers.Dense", "again", shares="tower"),
        Node("x", INPUT, "x", {"shape": [width]}),
        Node("y", INPUT, "y", {"shape": [other]}),
        Node("tower", "layers.Dense", "tower", {"units": 4}),
    ]
    edges = [Edge("x", 0, "tower", "inputs"), Edge("y", 0, "again", "inputs")]
    return Document(graph=Graph({n.id: n for n in nodes}, frozenset(edges)))


def test_a_shared_layer_is_refused_where_it_is_called_on_another_width(catalog: Catalog) -> None:
    worker, inference = FakeWorker(), Inference(catalog)
    assert settle(inference, worker, towers(8, 8)).problems == ()
    asked = worker.asked
    report = settle(inference, worker, towers(8, 6))
    (problem,) = report.problems
    assert (problem.code, problem.where.node) == ("shared_sizes", "again")
    assert "6 after 8" in problem.message and problem.values["other_id"] == "tower"
    assert report.nodes["tower"].outputs[0].shape == (None, 4)
    # The other input changes, and the second call is judged anew though its own inputs stay.
    assert settle(inference, worker, towers(6, 6)).problems == ()
    assert settle(inference, worker, towers(8, 6)).problems == (problem,)
    assert worker.asked <= asked + 6


def test_a_wire_in_the_hand_to_a_shared_layer_is_judged_by_its_first_call(
    catalog: Catalog,
) -> None:
    document = towers(8, 6)
    loose = edits.disconnect(document, [Edge("y", 0, "again", "inputs")])
    worker = FakeWorker()
    report = settle(Inference(catalog), worker, loose)
    trials, wire = Trials(catalog), Edge("y", 0, "again", "inputs")
    _, question = trials.judge(loose, report, wire)
    assert question is not None
    trials.absorb(worker.answer(trials.ask(question)))
    verdict, _ = trials.judge(loose, report, wire)
    assert verdict.level == "error"
