"""Themes: complete, alike in their roles, and with enough contrast to be read by everyone."""

import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from designer import resources
from designer.catalog.spec import Catalog
from designer.ui import theme
from designer.ui.icons import icon

TEXTS = ("text", "second", "accent", "error", "warning", "good")
SURFACES = ("window", "canvas", "card", "field")
CODE = ("code_keyword", "code_string", "code_number", "code_comment", "code_name", "text")


def _channel(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _luminance(color: QColor) -> float:
    red, green, blue = (_channel(c) for c in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_texts_can_be_read_on_every_surface(name: str) -> None:
    look = theme.load(name)
    for text in TEXTS:
        for surface in SURFACES:
            ratio = contrast(look.color(text), look.color(surface))
            assert ratio >= 4.5, f"{text} on {surface}: {ratio:.2f}"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_code_can_be_read_also_where_it_is_lit(name: str) -> None:
    look = theme.load(name)
    for role in CODE:
        for surface in ("canvas", "code_line"):
            ratio = contrast(look.color(role), look.color(surface))
            assert ratio >= 4.5, f"{role} on {surface}: {ratio:.2f}"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_texts_on_coloured_surfaces_can_be_read(name: str) -> None:
    look = theme.load(name)
    pairs = (
        ("accent_text", "accent"),
        ("accent_text", "accent_hover"),
        ("text", "selection"),
        ("text", "hover"),
        ("text", "error_surface"),
        ("text", "warning_surface"),
    )
    for text, surface in pairs:
        assert contrast(look.color(text), look.color(surface)) >= 4.5, (text, surface)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_skip_edges_and_curves_stand_out_from_the_canvas(name: str) -> None:
    look = theme.load(name)
    lines = [look.color("skip"), look.color("edge"), *(look.plot(i) for i in range(6))]
    assert all(contrast(line, look.color("canvas")) >= 3 for line in lines)


def test_both_themes_have_the_same_roles_and_categories() -> None:
    light, dark = theme.load("light"), theme.load("dark")
    assert light.roles.keys() == dark.roles.keys()
    assert light.categories.keys() == dark.categories.keys()
    assert len(light.plots) == len(dark.plots)
    assert dark.dark
    assert not light.dark


def test_every_category_of_the_catalogue_has_a_colour(catalog: Catalog) -> None:
    categories = {spec.category.lower() for spec in catalog.layers.values()}
    assert categories <= theme.load("light").categories.keys()


def test_the_palette_has_the_colours_of_the_theme(qtbot: QtBot) -> None:
    look = theme.load("dark")
    palette = look.palette()
    assert palette.color(QPalette.ColorRole.Window) == look.color("window")
    assert palette.color(QPalette.ColorRole.Highlight) == look.color("accent")


def test_every_icon_is_drawn_in_the_colour_of_the_theme(qtbot: QtBot) -> None:
    look = theme.load("dark")
    for file in resources.path("icons").glob("*.svg"):
        if file.stem == "skipwire":
            continue
        assert "currentColor" in file.read_text(encoding="utf-8"), file.name
        picture = icon(look, file.stem).pixmap(48, 48).toImage()
        drawn = [
            picture.pixelColor(x, y)
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() == 255
        ]
        assert look.color("text") in drawn, file.name


def test_the_style_sheet_names_only_roles_that_exist() -> None:
    sheet = resources.read_text("themes", "window.qss")
    for role in theme.load("light").roles:
        sheet = sheet.replace("{" + role + "}", "x")
    rest = [line for line in sheet.splitlines() if line.count("{") != 1 or line.count("}") != 1]
    assert not rest
