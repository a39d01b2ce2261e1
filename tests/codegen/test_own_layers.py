"""A user's own layers in the script."""

import ast
from itertools import pairwise

import pytest

from designer.catalog import own_layers
from designer.catalog.load import load
from designer.catalog.spec import Catalog, LayerSpec, ParamSpec, PortSpec
from designer.codegen.own_layers import import_lines
from designer.codegen.script import generate
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.problem import ProblemError


def spec(
    module: str, name: str, *ports: str, several: bool = False, nameless: bool = False
) -> LayerSpec:
    return LayerSpec(
        f"custom.{module}.{name}", name, "custom", module, name,
        inputs=tuple(map(PortSpec, ports or ("inputs",))),
        params=(ParamSpec("units", "int", required=True), ParamSpec("rate", "float", 0.5)),
        several=several, nameless=nameless,
    )  # fmt: skip


@pytest.fixture
def catalog() -> Catalog:
    """A catalogue with some own layers in it."""
    made = load()
    mine = [
        spec("mine", "Scale"),
        spec("mine", "Gate", "x", "gate"),
        spec("mine", "Halves", several=True, nameless=True),
        spec("mine", "layers"),
    ]
    own_layers.put(made, "mine", {s.key: s for s in mine}, ("/x/mine.py", ""))
    other = spec("other.parts", "Scale")
    own_layers.put(made, "other.parts", {other.key: other}, ("", ""))
    return made


def chain(*nodes: Node) -> Document:
    """An input, these nodes one after the other, and an output."""
    row = [Node("image", INPUT, "image", {"shape": [4]}), *nodes, Node("out", OUTPUT, "out")]
    edges = {
        Edge(a.id, 0, b.id, "x" if b.type.endswith("Gate") else "inputs") for a, b in pairwise(row)
    }
    edges |= {Edge("image", 0, n.id, "gate") for n in nodes if n.type.endswith("Gate")}
    return Document("own", Graph({n.id: n for n in row}, frozenset(edges)))


def text(catalog: Catalog, *nodes: Node) -> str:
    made = generate(chain(*nodes), catalog).text
    ast.parse(made)
    return made


def test_classes_are_imported_from_their_module(catalog: Catalog) -> None:
    made = text(
        catalog,
        Node("scale", "custom.mine.Scale", "scale", {"units": 3}),
        Node("gate", "custom.mine.Gate", "gate", {"units": 2, "rate": 0.25}),
    )
    assert "import keras\n\n# Your own layers: mine, beside this script" in made
    assert "\nfrom mine import Gate, Scale\n" in made
    assert 'scale = Scale(units=3, name="scale")(image)' in made
    assert 'gate = Gate(units=2, rate=0.25, name="gate")(scale, gate=image)' in made


def test_a_name_is_never_taken_twice(catalog: Catalog) -> None:
    made = text(
        catalog,
        Node("a", "custom.mine.Scale", "Scale", {"units": 3}),
        Node("b", "custom.other.parts.Scale", "Scale_1", {"units": 3}),
        Node("c", "custom.mine.layers", "c", {"units": 3}),
        Node("d", "layers.Flatten", "d"),
    )
    assert "from mine import Scale, layers as layers_layer\n" in made
    assert "from other.parts import Scale as Scale_1\n" in made
    assert 'Scale_2 = Scale(units=3, name="Scale")(image)' in made
    assert 'Scale_1_1 = Scale_1(units=3, name="Scale_1")(Scale_2)' in made
    assert "d = layers.Flatten" in made


def test_a_layer_that_takes_no_name_gets_none_and_several_results_are_told_apart(
    catalog: Catalog,
) -> None:
    made = text(
        catalog,
        Node("halves", "custom.mine.Halves", "halves", {"units": 3}),
        Node("flat", "layers.Flatten", "flat"),
    )
    assert "halves = Halves(units=3)(image)" in made
    assert "(halves[0])" in made


def test_a_layer_within_a_parameter_is_imported(catalog: Catalog) -> None:
    inner = {"object": "custom.mine.Scale", "params": {"units": 3}}
    made = text(catalog, Node("each", "layers.TimeDistributed", "each", {"layer": inner}))
    assert "from mine import Scale\n" in made
    assert "layers.TimeDistributed(Scale(units=3)" in made


def test_a_layer_that_is_not_loaded_is_told_instead_of_written() -> None:
    with pytest.raises(ProblemError) as caught:
        generate(chain(Node("scale", "custom.mine.Scale", "scale")), load())
    assert caught.value.problem.code == "custom_not_loaded"


def test_many_imports_are_wrapped() -> None:
    names = {f"custom.mine.ALayerWithALongName{n}": f"ALayerWithALongName{n}" for n in range(5)}
    lines = import_lines(names)
    assert lines[2] == "from mine import ("
    assert all(len(line) <= 88 for line in lines)
    ast.parse("\n".join(lines))
