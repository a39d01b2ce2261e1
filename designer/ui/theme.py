"""A theme is a frozen value read from resources/themes: every colour of the window by its role.

Views ask for a role, never for a colour, and get a new theme through their `set_theme`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

from designer import resources

_OTHER = "operations"
_PALETTE: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "field"),
    (QPalette.ColorRole.AlternateBase, "hover"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.PlaceholderText, "second"),
    (QPalette.ColorRole.Button, "window"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "error"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "accent_text"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "skip"),
    (QPalette.ColorRole.ToolTipBase, "card"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.Light, "card"),
    (QPalette.ColorRole.Midlight, "hover"),
    (QPalette.ColorRole.Mid, "border"),
    (QPalette.ColorRole.Dark, "border"),
    (QPalette.ColorRole.Shadow, "border"),
)
_FAINT = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.HighlightedText,
)


@dataclass(frozen=True)
class Theme:
    """Colours as "#RRGGBB" by role and by category of layer; `plots` are the hues of metrics.

    Among the categories are the steps of the heat scale: "heat0" for nothing, and so on.
    """

    name: str
    dark: bool
    roles: Mapping[str, str]
    categories: Mapping[str, str]
    plots: tuple[str, ...]

    def color(self, role: str) -> QColor:
        """The colour of a role; KeyError where the theme has no such role."""
        return QColor(self.roles[role])

    def category(self, name: str) -> QColor:
        """The colour of a category of layers, that of operations where it is not known."""
        return QColor(self.categories.get(name.lower(), self.categories[_OTHER]))

    def plot(self, place: int) -> QColor:
        """The hue of the metric at that place; hues come round again."""
        return QColor(self.plots[place % len(self.plots)])

    def palette(self) -> QPalette:
        """Qt's palette in these colours, for the Fusion style."""
        palette = QPalette()
        for target, role in _PALETTE:
            palette.setColor(target, self.color(role))
        for target in _FAINT:
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.color("disabled"))
        palette.setColor(
            QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, self.color("border")
        )
        return palette

    @property
    def mono(self) -> str:
        """The family for shapes, code and numbers: the system's own fixed one."""
        return _mono()


@cache
def _mono() -> str:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()


def sized(scale: float, weight: QFont.Weight = QFont.Weight.Normal, family: str = "") -> QFont:
    """The interface font at a size of the design (1, 0.85 or 1.25), in a weight and family."""
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setWeight(weight)
    if family:
        font.setFamily(family)
        font.setStyleHint(QFont.StyleHint.Monospace)
    return font


@cache
def load(name: str) -> Theme:
    """The theme "light" or "dark"; FileNotFoundError if there is none of that name."""
    body = json.loads(resources.read_bytes("themes", f"{name}.json"))
    heat = {f"heat{step}": color for step, color in enumerate(body["heat"])}
    categories = body["categories"] | heat
    return Theme(name, body["dark"], body["roles"], categories, tuple(body["plots"]))
