"""Whatever list a node is chosen from, the canvas brings it into view, and moves no further."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.document import edits
from designer.document.model import INPUT, OUTPUT, Edge, Node
from designer.ui.panels.code import CodePanel
from designer.ui.panels.inspector import InspectorPanel
from designer.ui.panels.outline import OutlinePanel
from designer.ui.panels.outline_model import ID
from designer.ui.panels.problems import ProblemsPanel
from designer.ui.workbench import Workbench

Choose = Callable[[QtBot, Workbench], object]
FAR = "faraway"


def by_code(qtbot: QtBot, bench: Workbench) -> None:
    panel = bench.panel("code")
    assert isinstance(panel, CodePanel)
    qtbot.waitUntil(lambda: panel.node_at(_line(bench)) == FAR)
    panel.view.line_chosen.emit(_line(bench))


def _line(bench: Workbench) -> int:
    script = bench.session.script
    spans = getattr(script, "spans", {})
    return int(spans[FAR][0])


def by_problems(qtbot: QtBot, bench: Workbench) -> None:
    bench.window.drawer.show_panel("problems")
    panel = bench.panel("problems")
    assert isinstance(panel, ProblemsPanel)
    items = [panel.tree.topLevelItem(row) for row in range(panel.tree.topLevelItemCount())]
    item = next(i for i in items if i is not None and i.text(1) == FAR)
    place = panel.tree.visualItemRect(item).center()
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def by_outline(qtbot: QtBot, bench: Workbench) -> None:
    bench.window.drawer.show_panel("outline")
    panel = bench.panel("outline")
    assert isinstance(panel, OutlinePanel)
    model = panel.tree.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    index = next(i for i in rows if i.data(ID) == FAR)
    panel.tree.setCurrentIndex(index)


def by_inspector_of_the_design(qtbot: QtBot, bench: Workbench) -> None:
    panel = bench.panel("inspector")
    assert isinstance(panel, InspectorPanel)
    assert FAR in panel.design.ends.text()
    panel.design.ends.linkActivated.emit(FAR)


def by_inspector_of_a_node(qtbot: QtBot, bench: Workbench) -> None:
    panel = bench.panel("inspector")
    assert isinstance(panel, InspectorPanel)
    bench.session.select({"target"})
    assert FAR in panel.page.wires.text()
    panel.page.wires.linkActivated.emit(FAR)


@pytest.fixture
def apart(qtbot: QtBot, bench: Workbench) -> Workbench:
    """A window that shows an example at 100 %; far from it stands another input."""
    bench.window.resize(1280, 800)
    with qtbot.waitExposed(bench.window):
        bench.window.show()
    bench.open_example("residual_add")
    qtbot.wait(60)  # until the canvas has its size and its standpoint
    nodes = [
        Node(FAR, INPUT, FAR, {"shape": [8, 8, 3]}, x=4000, y=3000),
        Node("target", "layers.Flatten", "target", x=0, y=600),
        Node("end", OUTPUT, "end", x=0, y=700),
    ]
    edges = [Edge(FAR, 0, "target", "inputs", 0), Edge("target", 0, "end", "inputs", 0)]
    bench.session.do("far", lambda d: edits.add(d, nodes, edges))
    bench.canvas.zoom_to(1.0)
    bench.canvas.reveal("target")
    assert not _seen(bench)
    return bench


def _seen(bench: Workbench, node: str = FAR) -> bool:
    return bench.canvas.visible().contains(QRectF(bench.canvas.node_rect(node)))


@pytest.mark.parametrize(
    "choose",
    [by_code, by_problems, by_outline, by_inspector_of_the_design, by_inspector_of_a_node],
)
def test_a_node_that_is_chosen_in_a_list_comes_into_view(
    qtbot: QtBot, apart: Workbench, choose: Choose
) -> None:
    if choose is by_problems:
        edge = Edge(FAR, 0, "target", "inputs", 0)
        apart.session.do("cut", lambda d: edits.disconnect(d, (edge,)))
    choose(qtbot, apart)
    assert apart.session.selection == {FAR}
    assert _seen(apart)
    assert apart.canvas.camera.zoom == 1.0


def test_what_is_in_view_stays_where_it_is(apart: Workbench) -> None:
    camera = apart.canvas.camera
    apart.canvas.reveal("target")
    assert apart.canvas.camera == camera


def test_a_row_of_the_outline_that_is_chosen_already_leads_back_to_its_node(
    qtbot: QtBot, apart: Workbench
) -> None:
    panel = apart.panel("outline")
    assert isinstance(panel, OutlinePanel)
    by_outline(qtbot, apart)
    apart.canvas.reveal("target")
    place = panel.tree.visualRect(panel.tree.currentIndex()).center()
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert _seen(apart)
