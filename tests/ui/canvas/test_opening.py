"""A design that was prepared beside the event loop opens as one that was not."""

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.infer.report import Report
from designer.protocol import Ask
from designer.ui.preparing import Prepared
from designer.ui.session import Session
from tests.fake_worker import FakeWorker
from tests.ui.canvas.desk import Desk, residual


@pytest.fixture
def alone(catalog: Catalog, qtbot: QtBot) -> Iterator[Session]:
    """A session whose questions nobody answers."""
    session = Session(catalog)
    yield session
    session.close()


def _read(seen: Callable[[Document], None]) -> Document:
    seen(residual())
    return residual()


def _prepared(session: Session) -> Prepared:
    found: list[Prepared] = []
    thread = threading.Thread(target=lambda: found.append(session.prepare(_read)))
    thread.start()
    thread.join()
    return found[0]


def test_keras_is_asked_while_the_design_is_still_being_prepared(
    alone: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(alone.asked) as asked:
        ready = _prepared(alone)
    assert asked.args == [ready.ask]
    assert not alone.document.graph.nodes


def test_what_is_under_way_is_not_asked_again(alone: Session, qtbot: QtBot) -> None:
    asks: list[Ask] = []
    alone.asked.connect(asks.append)
    ready = _prepared(alone)
    qtbot.waitUntil(lambda: bool(asks))
    alone.become(ready)
    assert len(asks) == 1
    alone.told(FakeWorker().answer(asks[0]))
    assert alone.report.complete


def test_an_answer_that_comes_before_the_design_is_open_counts(
    alone: Session, qtbot: QtBot
) -> None:
    asks: list[Ask] = []
    reports: list[Report] = []
    alone.asked.connect(asks.append)
    ready = _prepared(alone)
    qtbot.waitUntil(lambda: bool(asks))
    alone.told(FakeWorker().answer(asks[0]))
    alone.reported.connect(reports.append)
    alone.become(ready)
    assert len(asks) == 1
    assert reports[-1].complete


def test_a_worker_that_died_meanwhile_is_asked_anew(alone: Session, qtbot: QtBot) -> None:
    asks: list[Ask] = []
    alone.asked.connect(asks.append)
    ready = _prepared(alone)
    qtbot.waitUntil(lambda: bool(asks))
    alone.worker_ready()
    alone.become(ready)
    assert asks[-1].steps == asks[0].steps
    assert asks[-1].request != asks[0].request


def test_the_canvas_shows_a_prepared_design_as_any_other(desk: Desk) -> None:
    shown, scene = desk.view.grab().toImage(), desk.view.scene
    boxes, routes = dict(scene.boxes), dict(scene.routes)
    desk.session.become(_prepared(desk.session))
    desk.view.fit()
    assert (scene.boxes, scene.routes) == (boxes, routes)
    assert desk.view.scene is scene
    assert desk.view.grab().toImage() == shown


def test_a_design_waits_for_keras_rather_than_to_be_shown_twice(
    alone: Session, qtbot: QtBot
) -> None:
    worker, found, reports = FakeWorker(), list[Prepared](), list[Report]()
    alone.worker_ready()
    alone.asked.connect(lambda ask: alone.told(worker.answer(ask)))
    thread = threading.Thread(target=lambda: found.append(alone.prepare(_read)))
    thread.start()
    qtbot.waitUntil(lambda: bool(found))
    thread.join()
    assert found[0].ask is None
    alone.reported.connect(reports.append)
    alone.become(found[0])
    assert [report.complete for report in reports] == [True]


def test_a_design_does_not_wait_for_ever(alone: Session, qtbot: QtBot) -> None:
    found: list[Prepared] = []
    alone.worker_ready()
    thread = threading.Thread(target=lambda: found.append(alone.prepare(_read)))
    thread.start()
    qtbot.waitUntil(lambda: bool(found))
    thread.join()
    assert found[0].ask is not None
    assert not found[0].report.complete
