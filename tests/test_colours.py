"""The colours of both themes: readable for everyone, and told apart with every colour vision."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise

import pytest

from designer import resources
from tests.colour_vision import VISIONS, Lab, contrast, distance, seen

TEXT = 4.5  # the contrast that WCAG 2.2 (1.4.3, AA) asks of text
GRAPHIC = 3.0  # and (1.4.11) of what is drawn
APART = 7.0  # CIEDE2000 between two categories: several times what is just seen
LINES_APART = 9.0  # between thin lines, which show less of their colour
ALIKE = {"reshaping": "pooling", "pooling and reshaping": "pooling", "core and dense": "core",
         "output": "input"}  # fmt: skip
SURFACES = ("window", "canvas", "card", "field")


@dataclass(frozen=True)
class Colours:
    """One theme's file."""

    name: str
    roles: dict[str, str]
    categories: dict[str, str]
    plots: list[str]
    heat: list[str]


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Colours:
    """Each theme in turn."""
    body = json.loads(resources.read_bytes("themes", f"{request.param}.json"))
    return Colours(request.param, body["roles"], body["categories"], body["plots"], body["heat"])


def too_faint(theme: Colours, pairs: Iterable[tuple[str, str]], least: float) -> list[str]:
    """A sentence for each pair of roles (what is drawn, on what) with too little contrast."""
    found = []
    for role, surface in pairs:
        ratio = contrast(theme.roles[role], theme.roles[surface])
        if ratio < least:
            found.append(f"{theme.name}: {role} on {surface} has {ratio:.2f}, not {least}")
    return found


def too_close(colours: dict[str, str], least: float) -> list[str]:
    """A sentence for each two colours that somebody can hardly tell apart."""
    found = []
    for vision in VISIONS:
        looks = {name: seen(color, vision) for name, color in colours.items()}
        for one, other in combinations(looks, 2):
            far = distance(looks[one], looks[other])
            if far < least:
                found.append(f"{one} and {other} are {far:.1f} apart for {vision}, not {least}")
    return found


def every(drawn: Iterable[str], surfaces: Iterable[str]) -> list[tuple[str, str]]:
    return [(role, surface) for role in drawn for surface in surfaces]


def test_the_measures_agree_with_what_is_published() -> None:
    # Sharma, Wu and Dalal 2005, table 1: rows 1, 4, 7 and 17.
    rows: list[tuple[Lab, Lab, float]] = [
        (Lab(50, 2.6772, -79.7751), Lab(50, 0, -82.7485), 2.0425),
        (Lab(50, -1.3802, -84.2814), Lab(50, 0, -82.7485), 1.0000),
        (Lab(50, 0, 0), Lab(50, -1, 2), 2.3669),
        (Lab(50, 2.5, 0), Lab(73, 25, -18), 27.1492),
    ]
    for one, other, published in rows:
        assert distance(one, other) == pytest.approx(published, abs=5e-5)
        assert distance(other, one) == pytest.approx(published, abs=5e-5)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("vision", VISIONS)
def test_greys_look_alike_to_everyone(vision: str) -> None:
    for grey in ("#000000", "#404040", "#808080", "#FFFFFF"):
        assert distance(seen(grey, vision), seen(grey, "normal vision")) < 0.5


def test_red_and_green_are_confused_where_they_must_be() -> None:
    def apart(vision: str) -> float:
        return distance(seen("#C03A20", vision), seen("#6A7A20", vision))

    assert apart("normal vision") > 30
    assert apart("deuteranopia") < 15
    assert apart("tritanopia") > 30


def test_texts_are_readable_on_every_surface(theme: Colours) -> None:
    texts = ("text", "second", "accent", "error", "warning", "good", "skip")
    assert not too_faint(theme, every(texts, SURFACES), TEXT)


def test_texts_are_readable_on_what_is_lit_or_coloured(theme: Colours) -> None:
    lit = ("hover", "selection", "error_surface", "warning_surface")
    pairs = [
        *every(("text", "second"), lit),
        ("accent_text", "accent"),
        ("accent_text", "accent_hover"),
        ("error", "error_surface"),
        ("warning", "warning_surface"),
        # The number in a badge.
        ("canvas", "error"),
        ("canvas", "warning"),
        ("canvas", "second"),
    ]
    assert not too_faint(theme, pairs, TEXT)


def test_code_is_readable_also_where_it_is_lit(theme: Colours) -> None:
    words = [role for role in theme.roles if role.startswith("code_") and role != "code_line"]
    assert len(words) == 5
    assert not too_faint(theme, every([*words, "text"], ("canvas", "code_line")), TEXT)


def test_wires_ports_badges_and_marks_of_the_selection_are_seen(theme: Colours) -> None:
    # "disabled" is the ring of a port that may stay free.
    drawn = ("edge", "skip", "accent", "error", "warning", "good", "disabled")
    assert not too_faint(theme, every(drawn, ("canvas", "card")), GRAPHIC)


def test_strips_and_dots_of_categories_are_seen(theme: Colours) -> None:
    faint = [
        f"{theme.name}: {category} on {surface} has {ratio:.2f}, not {GRAPHIC}"
        for category, color in theme.categories.items()
        for surface in SURFACES
        if (ratio := contrast(color, theme.roles[surface])) < GRAPHIC
    ]
    assert not faint


def test_curves_are_seen_and_told_apart(theme: Colours) -> None:
    for color in theme.plots:
        assert contrast(color, theme.roles["canvas"]) >= GRAPHIC, color
    plots = {f"curve {place}": color for place, color in enumerate(theme.plots, 1)}
    assert not too_close(plots, LINES_APART)


def test_categories_are_told_apart_with_every_colour_vision(theme: Colours) -> None:
    # Any two may stand side by side. Beside its colour a card names its type.
    colours = {name: c for name, c in theme.categories.items() if name not in ALIKE}
    assert not too_close(colours, APART)
    for name, like in ALIKE.items():
        assert theme.categories[name] == theme.categories[like]


def test_errors_warnings_and_what_is_well_are_told_apart(theme: Colours) -> None:
    colours = {role: theme.roles[role] for role in ("error", "warning", "good", "edge")}
    assert not too_close(colours, 8.0)


def test_a_skip_edge_differs_from_the_main_path_not_by_its_width_alone(theme: Colours) -> None:
    colours = {role: theme.roles[role] for role in ("edge", "skip")}
    assert not too_close(colours, LINES_APART)


def test_a_category_keeps_its_hue_in_both_themes() -> None:
    light, dark = (
        json.loads(resources.read_bytes("themes", f"{name}.json"))["categories"]
        for name in ("light", "dark")
    )
    for name, color in light.items():
        one, other = seen(color, "normal vision"), seen(dark[name], "normal vision")
        same = Lab(other.lightness, one.a, one.b)
        assert distance(same, other) < 16, name


def test_the_heat_scale_goes_one_way_in_lightness_for_everyone(theme: Colours) -> None:
    """So that more is more without any hue; from near the card's colour to far from it."""
    for vision in VISIONS:
        shades = [seen(color, vision).lightness for color in theme.heat]
        assert shades == sorted(shades, reverse=theme.name == "light"), vision
        steps = [distance(seen(a, vision), seen(b, vision)) for a, b in pairwise(theme.heat)]
        assert min(steps) >= APART, (vision, steps)
    assert contrast(theme.heat[-1], theme.roles["card"]) >= GRAPHIC
