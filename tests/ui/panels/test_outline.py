"""The outline: what its rows say, how it follows edits, and its step with the canvas."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.marks import add_marks, remove
from designer.document.model import Document, Edge, Frame, Graph, Node, Note
from designer.document.problem import Problem, Where
from designer.infer.report import Report
from designer.ui import theme
from designer.ui.panels.outline import OutlinePanel
from designer.ui.panels.outline_cells import NODE, PROBLEMS, TYPE
from designer.ui.panels.outline_model import OutlineModel
from designer.ui.panels.row_selection import runs
from designer.ui.session import Session
from designer.ui.theme import Theme
from tests.fake_worker import FakeWorker


@pytest.fixture
def panel(qtbot: QtBot, session: Session, light: Theme) -> OutlinePanel:
    worker = FakeWorker()
    session.asked.connect(lambda ask: session.told(worker.answer(ask)))
    session.worker_ready()
    made = OutlinePanel(session, light)
    qtbot.addWidget(made)
    made.resize(800, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def lines(panel: OutlinePanel) -> list[list[str]]:
    """The rows of nodes, cell by cell."""
    shown = panel.model
    return [
        [str(shown.index(row, column).data()) for column in range(PROBLEMS)]
        for row in range(shown.rowCount())
        if not panel.tree.isRowHidden(row, QModelIndex())
    ]


def names(panel: OutlinePanel) -> list[str]:
    return [cells[NODE] for cells in lines(panel)]


def at(panel: OutlinePanel, node: str) -> QModelIndex:
    return panel.model.index_of(node)


def chain(count: int) -> Document:
    nodes = {f"n{i}": Node(f"n{i}", "layers.Add", f"n{i}", y=96.0 * i) for i in range(count)}
    wires = {Edge(f"n{i}", 0, f"n{i + 1}", "inputs", 0) for i in range(count - 1)}
    wires |= {Edge(f"n{i}", 0, f"n{i + 3}", "inputs", 1) for i in range(0, count - 3, 4)}
    return Document("chain", Graph(nodes, frozenset(wires)))


def test_nodes_stand_in_topological_order_with_what_is_known(panel: OutlinePanel) -> None:
    assert lines(panel)[1:4] == [
        ["image", "Input", "32×32×3", ""],
        ["conv1", "Conv2D", "32×32×64", "1,792"],
        ["conv2", "Conv2D", "32×32×64", "36,928"],
    ]
    assert ["out", "Output", "32×32×64", ""] in lines(panel)
    assert ["again", "Conv2D, shared with conv1"] in [cells[:2] for cells in lines(panel)]


def test_below_a_node_stand_its_inputs_by_port(panel: OutlinePanel) -> None:
    above = at(panel, "sum")
    shown = panel.model
    told = [
        [str(shown.index(row, column, above).data()) for column in range(3)] for row in range(2)
    ]
    assert told == [
        ["from conv1", "inputs 1", "32×32×64"],
        ["from conv2", "inputs 2", "32×32×64"],
    ]


def test_a_row_is_read_aloud_as_a_whole(panel: OutlinePanel) -> None:
    spoken = str(at(panel, "conv1").data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "conv1, Conv2D, 32×32×64, 1,792 parameters"
    assert panel.tree.accessibleName()
    assert panel.search.accessibleName()


def test_a_bypassed_node_says_so_in_its_row_and_is_found_by_it(
    panel: OutlinePanel, session: Session, light: Theme
) -> None:
    row = at(panel, "conv2").row()
    assert session.do("Bypass", lambda d: edits.bypass(d, {"conv2"}, on=True))
    assert panel.model.index(row, TYPE).data() == "Conv2D, bypassed"
    assert lines(panel)[row][3] == ""
    assert "bypassed" in at(panel, "conv2").data(Qt.ItemDataRole.AccessibleTextRole)
    assert at(panel, "conv2").data(Qt.ItemDataRole.ForegroundRole) == light.color("second")
    panel.search.setText("bypassed")
    assert names(panel) == ["conv2"]
    panel.search.clear()
    session.undo()
    assert panel.model.index(row, TYPE).data() == "Conv2D"


def test_a_problem_is_told_with_its_sign(
    panel: OutlinePanel, session: Session, design: Document
) -> None:
    problem = Problem("error", "x", "Give {name} a shape.", {"name": "sum"}, Where(node="sum"))
    panel.model.follow(design, Report(problems=(problem,)))
    cell = at(panel, "sum").siblingAtColumn(PROBLEMS)
    assert cell.data() == "Give sum a shape."
    assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert "Give sum a shape." in str(at(panel, "sum").data(Qt.ItemDataRole.AccessibleTextRole))
    assert at(panel, "image").siblingAtColumn(PROBLEMS).data(Qt.ItemDataRole.DecorationRole) is None


def test_the_canvas_selection_is_that_of_the_tree_and_back(
    panel: OutlinePanel, session: Session, qtbot: QtBot
) -> None:
    session.select(["conv2", "sum"])
    assert panel.chosen() == {"conv2", "sum"}
    with qtbot.waitSignal(panel.go_to) as went:
        panel.tree.setCurrentIndex(at(panel, "conv1"))
    assert went.args == ["conv1"]
    assert session.selection == {"conv1"}
    session.select([])
    assert panel.chosen() == frozenset()


def test_an_input_leads_to_the_node_that_it_comes_from(
    panel: OutlinePanel, session: Session
) -> None:
    above = at(panel, "sum")
    panel.tree.expand(above)
    panel.tree.activated.emit(panel.model.index(1, NODE, above))
    assert session.selection == {"conv2"}
    assert panel.tree.isExpanded(at(panel, "sum"))


def test_edits_keep_what_is_expanded_and_selected(panel: OutlinePanel, session: Session) -> None:
    panel.tree.expand(at(panel, "sum"))
    session.select(["sum"])
    early = Node("early", "layers.ReLU", "a_relu")
    session.do("Add", lambda d: edits.add(d, [early], [Edge("image", 0, "early", "inputs")]))
    wire = Edge("early", 0, "sum", "inputs", 2)
    session.do("Wire", lambda d: edits.connect(d, wire))
    session.do("Rename", lambda d: edits.rename(d, "image", "zebra"))
    session.do("Cut", lambda d: edits.disconnect(d, [Edge("conv1", 0, "sum", "inputs", 0)]))
    assert panel.tree.isExpanded(at(panel, "sum"))
    assert panel.chosen() == {"sum"}
    assert panel.model.rowCount(at(panel, "sum")) == 2
    assert {"zebra", "a_relu"} <= set(names(panel))
    session.do("Remove", lambda d: edits.remove(d, ["conv2"]))
    assert "conv2" not in names(panel)
    for _ in range(5):
        session.undo()
    assert panel.tree.isExpanded(at(panel, "sum"))
    assert names(panel)[:2] == ["again", "image"], "what has no input comes first, by name"


def test_the_filter_finds_names_and_types_and_keeps_the_selection(
    panel: OutlinePanel, session: Session
) -> None:
    session.select(["sum"])
    panel.search.setText("conv2D 2")
    assert names(panel) == ["again", "conv1", "conv2"], "each has a 2 in its type"
    panel.search.setText("ONV2 CONV1")
    assert names(panel) == ["again", "conv1"], "the layer that is shared counts too"
    assert session.selection == {"sum"}
    QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert panel.search.text() == ""
    assert panel.chosen() == {"sum"}
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.tree.hasFocus() or not panel.isActiveWindow()


def test_a_folded_outline_costs_nothing_and_is_right_when_it_is_seen(
    panel: OutlinePanel, session: Session
) -> None:
    panel.hide()
    session.become(chain(5))
    assert not at(panel, "n1").isValid()
    panel.show()
    assert names(panel) == ["n0", "n1", "n2", "n3", "n4"]


def test_an_empty_outline_offers_what_fills_it(
    panel: OutlinePanel, session: Session, qtbot: QtBot
) -> None:
    session.become(Document())
    assert panel.empty.isVisible()
    assert not panel.tree.isVisible()


def test_a_cycle_is_listed_all_the_same(panel: OutlinePanel, session: Session) -> None:
    document = chain(3)
    back = Edge("n2", 0, "n0", "inputs", 0)
    session.become(Document("loop", Graph(document.graph.nodes, document.graph.edges | {back})))
    assert sorted(names(panel)) == ["n0", "n1", "n2"]


def test_a_thousand_nodes_are_all_listed(panel: OutlinePanel, session: Session) -> None:
    document = chain(1000)
    panel.tree.show()
    panel.model.follow(document, Report())
    panel.tree.viewport().repaint()
    assert panel.model.rowCount() == 1000


def test_stretches_of_rows_are_told_as_first_and_last() -> None:
    assert list(runs([0, 1, 2, 5, 7, 8])) == [(0, 2), (5, 5), (7, 8)]
    assert list(runs([])) == []


GRAPHS = st.lists(
    st.tuples(st.sets(st.integers(0, 7)), st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)))),
    min_size=2,
    max_size=5,
)


def graph_of(numbers: set[int], pairs: set[tuple[int, int]], salt: int) -> Document:
    nodes = {
        str(n): Node(str(n), "layers.Add", f"{'xyz'[(n * (salt + 1)) % 3]}{n}") for n in numbers
    }
    wires = frozenset(
        Edge(str(a), 0, str(b), "inputs", a) for a, b in pairs if {a, b} <= numbers and a < b
    )
    return Document("any", Graph(nodes, wires))


@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(GRAPHS)
def test_following_step_by_step_ends_as_starting_over(
    qtbot: QtBot, catalog: Catalog, steps: list[tuple[set[int], set[tuple[int, int]]]]
) -> None:
    followed = OutlineModel(catalog, theme.load("light"))
    tester = QAbstractItemModelTester(
        followed, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    for salt, (numbers, pairs) in enumerate(steps):
        document = graph_of(numbers, pairs, salt)
        followed.follow(document, Report())
        fresh = OutlineModel(catalog, theme.load("light"))
        fresh.follow(document, Report())
        assert rows(followed) == rows(fresh)
    del tester


def rows(model: OutlineModel) -> list[tuple[str, list[str]]]:
    found = []
    for row in range(model.rowCount()):
        above = model.index(row, 0)
        below = [str(model.index(i, 0, above).data()) for i in range(model.rowCount(above))]
        found.append((str(above.data()), below))
    return found


def marked(session: Session) -> None:
    frame = Frame("f", "Encoder", "core", -200, -100, 400, 320)
    note = Note("n", "# Why", 400, 0, 90, 60)
    session.become(add_marks(chain(3), [frame, note]))


def test_frames_and_notes_are_listed_and_chosen_both_ways(
    panel: OutlinePanel, session: Session
) -> None:
    marked(session)
    listed = [panel.marks.item(row).text() for row in range(panel.marks.count())]
    assert listed == ["Frame Encoder, 3 nodes", "Note Why"]
    session.select(["n"])
    assert panel.marks.chosen() == {"n"}
    gone_to: list[str] = []
    panel.go_to.connect(gone_to.append)
    panel.marks.item(0).setSelected(True)
    panel.marks.item(1).setSelected(False)
    assert session.marks == {"f"} and gone_to[-1] == "f"
    session.select(["n0"])
    assert not panel.marks.chosen() and panel.chosen() == {"n0"}


def test_the_list_of_frames_follows_and_takes_no_room_without_any(
    panel: OutlinePanel, session: Session
) -> None:
    marked(session)
    assert panel.marks.isVisible()
    session.do("pull", lambda d: edits.move(d, {"n2": (900, 0)}))
    assert panel.marks.item(0).text() == "Frame Encoder, 2 nodes"
    panel.set_theme(theme.load("dark"))
    session.do("gone", lambda d: remove(d, ["f", "n"]))
    assert not panel.marks.isVisible()
