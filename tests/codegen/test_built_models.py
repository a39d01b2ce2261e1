"""What the script builds is the design: the same model as one built directly from the graph."""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from inspect import signature
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from designer.catalog.load import load
from designer.catalog.spec import Catalog
from designer.codegen.check import training_problems
from designer.codegen.expressions import POSITIONAL, Expressions
from designer.codegen.script import generate
from designer.codegen.wrapping import call, flat
from designer.document.edits import bypass
from designer.document.grouping import ungroup
from designer.document.model import INPUT, Document, Graph
from designer.document.problem import Where
from designer.formats.examples import list_examples, load_example
from designer.infer.engine import Inference
from designer.protocol import Told
from tests.codegen.direct_models import directly, find, value

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras")]
KEYS = ("skip_autoencoder", "residual_add", "residual_add_channels_first", "apes_block",
        "digits_resnet")  # fmt: skip


@pytest.fixture(scope="module")
def keras() -> Any:
    """Keras, imported only when one of these tests runs: it takes seconds."""
    return importlib.import_module("keras")


@pytest.fixture(scope="module")
def real() -> Catalog:
    """The catalogue of the installed Keras."""
    return load()


def executed(text: str) -> dict[str, Any]:
    """The names that a script defines."""
    names: dict[str, Any] = {"__name__": "script"}
    exec(compile(text, "script.py", "exec"), names)
    return names


def plainly(config: Any) -> Any:
    """A configuration without the difference of lists and tuples."""
    return json.loads(json.dumps(config, default=str, sort_keys=True))


def assert_same(keras: Any, document: Document, catalog: Catalog) -> Any:
    """Build both ways; compare configuration, weights and outputs. The model is returned."""
    names = executed(generate(document, catalog).text)
    for block in list(document.blocks):
        document = ungroup(document, block)
    models = []
    for build in (names["build_model"], lambda: directly(keras, document, catalog)):
        keras.utils.clear_session(free_memory=False)
        keras.utils.set_random_seed(1)
        models.append(build())
    ours, theirs = models
    assert plainly(ours.get_config()) == plainly(theirs.get_config())
    assert [layer.name for layer in ours.layers] == [layer.name for layer in theirs.layers]
    assert ours.count_params() == theirs.count_params()
    if document.graph.bypassed:  # what is built and left over has drawn from the seed as well
        theirs.set_weights(ours.get_weights())
    data = [np.ones((2, *(n or 4 for n in x.shape[1:])), "float32") for x in ours.inputs]
    given = data[0] if len(data) == 1 else data
    for one, other in zip(outputs(ours, given), outputs(theirs, given), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)
    return ours


def outputs(model: Any, data: Any) -> list[Any]:
    """What the model makes of the data, as a list."""
    with np.errstate(all="ignore"):
        found = model(data, training=False)
    return [np.asarray(x) for x in (found if isinstance(found, list | tuple) else [found])]


def test_all_examples_are_tested_here() -> None:
    assert {example.key for example in list_examples()} == set(KEYS)


@pytest.mark.parametrize("key", [k for k in KEYS if not k.endswith("first")])
def test_an_example_s_script_builds_the_design(keras: Any, real: Catalog, key: str) -> None:
    assert_same(keras, load_example(key), real)


def test_the_skip_autoencoder_has_its_known_size(keras: Any, real: Catalog) -> None:
    model = executed(generate(load_example("skip_autoencoder"), real).text)["build_model"]()
    assert (model.count_params(), len(model.layers)) == (592_163, 17)
    assert model.output_shape == (None, 32, 32, 3)


def test_channels_first_builds_with_84_parameters(keras: Any, real: Catalog) -> None:
    document = load_example("residual_add_channels_first")
    model = executed(generate(document, real).text)["build_model"]()
    assert (model.count_params(), model.output_shape) == (84, (None, 3, 256, 256))


def test_states_attention_operations_and_literals_build_the_design(
    keras: Any, real: Catalog, design: Callable[..., Document]
) -> None:
    he_normal = {"object": "initializers.HeNormal", "params": {"seed": 3}}
    cell = {"object": "layers.LSTM", "params": {"units": 4, "name": "cell"}}
    document = design(
        {
            "x": ("layers.InputLayer", {"shape": [6, 8]}),
            "encoder": ("layers.LSTM", {"units": 8, "return_state": True,
                                        "return_sequences": True}),
            "decoder": ("layers.LSTM", {"units": 8, "return_sequences": True}),
            "both": ("layers.Bidirectional", {"layer": cell}),
            "attention": ("layers.MultiHeadAttention", {"num_heads": 2, "key_dim": 4},
                          {"return_attention_scores": True}),
            "norm": ("layers.BatchNormalization", {}, {"training": False}),
            "plus": ("ops.add",),
            "turned": ("ops.transpose", {"axes": [0, 2, 1]}),
            "dense": ("layers.Dense", {"units": 3, "kernel_initializer": he_normal}),
            "output": ("output",),
            "output_1": ("output",),
            "output_2": ("output",),
        },
        "x>encoder.sequences", "x>decoder.sequences",
        "encoder:1>decoder.initial_state:0", "encoder:2>decoder.initial_state:1",
        "encoder>attention.query", "decoder>attention.value",
        "attention>norm", "norm>plus.x1", "decoder>plus.x2", "plus>turned.x", "turned>dense",
        "x>both.sequences", "dense>output", "both>output_1", "attention:1>output_2",
    )  # fmt: skip
    model = assert_same(keras, document, real)
    assert len(model.outputs) == 3


_LSTM = {"object": "layers.LSTM", "params": {"units": 4, "return_state": True, "name": "cell"}}
_CELLS = [
    {"object": "layers.LSTMCell", "params": {"units": 3, "name": "one"}},
    {"object": "layers.GRUCell", "params": {"units": 2, "name": "two"}},
]
_STACK = {"object": "layers.StackedRNNCells", "params": {"cells": _CELLS, "name": "stack"}}


@pytest.mark.parametrize("wired", ["", ":4"])
@pytest.mark.parametrize(
    ("kind", "params", "states"),
    [
        ("Bidirectional", {"layer": _LSTM}, 4),
        ("RNN", {"cell": _CELLS, "return_state": True}, 3),
        ("RNN", {"cell": _STACK, "return_state": True}, 3),
    ],
)
def test_the_first_of_several_outputs_may_be_the_only_one_in_use(
    keras: Any,
    real: Catalog,
    design: Callable[..., Document],
    kind: str,
    params: dict[str, Any],
    states: int,
    wired: str,
) -> None:
    """Whether other outputs are wired must not decide which tensor the first one is."""
    last = wired and f":{states}"
    document = design(
        {
            "x": ("layers.InputLayer", {"shape": [6, 8]}),
            "both": (f"layers.{kind}", params),
            "dense": ("layers.Dense", {"units": 3}),
            "state": ("layers.Dense", {"units": 2}),
        },
        "x>both.sequences", "both>dense", f"both{last}>state",
    )  # fmt: skip
    model = executed(generate(document, real).text)["build_model"]()
    made = keras.tree.flatten(model.get_layer("both").output)
    assert len(made) == states + 1
    assert model.get_layer("dense").input.shape == made[0].shape
    assert model.get_layer("state").input is made[states if wired else 0]


def test_a_shared_layer_builds_the_design(
    keras: Any, real: Catalog, design: Callable[..., Document]
) -> None:
    row = ("layers.InputLayer", {"shape": [8]})
    document = design(
        {
            "left": row, "right": row,
            "tower": ("layers.Dense", {"units": 4}), "again": ("layers.Dense",),
            "near": ("layers.Dot", {"axes": 1, "normalize": True}),
        },
        "left>tower", "right>again", "tower>near.inputs:0", "again>near.inputs:1",
    )  # fmt: skip
    nodes = dict(document.graph.nodes)
    nodes["again"] = replace(nodes["again"], shares="tower")
    document = replace(document, graph=Graph(nodes, document.graph.edges))
    model = assert_same(keras, document, real)
    assert model.count_params() == 36


@pytest.mark.parametrize(
    ("key", "ids", "parameters"),
    [
        # The first arm of the last block passes, the second one is left over.
        ("apes_block", ("add3",), 3328 + 69760 + 18464 + 867),
        ("digits_resnet", ("block1_conv1",), 320 + 3 * 9248 + 20490),
        (
            "digits_resnet",
            ("block2_conv1", "block2_conv2", "block2_add", "block2_relu"),
            320 + 2 * 9248 + 20490,
        ),
        ("skip_autoencoder", ("merge1", "merge2", "merge3"), 896 + 9248 + 867),
        ("residual_add", ("conv1",), 0),  # the image is added to itself
        ("residual_add", ("conv1", "add"), 0),  # and here it comes out as it went in
    ],
)
def test_a_script_leaves_out_what_is_bypassed(
    keras: Any, real: Catalog, key: str, ids: tuple[str, ...], parameters: int
) -> None:
    document = bypass(load_example(key), ids, on=True)
    model = assert_same(keras, document, real)
    assert model.count_params() == parameters
    shapes = importlib.import_module("designer.worker.shapes").Shapes()
    inference = Inference(real)
    _, ask = inference.update(document)
    assert ask is not None
    report = inference.absorb(Told(ask.request, shapes.answers(ask.steps)))
    assert report is not None
    assert report.totals.parameters == parameters
    assert [end.spec.shape for end in report.outputs if end.spec] == [model.output_shape]
    assert report.totals.layers == len(model.layers)


def test_a_shared_layer_is_built_where_its_first_call_is_bypassed(
    keras: Any, real: Catalog, design: Callable[..., Document]
) -> None:
    document = design(
        {
            "x": ("layers.InputLayer", {"shape": [8]}),
            "first": ("layers.Dense", {"units": 8}), "second": ("layers.Dense",),
            "third": ("layers.Dense",), "sum": ("layers.Add",),
        },
        "x>first", "first>second", "second>third", "first>sum:0", "third>sum:1",
    )  # fmt: skip
    nodes = dict(document.graph.nodes)
    for key in ("second", "third"):
        nodes[key] = replace(nodes[key], shares="first")
    document = replace(document, graph=Graph(nodes, document.graph.edges))
    model = assert_same(keras, bypass(document, ["first"], on=True), real)
    assert [layer.name for layer in model.layers] == ["x", "second", "sum"]
    assert model.count_params() == 72


def test_every_layer_of_the_catalogue_can_be_written(keras: Any, real: Catalog) -> None:
    names = {"keras": keras, "layers": keras.layers}
    expressions = Expressions(real)
    for key, spec in real.layers.items():
        if spec.operation or spec.unbuildable or key == INPUT:
            continue
        text = flat(call(key, expressions.arguments(spec, spec.sample, Where())))
        keras.utils.clear_session(free_memory=False)
        keras.utils.set_random_seed(1)
        ours = eval(text, dict(names)).get_config()
        keras.utils.clear_session(free_memory=False)
        keras.utils.set_random_seed(1)
        made = {name: value(keras, given) for name, given in spec.sample.items()}
        theirs = find(keras, key)(**made).get_config()
        assert plainly(ours) == plainly(theirs), text


def test_every_loss_optimizer_and_metric_can_be_written(keras: Any, real: Catalog) -> None:
    expressions = Expressions(real)
    for family in ("losses", "optimizers", "metrics", "initializers", "regularizers"):
        for spec in real.family(family):
            if not any(param.required for param in spec.params):
                text = flat(expressions.object(spec.key, {}, Where()))
                assert text == f"keras.{spec.key}()"
                assert callable(find(keras, spec.key))


def test_required_tensors_and_parameters_stand_where_the_signatures_want_them(
    keras: Any, real: Catalog
) -> None:
    for key, spec in real.layers.items():
        if spec.unbuildable:
            continue
        function = find(keras, key)
        required = [port.name for port in spec.inputs if not port.optional]
        call = list(signature(function if spec.operation else function.call).parameters)
        literals = spec.operation and any(param.required for param in spec.params)
        if len(required) > 1 and not literals:
            assert (call if spec.operation else call[1:])[: len(required)] == required, key
        if not spec.operation:
            made = [param for param in spec.params if not param.call]
            leading = list(takewhile(lambda p: p.required or p.name in POSITIONAL, made))
            names = list(signature(function.__init__).parameters)[1:]
            assert [param.name for param in leading] == names[: len(leading)], key


@pytest.mark.parametrize("key", KEYS)
def test_an_example_checks_clean(keras: Any, real: Catalog, key: str) -> None:
    inference = Inference(real)
    document = load_example(key)
    report, ask = inference.update(document)
    if ask is not None:
        shapes = importlib.import_module("designer.worker.shapes").Shapes()
        told = inference.absorb(Told(ask.request, shapes.answers(ask.steps)))
        assert told is not None
        report = told
    assert report.complete
    assert [problem.message for problem in report.problems] == []
    problems = training_problems(document, real, report)
    assert [problem.message for problem in problems] == []


@pytest.mark.parametrize("key", KEYS)
def test_an_example_s_script_trains_as_a_plain_script(
    real: Catalog, tmp_path: Path, key: str
) -> None:
    document = load_example(key)
    options = dict(document.data.options)
    if document.data.source == "photos_denoise":
        options |= {"train_patches": 16, "validation_patches": 8}
    data = replace(document.data, options=options)
    training = replace(document.training, epochs=1)
    script = generate(replace(document, data=data, training=training), real).text
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    environment = {
        **os.environ,
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "TF_ENABLE_ONEDNN_OPTS": "1",
        "KERAS_BACKEND": "tensorflow",
        "KERAS_HOME": str(tmp_path / "keras"),
    }
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert "val_loss" in done.stdout
    assert (tmp_path / "model.keras").stat().st_size > 5000
