"""What Skipwire writes it reads again: the same text for any design, equal designs for usual ones.

Names of operations and of outputs stand in a script only as far as its variables tell them.
"""

import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from designer.catalog.spec import Catalog, LayerSpec, ParamSpec
from designer.codegen.script import generate
from designer.codegen.snippet import snippet
from designer.document.edits import FreeNames
from designer.document.model import (
    INPUT,
    OUTPUT,
    DatasetChoice,
    Document,
    Edge,
    Graph,
    Node,
    ObjectValue,
    TrainingPlan,
)
from designer.formats.examples import list_examples, load_example
from designer.formats.python.reading import paste, read_source
from designer.formats.python.text import Source
from designer.infer.bypass import active
from tests.formats.python.telling import CATALOG

KINDS = sorted(key for key, spec in CATALOG.layers.items() if key != INPUT and not spec.unbuildable)
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "int": st.integers(-3, 300),
    "float": st.floats(-9, 9, allow_nan=False) | st.integers(0, 3),
    "bool": st.booleans(),
    "string": st.text(max_size=9),
    "ints": st.integers(1, 9) | st.lists(st.integers(1, 9), min_size=2, max_size=3),
    "floats": st.floats(0, 1) | st.lists(st.floats(0, 1), min_size=2, max_size=2),
    "shape": st.lists(st.none() | st.integers(1, 64), min_size=1, max_size=3),
    "dtype": st.sampled_from(CATALOG.dtypes),
    "policy": st.sampled_from((*CATALOG.dtypes, *CATALOG.policies)),
    "activation": st.sampled_from(["relu", "softmax", {"object": "layers.ReLU", "params": {}}]),
    "initializer": st.just("he_normal")
    | st.builds(
        lambda seed: {"object": "initializers.HeNormal", "params": {"seed": seed}},
        st.integers(0, 99),
    ),
    "regularizer": st.just({"object": "regularizers.L2", "params": {"l2": 0.25}}),
    "constraint": st.just({"object": "constraints.NonNeg", "params": {}}),
    "layer": st.just({"object": "layers.LSTM", "params": {"units": 3, "return_sequences": True}}),
    "layers": st.just([{"object": "layers.LSTMCell", "params": {"units": 3}}]),
    "json": st.none()
    | st.integers(0, 9)
    | st.text(max_size=5)
    | st.lists(st.integers(-9, 2**53), max_size=3),
}
PLAIN = st.text("abcd12", min_size=1, max_size=5).map("b".__add__)
WILD = st.text("abcxyz_ 0189äé", min_size=1, max_size=12) | st.sampled_from(
    ("conv", "x", "layers", "keras", "for", "outputs", "list", "add", "input", "A1", "1")
)


def value(draw: st.DrawFn, param: ParamSpec) -> Any:
    if param.kind == "choice":
        return draw(st.sampled_from(param.choices)) if param.choices else param.default
    return draw(VALUES.get(param.kind, st.integers(0, 9)))


def params(draw: st.DrawFn, spec: LayerSpec) -> dict[str, Any]:
    given_: dict[str, Any] = {}
    for param in spec.params:
        port = spec.port(param.name)
        if port is None and not param.call and (param.required or draw(st.integers(0, 5)) == 0):
            given_[param.name] = value(draw, param)
    given_ = {**dict(spec.sample), **given_} if draw(st.booleans()) else given_
    return {k: v for k, v in given_.items() if v is not None}


@st.composite
def designs(draw: st.DrawFn, wanted: st.SearchStrategy[str]) -> Document:
    """Any nodes, wired from earlier to later ones, of which each leads to an output."""
    names = FreeNames(())
    nodes: dict[str, Node] = {}
    edges: set[Edge] = set()
    for number in range(draw(st.integers(1, 3))):
        shape = draw(VALUES["shape"])
        nodes[f"i{number}"] = Node(f"i{number}", INPUT, names.take(draw(wanted)), {"shape": shape})
    for number in range(draw(st.integers(0, 7))):
        spec = CATALOG.layers[draw(st.sampled_from(KINDS))]
        key, earlier = f"n{number}", sorted(nodes)
        owners = [n.id for n in nodes.values() if n.type == spec.key and not n.shares]
        shares = owners[0] if owners and not spec.operation and draw(st.booleans()) else ""
        given_ = {} if shares else params(draw, spec)
        nodes[key] = Node(key, spec.key, names.take(draw(wanted)), given_, shares=shares)
        for port in spec.inputs:
            if port.optional and draw(st.booleans()):
                continue
            for slot in range(draw(st.integers(max(port.minimum, 1), 3)) if port.variadic else 1):
                edges.add(Edge(draw(st.sampled_from(earlier)), 0, key, port.name, slot))
    calls = sorted(nodes)
    ends = [key for key in calls if not any(edge.source == key for edge in edges)]
    marked = draw(st.lists(st.sampled_from(calls), max_size=2)) + ends
    for number, source in enumerate(dict.fromkeys(marked)):
        nodes[f"o{number}"] = Node(f"o{number}", OUTPUT, names.take(draw(wanted)))
        edges.add(Edge(source, 0, f"o{number}", "inputs"))
    return Document(draw(wanted), Graph(nodes, frozenset(edges)))


@settings(max_examples=40)
@given(design=designs(PLAIN))
def test_any_design_that_can_be_written_is_read_as_the_same_script(design: Document) -> None:
    text = generate(design, CATALOG).text
    again = read_source(Source(text), CATALOG)
    assert generate(again.document, CATALOG).text == text


@settings(max_examples=30)
@given(design=designs(WILD))
def test_names_that_python_cannot_have_change_once_and_never_again(design: Document) -> None:
    read = read_source(Source(generate(design, CATALOG).text), CATALOG).document
    text = generate(read, CATALOG).text
    again = read_source(Source(text), CATALOG).document
    assert generate(again, CATALOG).text == text
    assert again == read


@pytest.mark.parametrize("key", [example.key for example in list_examples()])
def test_an_example_comes_back_equal_but_for_ids_and_places(key: str, catalog: Catalog) -> None:
    design = load_example(key)
    found = read_source(Source(generate(design, catalog).text), catalog)
    assert not found.notes
    read = found.document
    assert (read.name, read.training) == (design.name, design.training)
    assert generate(read, catalog).text == generate(design, catalog).text
    kinds = [[block.kind for block in one.blocks.values()] for one in (read, design)]
    assert kinds[0] == kinds[1]
    read, design = active(read, catalog), active(design, catalog)
    named = {node.id: node.name for node in design.graph.nodes.values()}
    marks = {n.id for n in design.graph.nodes.values() if n.type == OUTPUT}
    assert {node.name for node in read.graph.nodes.values() if node.type != OUTPUT} == {
        name for key, name in named.items() if key not in marks
    }
    wanted = {
        replace(edge, source=named[edge.source], target=named[edge.target])
        for edge in design.graph.edges
        if edge.target not in marks
    }
    assert {edge for edge in read.graph.edges if not edge.target.startswith("output")} == wanted


def test_data_and_training_come_back_with_their_options(catalog: Catalog) -> None:
    chance = random.Random(1)
    plan = TrainingPlan(
        loss=ObjectValue("losses.Huber", {"delta": 2.0}),
        optimizer=ObjectValue("optimizers.SGD", {"learning_rate": 0.1, "nesterov": True}),
        metrics=(ObjectValue("metrics.MeanAbsoluteError", {"name": "mae"}),),
        epochs=7,
        batch_size=64,
        seed=3,
        shuffle=False,
    )
    example = load_example("skip_autoencoder")
    choices = [
        DatasetChoice("photos_denoise", {"patch_size": 64, "noise": 0.25, "train_patches": 99}),
        DatasetChoice("photos_denoise", {"data_format": "channels_first", "seed": 5}),
        DatasetChoice("digits", {"normalise": False, "one_hot": True, "validation_share": 0.3}),
        DatasetChoice("npz", {"path": "/data/mine.npz", "x": "images", "y": "masks"}),
        DatasetChoice("npz", {"path": "/data/mine.npz", "x_val": "a", "y_val": "b"}),
        DatasetChoice(),
    ]
    chance.shuffle(choices)
    for choice in choices:
        design = replace(example, data=choice, training=plan)
        read = read_source(Source(generate(design, catalog).text), catalog).document
        assert read.data == choice
        if choice.source:
            assert read.training == plan


def test_data_that_somebody_changed_in_the_script_is_none_of_ours(catalog: Catalog) -> None:
    text = generate(load_example("digits_resnet"), catalog).text
    changed = text.replace("rng.permutation(", "np.sort(")
    assert changed != text
    assert read_source(Source(changed), catalog).document.data == DatasetChoice()


def test_copied_nodes_come_back_from_a_text_editor(catalog: Catalog) -> None:
    design = load_example("skip_autoencoder")
    ids = [n.id for n in design.graph.nodes.values() if n.type not in (INPUT, OUTPUT)]
    fragment, notes = paste(snippet(design, catalog, ids), catalog)
    assert not notes
    assert {node.name for node in fragment.nodes} == {design.graph.nodes[key].name for key in ids}
    inner = [e for e in design.graph.edges if e.source in ids and e.target in ids]
    assert len(fragment.edges) == len(inner)
