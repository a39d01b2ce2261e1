"""Blocks in the outline: branches of what they hold, in step with whichever sheet is shown."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.grouping import group, ungroup
from designer.document.model import ENTRY, EXIT, Block, Document, Edge, Graph, Node
from designer.document.problem import Problem, Where
from designer.infer.report import Report
from designer.ui import theme
from designer.ui.panels.outline import OutlinePanel
from designer.ui.panels.outline_cells import PROBLEMS, SHAPE, TYPE
from designer.ui.panels.outline_model import OutlineModel
from designer.ui.panels.outline_tree import Tree
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.workbench import Workbench
from tests.document.block_designs import ape
from tests.document.strategies import blocked
from tests.fake_worker import FakeWorker

Key = Qt.Key


@pytest.fixture
def nested() -> Document:
    """A block "ape" in a block "stage"."""
    document = edits.set_param(ape(), "left", "kernel_size", 3)
    document = edits.set_param(document, "right", "kernel_size", 3)
    ports = (
        Node("first", ENTRY, "input", block="stage"),
        Node("last", EXIT, "output", block="stage"),
    )
    edges = (
        Edge("in", 0, "first", "inputs"),
        Edge("first", 0, "enter", "inputs"),
        Edge("leave", 0, "last", "inputs"),
        Edge("last", 0, "out", "inputs"),
    )
    kept = {e for e in document.graph.edges if e.source != "in" and e.target != "out"}
    nodes = {**document.graph.nodes, **{node.id: node for node in ports}}
    outer = Block("stage", "stage", "Stage", inputs=("first",), outputs=("last",))
    blocks = {"ape": replace(document.blocks["ape"], parent="stage"), "stage": outer}
    return replace(document, graph=Graph(nodes, frozenset({*kept, *edges})), blocks=blocks)


@pytest.fixture
def panel(qtbot: QtBot, session: Session, light: Theme, nested: Document) -> OutlinePanel:
    """The outline of that design, at its top."""
    worker = FakeWorker()
    session.asked.connect(lambda ask: session.told(worker.answer(ask)))
    session.worker_ready()
    session.become(nested)
    made = OutlinePanel(session, light)
    qtbot.addWidget(made)
    made.resize(800, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def tree_of(model: OutlineModel, above: QModelIndex | None = None) -> list[tuple[str, Any]]:
    """The names of all rows, each with those below it."""
    root = above or QModelIndex()
    rows = [model.index(row, 0, root) for row in range(model.rowCount(root))]
    return [(str(index.data()), tree_of(model, index)) for index in rows]


def seen(panel: OutlinePanel) -> list[str]:
    """The names of the rows that are not hidden and not folded away."""
    found, index = [], panel.model.index(0, 0)
    if panel.tree.isRowHidden(0, QModelIndex()):
        index = panel.tree.indexBelow(index)
    while index.isValid():
        found.append(str(index.data()))
        index = panel.tree.indexBelow(index)
    return found


def at(panel: OutlinePanel, key: str) -> QModelIndex:
    return panel.model.index_of(key)


def cell(panel: OutlinePanel, key: str, column: int) -> str:
    return str(at(panel, key).siblingAtColumn(column).data())


def place(session: Session) -> tuple[str, set[str]]:
    """Which block is shown, and what is selected there."""
    return session.scope, set(session.selection)


def test_a_block_is_a_branch_of_what_it_holds(panel: OutlinePanel) -> None:
    names = [(name, inner) for name, inner in tree_of(panel.model) if name != "stage"]
    assert names == [("image", []), ("result", [("from stage", [])])]
    stage = dict(tree_of(panel.model))["stage"]
    assert [name for name, _ in stage] == ["input", "ape", "output"]
    assert dict(stage)["input"] == [("from image", [])]
    assert dict(stage)["output"] == [("from ape", [])]
    assert dict(stage)["ape"] == [
        ("ape_input", [("from input", [])]),
        ("left", [("from ape_input", [])]),
        ("right", [("from ape_input", [])]),
        ("sum", [("from left", []), ("from right", [])]),
        ("ape_output", [("from sum", [])]),
    ]


def test_a_block_tells_its_kind_its_shape_and_the_weights_of_all_that_it_holds(
    panel: OutlinePanel, session: Session
) -> None:
    inner = [session.whole_report.nodes[key].parameters for key in ("left", "right")]
    for key, kind in (("ape", "ApesBlock"), ("stage", "Stage")):
        assert cell(panel, key, TYPE) == f"{kind} · 3 layers"
        assert cell(panel, key, SHAPE) == cell(panel, "sum", SHAPE) != ""
        assert cell(panel, key, 3) == f"{sum(inner):,}"
    spoken = str(at(panel, "ape").data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("ape, ApesBlock · 3 layers, ")
    assert spoken.endswith(f"{sum(inner):,} parameters")


def test_an_input_is_read_aloud_with_its_port_and_shape(panel: OutlinePanel) -> None:
    wire = panel.model.index(0, 0, at(panel, "left"))
    spoken = str(wire.data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "from ape_input, inputs, 8×8×3"


def test_a_problem_in_a_block_is_told_at_every_branch_above_it(
    panel: OutlinePanel, nested: Document
) -> None:
    problem = Problem("error", "x", "Give {name} a size.", {"name": "left"}, Where(node="left"))
    panel.model.follow(nested, Report(problems=(problem,)))
    for key in ("left", "ape", "stage"):
        shown = at(panel, key).siblingAtColumn(PROBLEMS)
        assert shown.data() == "Give left a size."
        assert not shown.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert cell(panel, "right", PROBLEMS) == cell(panel, "in", PROBLEMS) == ""


def test_choosing_a_member_enters_its_block_and_selects_it(
    panel: OutlinePanel, session: Session, qtbot: QtBot
) -> None:
    panel.tree.expand(at(panel, "stage"))
    panel.tree.expand(at(panel, "ape"))
    with qtbot.waitSignal(panel.go_to) as went:
        panel.tree.setCurrentIndex(at(panel, "left"))
    assert went.args == ["left"]
    assert place(session) == ("ape", {"left"})
    assert panel.chosen() == {"left"}
    panel.tree.setCurrentIndex(at(panel, "in"))
    assert place(session) == ("", {"in"})
    assert panel.chosen() == {"in"}
    assert panel.tree.isExpanded(at(panel, "ape"))


def test_what_is_selected_on_the_canvas_in_a_block_is_unfolded(
    panel: OutlinePanel, session: Session
) -> None:
    assert "left" not in seen(panel)
    session.reveal("left")
    assert panel.chosen() == {"left"}
    assert "left" in seen(panel)
    session.select(["left", "sum"])
    assert panel.chosen() == {"left", "sum"}
    session.leave()
    assert panel.chosen() == {"ape"}


def test_rows_of_several_blocks_are_never_selected_together(
    panel: OutlinePanel, session: Session
) -> None:
    panel.tree.setCurrentIndex(at(panel, "in"))
    session.reveal("sum")
    mode = panel.tree.selectionModel().SelectionFlag
    panel.tree.selectionModel().select(at(panel, "in"), mode.Select | mode.Rows)
    assert panel.chosen() == session.selection
    assert len(session.selection) == 1


def test_a_double_click_reveals_a_member_and_opens_a_block(
    panel: OutlinePanel, session: Session
) -> None:
    panel.tree.activated.emit(at(panel, "left"))
    assert place(session) == ("ape", {"left"})
    panel.tree.activated.emit(at(panel, "stage"))
    assert session.scope == "stage"
    assert panel.tree.isExpanded(at(panel, "stage"))
    outside = panel.model.index(0, 0, at(panel, "out"))
    panel.tree.activated.emit(outside)
    assert place(session) == ("", {"stage"})


def test_the_keyboard_walks_from_a_block_into_what_it_holds(
    panel: OutlinePanel, session: Session
) -> None:
    panel.tree.setCurrentIndex(at(panel, "stage"))
    QTest.keyClick(panel.tree, Key.Key_Right)
    QTest.keyClick(panel.tree, Key.Key_Down)
    assert session.scope == "stage"
    assert panel.chosen() == session.selection != frozenset()


def test_the_filter_looks_into_blocks_and_folds_them_again(
    panel: OutlinePanel, session: Session
) -> None:
    panel.search.setText("lef")
    assert seen(panel) == ["stage", "ape", "left"]
    panel.search.setText("apesblock")
    assert seen(panel) == ["stage", "ape"], "all of a block that is found is at hand, folded"
    panel.search.setText("nothing like it")
    assert all(panel.tree.isRowHidden(row, QModelIndex()) for row in range(3))
    panel.search.clear()
    assert sorted(seen(panel)) == ["image", "result", "stage"]


def test_the_filter_leaves_that_block_unfolded_which_is_shown(
    panel: OutlinePanel, session: Session
) -> None:
    panel.search.setText("lef")
    panel.tree.setCurrentIndex(at(panel, "left"))
    panel.search.clear()
    assert panel.chosen() == {"left"}
    assert "left" in seen(panel)


def test_edits_around_and_in_blocks_keep_what_is_expanded(
    panel: OutlinePanel, session: Session
) -> None:
    panel.tree.expand(at(panel, "stage"))
    panel.tree.expand(at(panel, "ape"))
    session.enter("ape")
    relu = Node("relu", "layers.ReLU", "a_relu")
    session.do("Add", lambda d: edits.add(d, [relu], [Edge("sum", 0, "relu", "inputs")]))
    session.do("Rename", lambda d: edits.rename(d, "left", "zebra"))
    assert {"a_relu", "zebra"} <= set(seen(panel))
    assert cell(panel, "stage", TYPE) == "Stage · 4 layers"
    session.leave()
    session.do("Rename", lambda d: edits.rename(d, "ape", "monkey"))
    assert panel.tree.isExpanded(at(panel, "ape"))
    assert "monkey" in seen(panel)
    session.do_whole("Ungroup", lambda d: ungroup(d, "stage"))
    assert "stage" not in seen(panel)
    assert at(panel, "ape").parent() == QModelIndex()
    session.undo()
    assert at(panel, "ape").parent() == at(panel, "stage")


def test_a_design_with_nothing_but_an_empty_block_is_listed(
    panel: OutlinePanel, session: Session
) -> None:
    session.become(Document(blocks={"b": Block("b", "empty", "Empty")}))
    assert seen(panel) == ["empty"]
    assert panel.tree.isVisible()
    assert panel.model.rowCount(at(panel, "b")) == 0


@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(blocked(), min_size=2, max_size=4))
def test_following_designs_with_blocks_ends_as_starting_over(
    qtbot: QtBot, catalog: Catalog, steps: list[Document]
) -> None:
    followed = OutlineModel(catalog, theme.load("light"))
    tester = QAbstractItemModelTester(
        followed, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    for document in steps:
        followed.follow(document, Report())
        fresh = OutlineModel(catalog, theme.load("light"))
        fresh.follow(document, Report())
        assert tree_of(followed) == tree_of(fresh)
        listed = [followed.index_of(key) for key in Tree(document).nodes]
        assert all(index.isValid() for index in listed)
    del tester


def many(count: int, size: int) -> Document:
    """A chain of nodes, so many of them in each block."""
    nodes = {f"n{i}": Node(f"n{i}", "layers.ReLU", f"n{i}") for i in range(count)}
    wires = {Edge(f"n{i}", 0, f"n{i + 1}", "inputs") for i in range(count - 1)}
    document = Document("chain", Graph(nodes, frozenset(wires)))
    for first in range(0, count, size):
        members = [f"n{i}" for i in range(first, first + size)]
        document, _ = group(document, "", members, lambda _: ("inputs",), kind="Ten")
    return document


def test_a_thousand_nodes_in_a_hundred_blocks_are_all_listed(panel: OutlinePanel) -> None:
    document = many(1000, 10)
    panel.model.follow(document, Report())
    assert panel.model.rowCount() == 100
    assert sum(len(panel.model.members(key)) for key in document.blocks) >= 1000
    moved = replace(document, name="other")
    panel.model.follow(moved, Report())
    assert panel.model.rowCount() == 100


def test_the_canvas_shows_the_member_that_is_chosen(qtbot: QtBot, bench: Workbench) -> None:
    bench.documents.take_once(ape())
    bench.window.drawer.show_panel("outline")
    panel = bench.panel("outline")
    assert isinstance(panel, OutlinePanel)
    qtbot.waitUntil(lambda: at(panel, "right").isValid())
    panel.tree.expand(at(panel, "ape"))
    panel.tree.scrollTo(at(panel, "right"))
    middle = panel.tree.visualRect(at(panel, "right")).center()
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert place(bench.session) == ("ape", {"right"})
    assert not bench.canvas.node_rect("right").isEmpty()
    assert bench.canvas_commands.trail.isVisible()
