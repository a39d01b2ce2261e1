"""The canvas and several designs: each is seen again as it was left, with the nodes that it has."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from designer.document import edits
from designer.document.model import Document
from designer.formats.examples import load_example
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.scene import scene_of
from tests.ui.canvas.desk import Desk


def _seen(desk: Desk) -> QImage:
    return desk.view.grab().toImage()


def test_each_design_keeps_its_zoom_and_place(desk: Desk) -> None:
    first = desk.session.current
    desk.view.zoom_to(1.5, QPointF(100, 100))
    desk.view.pan(40, -25)
    left = desk.view.camera
    desk.session.open(load_example("skip_autoencoder"))
    second, other = desk.session.current, desk.view.camera
    assert other != left
    zooms: list[float] = []
    desk.view.zoom_changed.connect(zooms.append)
    desk.session.switch(first)
    assert desk.view.camera == left
    assert zooms[-1] == 1.5
    desk.session.switch(second)
    assert desk.view.camera == other


def test_a_design_looks_as_it_did_when_it_is_seen_again(desk: Desk) -> None:
    first = desk.session.current
    desk.session.select({"conv"})
    before = _seen(desk)
    desk.session.open(load_example("skip_autoencoder"))
    assert _seen(desk) != before
    desk.session.switch(first)
    assert _seen(desk) == before


def test_what_the_canvas_shows_is_the_document_after_any_switch(desk: Desk) -> None:
    first = desk.session.current
    desk.session.open(load_example("skip_autoencoder"))
    second = desk.session.current
    for design in (first, second, first):
        desk.session.switch(design)
        desk.session.do("Note", lambda d: edits.rename(d, min(d.graph.nodes), "renamed"))
        desk.session.do("Move", lambda d: edits.move(d, {min(d.graph.nodes): (7.0, 9.0)}))
        shown, document = desk.view.scene, desk.session.document
        fresh = scene_of(desk.session.catalog, document, desk.session.report)
        assert shown.document is document
        assert shown.boxes == fresh.boxes
        assert shown.routes == fresh.routes
        assert [shown.looks[n] for n in fresh.boxes] == [fresh.looks[n] for n in fresh.boxes]
        desk.session.undo()
        desk.session.undo()


def test_the_wires_that_were_chosen_are_chosen_again(desk: Desk) -> None:
    first = desk.session.current
    (edge,) = desk.session.document.graph.incoming["out"]
    desk.view.choose((), {edge})
    desk.session.open(load_example("skip_autoencoder"))
    assert not desk.view.chosen_wires
    desk.session.switch(first)
    assert desk.view.chosen_wires == {edge}


def test_another_size_meanwhile_places_an_untouched_view_anew(desk: Desk) -> None:
    first = desk.session.current
    desk.view.fit()
    desk.session.open(load_example("skip_autoencoder"))
    desk.view.resize(500, 400)
    desk.session.switch(first)
    small = desk.view.camera
    desk.view.fit()
    assert desk.view.camera == small


def test_what_the_hand_does_ends_with_the_design(desk: Desk) -> None:
    first = desk.session.current
    start = desk.center("conv")
    desk.press(start)
    desk.move(start, desk.center("add"))
    hands: list[object] = [desk.view.gesture]
    before = desk.session.document
    desk.session.open(load_example("skip_autoencoder"))
    hands.append(desk.view.gesture)
    desk.release(desk.view.rect().center())
    assert hands[0] is not None
    assert hands[1] is None
    desk.session.switch(first)
    assert desk.session.document is before
    assert not desk.session.history.can_undo


def test_a_design_that_is_closed_is_forgotten(desk: Desk) -> None:
    first = desk.session.current
    desk.session.open(load_example("skip_autoencoder"))
    desk.session.drop([first])
    desk.session.drop(desk.session.designs)
    assert not desk.view.scene.boxes
    desk.session.open(Document("again"))
    desk.view.fit()
    assert desk.view.camera == Camera(450, 350)
