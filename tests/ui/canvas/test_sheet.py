"""What is copied from the picture of the canvas is what would be painted, px for px."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPixmap, QRegion
from pytestqt.qtbot import QtBot

from designer.catalog.load import load as load_catalog
from designer.document import edits
from designer.document.diff import diff
from designer.document.model import Document, Frame
from designer.infer.report import Report
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.painter import Emphasis
from designer.ui.canvas.scene import Scene
from designer.ui.canvas.screen import Screen
from designer.ui.canvas.sheet import MARGIN, Sheet, Shot
from designer.ui.theme import load
from tests.ui.canvas.desk import residual

SIZE = QSize(300, 220)
RATIOS = (1.0, 1.25, 1.5, 2.0)
ZOOMS = (0.2371, 0.5143, 1.0, 1.3117)
ROUNDED = 24  # levels of 255: Qt cuts curves at the clip, and rounds them to parts of a px
CATALOG = load_catalog()
THEMES = {name: load(name) for name in ("light", "dark")}

ways = st.integers(-2 * MARGIN, 2 * MARGIN)
steps = st.one_of(
    st.tuples(st.just("pan"), ways, ways),
    st.tuples(st.just("pan"), st.integers(-12, 12), st.integers(-12, 12)),
    st.tuples(st.just("zoom"), st.sampled_from(ZOOMS), st.none()),
    st.tuples(st.just("hover"), st.sampled_from([None, "conv", "add"]), st.none()),
    st.tuples(st.just("choose"), st.sampled_from(["conv", "add", "image"]), st.none()),
    st.tuples(st.just("hide"), st.sampled_from(["conv", ""]), st.none()),
    st.tuples(st.just("move"), st.sampled_from(["conv", "add"]), st.integers(-40, 40)),
    st.tuples(st.just("tint"), st.sampled_from(["conv", "add"]), st.none()),
    st.tuples(st.just("paint_in"), st.sampled_from(["light", "dark"]), st.none()),
)


def design() -> Document:
    """A residual block in a frame."""
    frame = Frame("f", "Block", "merging", -120.0, -60.0, 260.0, 400.0)
    return replace(residual(), marks={frame.id: frame})


@dataclass
class Stand:
    """A screen that is painted as Qt asks for it: what is not in the region stays as it was."""

    ratio: float
    scene: Scene = field(default_factory=lambda: Scene(CATALOG))
    camera: Camera = field(default_factory=lambda: Camera(150, 60, 1.0))
    emphasis: Emphasis = field(default_factory=Emphasis)

    def __post_init__(self) -> None:
        self.scene.become(design(), Report())
        self.theme = THEMES["light"]
        self.screen = Screen(self.scene, self.theme)
        self.seen = self.blank()

    def blank(self) -> QPixmap:
        pixmap = QPixmap(SIZE * self.ratio)
        pixmap.setDevicePixelRatio(self.ratio)
        return pixmap

    @property
    def shot(self) -> Shot:
        return Shot(SIZE, self.camera, self.ratio, self.emphasis)

    def paint(self, region: QRegion | None = None) -> None:
        painter = QPainter(self.seen)
        self.screen.paint(painter, region or QRegion(QRect(QPoint(), SIZE)), self.shot)
        painter.end()

    def image(self) -> QImage:
        return self.seen.toImage().convertToFormat(QImage.Format.Format_RGB32)

    def anew(self) -> QImage:
        """The same without any picture that is kept."""
        pixmap = self.blank()
        painter = QPainter(pixmap)
        shot, paint = self.shot, Screen(self.scene, self.theme).picture.paint
        paint(painter, shot.camera, shot.visible, shot.ratio, shot.emphasis)
        painter.end()
        return pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)

    # --- What can happen to it ------------------------------------------------------------------

    def pan(self, dx: int, dy: int) -> None:
        self.camera = self.camera.panned(dx, dy)
        self.paint()

    def zoom(self, zoom: float, _: None) -> None:
        self.camera = self.camera.zoomed(zoom, self.shot.visible.center())
        self.screen.let_go()
        self.paint()

    def hover(self, node: str | None, _: None) -> None:
        around = [self.emphasis.hovered, node]
        self.emphasis = Emphasis(self.emphasis.nodes, hovered=node, hidden=self.emphasis.hidden)
        region = QRegion()
        for key in around:
            if key is not None:
                rect = self.camera.rect(self.scene.boxes[key].grown(16.0)).toAlignedRect()
                region |= QRegion(rect & QRect(QPoint(), SIZE))
        if not region.isEmpty():
            self.paint(region)

    def choose(self, node: str, _: None) -> None:
        self.emphasis = Emphasis(self.emphasis.nodes ^ {node}, hidden=self.emphasis.hidden)
        self.paint()

    def hide(self, node: str, _: None) -> None:
        hidden = frozenset({node} - {""})
        self.emphasis = Emphasis(self.emphasis.nodes, hidden=hidden)
        self.paint()

    def move(self, node: str, by: int) -> None:
        before = self.scene.document
        at = before.graph.nodes[node]
        after = edits.move(before, {node: (at.x + by, at.y)})
        self.scene.sync(diff(before, after), after, Report())
        self.paint()

    def tint(self, node: str, _: None) -> None:
        self.scene.tint({} if node in self.scene.tints else {node: "attention"})
        self.paint()

    def paint_in(self, name: str, _: None) -> None:
        self.theme = THEMES[name]
        self.screen.set_theme(self.theme)
        self.paint()


def apart(one: QImage, other: QImage) -> int:
    """By how many levels the most different px of two pictures differ."""
    if one == other:
        return 0
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max(abs(a - b) for a, b in pairs)


@pytest.mark.parametrize("ratio", RATIOS)
@given(happens=st.lists(steps, min_size=1, max_size=12))
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_happens_the_screen_shows_what_would_be_painted_anew(
    qtbot: QtBot, ratio: float, happens: list[tuple[str, object, object]]
) -> None:
    stand = Stand(ratio)
    stand.paint()
    for kind, one, other in happens:
        act = getattr(stand, kind)
        act(one, other)
        assert apart(stand.image(), stand.anew()) <= ROUNDED, (kind, one, other, stand.camera)


def painted(ratio: float = 1.0) -> tuple[Sheet, list[QRect]]:
    """A sheet, and the rectangles that it has painted so far."""
    rects: list[QRect] = []

    def paint(painter: QPainter, camera: Camera, area: object, scale: float, what: object) -> None:
        rects.append(painter.clipBoundingRect().toRect())

    return Sheet(paint), rects


def whole() -> QRegion:
    return QRegion(QRect(QPoint(), SIZE))


def at(x: int, y: int, ratio: float = 1.0, zoom: float = 1.0) -> Shot:
    return Shot(SIZE, Camera(x, y, zoom), ratio, Emphasis())


def test_a_pan_paints_a_strip_now_and_then_and_nothing_in_between(qtbot: QtBot) -> None:
    sheet, rects = painted()
    for step in range(10):
        sheet.follow(whole(), at(8 * step, 0), 1)
    assert len(rects) == 3  # the screen; a strip beside it; after MARGIN px one more
    assert all(rect.width() < 2 * MARGIN for rect in rects[1:])


def test_an_untouched_canvas_is_not_painted_again(qtbot: QtBot) -> None:
    sheet, rects = painted()
    for _ in range(3):
        sheet.follow(whole(), at(0, 0), 1)
    assert len(rects) == 1
    sheet.follow(whole(), at(0, 0), 2)
    sheet.forget()
    sheet.follow(whole(), at(0, 0), 2)
    assert len(rects) == 3


def test_where_a_px_would_be_split_all_is_painted_anew(qtbot: QtBot) -> None:
    sheet, rects = painted()
    sheet.follow(whole(), at(0, 0, 1.5), 1)
    sheet.follow(whole(), at(1, 0, 1.5), 1)
    sheet.follow(whole(), at(3, 0, 1.5), 1)
    assert [rect.size() == SIZE for rect in rects] == [True, True, False]


@pytest.mark.parametrize("ratio", RATIOS)
def test_the_picture_is_bounded_by_the_screen(qtbot: QtBot, ratio: float) -> None:
    sheet, _ = painted()
    for step in range(-20, 20):
        sheet.follow(whole(), at(50 * step, 31 * step, ratio), step)
    wide, high = SIZE.width() + 2 * MARGIN, SIZE.height() + 2 * MARGIN
    assert sheet.size <= (wide * ratio + 1) * (high * ratio + 1) * 4
