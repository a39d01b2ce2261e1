"""The committed catalogue: what it must hold, and that it can be read without Keras."""

import json
import sys
from typing import get_args

import msgspec
import pytest

from designer import resources
from designer.catalog.load import PARTS, load
from designer.catalog.spec import Catalog, LayerSpec, ParamKind, ParamSpec

CATEGORIES = {
    "activation", "attention", "convolution", "core", "merging", "normalization", "operations",
    "pooling", "preprocessing", "recurrent", "regularization", "reshaping",
}  # fmt: skip
MERGES = ("Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply")


def params(catalog: Catalog) -> list[tuple[str, ParamSpec]]:
    """Every parameter of everything, with the key of its owner."""
    of_layers = [(key, param) for key, spec in catalog.layers.items() for param in spec.params]
    of_objects = [(key, param) for key, spec in catalog.objects.items() for param in spec.params]
    return of_layers + of_objects


def arity(spec: LayerSpec, port: str) -> tuple[bool, bool, int, int | None]:
    """Variadic, optional, and the bounds of one port."""
    found = spec.port(port)
    assert found is not None
    return found.variadic, found.optional, found.minimum, found.maximum


def test_all_143_layers_are_there(catalog: Catalog) -> None:
    assert sum(not spec.operation for spec in catalog.layers.values()) == 143


def test_all_163_names_lead_to_a_layer(catalog: Catalog) -> None:
    layers = [spec for spec in catalog.layers.values() if not spec.operation]
    names = {key.removeprefix("layers.") for key in catalog.layers if key.startswith("layers.")}
    aliases = [alias for spec in layers for alias in spec.aliases if alias != "Input"]
    assert len(names) + len(aliases) == 163
    assert not names & set(aliases)


def test_keys_agree_with_what_they_lead_to(catalog: Catalog) -> None:
    assert all(spec.key == key for key, spec in catalog.layers.items())
    assert all(spec.key == key for key, spec in catalog.objects.items())
    assert all(key == f"{spec.family}.{spec.name}" for key, spec in catalog.objects.items())


def test_categories_are_those_of_the_palette(catalog: Catalog) -> None:
    assert {spec.category for spec in catalog.layers.values()} == CATEGORIES


def test_identities_in_saved_configurations_are_unique(catalog: Catalog) -> None:
    identities = [(spec.module, spec.class_name) for spec in catalog.layers.values()]
    twice = {identity for identity in identities if identities.count(identity) > 1}
    assert not twice


def test_add_is_a_layer_and_an_operation(catalog: Catalog) -> None:
    layer, operation = catalog.layers["layers.Add"], catalog.layers["ops.add"]
    assert (layer.module, layer.class_name) == ("keras.layers", "Add")
    assert (operation.module, operation.class_name) == ("keras.src.ops.numpy", "Add")
    assert [port.name for port in operation.inputs] == ["x1", "x2"]


@pytest.mark.parametrize("name", MERGES)
def test_a_merge_takes_two_tensors_or_more(catalog: Catalog, name: str) -> None:
    assert arity(catalog.layers[f"layers.{name}"], "inputs") == (True, False, 2, None)


@pytest.mark.parametrize("name", ["Subtract", "Dot"])
def test_subtract_and_dot_take_exactly_two(catalog: Catalog, name: str) -> None:
    assert arity(catalog.layers[f"layers.{name}"], "inputs") == (True, False, 2, 2)


def test_attention_takes_a_list_of_two_or_three(catalog: Catalog) -> None:
    assert arity(catalog.layers["layers.Attention"], "inputs") == (True, False, 2, 3)


def test_multi_head_attention_has_named_ports(catalog: Catalog) -> None:
    spec = catalog.layers["layers.MultiHeadAttention"]
    assert [port.name for port in spec.inputs if not port.optional] == ["query", "value"]
    assert arity(spec, "key") == (False, True, 1, 1)
    assert arity(spec, "attention_mask") == (False, True, 1, 1)


def test_a_recurrent_layer_takes_a_state_and_a_mask_if_wanted(catalog: Catalog) -> None:
    spec = catalog.layers["layers.LSTM"]
    assert arity(spec, "sequences") == (False, False, 1, 1)
    assert arity(spec, "initial_state") == (True, True, 1, None)
    assert arity(spec, "mask") == (False, True, 1, 1)


def test_an_input_has_no_port_and_only_what_a_user_sets(catalog: Catalog) -> None:
    spec = catalog.layers["layers.InputLayer"]
    assert spec.name == "Input"
    assert spec.inputs == ()
    names = [param.name for param in spec.params]
    assert names == ["shape", "batch_size", "dtype", "optional", "sparse", "ragged"]


def test_every_kind_is_known_and_fits_its_limits(catalog: Catalog) -> None:
    for key, param in params(catalog):
        assert param.kind in get_args(ParamKind), key
        assert bool(param.choices) == (param.kind == "choice"), (key, param.name)
        assert param.minimum is None or param.kind in ("int", "ints", "float", "floats"), key


def test_required_parameters_have_no_default(catalog: Catalog) -> None:
    for key, param in params(catalog):
        if param.required:
            assert param.default is None, (key, param.name)
            assert not param.nullable or param.kind == "activation", (key, param.name)
        elif param.default is None:
            assert param.nullable, (key, param.name)


def test_a_default_is_of_its_kind(catalog: Catalog) -> None:
    types: dict[str, type | tuple[type, ...]] = {
        "int": int,
        "float": (int, float),
        "bool": bool,
        "string": str,
        "choice": str,
        "ints": (int, list),
        "floats": (int, float, list),
    }
    for key, param in params(catalog):
        if param.default is not None and param.kind in types:
            assert isinstance(param.default, types[param.kind]), (key, param.name, param.default)


def test_a_default_is_among_its_choices(catalog: Catalog) -> None:
    for key, param in params(catalog):
        if param.kind == "choice" and param.default is not None:
            assert param.default in param.choices, (key, param.name)


def test_the_name_is_never_a_parameter(catalog: Catalog) -> None:
    assert not [key for key, param in params(catalog) if param.name == "name"]


def test_parameters_have_names_of_their_own(catalog: Catalog) -> None:
    names = [(key, param.name, param.call) for key, param in params(catalog)]
    assert len(names) == len(set(names))


def test_a_sample_serves_every_required_parameter(catalog: Catalog) -> None:
    for key, spec in catalog.layers.items():
        needed = {param.name for param in spec.params if param.required}
        assert spec.unbuildable or needed <= spec.sample.keys(), key


def test_the_convolution_is_told_in_full(catalog: Catalog) -> None:
    spec = catalog.layers["layers.Conv2D"]
    assert spec.aliases == ("Convolution2D",)
    filters, size, padding = (spec.param(n) for n in ("filters", "kernel_size", "padding"))
    assert filters is not None
    assert (filters.kind, filters.required, filters.minimum) == ("int", True, 1)
    assert size is not None
    assert (size.kind, size.length) == ("ints", 2)
    assert padding is not None
    assert (padding.default, padding.choices) == ("valid", ("valid", "same"))
    assert spec.param("rank") is None, "what the class settles itself is not a parameter"


def test_documentation_is_there_and_has_no_markup_of_examples(catalog: Catalog) -> None:
    for key, spec in catalog.layers.items():
        assert spec.doc, key
        assert ">>>" not in spec.doc, key
        assert "```" not in spec.doc, key


def test_almost_every_parameter_is_documented(catalog: Catalog) -> None:
    every = params(catalog)
    assert sum(not param.doc for _, param in every) < 0.05 * len(every)


def test_the_families_that_training_needs_are_there(catalog: Catalog) -> None:
    mse = catalog.objects["losses.MeanSquaredError"]
    assert "mse" in mse.names
    assert "mean_squared_error" in mse.names
    assert "he_normal" in catalog.objects["initializers.HeNormal"].names
    assert "adam" in catalog.objects["optimizers.Adam"].names
    for family in ("metrics", "activations", "regularizers", "constraints", "callbacks"):
        assert catalog.family(family), family


def test_an_activations_tensor_is_no_parameter(catalog: Catalog) -> None:
    names = [param.name for param in catalog.objects["activations.relu"].params]
    assert names == ["negative_slope", "max_value", "threshold"]


def test_data_types_are_told(catalog: Catalog) -> None:
    assert {"float32", "float16", "bfloat16", "int32", "bool", "string"} <= set(catalog.dtypes)


def test_loading_needs_neither_keras_nor_qt() -> None:
    load()
    # Another test may have imported them; the module itself must not know them.
    names = {name.partition(".")[0] for name in vars(sys.modules["designer.catalog.load"])}
    assert not names & {"keras", "tensorflow", "PySide6"}


def test_a_broken_part_is_told_with_its_place() -> None:
    def read(name: str) -> bytes:
        layers = {"layers.X": {"key": 3}}
        return json.dumps({"keras_version": "3", "layers": layers}).encode()

    with pytest.raises(msgspec.ValidationError, match="key"):
        load(read)


def test_parts_are_sorted_text_that_merges(catalog: Catalog) -> None:
    for name in PARTS:
        text = resources.read_text("catalog", name)
        again = json.dumps(json.loads(text), indent=1, sort_keys=True, ensure_ascii=False)
        assert text == again + "\n"


@pytest.mark.parametrize(
    ("key", "choices"),
    [
        ("layers.UpSampling2D", {"nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"}),
        ("layers.Resizing", {"nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"}),
        ("layers.RandomZoom", {"nearest", "bilinear"}),
    ],
)
def test_each_layer_offers_the_interpolations_of_its_own_documentation(
    catalog: Catalog, key: str, choices: set[str]
) -> None:
    param = catalog.layers[key].param("interpolation")
    assert param is not None
    assert set(param.choices) == choices
