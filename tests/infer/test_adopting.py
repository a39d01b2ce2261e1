"""Nodes that waited for a file of layers, and what is said of them until it is loaded."""

import pytest

from designer.catalog import own_layers
from designer.catalog.load import load
from designer.catalog.spec import Catalog, LayerSpec, PortSpec
from designer.document.model import INPUT, Document, Edge, Graph, LayerFile, Node
from designer.infer.adopting import adopted
from designer.infer.engine import Inference
from designer.protocol import Answer, TensorSpec, Told

GATE = LayerSpec(
    "custom.mine.Gate", "Gate", "custom", "mine", "Gate",
    inputs=(PortSpec("x"), PortSpec("gate")),
)  # fmt: skip


@pytest.fixture
def catalog() -> Catalog:
    """A catalogue of this test's own: layers are put into it."""
    return load()


def document(kind: str, *ports: str) -> Document:
    nodes = (Node("image", INPUT, "image", {"shape": [4]}), Node("gate", kind, "gate"))
    edges = frozenset(Edge("image", 0, "gate", port) for port in ports)
    return Document("own", Graph({node.id: node for node in nodes}, edges))


def test_a_layer_that_is_not_loaded_is_an_error_that_names_its_file(catalog: Catalog) -> None:
    made = document("custom.mine.Gate", "x", "gate")
    named = Document("own", made.graph, layer_files=(LayerFile("mine", "/there/mine.py"),))
    report, ask = Inference(catalog).update(named)
    (problem,) = (p for p in report.problems if p.severity == "error")
    assert (problem.code, problem.where.node) == ("custom_not_loaded", "gate")
    assert "Gate of mine.py" in problem.message
    assert ask is not None
    assert [step.type for step in ask.steps] == [INPUT], "nobody asks for what is not loaded"


def test_a_loaded_layer_is_asked_about_and_weighs(catalog: Catalog) -> None:
    own_layers.put(catalog, "mine", {GATE.key: GATE}, ("/there/mine.py", "ab"))
    inference = Inference(catalog)
    _, ask = inference.update(document(GATE.key, "x", "gate"))
    assert ask is not None
    call = ask.steps[1]
    assert (call.type, [i.name for i in call.inputs]) == (GATE.key, ["x", "gate"])
    spec = TensorSpec((None, 4))
    report = inference.absorb(Told(ask.request, (Answer((spec,)), Answer((spec,), 7, 5))))
    assert report is not None
    assert (report.totals.layers, report.totals.parameters, report.errors) == (2, 7, ())


def test_a_file_that_is_another_is_asked_about_anew(catalog: Catalog) -> None:
    own_layers.put(catalog, "mine", {GATE.key: GATE}, ("/there/mine.py", "ab"))
    inference, made = Inference(catalog), document(GATE.key, "x", "gate")
    _, ask = inference.update(made)
    assert ask is not None
    spec = TensorSpec((None, 4))
    inference.absorb(Told(ask.request, (Answer((spec,)), Answer((spec,), 7, 7))))
    assert inference.update(made)[1] is None
    inference.forget_own_layers()
    _, again = inference.update(made)
    assert again is not None
    assert [step.type for step in again.steps] == [GATE.key], "Keras' own layers are known still"


def test_an_answer_from_before_counts_no_more(catalog: Catalog) -> None:
    own_layers.put(catalog, "mine", {GATE.key: GATE}, ("/there/mine.py", "ab"))
    inference = Inference(catalog)
    _, late = inference.update(document(GATE.key, "x", "gate"))
    assert late is not None
    inference.forget_own_layers()
    spec = TensorSpec((None, 4))
    told = Told(late.request, (Answer((spec,)), Answer((spec,), 7, 7)))
    assert inference.absorb(told) is None


def test_a_layer_that_is_gone_is_missing_again(catalog: Catalog) -> None:
    own_layers.put(catalog, "mine", {GATE.key: GATE}, ("/there/mine.py", "ab"))
    own_layers.drop(catalog, "mine")
    assert GATE.key not in catalog.layers
    assert own_layers.files(catalog) == {}


def test_a_saved_class_of_another_module_becomes_that_of_the_file(catalog: Catalog) -> None:
    own_layers.put(catalog, "mine", {GATE.key: GATE}, ("/there/mine.py", "ab"))
    made = adopted(document("custom.__main__.Gate", "tensor_1", "tensor_2"), catalog, "mine")
    assert made.graph.nodes["gate"].type == GATE.key
    assert {edge.input for edge in made.graph.edges} == {"x", "gate"}
    assert adopted(made, catalog, "mine") is made


def test_a_class_of_another_name_waits_on(catalog: Catalog) -> None:
    own_layers.put(catalog, "mine", {GATE.key: GATE}, ("/there/mine.py", "ab"))
    made = document("custom.__main__.Other", "tensor_1")
    assert adopted(made, catalog, "mine") is made


@pytest.mark.parametrize(
    "odd",
    [
        {"custom.mine.Gate": {"key": "custom.mine.Other"}},
        {"layers.Conv2D": {"key": "layers.Conv2D"}},
        {"custom.other.Gate": {"key": "custom.other.Gate"}},
        {"custom.mine.Gate": {"key": "custom.mine.Gate", "inputs": [{"name": "x; import os"}]}},
        {"custom.mine.Gate": 3},
    ],
)
def test_a_worker_cannot_put_anything_else_into_the_catalogue(odd: dict[str, object]) -> None:
    whole = {"name": "Gate", "category": "custom", "module": "mine", "class_name": "Gate"}
    told = {k: {**whole, **v} if isinstance(v, dict) else v for k, v in odd.items()}
    with pytest.raises(ValueError, match=r"."):
        own_layers.read("mine", told)
