"""A wire in the hand tells what it carries and whether it fits, before it is dropped."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import Edge
from designer.infer.asides import FIRST_REQUEST
from designer.protocol import Ask
from designer.ui.canvas.bubble import Bubble, Saying
from designer.ui.canvas.gestures.wire import WireGesture
from designer.ui.canvas.view import CanvasView
from designer.ui.session import Session
from designer.ui.theme import load
from tests.fake_worker import FakeWorker
from tests.ui.canvas.desk import Desk, residual

Place = Callable[..., str]


def hold(desk: Desk, start: QPoint, end: QPoint) -> WireGesture:
    """Draws a wire and keeps it in the hand."""
    desk.press(start)
    desk.move(start, end)
    desk.view.grab()
    gesture = desk.view.gesture
    assert isinstance(gesture, WireGesture)
    return gesture


def output(desk: Desk, node: str) -> QPoint:
    return desk.view.port_point(node, output=True)


def set_params(desk: Desk, node: str, **params: object) -> None:
    for name, value in params.items():
        desk.session.do("set", partial(edits.set_param, key=node, name=name, value=value))


def test_a_wire_over_nothing_tells_the_shape_that_it_carries(desk: Desk) -> None:
    gesture = hold(desk, output(desk, "conv"), QPoint(60, 60))
    assert gesture.saying == Saying("32×32×3")


def test_over_a_target_that_fits_it_tells_what_comes_out(desk: Desk, place_node: Place) -> None:
    node = place_node("layers.Conv2D")
    set_params(desk, node, filters=8, strides=2, padding="same")
    gesture = hold(desk, output(desk, "image"), desk.view.port_point(node, "inputs"))
    assert gesture.saying == Saying("32×32×3", "16×16×8", "", "good")


def test_a_misfit_is_told_in_red_and_may_be_wired_all_the_same(
    desk: Desk, place_node: Place
) -> None:
    node = place_node("layers.Conv2D", -240, 0)
    set_params(desk, node, filters=3, strides=2, padding="same")
    desk.session.do("c", lambda d: edits.connect(d, Edge("image", 0, node, "inputs", 0)))
    gesture = hold(desk, output(desk, node), desk.view.port_point("add", "inputs", 2))
    assert gesture.saying == Saying(
        "16×16×3", "32×32×3", "Height and width differ by a factor of 2.", "error"
    )
    desk.release(desk.view.port_point("add", "inputs", 2))
    assert desk.wired(node, "add")


def test_a_silent_broadcast_is_told_in_amber(desk: Desk, place_node: Place) -> None:
    node = place_node("layers.InputLayer", -240, 0)
    set_params(desk, node, shape=[32, 32, 1])
    gesture = hold(desk, output(desk, node), desk.view.port_point("add", "inputs", 2))
    assert gesture.saying.tone == "warning"
    assert gesture.saying.other == "32×32×3"
    assert "Stretches 32×32×1" in gesture.saying.text


def test_a_circle_is_told_in_red(desk: Desk) -> None:
    gesture = hold(desk, output(desk, "add"), desk.center("conv"))
    assert gesture.saying.tone == "error"
    assert "circle" in gesture.saying.text


def test_a_wire_drawn_backwards_is_judged_at_its_own_end(desk: Desk, place_node: Place) -> None:
    node = place_node("layers.Flatten")
    start = desk.view.port_point(node, "inputs")
    assert hold(desk, start, QPoint(60, 60)).saying == Saying()
    desk.release(QPoint(60, 60))
    desk.press(start)
    desk.move(start, output(desk, "image"))
    gesture = desk.view.gesture
    assert isinstance(gesture, WireGesture)
    assert gesture.saying == Saying("32×32×3", "3072", "", "good")


def test_the_same_target_is_asked_about_once(desk: Desk, place_node: Place) -> None:
    node = place_node("layers.Flatten")
    asked: list[Ask] = []
    desk.session.asked.connect(asked.append)
    start, end = output(desk, "image"), desk.view.port_point(node, "inputs")
    for _ in range(3):
        hold(desk, start, end)
        desk.move(end, QPoint(60, 60))
        desk.move(QPoint(60, 60), end)
        desk.view.escape()
        desk.release(end)
    assert len(asked) == 1
    assert len(asked[0].steps) == 1


def test_a_press_alone_asks_nothing(desk: Desk) -> None:
    asked: list[Ask] = []
    desk.session.asked.connect(asked.append)
    desk.press(output(desk, "conv"))
    desk.release(output(desk, "conv"))
    assert not asked


@pytest.fixture
def slow(qtbot: QtBot, catalog: Catalog) -> tuple[Desk, list[Ask]]:
    """A canvas whose questions about wires wait for an answer."""
    session, worker, waiting = Session(catalog), FakeWorker(), list[Ask]()

    def hear(ask: Ask) -> None:
        if ask.request > FIRST_REQUEST:
            waiting.append(ask)
        else:
            session.told(worker.answer(ask))

    session.asked.connect(hear)
    view = CanvasView(session, load("light"))
    qtbot.addWidget(view)
    view.resize(900, 700)
    session.become(residual())
    with qtbot.waitExposed(view):
        view.show()
    view.fit()
    return Desk(view, session), waiting


def test_until_keras_has_answered_the_wire_looks_neutral(slow: tuple[Desk, list[Ask]]) -> None:
    desk, waiting = slow
    node = desk.view.place("layers.Flatten", QPointF(240, 96))
    gesture = hold(desk, output(desk, "image"), desk.view.port_point(node, "inputs"))
    assert gesture.saying == Saying("32×32×3")
    assert gesture.verdict.level == "open"
    desk.session.told(FakeWorker().answer(waiting[-1]))
    assert gesture.saying == Saying("32×32×3", "3072", "", "good")


def test_a_late_answer_about_another_target_changes_nothing(
    slow: tuple[Desk, list[Ask]],
) -> None:
    desk, waiting = slow
    one = desk.view.place("layers.Flatten", QPointF(240, 0))
    other = desk.view.place("layers.GlobalAveragePooling2D", QPointF(240, 150))
    gesture = hold(desk, output(desk, "image"), desk.view.port_point(one, "inputs"))
    desk.move(desk.view.port_point(one, "inputs"), desk.view.port_point(other, "inputs"))
    late, present = waiting[0], waiting[-1]
    desk.session.told(FakeWorker().answer(late))
    assert not gesture.saying.other
    desk.session.told(FakeWorker().answer(present))
    assert gesture.saying.tone == "good"


def test_an_answer_after_the_drop_is_harmless(slow: tuple[Desk, list[Ask]]) -> None:
    desk, waiting = slow
    node = desk.view.place("layers.Flatten", QPointF(240, 96))
    end = desk.view.port_point(node, "inputs")
    hold(desk, output(desk, "image"), end)
    desk.release(end)
    desk.session.told(FakeWorker().answer(waiting[0]))
    assert desk.wired("image", node)


def test_ports_that_could_take_the_wire_stand_out(desk: Desk, place_node: Place) -> None:
    node = place_node("layers.Flatten")
    desk.view.choose(())
    before = desk.view.grab().toImage()
    hold(desk, output(desk, "conv"), QPoint(60, 60))
    held = desk.view.grab().toImage()
    accent = desk.view.theme.color("accent")

    def lit(place: QPoint) -> bool:
        return held.pixelColor(place) == accent and before.pixelColor(place) != accent

    assert lit(desk.view.port_point(node, "inputs"))
    assert lit(desk.view.port_point("out", "inputs"))
    assert not lit(desk.view.port_point("conv", "inputs"))


@pytest.mark.parametrize("place", [QPointF(5, 5), QPointF(395, 5), QPointF(395, 295)])
@pytest.mark.parametrize("above", [False, True])
def test_the_bubble_stays_inside_the_view(qtbot: QtBot, place: QPointF, *, above: bool) -> None:
    area = QRectF(0, 0, 400, 300)
    saying = Saying("256×256×64", "128×128×64", "Height and width differ by 2. " * 4, "error")
    rect = Bubble(load("light")).rect(saying, place, area, above=above)
    assert area.contains(rect)
    assert not rect.contains(place)


def test_what_becomes_known_while_the_wire_is_held_is_asked_about(
    qtbot: QtBot, catalog: Catalog
) -> None:
    session, worker, waiting = Session(catalog), FakeWorker(), list[Ask]()
    session.asked.connect(waiting.append)
    view = CanvasView(session, load("light"))
    qtbot.addWidget(view)
    view.resize(900, 700)
    session.become(residual())
    with qtbot.waitExposed(view):
        view.show()
    view.fit()
    desk = Desk(view, session)
    node = view.place("layers.Flatten", QPointF(240, 96))
    gesture = hold(desk, output(desk, "image"), view.port_point(node, "inputs"))
    assert gesture.saying == Saying("?")
    while waiting:
        session.told(worker.answer(waiting.pop(0)))
    assert gesture.saying == Saying("32×32×3", "3072", "", "good")
