"""Looks at painted px: what is to be a line of whole px in one colour, and whether it is.

Run as a program with QT_SCALE_FACTOR set, it looks at a canvas on a screen of that scale.
"""

import sys
from dataclasses import replace
from itertools import groupby

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from designer.catalog.load import load as load_catalog
from designer.document.edits import remove
from designer.ui.app import make_application
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.crisp import card_rect, whole
from designer.ui.canvas.geometry import STRIP
from designer.ui.canvas.scene import Scene
from designer.ui.canvas.view import CanvasView
from designer.ui.session import Session
from designer.ui.theme import Theme, load
from tests.ui.canvas.desk import residual

NEAR = 3  # levels of 255 by which a colour may be off


def plain_theme(name: str = "light") -> Theme:
    """The theme without the canvas' dots, which would lie anywhere."""
    theme = load(name)
    return replace(theme, roles={**theme.roles, "dots": theme.roles["canvas"]})


def runs(image: QImage, start: QPoint, step: QPoint, count: int) -> list[tuple[str, int]]:
    """The colours along a line of px, each with how many px it has in a row."""
    names = [image.pixelColor(start + step * i).name() for i in range(count)]
    return [(name, len(list(same))) for name, same in groupby(names)]


def alike(name: str, color: QColor) -> bool:
    """Whether a colour is the wanted one, but for rounding."""
    seen = QColor(name)
    parts = (seen.red() - color.red(), seen.green() - color.green(), seen.blue() - color.blue())
    return all(abs(part) <= NEAR for part in parts)


def in_px(rect: QRectF, ratio: float) -> tuple[int, int, int, int]:
    """Left, top, width and height in device px."""
    sides = (rect.left(), rect.top(), rect.width(), rect.height())
    left, top, width, high = (round(side * ratio) for side in sides)
    return left, top, width, high


def check_card(image: QImage, scene: Scene, theme: Theme, camera: Camera, ratio: float) -> None:
    """The rim and the strip of the node "conv" are whole px, and nothing between is half."""
    left, top, wide, high = in_px(card_rect(scene.boxes["conv"], camera, ratio), ratio)
    line = max(1, round(camera.zoom * ratio))
    aside = QPoint(left + wide * 3 // 4, top - 4)
    found = runs(image, aside, QPoint(0, 1), 4 + line + 2)
    assert [count for _, count in found] == [4, line, 2], (ratio, camera, found)
    for (name, _), role in zip(found, ("canvas", "border", "card"), strict=True):
        assert alike(name, theme.color(role)), (ratio, camera, role, found)
    strip = max(2, round(STRIP * camera.zoom * ratio))
    found = runs(image, QPoint(left, top + high // 2), QPoint(1, 0), strip + 3)
    assert [count for _, count in found] == [strip, 3], (ratio, camera, found)
    assert alike(found[0][0], theme.category("convolution"))


def check_wire(image: QImage, scene: Scene, theme: Theme, camera: Camera, ratio: float) -> None:
    """The straight wire above the node "conv" is whole px wide, with the canvas beside it."""
    left, top, wide, _ = in_px(card_rect(scene.boxes["conv"], camera, ratio), ratio)
    width = round(whole(1.2 * max(camera.zoom, 0.8), ratio) * ratio)
    row = QPoint(left + wide // 2 - 12, top - round(10 * camera.zoom * ratio))
    found = runs(image, row, QPoint(1, 0), 24)
    assert len(found) == 3, (ratio, camera, found)
    assert found[1][1] == width, (ratio, camera, found)
    for (name, _), role in zip(found, ("canvas", "edge", "canvas"), strict=True):
        assert alike(name, theme.color(role)), (ratio, camera, found)


def main(ratio: float) -> None:
    """A canvas in a window of its own, as the screen gets it."""
    application = make_application()
    catalog, theme = load_catalog(), plain_theme()
    session = Session(catalog)
    session.become(remove(residual(), ["add"]))
    view = CanvasView(session, theme)
    view.resize(640, 480)
    view.show()
    QTest.qWaitForWindowExposed(view)
    for zoom in (1.0, 1.5):
        view.zoom_to(zoom)
        image = view.grab().toImage()
        assert image.devicePixelRatio() == ratio == view.ratio()
        check_card(image, view.scene, theme, view.camera, ratio)
        check_wire(image, view.scene, theme, view.camera, ratio)
    view.close()
    session.close()
    view.deleteLater()
    application.processEvents()
    sys.stdout.write("crisp\n")


if __name__ == "__main__":
    main(float(sys.argv[1]))
