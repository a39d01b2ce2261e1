"""The script of a design: what is written, what is left out, where each node stands."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

from designer.catalog.load import load
from designer.catalog.spec import Catalog
from designer.codegen.body import SEVERAL
from designer.codegen.script import generate
from designer.document.edits import bypass
from designer.document.model import DatasetChoice, Document, Edge, Graph, Node, TrainingPlan
from designer.document.problem import ProblemError

Design = Callable[..., Document]
INPUT = ("layers.InputLayer", {"shape": [32, 32, 3]})


def build(document: Document, catalog: Catalog) -> list[str]:
    """The lines of build_model()'s body."""
    text = generate(document, catalog).text
    compile(text, "script.py", "exec")
    body = text.split('not yet compiled."""\n')[1].split("\n\n\n")[0]
    return [line.strip() for line in body.split("\n")]


def test_a_layer_is_one_line_with_what_differs_from_the_defaults(
    catalog: Catalog, design: Design
) -> None:
    params = {"filters": 32, "kernel_size": [3, 3], "strides": [1, 1], "padding": "same"}
    document = design({"image": INPUT, "conv1": ("layers.Conv2D", params)}, "image>conv1")
    assert build(document, catalog) == [
        'image = keras.Input(shape=(32, 32, 3), name="image")',
        'conv1 = layers.Conv2D(32, 3, padding="same", name="conv1")(image)',
        'return keras.Model(image, conv1, name="a_design")',
    ]


def test_unequal_kernels_stay_tuples_and_long_lines_are_wrapped(
    catalog: Catalog, design: Design
) -> None:
    params = {"filters": 32, "kernel_size": [3, 5], "strides": 2, "padding": "same"}
    params |= {"activation": "relu", "use_bias": False}
    document = design({"image": INPUT, "conv1": ("layers.Conv2D", params)}, "image>conv1")
    assert build(document, catalog)[1:-1] == [
        "conv1 = layers.Conv2D(",
        "32,",
        "(3, 5),",
        "strides=2,",
        'padding="same",',
        'activation="relu",',
        "use_bias=False,",
        'name="conv1",',
        ")(image)",
    ]


def test_merges_take_a_list_in_the_order_of_their_slots(catalog: Catalog, design: Design) -> None:
    document = design(
        {"a": INPUT, "b": INPUT, "sum": ("layers.Concatenate", {"axis": 3})},
        "b>sum.inputs:1",
        "a>sum.inputs:4",
    )
    lines = build(document, catalog)
    assert lines[2] == 'sum_ = layers.Concatenate(axis=3, name="sum")([b, a])'
    assert lines[3] == 'return keras.Model([a, b], sum_, name="a_design")'


def test_optional_ports_go_by_keyword_and_several_outputs_by_index(
    catalog: Catalog, design: Design
) -> None:
    steps = ("layers.InputLayer", {"shape": [None, 8]})
    document = design(
        {
            "x": steps,
            "encoder": ("layers.LSTM", {"units": 4, "return_state": True}),
            "decoder": ("layers.LSTM", {"units": 4}, {"training": False}),
        },
        "x>encoder.sequences",
        "x>decoder.sequences",
        "encoder:1>decoder.initial_state:0",
        "encoder:2>decoder.initial_state:1",
    )
    assert build(document, catalog)[1:] == [
        'encoder = layers.LSTM(4, return_state=True, name="encoder")(x)',
        'decoder = layers.LSTM(4, name="decoder")(',
        "x, initial_state=[encoder[1], encoder[2]], training=False",
        ")",
        'return keras.Model(x, decoder, name="a_design")',
    ]


def test_a_shared_layer_is_made_once_and_called_twice(catalog: Catalog, design: Design) -> None:
    row = ("layers.InputLayer", {"shape": [8]})
    document = design(
        {"a": row, "b": row, "tower": ("layers.Dense", {"units": 4}), "again": ("layers.Dense",)},
        "a>tower",
        "b>again",
    )
    again = replace(document.graph.nodes["again"], shares="tower")
    graph = Graph({**document.graph.nodes, "again": again}, document.graph.edges)
    document = replace(document, graph=graph)
    script = generate(document, catalog)
    assert build(document, catalog)[2:] == [
        'tower_layer = layers.Dense(4, name="tower")',
        "again = tower_layer(b)",
        "tower = tower_layer(a)",
        'return keras.Model([a, b], [again, tower], name="a_design")',
    ]
    first, last = script.spans["again"]
    assert last == first + 1 and script.spans["tower"] == (last + 1, last + 1)


def test_operations_are_calls_with_tensors_and_literals(catalog: Catalog, design: Design) -> None:
    document = design(
        {
            "a": INPUT,
            "plus": ("ops.add", {}, {"x2": 1.5}),
            "turned": ("ops.transpose", {"axes": [0, 2, 1, 3]}),
        },
        "a>plus.x1",
        "plus>turned.x",
    )
    lines = build(document, catalog)
    assert lines[1] == "plus = ops.add(a, 1.5)"
    assert lines[2] == "turned = ops.transpose(plus, axes=(0, 2, 1, 3))"
    assert "from keras import ops\n" in generate(document, catalog).text


def test_object_values_and_wrapped_layers_are_written_in_full(
    catalog: Catalog, design: Design
) -> None:
    he_normal = {"object": "initializers.HeNormal", "params": {"seed": 1}}
    inner = {"object": "layers.Dense", "params": {"units": 3, "activation": "relu"}}
    document = design(
        {
            "x": ("layers.InputLayer", {"shape": [8]}),
            "dense": ("layers.Dense", {"units": 4, "kernel_initializer": he_normal}),
            "td": ("layers.TimeDistributed", {"layer": inner}),
        },
        "x>dense",
        "x>td",
    )
    text = generate(document, catalog).text
    assert "kernel_initializer=keras.initializers.HeNormal(seed=1)" in text
    wrapped = 'layers.TimeDistributed(layers.Dense(3, activation="relu"), name="td")'
    assert wrapped in text


def test_an_activation_object_becomes_the_string_that_keras_takes(
    catalog: Catalog, design: Design
) -> None:
    def text(activation: Any) -> str:
        params = {"units": 4, "activation": activation}
        document = design({"x": INPUT, "d": ("layers.Dense", params)}, "x>d")
        return generate(document, catalog).text

    assert 'activation="relu"' in text({"object": "activations.relu", "params": {}})
    assert "activation=keras.activations.odd" in text({"object": "activations.odd"})
    with pytest.raises(ProblemError) as caught:
        text({"object": "activations.relu", "params": {"negative_slope": 0.1}})
    assert caught.value.problem.code == "activation_parameters"


def test_an_object_that_says_the_default_is_left_out(catalog: Catalog, design: Design) -> None:
    glorot = {"object": "initializers.GlorotUniform", "params": {}}
    params = {"units": 4, "kernel_initializer": glorot}
    document = design({"x": INPUT, "d": ("layers.Dense", params)}, "x>d")
    assert build(document, catalog)[1] == 'd = layers.Dense(4, name="d")(x)'


def test_output_nodes_say_what_comes_out_and_each_has_its_line(
    catalog: Catalog, design: Design
) -> None:
    document = design(
        {
            "x": INPUT,
            "d1": ("layers.Dense", {"units": 4}),
            "d2": ("layers.Dense", {"units": 5}),
            "output": ("output",),
            "output_1": ("output",),
        },
        "x>d1",
        "d1>d2",
        "d2>output",
        "d1>output_1",
    )
    script = generate(document, catalog)
    assert build(document, catalog)[3:] == [
        "outputs = [",
        "d2,",
        "d1,",
        "]",
        'return keras.Model(x, outputs, name="a_design")',
    ]
    lines = script.text.split("\n")
    assert lines[script.spans["output"][0] - 1].strip() == "d2,"
    assert lines[script.spans["output_1"][0] - 1].strip() == "d1,"


def test_what_is_not_wired_is_left_out_with_a_comment_that_names_it(
    catalog: Catalog, design: Design
) -> None:
    document = design(
        {
            "x": INPUT,
            "d1": ("layers.Dense", {"units": 4}),
            "lonely": ("layers.Dense", {"units": 4}),
            "sum": ("layers.Add",),
            "output": ("output",),
        },
        "x>d1",
        "d1>output",
        "d1>sum.inputs:0",
    )
    lines = build(document, catalog)
    assert "# Left out, not wired from input to output: lonely (Dense)" in lines
    assert "# Left out, not wired from input to output: sum (Add)" in lines


def test_spans_cover_every_node_and_never_overlap(catalog: Catalog, design: Design) -> None:
    document = design(
        {
            "x": INPUT,
            "up": ("layers.UpSampling2D", {"size": [4, 4]}),
            "conv": ("layers.Conv2D", {"filters": 3, "kernel_size": 3}),
            "lonely": ("layers.Flatten",),
            "output": ("output",),
        },
        "x>up",
        "up>conv",
        "conv>output",
    )
    script = generate(document, catalog)
    assert set(script.spans) == set(document.graph.nodes)
    spans = sorted(script.spans.values())
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    first, last = script.spans["up"]
    assert script.text.split("\n")[first - 1 : last] == [
        '    up = layers.UpSampling2D(4, name="up")(x)'
    ]


def test_without_data_the_script_prints_a_summary(catalog: Catalog, design: Design) -> None:
    document = design({"x": INPUT, "d": ("layers.Flatten",)}, "x>d")
    text = generate(document, catalog).text
    assert "build_model().summary()" in text
    assert "load_data" not in text and "numpy" not in text and "DATA" not in text


def test_with_data_the_script_loads_compiles_fits_and_saves(
    catalog: Catalog, design: Design
) -> None:
    document = design({"x": INPUT, "d": ("layers.Flatten",)}, "x>d")
    training = TrainingPlan(epochs=3, batch_size=8, seed=7, shuffle=False)
    document = replace(document, data=DatasetChoice("photos_denoise"), training=training)
    text = generate(document, catalog).text
    for line in (
        "    keras.utils.set_random_seed(7)",
        "    (x_train, y_train), (x_val, y_val) = load_data()",
        "        validation_data=(x_val, y_val),",
        "        epochs=3,",
        "        batch_size=8,",
        "        shuffle=False,",
        "        callbacks=[*callbacks],",
        '    model.save("model.keras")',
        "    return history",
        '"""a design. Written by Skipwire."""',
    ):
        assert line in text.split("\n")
    line = "optimizer=keras.optimizers.Adam(), loss=keras.losses.MeanSquaredError()"
    assert line in text
    compile(text, "script.py", "exec")


@pytest.mark.parametrize(
    ("nodes", "wires", "code"),
    [
        ({}, (), "empty_design"),
        ({"x": ("layers.Nothing",)}, (), "unknown_type"),
        ({"x": INPUT, "a": ("layers.Flatten", {"wings": 2})}, ("x>a",), "unknown_parameter"),
        ({"a": ("layers.Add",), "b": ("layers.Add",)}, ("a>b", "b>a"), "cycle"),
        ({"x": INPUT, "a": ("layers.LSTM", {"units": 1})}, ("x>a.sequences", "x>a.z"), "no_port"),
    ],
)
def test_a_graph_that_cannot_be_written_is_a_problem(
    catalog: Catalog, design: Design, nodes: Any, wires: tuple[str, ...], code: str
) -> None:
    with pytest.raises(ProblemError) as caught:
        generate(design(nodes, *wires), catalog)
    assert caught.value.problem.code == code


@pytest.mark.parametrize("key", ["os.system", "losses", 3, [], "initializers.HeNormal()"])
def test_an_object_that_the_catalogue_lacks_is_never_written(
    catalog: Catalog, design: Design, key: Any
) -> None:
    params = {"units": 4, "kernel_initializer": {"object": key, "params": {}}}
    with pytest.raises(ProblemError) as caught:
        generate(design({"x": INPUT, "d": ("layers.Dense", params)}, "x>d"), catalog)
    problem = caught.value.problem
    assert (problem.code, problem.where.param) == ("unknown_object", "kernel_initializer")


def test_hostile_names_stay_names(catalog: Catalog) -> None:
    names = ["import os", "__import__('os').system('x')", '"""', "keras", "名前", "1", "", "a/b"]
    names += ["None", "print", "A\nimport os", "café", "x" * 90]
    source = Node("x", "layers.InputLayer", "x", {"shape": [8]})
    nodes = [Node(f"n{i}", "layers.Dense", name, {"units": 4}) for i, name in enumerate(names)]
    edges = frozenset(Edge("x", 0, node.id, "inputs") for node in nodes)
    graph = Graph({node.id: node for node in (source, *nodes)}, edges)
    text = generate(Document('"""\nimport os\\', graph), catalog).text
    tree = compile(text, "script.py", "exec")
    assert "os" not in tree.co_names
    assert text.startswith('"""\'\'\' import os/. Written by Skipwire."""\n')
    assert 'name="a_b"' in text and "名前 = " in text


def test_operations_known_for_several_tensors_are_in_the_catalogue() -> None:
    assert set(load().layers) >= SEVERAL


def test_a_required_literal_between_tensors_sends_them_by_name(
    catalog: Catalog, design: Design
) -> None:
    starts = {"start_indices": [0, 0]}
    document = design(
        {"a": INPUT, "b": INPUT, "put": ("ops.slice_update", starts)},
        "a>put.inputs",
        "b>put.updates",
    )
    line = "put = ops.slice_update(a, updates=b, start_indices=(0, 0))"
    assert build(document, catalog)[2] == line


def test_what_is_bypassed_is_not_in_the_script_at_all(catalog: Catalog, design: Design) -> None:
    conv = ("layers.Conv2D", {"filters": 3, "kernel_size": 3, "padding": "same"})
    document = design(
        {"image": ("layers.InputLayer", {"shape": [8, 8, 3]}), "conv": conv, "deep": conv,
         "add": ("layers.Add",), "out": ("output",)},
        "image>conv", "conv>deep", "deep>add:0", "image>add:1", "add>out",
    )  # fmt: skip
    script = generate(bypass(document, ["conv", "deep"], on=True), catalog)
    assert "conv" not in script.text
    assert "deep" not in script.text
    assert 'add = layers.Add(name="add")([image, image])' in script.text
    assert script.spans.keys() == {"image", "add", "out"}
    again = bypass(bypass(document, ["conv", "deep"], on=True), ["conv", "deep"], on=False)
    assert generate(again, catalog) == generate(document, catalog)


def test_without_a_mark_the_node_before_a_bypassed_end_is_the_output(
    catalog: Catalog, design: Design
) -> None:
    document = design(
        {"x": ("layers.InputLayer", {"shape": [8]}), "first": ("layers.Dense", {"units": 4}),
         "last": ("layers.Dense", {"units": 2})},
        "x>first", "first>last",
    )  # fmt: skip
    text = generate(bypass(document, ["last"], on=True), catalog).text
    assert "return keras.Model(x, first" in text
