"""A bypassed node is the identity: what is told of the rest holds for the design without it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.rewire import remove_and_join
from designer.infer.bypass import active
from designer.infer.engine import Inference
from designer.infer.report import Report
from designer.infer.wiring import port_order
from tests.document.strategies import grown
from tests.fake_worker import FakeWorker
from tests.infer.test_engine import codes, residual, settle

CONV = {"filters": 3, "kernel_size": 3, "padding": "same"}


RETOLD = ("cut_off", "no_output")


def told(catalog: Catalog, document: Document) -> Report:
    return settle(Inference(catalog), FakeWorker(), document)


def bypassed(document: Document, *ids: str) -> Document:
    return edits.bypass(document, ids, on=True)


def chain(*kinds: str) -> Document:
    """An image through these layers into an output."""
    middle = [Node(f"n{i}", kind, f"n{i}", CONV) for i, kind in enumerate(kinds)]
    nodes = [Node("i", INPUT, "image", {"shape": [8, 8, 3]}), *middle, Node("o", OUTPUT, "out")]
    pairs = pairwise(nodes)
    return edits.add(Document(), nodes, [Edge(a.id, 0, b.id, "inputs") for a, b in pairs])


def test_what_is_not_bypassed_is_the_very_same_document(catalog: Catalog) -> None:
    document = residual()
    assert active(document, catalog) is document
    again = edits.bypass(bypassed(document, "c"), ["c"], on=False)
    assert active(again, catalog) is again


def test_the_shape_passes_and_the_weights_are_those_of_the_rest(catalog: Catalog) -> None:
    document = edits.set_param(chain("layers.Conv2D", "layers.Conv2D"), "n0", "filters", 16)
    whole, report = told(catalog, document), told(catalog, bypassed(document, "n0"))
    assert whole.totals.parameters == 448 + 435
    assert report.nodes["n0"].outputs[0].shape == (None, 8, 8, 3)
    assert report.nodes["n0"].parameters == 0
    assert report.nodes["n0"].known
    assert (report.totals.parameters, report.totals.layers) == (84, 2)
    assert not report.problems


def test_a_chain_of_bypassed_nodes_passes_what_comes_in_before_it(catalog: Catalog) -> None:
    document = chain(*["layers.Conv2D"] * 4)
    report = told(catalog, bypassed(document, "n1", "n2", "n3"))
    assert report.totals.parameters == 84
    for key in ("n1", "n2", "n3"):
        assert report.nodes[key].outputs == report.nodes["n0"].outputs
    assert report.outputs[0].spec == report.nodes["n0"].outputs[0]


def test_a_bypassed_merge_passes_its_first_wired_input(catalog: Catalog) -> None:
    document = edits.set_param(residual(), "c", "filters", 5)
    after = Node("d", "layers.Conv2D", "after", CONV)
    document = edits.add(document, [after], [Edge("a", 0, "d", "inputs")])
    assert told(catalog, document).errors
    report = told(catalog, bypassed(document, "a"))
    assert report.nodes["a"].outputs == report.nodes["c"].outputs
    assert not report.errors
    second = edits.disconnect(document, [Edge("c", 0, "a", "inputs", 0)])
    report = told(catalog, bypassed(second, "a"))
    assert report.nodes["a"].outputs == report.nodes["i"].outputs


def test_every_output_of_a_bypassed_node_carries_what_comes_in(catalog: Catalog) -> None:
    nodes = [
        Node("i", INPUT, "x", {"shape": [6, 8]}),
        Node("l", "layers.LSTM", "lstm", {"units": 4, "return_state": True}),
        Node("a", "layers.Add", "sum"),
    ]
    wires = [Edge("i", 0, "l", "sequences"), Edge("l", 0, "a", "inputs", 0),
             Edge("l", 2, "a", "inputs", 1)]  # fmt: skip
    document = bypassed(edits.add(Document(), nodes, wires), "l")
    report = told(catalog, document)
    assert [spec.shape for spec in report.nodes["l"].outputs] == [(None, 6, 8)] * 3
    assert report.nodes["a"].outputs[0].shape == (None, 6, 8)
    assert not report.problems


def test_a_mismatch_that_the_identity_makes_is_told_at_the_merge(catalog: Catalog) -> None:
    strided = edits.set_param(chain("layers.Conv2D", "layers.Conv2D"), "n0", "strides", 2)
    twin = Node("t", "layers.Conv2D", "twin", {**CONV, "strides": 2})
    merge = Node("m", "layers.Add", "merge")
    wires = [Edge("i", 0, "t", "inputs"), Edge("t", 0, "m", "inputs", 0),
             Edge("n0", 0, "m", "inputs", 1)]  # fmt: skip
    document = edits.add(strided, [twin, merge], wires)
    assert "shapes_differ" not in codes(told(catalog, document))
    problem = told(catalog, bypassed(document, "n0")).errors[0]
    assert (problem.code, problem.where.node) == ("shapes_differ", "m")
    assert "image gives 8×8×3" in problem.message


def test_a_bypassed_node_has_no_problems_of_its_own(catalog: Catalog) -> None:
    document = edits.set_param(residual(), "c", "filters", -1)
    assert told(catalog, document).errors
    assert not told(catalog, bypassed(document, "c")).problems
    unknown = chain("layers.Odd")
    assert "unknown_type" in codes(told(catalog, unknown))
    assert not told(catalog, bypassed(unknown, "n0")).errors


def test_a_bypassed_node_with_nothing_to_hand_on_says_so(catalog: Catalog) -> None:
    (wire,) = (e for e in chain("layers.Conv2D").graph.edges if e.source == "i")
    document = bypassed(edits.disconnect(chain("layers.Conv2D"), [wire]), "n0")
    problem = told(catalog, document).problems[0]
    assert (problem.code, problem.severity) == ("bypass_empty", "error")
    assert problem.where.node == "n0"
    assert "switch it on again" in problem.message


def test_what_a_bypass_cuts_off_blames_it(catalog: Catalog) -> None:
    document = edits.add(residual(), [Node("o", OUTPUT, "out")], [Edge("a", 0, "o", "inputs")])
    other = Node("l", "layers.Conv2D", "left", CONV)
    wires = [Edge("i", 0, "l", "inputs"), Edge("l", 0, "a", "inputs", 2)]
    document = edits.add(document, [other], wires)
    assert not told(catalog, document).problems
    (problem,) = told(catalog, bypassed(document, "a")).problems
    assert (problem.code, problem.severity, problem.where.node) == ("cut_off", "warning", "l")
    assert "left reaches no output while sum is bypassed. Switch sum on again" in problem.message


def test_what_leads_nowhere_anyway_is_told_as_ever(catalog: Catalog) -> None:
    document = chain("layers.Conv2D")
    nodes = [Node("d", "layers.Conv2D", "dead", CONV), Node("e", "layers.Conv2D", "end", CONV)]
    wires = [Edge("i", 0, "d", "inputs"), Edge("d", 0, "e", "inputs")]
    document = bypassed(edits.add(document, nodes, wires), "e")
    assert codes(told(catalog, document)) == ["dead_end"]


def test_where_all_is_bypassed_and_no_output_marked_that_is_the_reason(catalog: Catalog) -> None:
    document = edits.remove(chain("layers.Conv2D"), ["o"])
    report = told(catalog, bypassed(document, "n0"))
    assert codes(report) == ["no_output", "cut_off"]
    assert "all that its inputs feed is bypassed" in report.problems[0].message
    assert not told(catalog, document).problems


def test_a_bypassed_end_stays_and_says_why(catalog: Catalog) -> None:
    document = residual()
    nodes = {**document.graph.nodes, "i": Node("i", INPUT, "image", {"shape": [8, 8, 3]},
                                               bypassed=True)}  # fmt: skip
    report = told(catalog, edits.replace_graph(document, Graph(nodes, document.graph.edges)))
    assert codes(report) == ["cannot_bypass"]
    assert report.nodes["i"].outputs[0].shape == (None, 8, 8, 3)


def test_a_shared_layer_lives_on_when_its_owner_is_bypassed(catalog: Catalog) -> None:
    document = chain("layers.Conv2D", "layers.Conv2D", "layers.Conv2D")
    nodes = dict(document.graph.nodes)
    for key in ("n1", "n2"):
        nodes[key] = Node(key, "layers.Conv2D", key, shares="n0")
    document = edits.replace_graph(document, Graph(nodes, document.graph.edges))
    report = told(catalog, bypassed(document, "n0"))
    assert report.totals.parameters == 84
    assert [report.nodes[key].parameters for key in ("n0", "n1", "n2")] == [0, 84, 0]
    report = told(catalog, bypassed(document, "n0", "n1"))
    assert [report.nodes[key].parameters for key in ("n0", "n1", "n2")] == [0, 0, 84]


def test_toggling_asks_keras_nothing_twice(catalog: Catalog) -> None:
    inference, worker = Inference(catalog), FakeWorker()
    document = chain("layers.Conv2D", "layers.Conv2D")
    first = settle(inference, worker, document)
    settle(inference, worker, bypassed(document, "n0"))
    asked = worker.asked
    assert settle(inference, worker, document) == first
    settle(inference, worker, bypassed(document, "n0"))
    assert worker.asked == asked


def test_after_the_worker_died_what_is_bypassed_stays_so(catalog: Catalog) -> None:
    inference = Inference(catalog)
    document = bypassed(chain("layers.Conv2D", "layers.Conv2D"), "n0")
    inference.update(document)
    ask = inference.restart()
    assert ask is not None
    report = inference.absorb(FakeWorker().answer(ask))
    assert report is not None
    assert report.nodes["n0"].outputs[0].shape == (None, 8, 8, 3)


@given(grown(), st.data())
def test_a_design_is_told_of_as_if_its_bypassed_nodes_were_deleted_and_their_links_joined(
    catalog: Catalog, document: Document, data: st.DataObject
) -> None:
    layers = [n.id for n in document.graph.nodes.values() if n.type not in (INPUT, OUTPUT)]
    ids = data.draw(st.sets(st.sampled_from(layers or ["none"]))) & set(layers)
    document = edits.bypass(document, ids, on=True)
    gone = document.graph.bypassed
    without = remove_and_join(document, gone, port_order(catalog))
    assert active(document, catalog) == without
    report, rest = told(catalog, document), told(catalog, without)
    assert report.totals == rest.totals
    assert (report.inputs, report.outputs) == (rest.inputs, rest.outputs)
    assert {k: v for k, v in report.nodes.items() if k not in gone} == rest.nodes
    assert report.nodes.keys() == document.graph.nodes.keys()
    # What is bypassed may have nothing to hand on, and may be the reason of what is told anyway.
    others = [p for p in report.problems if p.code != "bypass_empty"]
    assert [(p.severity, p.where) for p in others] == [(p.severity, p.where) for p in rest.problems]
    assert [p for p in others if p.code not in RETOLD] == [
        q for p, q in zip(others, rest.problems, strict=True) if p.code not in RETOLD
    ]
