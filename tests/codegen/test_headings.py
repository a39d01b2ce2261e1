"""Frames' titles in the script, where they can be told truly."""

from collections.abc import Callable

from msgspec.structs import replace

from designer.catalog.spec import Catalog
from designer.codegen.script import generate
from designer.codegen.snippet import snippet
from designer.document.marks import add_marks
from designer.document.model import Document, Frame, Note
from designer.layout.place import arrange

Design = Callable[..., Document]
CONV = ("layers.Conv2D", {"filters": 4, "kernel_size": 3, "padding": "same"})


def framed(design: Design, *frames: Frame) -> Document:
    """Four convolutions in a chain, 100 px apart, and these frames."""
    nodes = {"image": ("layers.InputLayer", {"shape": [8, 8, 3]}), **dict.fromkeys("abcd", CONV)}
    document = arrange(design(nodes, "image>a", "a>b", "b>c", "c>d"))
    graph = document.graph
    rows = {
        key: replace(node, x=0, y=100.0 * n) for n, (key, node) in enumerate(graph.nodes.items())
    }
    document = replace(document, graph=replace(graph, nodes=rows))
    return add_marks(document, frames)


def around(key: str, title: str, first: int, last: int) -> Frame:
    """A frame around the rows from `first` to `last`; row 0 is the input."""
    return Frame(key, title, "core", -120, first * 100.0 - 50, 240, (last - first + 1) * 100.0)


def body(document: Document, catalog: Catalog) -> list[str]:
    script = generate(document, catalog)
    compile(script.text, "script.py", "exec")
    lines = script.text.split('not yet compiled."""\n')[1].split("\n    return")[0].splitlines()
    for node, (first, last) in script.spans.items():
        told = "\n".join(script.text.splitlines()[first - 1 : last])
        assert document.graph.nodes[node].name in told and "#" not in told
    return [line.split(" = ")[0].strip() for line in lines]


def test_a_title_stands_above_the_first_line_of_its_frame(catalog: Catalog, design: Design) -> None:
    document = framed(design, around("f", "Encoder", 1, 2))
    assert body(document, catalog) == ["image", "", "# Encoder", "a", "b", "", "c", "d"]


def test_an_outer_title_comes_first(catalog: Catalog, design: Design) -> None:
    document = framed(design, around("f", "Half", 1, 2), around("z", "All", 1, 4))
    lines = body(document, catalog)
    assert lines == ["image", "", "# All", "# Half", "a", "b", "", "c", "d"]


def test_frames_that_say_nothing_and_notes_leave_the_script_alone(
    catalog: Catalog, design: Design
) -> None:
    document = framed(design, around("f", "", 1, 2), around("e", "Input only", 0, 0))
    document = add_marks(document, [Note("n", "# Not code", 0, 0, 100, 100)])
    plain = replace(document, marks={})
    assert generate(document, catalog) == generate(plain, catalog)


def test_a_hostile_title_stays_a_comment(catalog: Catalog, design: Design) -> None:
    title = 'x\u2028import os\x85"""\\'
    lines = body(framed(design, around("f", title, 2, 3)), catalog)
    assert lines == ["image", "a", "", "# x import os '''/", "b", "c", "", "d"]


def test_copied_nodes_bring_their_heading(catalog: Catalog, design: Design) -> None:
    document = framed(design, around("f", "Encoder", 1, 2))
    (a, b) = (n.id for n in document.graph.nodes.values() if n.name in "ab")
    assert snippet(document, catalog, [a, b]).splitlines()[0] == "# Encoder"
