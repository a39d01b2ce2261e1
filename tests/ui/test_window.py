"""The window's frame: the place that it takes on the screen."""

from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from designer.ui import theme
from designer.ui.settings import Settings
from designer.ui.window import SIZE, MainWindow


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
