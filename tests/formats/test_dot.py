"""DOT text: what a picture of a Keras model tells, as Graphviz and pydot read it."""

import pydot
import pytest

from designer.catalog.spec import Catalog
from designer.document.edits import bypass
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.showing import shown
from designer.formats.dot import to_dot
from designer.formats.examples import list_examples, load_example
from designer.infer.block_report import told
from designer.infer.engine import Inference
from designer.infer.report import Report
from tests.fake_worker import FakeWorker

# pydot's own parser calls pyparsing by former names.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated - use:DeprecationWarning")


def known(document: Document, catalog: Catalog) -> Report:
    """The complete report, by a worker without Keras."""
    inference = Inference(catalog)
    _, ask = inference.update(document)
    while ask is not None:
        inference.absorb(FakeWorker().answer(ask))
        _, ask = inference.update(document)
    return inference.update(document)[0]


def parsed(text: str) -> pydot.Dot:
    graphs = pydot.graph_from_dot_data(text)
    assert graphs is not None
    assert len(graphs) == 1
    return graphs[0]


@pytest.mark.parametrize("key", [example.key for example in list_examples()])
def test_every_example_is_read_by_pydot_with_all_its_layers(key: str, catalog: Catalog) -> None:
    document = load_example(key)
    report, whole = known(document, catalog), document
    document = shown(whole)
    graph = parsed(to_dot(document, told(report, whole), catalog))
    layers = [node for node in document.graph.nodes.values() if node.type != OUTPUT]
    text = graph.to_string()
    assert all(f"<b>{node.name}</b>" in text for node in layers)
    ends = {e.target for e in document.graph.edges if document.graph.nodes[e.target].type != OUTPUT}
    assert len({edge.get_destination() for edge in graph.get_edges()}) == len(ends)


def test_a_layer_tells_its_type_and_its_shapes(catalog: Catalog) -> None:
    document = load_example("residual_add")
    text = to_dot(document, known(document, catalog), catalog)
    assert "<b>conv1</b> (Conv2D)" in text
    assert "Input shapes:<br/>(None, 256, 256, 3)<br/>(None, 256, 256, 3)" in text
    assert "Output shape:<br/>(None, 256, 256, 3)" in text


def test_a_name_of_signs_stays_a_name(catalog: Catalog) -> None:
    node = Node("a", "layers.Dense", 'x<y> & "z"', {"units": 2})
    text = to_dot(Document("odd", Graph({"a": node})), Report(), catalog)
    assert "x&lt;y&gt; &amp; &quot;z&quot;" in text
    assert len(parsed(text).get_nodes()) == 2  # its own and that of the defaults


def test_a_cycle_and_unknown_shapes_are_drawn_all_the_same(catalog: Catalog) -> None:
    nodes = (
        Node("in", INPUT, "in"), Node("a", "layers.Add", "a"), Node("b", "layers.Add", "b")
    )  # fmt: skip
    wires = frozenset(
        (
            Edge("in", 0, "a", "inputs", 0),
            Edge("b", 0, "a", "inputs", 1),
            Edge("a", 0, "b", "inputs"),
        )
    )
    document = Document("loop", Graph({node.id: node for node in nodes}, wires), direction="right")
    graph = parsed(to_dot(document, Report(), catalog))
    assert len(graph.get_edges()) == 3
    assert graph.get_rankdir().strip('"') == "LR"
    assert "Output shape:<br/>?" in graph.to_string()


def test_a_bypassed_layer_is_not_in_the_picture_and_its_links_are_joined(catalog: Catalog) -> None:
    document = bypass(load_example("residual_add"), ["conv1"], on=True)
    text = to_dot(document, known(document, catalog), catalog)
    assert "<b>conv1</b>" not in text
    ends = {(e.get_source(), e.get_destination()) for e in parsed(text).get_edges()}
    assert len(ends) == 1


def test_a_block_is_one_box_that_tells_its_kind(catalog: Catalog) -> None:
    whole = load_example("apes_block")
    text = to_dot(shown(whole), told(known(whole, catalog), whole), catalog)
    assert "<b>apes1</b> (ApesBlock)" in text
    assert "apes1_left" not in text
