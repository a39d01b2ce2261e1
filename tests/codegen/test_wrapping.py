"""Our lines are ruff's lines: `ruff format` at 88 columns changes nothing in what we write."""

import subprocess
import sys
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from designer.catalog.spec import Catalog
from designer.codegen.datasets import SOURCES
from designer.codegen.expressions import literal, quote
from designer.codegen.script import generate
from designer.codegen.wrapping import call, called, flat, keyword, listed, wrap
from designer.document.model import (
    DatasetChoice,
    Document,
    Edge,
    Graph,
    Node,
    ObjectValue,
    TrainingPlan,
)
from designer.document.problem import Where

NAMES = st.text("abcdefgh_ 123", min_size=1, max_size=60)
NUMBERS = st.integers(1, 10**6) | st.floats(0, 1, allow_nan=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text("ab'\"\\\n é", max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=12,
)


def formatted(text: str) -> str:
    """The text as ruff would have it."""
    command = ["ruff", "format", "--isolated", "--line-length", "88", "--target-version", "py311"]
    done = subprocess.run(
        [sys.executable, "-m", *command, "-"], input=text.encode(), capture_output=True, check=True
    )
    return done.stdout.decode()


@st.composite
def designs(draw: st.DrawFn) -> Document:
    """A graph of some layers whose names and values are of every length."""
    nodes = {"x": Node("x", "layers.InputLayer", draw(NAMES), {"shape": [32, 32, 3]})}
    edges = set()
    for number in range(draw(st.integers(1, 12))):
        key, before = f"n{number}", list(nodes)
        kind = draw(st.sampled_from(["Conv2D", "Dense", "Add", "LSTM", "Reshape", "ops"]))
        node, wires = _node(draw, key, kind, before)
        nodes[key] = node
        edges |= wires
    return Document(draw(NAMES), Graph(nodes, frozenset(edges)))


def _node(draw: st.DrawFn, key: str, kind: str, before: list[str]) -> tuple[Node, set[Edge]]:
    def source() -> str:
        return draw(st.sampled_from(before))

    name = draw(NAMES)
    if kind == "Add":
        count = draw(st.integers(2, 6))
        wires = {Edge(source(), 0, key, "inputs", slot) for slot in range(count)}
        return Node(key, "layers.Add", name), wires
    if kind == "ops":
        wires = {Edge(source(), 0, key, "x1"), Edge(source(), 0, key, "x2")}
        return Node(key, "ops.add", name), wires
    if kind == "LSTM":
        wires = {Edge(source(), 0, key, "sequences"), Edge(source(), 0, key, "initial_state")}
        wires.add(Edge(source(), 0, key, "mask"))
        flag = draw(st.booleans())
        params = {"units": 5, "return_state": flag}
        return Node(key, "layers.LSTM", name, params, {"training": True}), wires
    return Node(key, f"layers.{kind}", name, _params(draw, kind)), {
        Edge(source(), 0, key, "inputs")
    }


def _params(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    if kind == "Reshape":
        return {"target_shape": draw(st.lists(st.integers(1, 10**9), min_size=1, max_size=9))}
    initializer = {"object": "initializers.HeNormal", "params": {"seed": draw(NUMBERS)}}
    params: dict[str, Any] = {"activation": draw(JSON)}
    params["kernel_initializer"] = draw(st.sampled_from(["zeros", initializer]))
    if kind == "Dense":
        return {"units": 32, **params}
    kernel = draw(st.sampled_from([3, [3, 3], [3, 5]]))
    return {"filters": 32, "kernel_size": kernel, "strides": [2, 2], "padding": "same", **params}


@settings(max_examples=60, deadline=None)
@given(documents=st.lists(designs(), min_size=4, max_size=4))
def test_generated_scripts_are_formatted_as_ruff_formats(
    catalog: Catalog, documents: list[Document]
) -> None:
    for document in documents:
        text = generate(document, catalog).text
        compile(text, "script.py", "exec")
        assert formatted(text) == text


def test_scripts_with_data_are_formatted_as_ruff_formats(catalog: Catalog) -> None:
    nodes = {
        "x": Node("x", "layers.InputLayer", "x", {"shape": [8, 8, 1]}),
        "d": Node("d", "layers.Flatten", "d"),
    }
    document = Document("d", Graph(nodes, frozenset({Edge("x", 0, "d", "inputs")})))
    metrics = (ObjectValue("metrics.SparseCategoricalAccuracy", {"name": "accuracy"}),)
    loss = ObjectValue("losses.SparseCategoricalCrossentropy", {"from_logits": True})
    adam = ObjectValue("optimizers.Adam", {"learning_rate": 1e-05})
    plans = (TrainingPlan(), TrainingPlan(loss, adam, metrics, shuffle=False))
    choices: list[tuple[str, dict[str, Any]]] = [
        *((source.key, {}) for source in SOURCES if source.key != "npz"),
        ("digits", {"one_hot": True, "normalise": False, "validation_share": 0.3333333}),
        ("photos_denoise", {"patch_size": 256, "data_format": "channels_first"}),
        ("npz", {"path": "/data/" + "long/" * 20 + "it's.npz"}),
        ("npz", {"path": "/a.npz", "x": 'a "b"', "y": "c", "x_val": "e" * 50, "y_val": "it's"}),
    ]
    for plan in plans:
        for source, options in choices:
            chosen = DatasetChoice(source, options)
            text = generate(replace(document, data=chosen, training=plan), catalog).text
            compile(text, "script.py", "exec")
            assert formatted(text) == text


@given(st.text())
def test_a_quoted_string_is_the_string(text: str) -> None:
    assert eval(quote(text)) == text


@given(JSON)
def test_a_literal_is_the_value(value: Any) -> None:
    assert eval(flat(literal(value, Where()))) == value


def test_a_break_comes_at_the_first_bracket_that_must_break() -> None:
    layer = call("layers.Concatenate", [keyword("axis", ("3",)), keyword("name", ('"merge"',))])
    code = ("merge = ", *called(layer, [listed([("a" * 20,), ("b" * 20,)])]))
    assert wrap(code, 4) == [
        '    merge = layers.Concatenate(axis=3, name="merge")(',
        "        [aaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbb]",
        "    )",
    ]
