"""The node that stands for a block: what it says of what the block holds."""

from hypothesis import given

from designer.document import edits
from designer.document.blocks import layer_counts, layers_in
from designer.document.grouping import group
from designer.document.model import Document
from designer.document.showing import shown
from tests.document.block_designs import ape
from tests.document.strategies import blocked


@given(blocked())
def test_a_block_counts_its_layers_at_any_depth_without_its_ports(document: Document) -> None:
    counts = layer_counts(document)
    assert counts == {key: len(list(layers_in(document, key))) for key in document.blocks}


def test_the_node_of_a_block_tells_its_kind_and_how_many_layers_it_holds() -> None:
    assert shown(ape()).graph.nodes["ape"].arguments == {"kind": "ApesBlock", "layers": 3}
    fewer = edits.remove(ape(), ["right"])
    assert shown(fewer).graph.nodes["ape"].arguments["layers"] == 2
    outer, block = group(ape(), "", ["ape"], lambda node: (), "stage", "Stage")
    assert shown(outer).graph.nodes[block].arguments["layers"] == 3
