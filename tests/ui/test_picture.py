"""Pictures of designs: what is in the files, how large they are, and what cannot be drawn."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from designer.document.marks import add_marks
from designer.document.model import Document, Edge, Frame, Graph, Node, Note
from designer.document.problem import ProblemError
from designer.document.serialize import to_bytes
from designer.formats.examples import list_examples, load_example
from designer.ui import theme
from designer.ui.canvas.mark_painter import BODY, tinted
from designer.ui.picture import LARGEST, ROOM, Picture, paint
from designer.ui.session import Session

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def picture(session: Session, colors: str = "light", **more: Any) -> Picture:
    return Picture(session.document, session.report, session.catalog, theme.load(colors), **more)


def chain(count: int) -> Document:
    nodes = {f"n{i}": Node(f"n{i}", "layers.Add", f"n{i}", x=0.0, y=96.0 * i) for i in range(count)}
    wires = {Edge(f"n{i}", 0, f"n{i + 1}", "inputs", 0) for i in range(count - 1)}
    return Document("chain", Graph(nodes, frozenset(wires)))


def words(svg: bytes) -> list[str]:
    return [(text.text or "").strip() for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("key", [example.key for example in list_examples()])
def test_every_example_is_drawn_in_every_format(key: str, colors: str, session: Session) -> None:
    session.become(load_example(key))
    svg = paint(picture(session, colors), "svg")
    names = {node.name for node in session.document.graph.nodes.values()}
    assert names <= set(words(svg))
    assert "×" in "".join(words(svg)), "shapes are written on the wires"
    assert b"<image" not in svg
    assert theme.load(colors).color("canvas").name().encode() in svg.lower()
    pdf = paint(picture(session, colors), "pdf")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    assert b"/Subtype /Image" not in pdf
    png = QImage.fromData(paint(picture(session, colors), "png"))
    assert png.pixelColor(2, 2) == theme.load(colors).color("canvas")


def test_a_png_at_scale_2_has_twice_as_many_pixels_a_side(session: Session) -> None:
    session.become(load_example("residual_add"))
    once = QImage.fromData(paint(picture(session), "png"))
    twice = QImage.fromData(paint(picture(session, scale=2.0), "png"))
    assert twice.size() == once.size() * 2
    assert twice.dotsPerMeterX() == pytest.approx(2 * once.dotsPerMeterX(), abs=2)


def test_an_svg_keeps_its_measures_at_every_scale(session: Session) -> None:
    session.become(load_example("residual_add"))
    once, twice = (
        ElementTree.fromstring(paint(picture(session, scale=s), "svg")) for s in (1.0, 2.0)
    )
    assert once.get("viewBox") == twice.get("viewBox")
    assert float(str(twice.get("width"))[:-2]) == pytest.approx(
        2 * float(str(once.get("width"))[:-2]), rel=0.01
    )


def test_a_selection_is_drawn_with_the_wires_between_and_nothing_else(session: Session) -> None:
    session.become(load_example("residual_add"))
    graph = session.document.graph
    wire = min(graph.edges)
    nodes = frozenset((wire.source, wire.target))
    found = set(words(paint(picture(session, nodes=nodes), "svg")))
    inside = {graph.nodes[node].name for node in nodes}
    assert inside <= found
    assert not found & {node.name for node in graph.nodes.values() if node.id not in nodes}


def test_an_empty_design_is_a_picture_of_the_canvas(session: Session) -> None:
    image = QImage.fromData(paint(picture(session), "png"))
    assert image.width() > 2 * ROOM
    assert image.pixelColor(image.width() // 2, 9) == theme.load("light").color("canvas")


def test_signs_in_names_do_not_break_the_file(session: Session) -> None:
    node = Node("a", "layers.Dense", "a<b>&\"c'", {"units": 2})
    session.become(Document("<&>", Graph({"a": node})))
    assert node.name in words(paint(picture(session), "svg"))


def test_characters_that_xml_refuses_are_left_out(session: Session) -> None:
    session.become(Document("odd", Graph({"a": Node("a", "layers.ReLU", "a\x01b")})))
    assert "ab" in words(paint(picture(session), "svg"))


def test_the_same_design_is_the_same_svg_in_every_process(tmp_path: Path) -> None:
    code = (
        "from designer.catalog.load import load\n"
        "from designer.formats.examples import load_example\n"
        "from designer.infer.report import Report\n"
        "from designer.ui.offscreen_picture import paint_offscreen\n"
        "import hashlib\n"
        "design = load_example('skip_autoencoder')\n"
        "data = paint_offscreen(design, Report(), load(), 'svg', 'light', 1.0)\n"
        "print(hashlib.sha256(data).hexdigest())"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(prints) == 1


def test_a_very_tall_design_is_drawn_to_its_end(session: Session) -> None:
    session.become(chain(450))
    image = QImage.fromData(paint(picture(session), "png"))
    assert image.height() > 40_000, "beyond the coordinates of one painter"
    merging = theme.load("light").category("merging")
    strip = QColor(image.pixelColor(ROOM + 1, image.height() - ROOM - 24))
    assert strip == merging
    pdf = paint(picture(session), "pdf")
    heights = [float(h) for h in re.findall(rb"/MediaBox \[0 0 [\d.]+ ([\d.]+)\]", pdf)]
    assert heights
    assert max(heights) <= 14_400.0


def test_a_picture_of_too_many_pixels_is_refused(session: Session) -> None:
    session.become(chain(4000))
    with pytest.raises(ProblemError) as refused:
        paint(picture(session, scale=4.0), "png")
    assert refused.value.problem.code == "picture_too_large"
    assert LARGEST < 4000 * 96 * 4 * 176 * 4
    assert "smaller scale" in str(refused.value)


def test_the_command_line_draws_without_a_display(tmp_path: Path, qtbot: QtBot) -> None:
    design, out = tmp_path / "design.skipwire", tmp_path / "design.svg"
    document = load_example("residual_add")
    design.write_bytes(to_bytes(replace(document, name="by command")))
    code = (
        "import sys\n"
        "from designer.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))"
    )  # fmt: skip
    fake = tmp_path / "python"
    fake.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.cli.impostor import main\nmain(sys.argv[1:])\n",
        encoding="utf-8",
    )
    fake.chmod(0o755)
    words_ = ["export", str(design), "-o", str(out), "--theme", "dark", "--python", str(fake)]
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-c", code, *words_], cwd=ROOT, env=environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "by command" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("colors", ["light", "dark"])
def test_frames_and_notes_are_in_every_picture(session: Session, colors: str) -> None:
    document = add_marks(
        chain(3),
        [
            Frame("f", "Encoder", "merging", -120, -80, 240, 240),
            Note("n", "# Why\n\n- skips\n" + "\nmore " * 60, 200, 0, 200, 120),
        ],
    )
    session.become(document)
    svg = paint(picture(session, colors), "svg")
    told = " ".join(words(svg))
    assert "Encoder" in told and "Why" in told and "skips" in told
    assert b"<image" not in svg
    looks = theme.load(colors)
    png = QImage.fromData(paint(picture(session, colors), "png"))
    body = tinted(looks, "merging", BODY)
    seen = png.pixelColor(ROOM + 4, ROOM + 60)
    for part in (QColor.red, QColor.green, QColor.blue):
        assert abs(part(seen) - part(body)) <= 2
    assert paint(picture(session, colors), "pdf").startswith(b"%PDF")
    alone = QImage.fromData(paint(picture(session, colors, nodes=frozenset({"n"})), "png"))
    assert alone.width() == 200 + 2 * ROOM


def test_a_note_in_a_picture_ends_where_the_note_ends(session: Session) -> None:
    text = "\n\n".join(f"line{n}" for n in range(40))
    session.become(add_marks(Document(), [Note("n", text, 0, 0, 200, 120)]))
    told = words(paint(picture(session), "svg"))
    assert "line0" in told and "line39" not in told
