"""The window's frame: the place that it takes on the screen."""

from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from designer.ui import theme
from designer.ui.settings import Settings
from designer.ui.window import SIDES, SIZE, MainWindow


def test_a_first_window_fits_the_screen_and_a_later_one_is_as_it_was_left(
    qtbot: QtBot, settings: Settings
) -> None:
    light = theme.load("light")
    first = MainWindow(settings, light)
    qtbot.addWidget(first)
    first.fit_into(QSize(2560, 1440))
    assert first.size() == SIZE
    first.fit_into(SIZE)
    assert first.width() < SIZE.width()
    assert first.height() < SIZE.height()
    settings.keep_layout("geometry", first.saveGeometry())
    later = MainWindow(settings, light)
    qtbot.addWidget(later)
    left = later.size()
    later.fit_into(QSize(640, 480))
    assert later.size() == left


def test_the_panels_beside_the_canvas_keep_their_widths(qtbot: QtBot, settings: Settings) -> None:
    def widths(window: MainWindow) -> list[int]:
        return [window.docks[side].width() for side in SIDES]

    def opened() -> MainWindow:
        window = MainWindow(settings, theme.load("light"))
        qtbot.addWidget(window)
        window.complete()
        window.show()
        window.show_design_chrome(visible=True)
        return window

    first = opened()
    qtbot.waitUntil(lambda: widths(first) == [208, 260])
    first.resizeDocks([first.docks["palette"]], [300], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: widths(first) == [300, 260])
    first.close()
    later = opened()
    qtbot.waitUntil(lambda: widths(later) == [300, 260])
