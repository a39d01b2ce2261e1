"""What a newly placed layer starts with."""

import pytest

from designer.catalog.load import load
from designer.catalog.spec import Catalog, LayerSpec
from designer.infer.starts import PARTICULAR, STARTS, starting_params
from designer.protocol import Step
from tests.worker_client import WorkerClient

CATALOG = load()
PLACEABLE = [s for s in CATALOG.layers.values() if not s.operation and not s.unbuildable]


def test_a_new_convolution_keeps_the_size_of_its_image(catalog: Catalog) -> None:
    assert starting_params(catalog.layers["layers.Conv2D"]) == {
        "filters": 32,
        "kernel_size": 3,
        "padding": "same",
    }


@pytest.mark.parametrize("spec", CATALOG.layers.values(), ids=lambda s: s.key)
def test_a_new_node_sets_what_keras_insists_on_and_at_most_padding_besides(
    spec: LayerSpec,
) -> None:
    assert starting_params(spec).keys() - {"padding"} == spec.sample.keys() - {"padding"}


def test_the_table_names_parameters_and_layers_that_exist(catalog: Catalog) -> None:
    required = {p.name for s in catalog.layers.values() for p in s.params if p.required}
    assert required >= STARTS.keys()
    for key, starts in PARTICULAR.items():
        assert all(catalog.layers[key].param(name) for name in starts)


@pytest.mark.keras
@pytest.mark.xdist_group("keras")
def test_keras_takes_every_layer_as_it_is_placed(shape_worker: WorkerClient) -> None:
    refused = {}
    for spec in PLACEABLE:
        answer = shape_worker.ask_one(Step(spec.key, starting_params(spec)))
        # Without inputs the call fails, but the constructor has taken every parameter.
        if answer.refusal is not None and answer.refusal.stage != "connect":
            refused[spec.key] = answer.refusal
    assert not refused
