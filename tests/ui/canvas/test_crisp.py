"""Sharpness at every scale of the screen: lines of whole px, sprites px by px, text, icons."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from designer import resources
from designer.document.edits import remove, rename
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.crisp import card_rect, whole
from designer.ui.canvas.painter import Emphasis, ScenePainter
from designer.ui.canvas.scene import MARGIN, Scene
from designer.ui.canvas.sprites import Card
from designer.ui.icons import icon, pixmap
from designer.ui.session import Session
from designer.ui.theme import load
from designer.ui.widgets.dots import dot_icon
from tests.ui.canvas.desk import residual
from tests.ui.canvas.pixels import alike, check_card, check_wire, in_px, plain_theme, runs

ROOT = Path(__file__).resolve().parents[3]
RATIOS = (1.0, 1.25, 1.5, 2.0)
CAMERAS = (Camera(320, 60, 1.0), Camera(331, 77, 0.8), Camera(303, 41, 1.5), Camera(300, 50, 0.6))
scales = pytest.mark.parametrize("ratio", RATIOS)
views = pytest.mark.parametrize("camera", CAMERAS, ids=lambda camera: str(camera.zoom))


@pytest.fixture
def scene(session: Session) -> Scene:
    """Image, convolution and output in a column; the wire between the first two is straight."""
    session.become(rename(remove(residual(), ["add"]), "conv", "HHHH"))
    made = Scene(session.catalog)
    made.become(session.document, session.report)
    return made


def painted(scene: Scene, camera: Camera, ratio: float, emphasis: Emphasis | None = None) -> QImage:
    """What a screen of that ratio shows."""
    size = QSize(700, 400)
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    area = QRectF(QPointF(), size.toSizeF())
    picture = ScenePainter(scene, plain_theme())
    picture.paint(painter, camera, area, ratio, emphasis or Emphasis())
    painter.end()
    return image


@scales
@views
def test_rims_and_strips_are_whole_px_in_one_colour(
    scene: Scene, camera: Camera, ratio: float
) -> None:
    check_card(painted(scene, camera, ratio), scene, plain_theme(), camera, ratio)


@scales
@views
def test_a_straight_wire_is_whole_px_in_one_colour(
    scene: Scene, camera: Camera, ratio: float
) -> None:
    check_wire(painted(scene, camera, ratio), scene, plain_theme(), camera, ratio)


@scales
@views
def test_the_mark_of_the_selection_lies_on_the_rim_in_whole_px(
    scene: Scene, camera: Camera, ratio: float
) -> None:
    image = painted(scene, camera, ratio, Emphasis(nodes=frozenset({"conv"})))
    left, top, wide, high = in_px(card_rect(scene.boxes["conv"], camera, ratio), ratio)
    line = round(whole(2.0, ratio) * ratio)
    for start, step in (
        (QPoint(left + wide * 3 // 4, top - 3), QPoint(0, 1)),
        (QPoint(left + wide * 3 // 4, top + high + 2), QPoint(0, -1)),
        (QPoint(left + wide + 2, top + high // 2), QPoint(-1, 0)),
    ):
        found = runs(image, start, step, 3 + line + 2)
        assert [count for _, count in found] == [3, line, 2], (start, found)
        assert alike(found[1][0], plain_theme().color("accent")), found


@scales
@views
def test_a_card_on_the_screen_is_drawn_for_its_px_and_never_scaled(
    scene: Scene, camera: Camera, ratio: float
) -> None:
    image, look = painted(scene, camera, ratio), scene.looks["conv"]
    scale = camera.zoom * ratio
    fresh = QImage(
        QSize(round((look.width + 2 * MARGIN) * scale), round((look.height + 2 * MARGIN) * scale)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    fresh.fill(Qt.GlobalColor.transparent)
    painter = QPainter(fresh)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    Card(painter, look, scale, plain_theme()).draw(titles=False)
    painter.end()
    left, top, wide, high = in_px(card_rect(scene.boxes["conv"], camera, ratio), ratio)
    edge, inset = round(MARGIN * scale), round(8 * scale)  # inside of ports and round corners
    shown = image.copy(left + inset, top + inset, wide - 2 * inset, high - 2 * inset)
    drawn = fresh.copy(edge + inset, edge + inset, wide - 2 * inset, high - 2 * inset)
    shown.setDevicePixelRatio(1)
    assert shown == drawn


@scales
def test_text_stands_on_its_baseline_without_a_blur(scene: Scene, ratio: float) -> None:
    camera = Camera(320, 60, 1.0)
    image = painted(scene, camera, ratio)
    left, top, _, _ = in_px(card_rect(scene.boxes["conv"], camera, ratio), ratio)
    # The name HHHH in the first row: how much ink each row of px has.
    rows = []
    for y in range(top + round(4 * ratio), top + round(24 * ratio)):
        line = [
            image.pixelColor(left + round(x), y)
            for x in range(round(14 * ratio), round(50 * ratio))
        ]
        rows.append(sum(255 - color.lightness() for color in line))
    inked = [row for row in rows if row > 0.02 * max(rows)]
    assert inked[-1] >= 0.6 * sorted(inked)[len(inked) // 2], inked


@scales
@pytest.mark.parametrize("name", ["add", "train", "search", "undo"])
def test_an_icon_is_drawn_for_the_px_it_gets(session: Session, name: str, ratio: float) -> None:
    theme = load("light")
    shown = icon(theme, name).pixmap(QSize(16, 16), ratio)
    assert shown.size() == QSize(16, 16) * ratio
    assert shown.devicePixelRatio() == ratio
    text = resources.read_text("icons", f"{name}.svg").replace("currentColor", theme.roles["text"])
    fresh = QImage(shown.size(), QImage.Format.Format_ARGB32_Premultiplied)
    fresh.fill(Qt.GlobalColor.transparent)
    painter = QPainter(fresh)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(text.encode())).render(painter)
    painter.end()
    for picture in (shown, pixmap(theme, name, "text", ratio)):
        image = picture.toImage().convertToFormat(fresh.format())
        image.setDevicePixelRatio(1)
        assert image == fresh


@scales
def test_a_dot_has_the_px_of_the_screen(session: Session, ratio: float) -> None:
    color = QColor(load("light").category("merging"))
    shown = dot_icon(color).pixmap(QSize(16, 16), ratio)
    assert shown.size() == QSize(16, 16) * ratio
    middle = shown.toImage().pixelColor(shown.width() // 2, shown.height() // 2)
    assert middle == color


@scales
def test_a_dot_is_round_in_a_list_too(session: Session, ratio: float) -> None:
    made = dot_icon(QColor("black"))
    image = QImage(QSize(16, 16) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    made.paint(painter, 0, 0, 16, 16)
    painter.end()
    image.setDevicePixelRatio(1)
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    greys = {image.pixelColor(x, y).lightness() for x, y in places}
    assert len(greys) > 4


@pytest.mark.parametrize("factor", ["1", "1.25", "1.5", "2"])
def test_a_window_on_a_screen_of_that_scale_is_crisp(factor: str, tmp_path: Path) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.canvas.pixels", factor],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == "crisp\n"
