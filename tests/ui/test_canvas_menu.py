"""The menus of the canvas hold what belongs to what was pointed at, and do it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document.model import Edge
from designer.ui.canvas.hover import Hit
from designer.ui.canvas.placing import PendingInsert, PendingWire
from designer.ui.settings import Settings
from designer.ui.workbench import Workbench
from tests.ui.benches import furnish


@pytest.fixture
def bench(
    qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path
) -> Iterator[Workbench]:
    """A window with the residual example; searches are noted instead of opened."""
    made = furnish(qtbot, catalog, settings, tmp_path)
    made.window.show()
    made.open_example("residual_add")
    made.canvas.search_requested.disconnect()
    yield made
    made.window.may_close = None
    made.close()
    made.window.close()
    made.window.deleteLater()


@pytest.fixture
def asked(bench: Workbench) -> list[object]:
    """What the canvas searched a layer for."""
    found: list[object] = []
    bench.canvas.search_requested.connect(lambda _at, pending: found.append(pending))
    return found


def built(bench: Workbench, found: Hit, place: QPoint | None = None) -> QMenu:
    return bench.canvas_commands.menu.build(found, place or QPoint(300, 300))


def texts(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if action.text()]


def choose(menu: QMenu, text: str) -> None:
    (action,) = [a for a in menu.actions() if a.text().replace("&", "") == text]
    assert action.isEnabled()
    action.trigger()


def wire(bench: Workbench) -> Edge:
    return min(bench.session.document.graph.edges)


def test_a_node_becomes_selected_and_offers_what_one_node_can_have(bench: Workbench) -> None:
    graph = bench.session.document.graph
    key = graph.names["image"]
    menu = built(bench, Hit(key))
    assert bench.session.selection == {key}
    for text in ("Rename", "Copy", "Duplicate", "Delete", "Delete and join"):
        assert text in texts(menu)
    choose(menu, "Select what it feeds")
    assert bench.session.selection == set(graph.nodes)
    bench.session.select([])
    choose(built(bench, Hit(key)), "Select what feeds it")
    assert bench.session.selection == {key}


def test_several_nodes_offer_what_several_can_have(bench: Workbench) -> None:
    bench.canvas.select_all()
    key = next(iter(bench.session.document.graph.nodes))
    offered = texts(built(bench, Hit(key)))
    assert "Align" in offered
    assert "Rename" not in offered
    assert bench.session.selection == set(bench.session.document.graph.nodes)


def test_a_node_and_several_are_bypassed_and_switched_on_from_their_menus(
    bench: Workbench,
) -> None:
    key = bench.session.document.graph.names["conv1"]
    choose(built(bench, Hit(key)), "Bypass")
    assert bench.session.document.graph.bypassed == {key}
    bench.canvas.select_all()
    choose(built(bench, Hit(key)), "Bypass")
    assert len(bench.session.document.graph.bypassed) == 2
    choose(built(bench, Hit(key)), "Switch on")
    assert not bench.session.document.graph.bypassed


def test_a_wire_is_deleted_or_gets_a_layer(bench: Workbench, asked: list[object]) -> None:
    edge = wire(bench)
    choose(built(bench, Hit(wire=edge)), "Insert a layer…")
    assert asked == [PendingInsert(edge)]
    choose(built(bench, Hit(wire=edge)), "Select its two nodes")
    assert bench.session.selection == {edge.source, edge.target}
    choose(built(bench, Hit(wire=edge)), "Delete wire")
    assert edge not in bench.session.document.graph.edges


def test_a_port_is_disconnected_or_gets_a_layer(bench: Workbench, asked: list[object]) -> None:
    edge = wire(bench)
    output = bench.canvas.scene.sites[edge.source].output(edge.output)
    entry = bench.canvas.scene.sites[edge.target].input(edge.input)
    choose(built(bench, Hit(edge.source, output)), "Add a layer after it…")
    choose(built(bench, Hit(edge.target, entry)), "Add a layer before it…")
    assert asked == [
        PendingWire(edge.source, forward=True),
        PendingWire(edge.target, forward=False, port=edge.input),
    ]
    count = len(bench.session.document.graph.incoming[edge.target])
    choose(built(bench, Hit(edge.target, entry)), f"Disconnect {count} wire(s)")
    assert not bench.session.document.graph.incoming.get(edge.target)
    assert not any(t.startswith("Disconnect") for t in texts(built(bench, Hit(edge.target, entry))))


def test_the_empty_canvas_pastes_and_adds_where_it_was_pointed_at(
    bench: Workbench, asked: list[object]
) -> None:
    node = min(bench.session.document.graph.nodes)
    bench.session.select([node])
    bench.window.actions_by_id["edit.copy"].trigger()
    canvas = bench.canvas
    at = QPoint(80, 60)
    menu = built(bench, Hit(), canvas.mapToGlobal(at))
    choose(menu, "Add a layer…")
    assert asked == [None]
    choose(menu, "Paste here")
    (new,) = bench.session.selection
    there = canvas.camera.to_canvas(QPointF(at))
    assert abs(bench.session.document.graph.nodes[new].x - there.x) <= 8
    assert "Whole design" in texts(menu)
