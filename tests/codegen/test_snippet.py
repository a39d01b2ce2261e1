"""Some nodes as Python: the lines of the script, with the names that the script has."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.spec import Catalog
from designer.codegen.script import generate
from designer.codegen.snippet import snippet
from designer.document.edits import bypass
from designer.document.model import OUTPUT, Document
from designer.document.problem import ProblemError

Design = Callable[..., Document]
CONV = ("layers.Conv2D", {"filters": 3, "kernel_size": 3, "padding": "same"})
NODES = {
    "image": ("layers.InputLayer", {"shape": [32, 32, 3]}),
    "conv": CONV,
    "add": ("layers.Add",),
    "flat": ("layers.Flatten",),
    "out": (OUTPUT,),
}
WIRES = ("image>conv", "conv>add:0", "image>add:1", "add>flat", "flat>out")


@given(ids=st.sets(st.sampled_from(sorted(NODES))))
def test_the_lines_are_those_of_the_script(catalog: Catalog, design: Design, ids: set[str]) -> None:
    document = design(NODES, *WIRES)
    script = generate(document, catalog)
    rows = script.text.split("\n")
    wanted = sorted(script.spans[key] for key in ids if key != "out")
    lines = [row[4:] for first, last in wanted for row in rows[first - 1 : last]]
    assert snippet(document, catalog, ids) == "".join(f"{line}\n" for line in lines)


def test_a_bypassed_node_has_no_lines_and_hands_its_tensor_on(
    catalog: Catalog, design: Design
) -> None:
    document = bypass(design(NODES, *WIRES), ["conv"], on=True)
    lines = snippet(document, catalog, ["conv", "add"])
    assert lines == 'add = layers.Add(name="add")([image, image])\n'
    assert snippet(document, catalog, ["conv"]) == ""


def test_what_is_not_wired_is_called_with_something_to_fill_in(
    catalog: Catalog, design: Design
) -> None:
    document = design({"conv": CONV, "add": ("layers.Add",)})
    assert snippet(document, catalog, ["conv", "add"]).split("\n") == [
        'add = layers.Add(name="add")([x, x])',
        'conv = layers.Conv2D(3, 3, padding="same", name="conv")(x)',
        "",
    ]
    assert snippet(document, catalog, []) == ""


def test_an_unknown_type_has_no_lines(catalog: Catalog, design: Design) -> None:
    with pytest.raises(ProblemError):
        snippet(design({"odd": ("layers.Odd",)}), catalog, ["odd"])
