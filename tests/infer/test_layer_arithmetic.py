"""Float operations by hand and by TensorFlow's profiler, whose figures the comments name."""

from collections.abc import Mapping
from typing import Any

import pytest

from designer.catalog.spec import Catalog
from designer.infer.call import Call, with_defaults
from designer.infer.layer_arithmetic import RULES, float_operations
from designer.protocol import TensorSpec

Shape = tuple[int | None, ...]
IMAGE = (None, 10, 10, 8)
SERIES = (None, 10, 8)


def counted(
    catalog: Catalog,
    kind: str,
    params: Mapping[str, Any],
    given: Shape | Mapping[str, tuple[Shape, ...]],
    out: Shape,
    weights: int = 0,
) -> int | None:
    ports = given if isinstance(given, Mapping) else {"inputs": (given,)}
    inputs = {port: tuple(map(TensorSpec, shapes)) for port, shapes in ports.items()}
    filled = with_defaults(catalog, kind, params)
    return float_operations(Call(kind, filled, inputs, (TensorSpec(out),), weights, catalog))


def test_every_rule_is_for_something_in_the_catalogue(catalog: Catalog) -> None:
    assert {key for key in RULES if key.startswith("layers.")} <= catalog.layers.keys()


@pytest.mark.parametrize(
    ("kind", "params", "given", "out", "weights", "operations"),
    [
        # What the profiler tells of the same call.
        ("Conv2D", {"filters": 4, "kernel_size": 3}, IMAGE, (None, 8, 8, 4), 292, 37_120),
        ("Conv2D", {"filters": 4, "kernel_size": 3, "dilation_rate": 2}, IMAGE, (None, 6, 6, 4),
         292, 20_880),
        ("Conv2DTranspose", {"filters": 4, "kernel_size": 3, "strides": 2, "padding": "same"},
         IMAGE, (None, 20, 20, 4), 292, 59_200),
        ("DepthwiseConv2D", {"kernel_size": 3}, IMAGE, (None, 8, 8, 8), 80, 9_728),
        ("SeparableConv2D", {"filters": 4, "kernel_size": 3}, IMAGE, (None, 8, 8, 4), 108, 13_568),
        ("Conv1D", {"filters": 4, "kernel_size": 3}, SERIES, (None, 8, 4), 100, 1_568),
        ("Conv3D", {"filters": 4, "kernel_size": 3}, (None, 6, 6, 6, 8), (None, 4, 4, 4, 4), 868,
         110_848),
        ("Dense", {"units": 4}, IMAGE, (None, 10, 10, 4), 36, 6_800),
        ("TimeDistributed", {"layer": {"object": "layers.Dense", "params": {"units": 4}}}, SERIES,
         (None, 10, 4), 36, 680),
        ("LSTM", {"units": 4}, SERIES, (None, 4), 208, 4_320),
        ("GRU", {"units": 4}, SERIES, (None, 4), 168, 3_440),
        ("SimpleRNN", {"units": 4}, SERIES, (None, 4), 52, 1_040),
        ("Bidirectional", {"layer": {"object": "layers.LSTM", "params": {"units": 4}}}, SERIES,
         (None, 8), 416, 8_640),
        ("BatchNormalization", {}, IMAGE, IMAGE, 32, 1_648),
        ("LayerNormalization", {}, IMAGE, IMAGE, 16, 7_600),
        ("MaxPooling2D", {"pool_size": 2}, IMAGE, (None, 5, 5, 8), 0, 800),
        ("GlobalAveragePooling2D", {}, IMAGE, (None, 8), 0, 800),
        ("Activation", {"activation": "gelu"}, IMAGE, IMAGE, 0, 3_200),
        ("Softmax", {}, IMAGE, IMAGE, 0, 4_000),
        ("Rescaling", {"scale": 2.0}, IMAGE, IMAGE, 0, 1_600),
        ("Dropout", {"rate": 0.5}, IMAGE, IMAGE, 0, 0),
        ("Embedding", {"input_dim": 9, "output_dim": 8}, (None, 10), SERIES, 72, 0),
        # What the profiler does not see: groups, the equation of an einsum, cells in loops.
        ("Conv2D", {"filters": 4, "kernel_size": 3, "groups": 2}, IMAGE, (None, 8, 8, 4), 148,
         2 * 64 * 144 + 256),
        ("EinsumDense", {"equation": "abcd,de->abce", "output_shape": [10, 10, 4]}, IMAGE,
         (None, 10, 10, 4), 32, 6_400),
        ("EinsumDense", {"equation": "...x,xy->...y", "output_shape": 4, "bias_axes": "y"}, IMAGE,
         (None, 10, 10, 4), 36, 6_800),
        ("ConvLSTM2D", {"filters": 2, "kernel_size": 1}, (None, 5, 3, 3, 2), (None, 3, 3, 2), 40,
         5 * 9 * (2 * 32 + 8 + 16)),
        ("RNN", {"cell": {"object": "layers.LSTMCell", "params": {"units": 4}}}, SERIES, (None, 4),
         208, 4_320),
    ],
)  # fmt: skip
def test_a_layer_costs_what_the_profiler_counts(
    catalog: Catalog,
    kind: str,
    params: Mapping[str, Any],
    given: Shape,
    out: Shape,
    weights: int,
    operations: int,
) -> None:
    given_at = {"sequence": (given,)} if kind in ("LSTM", "GRU", "SimpleRNN") else given
    assert counted(catalog, f"layers.{kind}", params, given_at, out, weights) == operations


@pytest.mark.parametrize(
    ("kind", "params", "operations"),
    [
        ("layers.Add", {}, 1_600),
        ("layers.Multiply", {}, 1_600),
        ("layers.Average", {}, 2_400),
        ("layers.Concatenate", {}, 0),
    ],
)
def test_a_merge_costs_one_operation_for_each_number_and_further_tensor(
    catalog: Catalog, kind: str, params: Mapping[str, Any], operations: int
) -> None:
    assert counted(catalog, kind, params, {"inputs": (IMAGE,) * 3}, IMAGE) == operations


def test_attention_is_scores_softmax_and_a_weighted_sum(catalog: Catalog) -> None:
    pair = {"inputs": (SERIES, (None, 6, 8))}
    assert counted(catalog, "layers.Attention", {}, pair, SERIES) == 2_220
    assert counted(catalog, "layers.AdditiveAttention", {}, pair, SERIES) == 2_640
    ports = {"query": (SERIES,), "value": ((None, 6, 8),)}
    heads = {"num_heads": 2, "key_dim": 4}
    projections = 10 * 8 * 18 + 2 * 6 * 8 * 17 + 10 * 8 * 17
    scores = 2 * 10 * 6 * (8 + 8 + 5)
    told = counted(catalog, "layers.MultiHeadAttention", heads, ports, SERIES, 288)
    assert told == projections + scores


def test_a_dot_layer_multiplies_along_its_axis(catalog: Catalog) -> None:
    pair = {"inputs": (SERIES, (None, 6, 8))}
    assert counted(catalog, "layers.Dot", {"axes": [2, 2]}, pair, (None, 10, 6)) == 960


def test_operations_count_as_their_layers_do(catalog: Catalog) -> None:
    two = {"x1": (IMAGE,), "x2": (IMAGE,)}
    assert counted(catalog, "ops.add", {}, two, IMAGE) == 800
    assert counted(catalog, "ops.mean", {}, {"x": (IMAGE,)}, (None,)) == 800
    pair = {"x1": ((None, 4, 5),), "x2": ((None, 5, 6),)}
    assert counted(catalog, "ops.matmul", {}, pair, (None, 4, 6)) == 240
    kernel = {"inputs": (IMAGE,), "kernel": ((3, 3, 8, 4),)}
    assert counted(catalog, "ops.conv", {}, kernel, (None, 8, 8, 4)) == 2 * 64 * 288


def test_an_open_size_or_a_layer_without_a_rule_is_not_guessed(catalog: Catalog) -> None:
    params = {"filters": 4, "kernel_size": 3}
    wide = (None, None, None, 4)
    assert counted(catalog, "layers.Conv2D", params, (None, None, None, 8), wide, 292) is None
    assert counted(catalog, "layers.MelSpectrogram", {}, SERIES, SERIES) is None
    assert counted(catalog, "mine.Layer", {}, SERIES, SERIES, 12) is None
    named = {"activation": "mine>curve"}
    assert counted(catalog, "layers.Activation", named, IMAGE, IMAGE) is None
