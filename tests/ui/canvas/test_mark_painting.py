"""Frames' colours keep text readable in both themes; notes show Markdown and fetch nothing."""

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from designer.document.model import COLORS, Color, Frame, Note
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.mark_commands import COLOR_NAMES, color_name
from designer.ui.canvas.mark_painter import BAR, BODY, MarkPainter, tinted
from designer.ui.canvas.marks import Marks
from designer.ui.canvas.note_text import NoteText
from designer.ui.canvas.sprites import Sprites
from designer.ui.theme import Theme, load

THEMES = ("light", "dark")


def luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """As WCAG 2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("color", COLORS)
def test_text_stays_readable_on_every_frame(name: str, color: Color) -> None:
    theme = load(name)
    assert color in theme.categories
    assert contrast(theme.color("text"), tinted(theme, color, 2 * BAR)) >= 7
    assert contrast(theme.color("second"), tinted(theme, color, BODY)) >= 4.5
    assert contrast(theme.color("skip"), tinted(theme, color, BODY)) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_text_stays_readable_on_notes(name: str) -> None:
    theme = load(name)
    for role in ("text", "second", "accent"):
        assert contrast(theme.color(role), theme.color("hover")) >= 4.2, role


def test_every_colour_has_a_name_of_its_own(qtbot: QtBot) -> None:
    assert COLOR_NAMES.keys() == set(COLORS)
    assert len({color_name(color) for color in COLORS}) == len(COLORS)


def drawn(note: Note, theme: Theme, zoom: float = 1.0) -> QImage:
    image = QImage(QSize(400, 300), QImage.Format.Format_RGB32)
    image.fill(theme.color("canvas"))
    painter = QPainter(image)
    marks = Marks({note.id: note})
    kept = MarkPainter(theme, Sprites(theme))
    kept.paint(painter, Camera(0, 0, zoom), 1.0, marks, [note.id], set())
    painter.end()
    return image


def test_markdown_is_shown_as_what_it_means(qtbot: QtBot) -> None:
    theme = load("light")
    plain = drawn(Note("n", "why", 0, 0, 200, 100), theme)
    assert drawn(Note("n", "**why**", 0, 0, 200, 100), theme) != plain
    assert drawn(Note("n", "# why", 0, 0, 200, 100), theme) != plain


def test_an_image_in_a_note_is_never_loaded(qtbot: QtBot, tmp_path: object) -> None:
    theme = load("light")
    file = f"{tmp_path}/red.png"
    red = QImage(QSize(40, 40), QImage.Format.Format_RGB32)
    red.fill(QColor(255, 0, 0))
    assert red.save(file)
    image = drawn(Note("n", f"![secret]({file}) ![two](file://{file})", 0, 0, 300, 100), theme)
    colors = {image.pixelColor(x, y).name() for x in range(0, 300, 3) for y in range(0, 100, 3)}
    assert "#ff0000" not in colors


def test_html_in_a_note_is_only_text(qtbot: QtBot) -> None:
    theme = load("light")
    tall = NoteText("<table>" + "<tr><td>x</td></tr>" * 30 + "</table>", 4000, theme)
    assert tall.height < 200


@pytest.mark.parametrize(
    "text",
    ["", "\x00\x01", "> " * 400 + "x", "- " * 200 + "x", "[" * 2000, "`" * 999, "|a|\n|-|\n" * 300,
     "\ud800 alone", "![](data:image/png;base64,AAAA)", "[x](javascript:alert(1))", "x" * 20_000],
)  # fmt: skip
def test_hostile_text_is_drawn_without_harm(qtbot: QtBot, text: str) -> None:
    assert not drawn(Note("n", text, 0, 0, 200, 100), load("dark"), 0.7).isNull()


def test_a_title_is_cut_to_its_frame_and_gives_way_to_a_larger_frame(qtbot: QtBot) -> None:
    theme = load("light")
    outer = Frame("a", "Outer", "core", 100, 200, 600, 600)
    inner = Frame("b", "A long title that has no room", "blocks", 110, 210, 300, 300)
    image = QImage(QSize(400, 300), QImage.Format.Format_RGB32)
    image.fill(theme.color("canvas"))
    painter = QPainter(image)
    MarkPainter(theme, None).paint_titles(
        painter, Camera(0, 0, 0.2), 1.0, Marks({"a": outer, "b": inner}), ["a", "b"]
    )
    painter.end()
    chip = tinted(theme, "core", 2 * BAR)
    assert image.pixelColor(QPointF(22, 30).toPoint()) == chip
    blocks = tinted(theme, "blocks", 2 * BAR)
    seen = {image.pixelColor(x, y).name() for x in range(0, 200, 2) for y in range(60)}
    assert blocks.name() not in seen


@pytest.mark.parametrize("zoom", [0.02, 4.0])
def test_a_note_as_large_as_can_be_is_drawn_at_every_zoom(qtbot: QtBot, zoom: float) -> None:
    huge = Note("n", "x " * 5000, -5e5, -5e5, 1e6, 1e6)
    assert not drawn(huge, load("light"), zoom).isNull()


def test_a_wire_does_not_strike_a_title_through(qtbot: QtBot) -> None:
    theme, frame = load("light"), Frame("f", "Encoder", "core", 0, 0, 300, 200)
    images = []
    for wired in (False, True):
        image = QImage(QSize(320, 220), QImage.Format.Format_RGB32)
        image.fill(theme.color("canvas"))
        painter, marks = QPainter(image), Marks({"f": frame})
        picture, camera = MarkPainter(theme, None), Camera(0, 0, 1.0)
        picture.paint(painter, camera, 1.0, marks, ["f"], frozenset())
        if wired:
            painter.drawLine(30, 0, 30, 100)
        picture.paint_titles(painter, camera, 1.0, marks, ["f"])
        painter.end()
        images.append(image.copy(10, 4, 60, 20))
    assert images[0] == images[1]
