"""Costs in the window: the strip, the colours of the canvas, and the count behind them."""

import pytest
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import Document, Edge, Graph, Node
from designer.infer.costs import Costs, NodeCost
from designer.ui.heat import STEPS, tint, tints
from designer.ui.session import Session
from designer.ui.tally import MANY, Tally
from designer.ui.workbench import Workbench
from tests.fake_worker import FakeWorker


@pytest.fixture
def opened(bench: Workbench, qtbot: QtBot) -> Workbench:
    """The window with an example whose costs have been reckoned."""
    with qtbot.waitSignal(bench.analysis.tally.counted):
        bench.open_example("residual_add")
    return bench


def test_the_strip_tells_parameters_macs_and_memory(opened: Workbench) -> None:
    sums = opened.analysis.tally.costs.sums
    text = opened.window.strip.totals.text()
    assert text.startswith(f"{sums.parameters} parameters · ")
    assert " MACs · " in text
    assert f"{sums.macs:,}" in opened.window.strip.totals.toolTip()


def test_a_colour_is_a_step_of_the_largest_cost() -> None:
    costs = Costs({"a": NodeCost(operations=0), "b": NodeCost(operations=2_000),
                   "c": NodeCost(operations=20), "d": NodeCost()})  # fmt: skip
    assert tints(costs, "macs") == {"a": tint(0), "b": tint(STEPS - 1), "c": tint(1)}


def test_colouring_by_cost_changes_the_category_alone_and_is_switched_off(
    opened: Workbench,
) -> None:
    scene = opened.canvas.scene
    before = {node: scene.looks[node] for node in scene.boxes}
    opened.window.actions_by_id["heat.macs"].trigger()
    after = {node: scene.looks[node] for node in scene.boxes}
    hottest = max(opened.analysis.tally.costs.nodes.items(), key=lambda item: item[1].macs or 0)[0]
    assert after[hottest].category == tint(STEPS - 1)
    assert {n: look._replace(category="") for n, look in after.items()} == {
        n: look._replace(category="") for n, look in before.items()
    }
    assert opened.analysis.legend.isVisibleTo(opened.canvas)
    opened.analysis.legend.off.click()
    assert {node: scene.looks[node] for node in scene.boxes} == before
    assert not opened.analysis.legend.isVisibleTo(opened.canvas)
    assert opened.window.actions_by_id["heat.off"].isChecked()


def test_colours_follow_an_edit(opened: Workbench, qtbot: QtBot) -> None:
    opened.analysis.color_by("parameters")
    nodes = opened.session.document.graph.nodes
    conv = next(key for key, node in nodes.items() if node.type == "layers.Conv2D")
    assert opened.canvas.scene.category(conv) == tint(STEPS - 1)
    with qtbot.waitSignal(opened.analysis.tally.counted):
        opened.session.do("Delete", lambda d: edits.remove(d, [conv]))
    assert conv not in opened.canvas.scene.tints


def test_a_large_design_is_reckoned_beside_the_event_loop(
    qtbot: QtBot, catalog: Catalog, qapp: object
) -> None:
    count = MANY + 1
    nodes = {f"n{i}": Node(f"n{i}", "layers.ReLU", f"n{i}") for i in range(count)}
    nodes["n0"] = Node("n0", "layers.InputLayer", "n0", {"shape": [4]})
    wires = frozenset(Edge(f"n{i}", 0, f"n{i + 1}", "inputs") for i in range(count - 1))
    session, worker = Session(catalog), FakeWorker()
    session.asked.connect(lambda ask: session.told(worker.answer(ask)))
    tally = Tally(session, session)
    session.become(Document("long", Graph(nodes, wires)))
    with qtbot.waitSignal(tally.counted):
        tally.count()
        tally.count()
    qtbot.waitUntil(lambda: tally.costs.sums.depth == count - 1)
    tally.close()
    session.close()


def test_a_batch_is_as_in_training_until_another_is_chosen(opened: Workbench) -> None:
    tally = opened.analysis.tally
    planned = opened.session.document.training.batch_size
    assert tally.batch == planned
    before = tally.training_bytes
    tally.choose_batch(2 * planned)
    assert tally.training_bytes == before + tally.costs.sums.activation_bytes(planned)
