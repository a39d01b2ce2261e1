"""A wire to a block means wires to the layers in it."""

from designer.document import edits
from designer.document.grouping import group
from designer.document.model import Edge
from designer.infer.block_wires import meetings
from tests.document.block_designs import ape
from tests.document.strategies import ports_of


def test_a_wire_to_a_block_meets_all_that_its_port_feeds() -> None:
    document, outer = group(ape(), "", ["ape"], ports_of)
    rest, wires = meetings(document, Edge("in", 0, outer, "input_1"))
    assert wires == (Edge("in", 0, "left", "inputs"), Edge("in", 0, "right", "inputs"))
    assert not {edge.target for edge in rest.graph.edges} & {"left", "right"}


def test_a_wire_from_a_block_comes_from_the_layer_behind_its_port() -> None:
    _, wires = meetings(ape(), Edge("ape", 0, "out", "inputs"))
    assert wires == (Edge("sum", 0, "out", "inputs"),)


def test_between_layers_it_is_the_wire_itself() -> None:
    document = ape()
    rest, wires = meetings(document, Edge("left", 0, "sum", "inputs", 2))
    assert rest is document
    assert wires == (Edge("left", 0, "sum", "inputs", 2),)


def test_a_port_that_leads_nowhere_meets_nothing() -> None:
    cut = edits.disconnect(ape(), [e for e in ape().graph.edges if e.source == "enter"])
    assert meetings(cut, Edge("in", 0, "ape", "input_1"))[1] == ()
    fed = edits.disconnect(ape(), [e for e in ape().graph.edges if e.target == "leave"])
    assert meetings(fed, Edge("ape", 0, "out", "inputs"))[1] == ()
    assert meetings(ape(), Edge("in", 0, "ape", "input_9"))[1] == ()
