"""Line icons of resources/icons, drawn in a colour of the theme and sharp at every scale."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from designer import resources
from designer.ui.theme import Theme

SIZE = 16  # pixels at scale 1
_SCALES = (1, 2, 3)


def icon(theme: Theme, name: str, role: str = "text") -> QIcon:
    """The icon of that name in the colour of a role; greyed where it is disabled."""
    found = QIcon()
    for scale in _SCALES:
        found.addPixmap(_drawn(name, theme.roles[role], scale))
        disabled = _drawn(name, theme.roles["disabled"], scale)
        found.addPixmap(disabled, QIcon.Mode.Disabled)
    return found


def pixmap(theme: Theme, name: str, role: str, ratio: float) -> QPixmap:
    """The icon as a picture for a screen of that device pixel ratio."""
    return _drawn(name, theme.roles[role], max(1, round(ratio)))


def application_icon() -> QIcon:
    """The program's own icon."""
    renderer = QSvgRenderer(str(resources.path("icons", "skipwire.svg")))
    found = QIcon()
    for size in (16, 32, 64, 128):
        found.addPixmap(_render(renderer, size))
    return found


def _drawn(name: str, color: str, scale: int) -> QPixmap:
    text = resources.read_text("icons", f"{name}.svg").replace("currentColor", color)
    drawn = _render(QSvgRenderer(QByteArray(text.encode())), SIZE * scale)
    drawn.setDevicePixelRatio(scale)
    return drawn


def _render(renderer: QSvgRenderer, size: int) -> QPixmap:
    drawn = QPixmap(size, size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter)
    painter.end()
    return drawn
