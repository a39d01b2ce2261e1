"""Edits of the whole design that know nothing of blocks leave it sound."""

from hypothesis import given
from hypothesis import strategies as st

from designer.document import edits
from designer.document.block_lines import check, edges_beside
from designer.document.crossing import settled
from designer.document.grouping import group
from designer.document.model import ENTRY, EXIT, Document, Edge
from designer.document.order import reaches
from designer.document.problem import Where
from designer.document.rewire import insert
from designer.document.showing import shown
from tests.document.block_designs import ape
from tests.document.strategies import blocked, grown, ports_of


@given(grown())
def test_a_design_without_blocks_is_left_alone(document: Document) -> None:
    assert settled(Document(), document) is document


def test_a_layer_put_on_a_wire_in_a_block_lies_in_the_block() -> None:
    document = ape()
    node = edits.new_node(document.graph, "layers.Dense", 0, 0)
    wire = Edge("left", 0, "sum", "inputs", 0)
    added = insert(edits.add(document, [node]), wire, Edge("left", 0, node.id, "inputs"))
    after = settled(document, added)
    assert after.graph.nodes[node.id].block == "ape"
    assert after.graph.edges == added.graph.edges


def test_a_layer_between_a_block_and_another_node_lies_outside() -> None:
    document = ape()
    node = edits.new_node(document.graph, "layers.Dense", 0, 0)
    wire = Edge("leave", 0, "out", "inputs")
    added = insert(edits.add(document, [node]), wire, Edge("leave", 0, node.id, "inputs"))
    assert settled(document, added).graph.nodes[node.id].block == ""


def test_a_wire_into_a_block_shares_the_entry_of_its_tensor() -> None:
    document = ape()
    added = edits.connect(document, Edge("in", 0, "sum", "inputs", 2))
    after = settled(document, added)
    assert after.blocks["ape"].inputs == ("enter",)
    assert Edge("enter", 0, "sum", "inputs", 2) in after.graph.edges


def test_a_wire_through_two_borders_gets_a_port_in_each() -> None:
    document, outer = group(ape(), "", ["ape"], ports_of)
    left = edits.connect(document, Edge("left", 0, "out", "inputs"))
    after = settled(document, left)
    check(after, Where())
    assert len(after.blocks["ape"].outputs) == len(after.blocks[outer].outputs) == 2
    last = after.graph.nodes[after.graph.incoming["out"][0].source]
    assert (last.type, last.block) == (EXIT, outer)


@given(blocked(), st.data())
def test_a_wire_between_any_two_nodes_is_led_through_ports(
    document: Document, data: st.DataObject
) -> None:
    flat = [k for k, n in document.graph.nodes.items() if n.type not in (ENTRY, EXIT)]
    if not flat:
        return
    source, target = data.draw(st.sampled_from(flat)), data.draw(st.sampled_from(flat))
    sheet = shown(document)
    if reaches(document.graph, target, source) or len(sheet.graph.nodes) < 2:
        return
    after = settled(document, edits.connect(document, Edge(source, 0, target, "inputs", 9)))
    assert not list(edges_beside(after))
    assert reaches(after.graph, source, target)
