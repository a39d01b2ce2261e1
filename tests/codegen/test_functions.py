"""Blocks as functions of the script: what is written, and that it builds what it would without."""

import builtins
import importlib
import json
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from designer.catalog.load import load
from designer.catalog.spec import Catalog
from designer.codegen.script import Script, generate
from designer.codegen.snippet import snippet
from designer.document import edits
from designer.document.fragment import cut_out, put_in
from designer.document.grouping import group, ungroup
from designer.document.model import OUTPUT, Document, Edge, Graph
from designer.document.problem import ProblemError
from designer.infer.wiring import port_order
from tests.document.block_designs import ape

Design = Callable[..., Document]
CONV = ("layers.Conv2D", {"filters": 4, "kernel_size": 3, "padding": "same"})
IMAGE = ("layers.InputLayer", {"shape": [8, 8, 4]})


def convolved(document: Document) -> Document:
    """The design, its convolutions 3x3 on the left and 5x5 on the right."""
    sizes = {"left": 3, "right": 5}
    for key, node in document.graph.nodes.items():
        if node.type == "layers.Conv2D":
            size = sizes[node.name.partition("_")[0]]
            document = edits.set_param(document, key, "kernel_size", size)
            document = edits.set_param(document, key, "padding", "same")
    return document


def twice(filters: int = 8) -> tuple[Document, str, Mapping[str, str]]:
    """Two blocks of one kind in a row, the second with other filters; also its id, and its ids."""
    document = convolved(ape())
    document, ids = put_in(document, cut_out(document, ["ape"]), 0, 300)
    second = document.blocks[ids["ape"]]
    wires = {edge for edge in document.graph.edges if edge.target != "out"}
    wires |= {
        Edge("leave", 0, second.inputs[0], "inputs"),
        Edge(second.outputs[0], 0, "out", "inputs"),
    }
    document = edits.replace_graph(document, Graph(document.graph.nodes, frozenset(wires)))
    for key in ("left", "right"):
        document = edits.set_param(document, ids[key], "filters", filters)
    return document, second.id, ids


def functions(script: Script) -> list[str]:
    """The lines above build_model(), without imports."""
    compile(script.text, "script.py", "exec")
    body = script.text.split("from keras import layers\n")[1].split("def build_model")[0]
    return body.strip().split("\n")


def called(script: Script) -> list[str]:
    """The statements of build_model()."""
    body = script.text.split('not yet compiled."""\n')[1].split("\n\n\n")[0]
    return [line.strip() for line in body.split("\n")]


def test_a_block_is_a_function_with_what_it_offers_as_arguments(catalog: Catalog) -> None:
    script = generate(convolved(ape()), catalog)
    assert functions(script) == [
        "def apes_block(x, filters):",
        '    """ApesBlock."""',
        '    left = layers.Conv2D(filters, 3, padding="same", name="left")(x)',
        '    right = layers.Conv2D(filters, 5, padding="same", name="right")(x)',
        '    sum_ = layers.Add(name="sum")([left, right])',
        "    return sum_",
    ]
    assert called(script)[1] == "ape = apes_block(image, filters=4)"


def test_blocks_of_one_kind_are_calls_of_one_function(catalog: Catalog) -> None:
    document, second, ids = twice()
    script = generate(document, catalog)
    assert functions(script)[0] == "def apes_block(x, filters, suffix):"
    assert functions(script)[2].endswith('padding="same", name=f"left{suffix}")(x)')
    assert called(script)[1:3] == [
        'ape = apes_block(image, filters=4, suffix="")',
        'ape_1 = apes_block(ape, filters=8, suffix="_1")',
    ]
    assert script.spans["left"] == script.spans[ids["left"]]
    assert script.spans["right"] == script.spans[ids["right"]]
    rows = script.text.splitlines()
    assert rows[script.spans["ape"][0] - 1].strip().startswith("ape = ")
    assert rows[script.spans[second][0] - 1].strip().startswith("ape_1 = ")


def test_what_differs_between_blocks_becomes_an_argument(catalog: Catalog) -> None:
    document, _, ids = twice()
    document = edits.set_param(document, ids["right"], "activation", "relu")
    assert called(generate(document, catalog))[1:3] == [
        'ape = apes_block(image, filters=4, activation=None, suffix="")',
        'ape_1 = apes_block(ape, filters=8, activation="relu", suffix="_1")',
    ]


def test_objects_of_keras_are_made_anew_for_each_layer(catalog: Catalog) -> None:
    document, _, ids = twice()
    drawn = {"object": "initializers.HeNormal", "params": {"seed": 1}}
    for key in ("left", "right"):
        document = edits.set_param(document, ids[key], "kernel_initializer", drawn)
    text = generate(document, catalog).text
    assert "def apes_block(x, filters, kernel_initializer, kernel_initializer_1, suffix):" in text
    assert text.count("keras.initializers.HeNormal(seed=1)") == 2


def test_another_inside_is_another_function(catalog: Catalog) -> None:
    document, _, ids = twice()
    document = edits.bypass(document, [ids["right"]], on=True)
    script = generate(document, catalog)
    assert "def apes_block(x, filters):" in script.text
    assert "def apes_block_2(x" in script.text
    assert [line.partition("(")[0] for line in called(script)[1:3]] == [
        "ape = apes_block", "ape_1 = apes_block_2"
    ]  # fmt: skip


def test_names_without_a_pattern_are_handed_over_one_by_one(catalog: Catalog) -> None:
    document, _, ids = twice()
    document = edits.rename(document, ids["sum"], "total")
    script = generate(document, catalog)
    assert 'names=("left_1", "right_1", "total")' in script.text
    document = edits.rename(document, ids["left"], "b_left")
    document = edits.rename(document, ids["right"], "b_right")
    for key, name in (("left", "a_left"), ("right", "a_right"), ("sum", "a_sum")):
        document = edits.rename(document, key, name)
        document = edits.rename(document, ids[key], name.replace("a_", "b_"))
    assert called(generate(document, catalog))[2].endswith('filters=8, name="b")')


def test_a_layer_called_inside_and_outside_is_written_in_place(catalog: Catalog) -> None:
    document, second, ids = twice(filters=4)
    nodes = dict(document.graph.nodes)
    nodes[ids["left"]] = replace(nodes[ids["left"]], shares="left", params={})
    script = generate(edits.replace_graph(document, Graph(nodes, document.graph.edges)), catalog)
    assert "def apes_block" not in script.text
    assert second not in script.spans
    assert script.spans["right"] != script.spans[ids["right"]]


def test_blocks_in_blocks_are_functions_that_call_functions(catalog: Catalog) -> None:
    document, second, _ = twice()
    document, stage = group(document, "", ["ape", second], port_order(catalog), "stage 1", "Stage")
    script = generate(document, catalog)
    assert functions(script)[-5:] == [
        "def stage(x):",
        '    """Stage."""',
        '    ape = apes_block(x, filters=4, suffix="")',
        '    ape_1 = apes_block(ape, filters=8, suffix="_1")',
        "    return ape_1",
    ]
    assert called(script)[1] == "stage_1 = stage(image)"
    lines = script.text.splitlines()
    assert lines[script.spans[second][0] - 1] == functions(script)[-2]
    assert lines[script.spans[stage][0] - 1].strip() == "stage_1 = stage(image)"


def test_an_outer_function_hands_on_what_an_inner_one_takes(catalog: Catalog) -> None:
    document, outer = group(ape(), "", ["ape"], port_order(catalog), "stage", "Stage")
    document, ids = put_in(document, cut_out(document, [outer]), 0, 900)
    copy = document.blocks[ids[outer]]
    wires = set(document.graph.edges)
    wires |= {Edge("in", 0, copy.inputs[0], "inputs"), Edge(copy.outputs[0], 0, "out2", "inputs")}
    nodes = {**document.graph.nodes, "out2": replace(document.graph.nodes["out"], id="out2",
                                                    name="other")}  # fmt: skip
    document = edits.replace_graph(document, Graph(nodes, frozenset(wires)))
    for key in ("left", "right"):
        document = edits.set_param(document, ids[key], "filters", 9)
    script = generate(convolved(document), catalog)
    assert "def stage(x, filters, suffix):" in script.text
    assert "    ape = apes_block(x, filters=filters, suffix=suffix)" in script.text


def test_several_tensors_go_in_and_come_out(catalog: Catalog, design: Design) -> None:
    document = design(
        {"a": IMAGE, "b": IMAGE, "one": CONV, "two": CONV, "add": ("layers.Add",), "out": (OUTPUT,),
         "other": (OUTPUT,)},
        "a>one", "b>two", "one>add:0", "two>add:1", "add>out", "one>other",
    )  # fmt: skip
    document, _ = group(document, "", ["one", "two", "add"], port_order(catalog), "mix", "Mix")
    script = generate(document, catalog)
    assert functions(script)[0] == "def mix(x, x_1):"
    assert functions(script)[-1] in ("    return add, one", "    return one, add")
    assert any(" = mix(a, b)" in line for line in called(script))
    assert_alike(document, catalog)


def test_data_that_leaves_a_block_and_comes_back_is_written_in_place(
    catalog: Catalog, design: Design
) -> None:
    document = design({"a": IMAGE, "one": CONV, "two": CONV, "three": CONV}, "a>one", "one>two",
                      "two>three")  # fmt: skip
    document, key = group(document, "", ["one"], port_order(catalog))
    nodes = dict(document.graph.nodes)
    nodes["three"] = replace(nodes["three"], block=key)  # as no edit leaves it
    script = generate(replace(document, graph=Graph(nodes, document.graph.edges)), catalog)
    assert "def block" not in script.text
    assert len(called(script)) == 5


def test_names_of_functions_clash_with_no_variable(catalog: Catalog) -> None:
    document = edits.rename(convolved(ape()), "in", "apes_block")
    block = replace(document.blocks["ape"], title="keras", params={"class": (("left", "filters"),)})
    script = generate(replace(document, blocks={"ape": block}), catalog)
    assert "def apes_block(x, class_):" in script.text
    assert "keras_ = apes_block(apes_block_1, class_=4)" in script.text


def test_copied_blocks_bring_their_functions(catalog: Catalog) -> None:
    document, second, _ = twice()
    lines = snippet(document, catalog, ["ape"]).split("\n")
    assert lines[0] == "def apes_block(x, filters):"
    assert lines[-2:] == ["ape = apes_block(image, filters=4)", ""]
    assert snippet(document, catalog, ["ape", second]).endswith('filters=8, suffix="_1")\n')
    inside = snippet(document, catalog, ["left", "right", "sum"])
    assert inside.startswith("left = layers.Conv2D(4, 3,")


# --- What is built ------------------------------------------------------------------------------


class Recorder:
    """Stands for Keras: calls of layers become nested tuples that tell the whole model."""

    def __init__(self) -> None:
        self.layers = self

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        def made(*values: Any, **named: Any) -> Any:
            layer = (kind, values, tuple(sorted(named.items())))
            return lambda *tensors: (layer, str(tensors))

        return made

    def Input(self, **named: Any) -> Any:  # noqa: N802 (Keras' name)
        return "input", tuple(sorted(named.items()))

    def Model(self, inputs: Any, outputs: Any, name: str) -> Any:  # noqa: N802 (Keras' name)
        return str(inputs), outputs if isinstance(outputs, list) else [outputs], name


def built(script: Script) -> Any:
    """What the script's model is, without Keras."""
    keras = Recorder()

    def fetch(name: str, *_: Any) -> Any:
        return SimpleNamespace(layers=keras, ops=keras) if _ and _[2] else keras

    names: dict[str, Any] = {"__builtins__": {**vars(builtins), "__import__": fetch}}
    exec(compile(script.text, "script.py", "exec"), names)
    return names["build_model"]()


def opened(document: Document) -> Document:
    """The design without its blocks."""
    while document.blocks:
        document = ungroup(document, next(iter(document.blocks)))
    return document


def assert_alike(document: Document, catalog: Catalog) -> None:
    """Blocks make no difference to the model."""
    script = generate(document, catalog)
    assert built(script) == built(generate(opened(document), catalog))
    assert all(key in script.spans for key, n in document.graph.nodes.items() if n.type == CONV[0])


@st.composite
def grouped(draw: st.DrawFn) -> Document:
    """Convolutions and sums at random, some of them in blocks, in blocks in blocks, and copied."""
    count = draw(st.integers(2, 7))
    nodes: dict[str, Any] = {"image": IMAGE}
    wires = []
    for k in range(count):
        names = sorted(nodes)
        feeding = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))
        if len(feeding) > 1:
            nodes[f"n{k}"] = ("layers.Add",)
            wires += [
                Edge(source, 0, f"n{k}", "inputs", slot) for slot, source in enumerate(feeding)
            ]
        else:
            sizes = {"filters": 4, "kernel_size": draw(st.sampled_from((1, 3)))}
            nodes[f"n{k}"] = ("layers.Conv2D", {**sizes, "padding": "same"})
            wires += [Edge(feeding[0], 0, f"n{k}", "inputs")]
    graph = Graph(
        {k: edits.new_node(Graph(), v[0], 0, 0, *v[1:]).__class__(k, v[0], k, *v[1:])
         for k, v in nodes.items()},
        frozenset(wires),
    )  # fmt: skip
    document = Document("d", graph)
    for _ in range(draw(st.integers(1, 3))):
        members = draw(st.sets(st.sampled_from(sorted(nodes)[1:]), min_size=1, max_size=4))
        document = _grouped(document, members)
    if draw(st.booleans()) and document.blocks:
        document = _copied(document, draw(st.sampled_from(sorted(document.blocks))))
    return document


def _grouped(document: Document, members: set[str]) -> Document:
    there = {key for key in members if not document.graph.nodes[key].block}
    there |= {b.id for b in document.blocks.values() if not b.parent and len(members) > 2}
    try:
        return group(document, "", there, lambda kind: ("inputs",), kind="Part")[0]
    except ProblemError:
        return document  # data would leave the block and come back


def _copied(document: Document, key: str) -> Document:
    after, ids = put_in(document, cut_out(document, [key]), 0, 0)
    wires = {
        replace(edge, target=ids[edge.target])
        for entry in document.blocks[key].inputs
        for edge in document.graph.incoming.get(entry, ())
    }
    graph = Graph(after.graph.nodes, after.graph.edges | wires)
    return edits.replace_graph(after, graph)


@given(grouped())
def test_blocks_make_no_difference_to_the_model(catalog: Catalog, document: Document) -> None:
    assert_alike(document, catalog)


@pytest.mark.keras
@pytest.mark.xdist_group("keras")
def test_keras_builds_the_very_same_model_with_and_without_blocks() -> None:
    keras = importlib.import_module("keras")
    catalog = load()
    document, second, _ = twice()
    document, _ = group(document, "", [second], port_order(catalog), "stage", "Stage")

    def model(design: Document) -> Any:
        names: dict[str, Any] = {"__name__": "script"}
        exec(compile(generate(design, catalog).text, "script.py", "exec"), names)
        keras.utils.set_random_seed(0)
        return names["build_model"]()

    with_blocks, without = model(document), model(opened(document))
    assert json.dumps(with_blocks.get_config()) == json.dumps(without.get_config())
    weights = zip(with_blocks.get_weights(), without.get_weights(), strict=True)
    assert all((one == other).all() for one, other in weights)
