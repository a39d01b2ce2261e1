"""Blocks from the library: found, dropped, put on wires; own ones kept and let go."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from designer.catalog.library import shelf
from designer.document.model import PASSAGES, Document, Edge
from designer.document.serialize import to_bytes
from designer.ui.canvas.placing import PendingInsert, PendingWire, takes_wire
from designer.ui.finding import entries, find
from designer.ui.panels.palette import PalettePanel
from designer.ui.panels.palette_tree import mime_data
from designer.ui.workbench import Workbench
from tests.document.block_designs import ape

APES = "library/apes_block"
MAKES = "library/encoder_step"  # one input, two outputs
JOINS = "library/decoder_step"  # two inputs


def palette(bench: Workbench) -> PalettePanel:
    """The palette of the window."""
    panel = bench.panels["palette"]
    assert isinstance(panel, PalettePanel)
    return panel


def drop(bench: Workbench, kind: str, at: QPoint) -> None:
    """Drags a type from the palette to that place of the canvas."""
    data, view = mime_data(kind), bench.canvas
    given = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
             Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(view, QDragEnterEvent(at, *given))
    QApplication.sendEvent(view, QDropEvent(QPointF(at), *given))


@pytest.fixture
def residual(bench: Workbench) -> Workbench:
    """A window that shows a design without blocks."""
    bench.open_example("residual_add")
    bench.window.resize(1280, 800)
    bench.window.show()
    bench.canvas.fit()
    return bench


def test_people_find_blocks_by_what_they_call_them(bench: Workbench) -> None:
    known = entries(bench.session.catalog)
    assert find("residual", known)[0].name == "ResidualBlock"
    assert {"ResidualBlock", "BottleneckResidual", "DecoderStep"} <= {
        entry.name for entry in find("skip", known)
    }
    assert {entry.name for entry in find("unet", known)} == {"EncoderStep", "DecoderStep"}
    assert [entry.name for entry in find("apesblock", known)] == ["ApesBlock"]
    panel = palette(bench)
    panel.search.setText("squeeze")
    assert "library/squeeze_excite" in panel.found()


def test_a_dropped_block_is_a_copy_and_one_step(residual: Workbench) -> None:
    session, before = residual.session, residual.session.whole
    drop(residual, APES, QPoint(60, 60))
    (block,) = session.whole.blocks.values()
    assert block.kind == "ApesBlock"
    assert session.selection == {block.id}
    assert session.history.undo_label == "Add ApesBlock"
    drop(residual, APES, QPoint(60, 200))
    names = [n.name for n in session.whole.graph.nodes.values() if n.type not in PASSAGES]
    assert len(session.whole.blocks) == 2
    assert len(names) == len(set(names))
    session.undo()
    session.undo()
    assert session.whole == before


def test_a_block_dropped_on_a_wire_stands_on_it(residual: Workbench) -> None:
    session = residual.session
    wire = Edge("conv", 0, "add", "inputs", 0)
    wire = next(e for e in session.document.graph.edges if e.target == "add" and e.slot == 1)
    residual.canvas.place(APES, QPointF(0, 0), PendingInsert(wire))
    (block,) = session.whole.blocks
    graph = session.document.graph
    assert Edge(wire.source, 0, block, "input_1") in graph.edges
    assert Edge(block, 0, "add", "inputs", 1) in graph.edges
    session.undo()
    assert wire in session.document.graph.edges


def test_only_blocks_with_one_input_and_one_output_stand_on_wires(bench: Workbench) -> None:
    catalog = bench.session.catalog
    assert [takes_wire(catalog, kind) for kind in (APES, MAKES, JOINS)] == [True, False, False]


def test_a_wire_in_the_hand_goes_to_the_new_block(residual: Workbench) -> None:
    source = next(iter(residual.session.document.graph.edges)).source
    pending = PendingWire(source, forward=True)
    block = residual.canvas.place(JOINS, QPointF(0, 0), pending)
    assert Edge(source, 0, block, "input_1") in residual.session.document.graph.edges


def test_a_block_is_placed_in_the_block_that_is_open(bench: Workbench) -> None:
    bench.documents.take_once(ape())
    bench.session.enter("ape")
    key = bench.canvas.place(APES, QPointF(300, 0))
    assert bench.session.whole.blocks[key].parent == "ape"
    assert bench.session.scope == "ape"


def test_a_block_that_the_library_lost_is_refused(residual: Workbench) -> None:
    problems: list[str] = []
    residual.session.failed.connect(lambda problem: problems.append(problem.code))
    assert residual.canvas.place("library/own/gone", QPointF(0, 0)) == ""
    assert problems == ["no_such_block"]


def test_a_saved_block_is_in_the_palette_until_it_is_removed(
    bench: Workbench, tmp_path: Path
) -> None:
    bench.documents.take_once(ape())
    bench.session.select(["ape"])
    action = bench.window.actions_by_id["block.save"]
    assert action.isEnabled()
    action.trigger()
    assert (bench.places.blocks / "ApesBlock.skipwire").is_file()
    own = "library/own/ApesBlock"
    assert own in shelf(bench.session.catalog)
    panel = palette(bench)
    panel.search.setText("apesblock")
    assert set(panel.found()) == {own, APES}
    menu = panel.context_menu(own)
    bench.canvas.place(own, QPointF(400, 0))
    menu.actions()[-1].trigger()
    assert own not in shelf(bench.session.catalog)
    assert panel.found() == [APES]
    assert len(bench.session.whole.blocks) == 2, "what was placed stays"
    shipped = panel.context_menu(APES)
    assert all("library" not in entry.text() for entry in shipped.actions())
    for one in (menu, shipped):
        one.deleteLater()


def test_a_broken_file_in_the_library_is_told_and_the_others_are_there(bench: Workbench) -> None:
    bench.library.keep(ape(), "ape")
    (bench.places.blocks / "broken.skipwire").write_bytes(to_bytes(Document()))
    problems: list[str] = []
    bench.library.failed.connect(lambda problem: problems.append(problem.code))
    bench.library.renew()
    assert problems == ["block_skipped"]
    assert "library/own/ApesBlock" in shelf(bench.session.catalog)


def test_a_block_that_cannot_be_kept_is_told(bench: Workbench) -> None:
    bench.places.blocks.parent.mkdir(parents=True, exist_ok=True)
    bench.places.blocks.write_text("no folder")
    problems: list[str] = []
    bench.library.failed.connect(lambda problem: problems.append(problem.code))
    assert not bench.library.keep(ape(), "ape")
    assert problems == ["cannot_write"]
