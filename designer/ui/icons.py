"""Line icons of resources/icons, drawn in a colour of the theme and sharp at every scale."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from designer import resources
from designer.ui.theme import Theme
from designer.ui.widgets.drawn_icon import drawn_icon

SIZE = 16  # pixels at scale 1


def icon(theme: Theme, name: str, role: str = "text") -> QIcon:
    """The icon of that name in the colour of a role; greyed where it is disabled."""
    lines = {
        QIcon.Mode.Normal: _lines(name, theme.roles[role]),
        QIcon.Mode.Disabled: _lines(name, theme.roles["disabled"]),
    }

    def draw(painter: QPainter, square: QRectF, mode: QIcon.Mode) -> None:
        lines.get(mode, lines[QIcon.Mode.Normal]).render(painter, square)

    return drawn_icon(draw)


def pixmap(theme: Theme, name: str, role: str, ratio: float) -> QPixmap:
    """The icon as a picture for a screen of that device pixel ratio."""
    drawn = _render(_lines(name, theme.roles[role]), round(SIZE * ratio))
    drawn.setDevicePixelRatio(ratio)
    return drawn


def application_icon() -> QIcon:
    """The program's own icon."""
    renderer = QSvgRenderer(str(resources.path("icons", "skipwire.svg")))
    found = QIcon()
    for size in (16, 32, 64, 128):
        found.addPixmap(_render(renderer, size))
    return found


def _lines(name: str, color: str) -> QSvgRenderer:
    text = resources.read_text("icons", f"{name}.svg").replace("currentColor", color)
    return QSvgRenderer(QByteArray(text.encode()))


def _render(renderer: QSvgRenderer, size: int) -> QPixmap:
    drawn = QPixmap(size, size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter)
    painter.end()
    return drawn
