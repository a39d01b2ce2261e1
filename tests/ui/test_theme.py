"""Themes: complete and alike in their roles. How they look is in tests/test_colours.py."""

from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from designer import resources
from designer.catalog.spec import Catalog
from designer.ui import theme
from designer.ui.icons import icon


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
