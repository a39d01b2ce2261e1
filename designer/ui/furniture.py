"""The parts of the window that follow the first paint: its docks and the central splitter."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QMainWindow, QSplitter, QWidget

_WIDTHS = {"palette": 208, "inspector": 260}  # pixels


class _NoTitle(QWidget):
    """A dock's title that takes no room; a plain widget would give Qt sizes below zero."""

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def make_splitter(window: QWidget, above: QWidget, below: QWidget) -> QSplitter:
    """The canvas with its strip above, the drawer below."""
    splitter = QSplitter(Qt.Orientation.Vertical, window)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(above)
    splitter.addWidget(below)
    splitter.setStretchFactor(0, 1)
    return splitter


def add_dock(window: QMainWindow, side: str) -> QDockWidget:
    """The dock for the palette (left) or the inspector (right), empty as yet."""
    left = side == "palette"
    dock = QDockWidget(window.tr("Palette") if left else window.tr("Inspector"), window)
    dock.setObjectName(f"dock.{side}")
    dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
    dock.setTitleBarWidget(_NoTitle(dock))
    dock.setWidget(QFrame(dock))
    area = Qt.DockWidgetArea
    window.addDockWidget(area.LeftDockWidgetArea if left else area.RightDockWidgetArea, dock)
    return dock


def give_widths(
    window: QMainWindow, docks: Mapping[str, QDockWidget], kept: Mapping[str, int]
) -> None:
    """The docks get their kept widths, or those of the look; only docks that are shown take them.

    By hand, for QMainWindow.restoreState gives docks that it finds hidden widths of its own.
    """
    known = [docks[side] for side in _WIDTHS]
    widths = [kept.get(side) or width for side, width in _WIDTHS.items()]
    window.resizeDocks(known, widths, Qt.Orientation.Horizontal)
