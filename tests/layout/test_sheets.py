"""Designs with blocks are laid out sheet by sheet."""

from designer.document.edits import move
from designer.document.model import Document
from designer.document.showing import shown
from designer.layout.place import arrange
from designer.layout.sheets import arrange_sheets
from tests.document.block_designs import ape


def heaped() -> Document:
    """The design with all its nodes in one place."""
    document = ape()
    return move(document, dict.fromkeys(document.graph.nodes, (0.0, 0.0)))


def test_every_sheet_is_laid_out_as_if_it_were_alone() -> None:
    document = arrange_sheets(heaped())
    for scope in ("", "ape"):
        sheet = shown(document, scope)
        places = {(node.x, node.y) for node in sheet.graph.nodes.values()}
        assert len(places) == len(sheet.graph.nodes)
        alone = arrange(sheet).graph.nodes
        assert places == {(node.x, node.y) for node in alone.values()}
    assert document.graph.edges == heaped().graph.edges


def test_a_design_without_blocks_is_laid_out_as_ever() -> None:
    document = shown(heaped(), "ape")
    plain = Document(graph=document.graph)
    assert arrange_sheets(plain) == arrange(plain)
