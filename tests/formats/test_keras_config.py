"""Saved configurations as designs: ports, literals, shared layers, nested models, plans."""

from typing import Any

import pytest

from designer.catalog.spec import Catalog
from designer.document.block_lines import check
from designer.document.grouping import ungroup
from designer.document.model import INPUT, OUTPUT, Document, Edge, ObjectValue
from designer.document.problem import ProblemError, Where
from designer.formats.keras_config import to_document
from tests.formats.archives import (
    Saved,
    call,
    entry,
    functional,
    layer,
    residual,
    sequential,
    tensor,
)

WHERE = Where(file="net.keras")


def read(model: Any, catalog: Catalog) -> Document:
    return to_document(model, catalog, WHERE)


def refused(model: Any, catalog: Catalog) -> str:
    with pytest.raises(ProblemError) as caught:
        read(model, catalog)
    assert caught.value.problem.where.file == "net.keras"
    assert caught.value.problem.message
    return caught.value.problem.code


def test_layers_and_operations_become_nodes_and_their_calls_wires(catalog: Catalog) -> None:
    document = read(residual(), catalog)
    nodes = document.graph.nodes
    assert document.name == "net"
    assert {n.name: n.type for n in nodes.values()} == {
        "x": INPUT,
        "dense": "layers.Dense",
        "add": "ops.add",
        "multiply": "ops.multiply",
        "output_1": OUTPUT,
        "output_2": OUTPUT,
    }
    assert nodes["x"].params == {"shape": [4]}
    assert nodes["dense"].params == {"units": 4, "activation": "relu"}
    assert nodes["multiply"].params == {"x2": 2.0}
    assert document.graph.edges == {
        Edge("x", 0, "dense", "inputs"),
        Edge("dense", 0, "add", "x1"),
        Edge("x", 0, "add", "x2"),
        Edge("add", 0, "multiply", "x1"),
        Edge("add", 0, "output_1", "inputs"),
        Edge("multiply", 0, "output_2", "inputs"),
    }


def test_lists_and_named_arguments_find_their_ports(catalog: Catalog) -> None:
    saved = functional(
        [
            entry("x", 8, 4),
            entry("m", 8),
            layer("Concatenate", "both", [call([tensor("x"), tensor("x")])], axis=-1),
            layer(
                "LSTM",
                "lstm",
                [call(tensor("both"), mask=tensor("m"), training=True, initial_state=None)],
                units=3,
                return_state=True,
            ),
            layer(
                "LSTM",
                "second",
                [call(tensor("x"), initial_state=[tensor("lstm", 0, 1), tensor("lstm", 0, 2)])],
                units=3,
            ),
        ],
        {"x": ["x", 0, 0], "m": ["m", 0, 0]},
        ["second", 0, 0],
    )
    graph = read(saved, catalog).graph
    assert [(e.source, e.slot) for e in graph.incoming["both"]] == [("x", 0), ("x", 1)]
    assert Edge("m", 0, "lstm", "mask") in graph.edges
    assert graph.nodes["lstm"].arguments == {"training": True}
    assert Edge("lstm", 2, "second", "initial_state", 1) in graph.edges
    assert graph.nodes["output"].type == OUTPUT


def test_a_layer_called_twice_is_shared(catalog: Catalog) -> None:
    dense = layer("Dense", "dense", [call(tensor("x")), call(tensor("dense"))], units=4)
    graph = read(functional([entry("x"), dense], ["x", 0, 0], ["dense", 1, 0]), catalog).graph
    assert graph.nodes["dense_1"].shares == "dense"
    assert graph.nodes["dense_1"].params == {}
    assert Edge("dense", 0, "dense_1", "inputs") in graph.edges
    assert Edge("dense_1", 0, "output", "inputs") in graph.edges


def nested(name: str, calls: list[Saved]) -> Saved:
    body = functional(
        [entry("i"), layer("Dense", "d", [call(tensor("i"))], units=4)],
        [["i", 0, 0]],
        [["d", 0, 0]],
        name,
    )
    return {**body, "name": name, "inbound_nodes": calls}


def test_nested_models_become_blocks_that_share_when_called_again(catalog: Catalog) -> None:
    inner = nested("body", [call(tensor("x")), call(tensor("body"))])
    found = read(functional([entry("x"), inner], [["x", 0, 0]], [["body", 1, 0]]), catalog)
    names = [(block.title, block.kind) for block in found.blocks.values()]
    assert names == [("body", "body"), ("body_1", "body")]
    check(found, Where())
    first, second = found.blocks
    assert (found.graph.nodes["body_d"].block, found.graph.nodes["body_d_1"].block) == (
        first, second
    )  # fmt: skip
    graph = ungroup(ungroup(found, first), second).graph
    assert set(graph.nodes) == {"x", "body_d", "body_d_1", "output"}
    assert graph.nodes["body_d_1"].shares == "body_d"
    assert Edge("x", 0, "body_d", "inputs") in graph.edges
    assert Edge("body_d", 0, "body_d_1", "inputs") in graph.edges


def test_a_sequential_model_is_a_chain(catalog: Catalog) -> None:
    steps = [layer("Dense", "a", [], units=4), layer("ReLU", "b", [])]
    for model in (
        sequential([entry("x"), *steps]),
        sequential(steps, build_input_shape=[None, 4]),
    ):
        graph = read(model, catalog).graph
        types = [n.type for n in graph.nodes.values()]
        assert types == [INPUT, "layers.Dense", "layers.ReLU", OUTPUT]
        assert len(graph.edges) == 3
    assert refused(sequential(steps), catalog) == "no_input_shape"


def keras_object(module: str, kind: str, **config: Any) -> Saved:
    return {"module": module, "class_name": kind, "config": config, "registered_name": None}


def test_what_keras_does_anyway_is_left_out(catalog: Catalog) -> None:
    params: Saved = {
        "trainable": True,
        "dtype": keras_object("keras", "DTypePolicy", name="float32"),
        "units": 4,
        "activation": "linear",
        "use_bias": True,
        "kernel_initializer": keras_object("keras.initializers", "GlorotUniform", seed=None),
        "bias_initializer": keras_object("keras.initializers", "Constant", value=0.5),
        "kernel_regularizer": keras_object("keras.regularizers", "L2", l2=0.1),
        "bias_constraint": None,
    }
    dense = layer("Dense", "dense", [call(tensor("x"))], **params)
    graph = read(functional([entry("x"), dense], ["x", 0, 0], ["dense", 0, 0]), catalog).graph
    assert graph.nodes["dense"].params == {
        "units": 4,
        "bias_initializer": {"object": "initializers.Constant", "params": {"value": 0.5}},
        "kernel_regularizer": {"object": "regularizers.L2", "params": {"l2": 0.1}},
    }


def test_a_wrapped_layer_is_an_object_and_its_mirror_is_left_out(catalog: Catalog) -> None:
    forward = keras_object("keras.layers", "LSTM", name="forward_l", units=3, go_backwards=False)
    backward = keras_object("keras.layers", "LSTM", name="backward_l", units=3, go_backwards=True)
    both = layer(
        "Bidirectional", "both", [call(tensor("x"))], layer=forward, backward_layer=backward
    )
    saved = functional([entry("x", 8, 4), both], ["x", 0, 0], ["both", 0, 0])
    assert read(saved, catalog).graph.nodes["both"].params == {
        "layer": {"object": "layers.LSTM", "params": {"units": 3}}
    }


def test_slices_are_kept_as_objects(catalog: Catalog) -> None:
    part = {"class_name": "__slice__", "config": {"start": 1, "stop": None, "step": None}}
    rest = {"class_name": "__ellipsis__", "config": {}}
    item = layer("GetItem", "item", [call(tensor("x"), [rest, part, 0])], "keras.src.ops.numpy")
    graph = read(functional([entry("x"), item], ["x", 0, 0], ["item", 0, 0]), catalog).graph
    assert graph.nodes["item"].params == {
        "key": [
            {"object": "ellipsis", "params": {}},
            {"object": "slice", "params": {"start": 1, "stop": None, "step": None}},
            0,
        ]
    }


def test_how_it_was_compiled_becomes_the_training_plan(catalog: Catalog) -> None:
    adam = keras_object(
        "keras.optimizers", "Adam", name="adam", learning_rate=0.0010000000474974513
    )
    sgd = keras_object("keras.optimizers", "SGD", learning_rate=0.009999999776482582, momentum=0.9)
    model = residual()
    model["compile_config"] = {"optimizer": adam, "loss": "mse", "metrics": ["mae", {"odd": 1}]}
    plan = read(model, catalog).training
    assert plan.loss == ObjectValue("losses.MeanSquaredError")
    assert plan.optimizer == ObjectValue("optimizers.Adam")
    assert plan.metrics == (ObjectValue("metrics.MeanAbsoluteError"),)
    model["compile_config"] = {"optimizer": sgd, "loss": ["mae"], "metrics": 3}
    plan = read(model, catalog).training
    assert plan.loss == ObjectValue("losses.MeanAbsoluteError")
    assert plan.optimizer.params == {"momentum": 0.9}


@pytest.mark.parametrize(
    ("kind", "module", "params"),
    [
        ("Mine", "keras.src.somewhere", {}),
        ("Mine", "not a module", {}),
        ("Lambda", "keras.layers", {"function": {"class_name": "__lambda__", "config": {}}}),
        ("Activation", "keras.layers", {"activation": {"class_name": "function", "config": "f"}}),
        ("Dense", "keras.layers", {"kernel_initializer": {"class_name": "Mine", "config": {}}}),
    ],
)
def test_code_is_refused_by_the_name_of_its_layer(
    kind: str, module: str, params: Saved, catalog: Catalog
) -> None:
    odd = layer(kind, "odd_one", [call(tensor("x"))], module, **params)
    saved = functional([entry("x"), odd], ["x", 0, 0], ["odd_one", 0, 0])
    assert refused(saved, catalog) == "custom_code"
    with pytest.raises(ProblemError, match="odd_one"):
        read(saved, catalog)


def test_a_class_that_is_not_of_keras_becomes_a_node_that_keeps_what_the_file_says(
    catalog: Catalog,
) -> None:
    odd = layer(
        "Mine",
        "odd_one",
        [call(tensor("x"))],
        "my.package",
        power=2,
        dtype="float32",
        trainable=True,
    )
    document = read(functional([entry("x"), odd], ["x", 0, 0], ["odd_one", 0, 0]), catalog)
    node = document.graph.nodes["odd_one"]
    assert (node.type, node.params) == ("custom.my.package.Mine", {"power": 2})
    assert [edge.input for edge in document.graph.incoming["odd_one"]] == ["tensor_1"]


def test_tensors_of_such_a_class_keep_their_places_and_names(catalog: Catalog) -> None:
    pair = call([tensor("x"), tensor("x")], tensor("x"), mask=tensor("x"), strength=2.0)
    odd = layer("Mine", "odd_one", [pair], "my.package")
    document = read(functional([entry("x"), odd], ["x", 0, 0], ["odd_one", 0, 0]), catalog)
    wires = [(edge.input, edge.slot) for edge in document.graph.incoming["odd_one"]]
    assert wires == [("mask", 0), ("tensor_1", 0), ("tensor_1", 1), ("tensor_2", 0)]
    assert document.graph.nodes["odd_one"].arguments == {"strength": 2.0}


def test_a_model_that_is_python_code_is_refused(catalog: Catalog) -> None:
    saved = {"module": "my", "class_name": "Net", "config": {}}
    assert refused(saved, catalog) == "not_functional"


def test_dangling_and_circular_references_are_refused(catalog: Catalog) -> None:
    gone = functional([entry("x")], ["x", 0, 0], ["gone", 0, 0])
    assert refused(gone, catalog) == "broken_model"
    inner = nested("body", [call(tensor("body"))])
    inner["config"]["output_layers"] = [["i", 0, 0]]
    circle = functional([inner], [], [["body", 0, 0]])
    assert refused(circle, catalog) == "broken_model"


def test_models_that_multiply_by_nesting_are_stopped(catalog: Catalog) -> None:
    model = nested("m0", [])
    for depth in range(1, 19):
        twice = {**model, "inbound_nodes": [call(tensor("i")), call(tensor("i"))]}
        last = [[twice["name"], 1, 0]]
        model = {**functional([entry("i"), twice], [["i", 0, 0]], last, f"m{depth}")}
        model |= {"name": f"m{depth}"}
    assert refused(model, catalog) == "too_large"


def test_layers_that_keras_keeps_to_itself_have_stand_ins(catalog: Catalog) -> None:
    scale = layer(
        "LayerScale",
        "gamma",
        [call(tensor("x"))],
        "keras.src.applications.convnext",
        init_values=1e-6,
        projection_dim=3,
    )
    blend = layer(
        "CustomScaleLayer",
        "blend",
        [call([tensor("x"), tensor("gamma")])],
        "keras.src.applications.inception_resnet_v2",
        scale=0.2,
    )
    saved = functional([entry("x", 8, 8, 3), scale, blend], ["x", 0, 0], ["blend", 0, 0])
    graph = read(saved, catalog).graph
    assert graph.nodes["gamma"].type == "layers.EinsumDense"
    assert graph.nodes["blend"].type == "ops.add"
    assert graph.nodes["blend_factor"].params == {"x2": 0.2}
    assert Edge("gamma", 0, "blend_factor", "x1") in graph.edges
