"""Every entry of the catalogue is what a plain Keras build makes of it, or is listed with why."""

import json

import pytest

from designer.catalog.load import load
from designer.catalog.spec import LayerSpec
from tests.worker.whole_catalogue import LISTED, outcome
from tests.worker_client import WorkerClient

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras")]

CATALOG = load()
KNOWN = json.loads(LISTED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("spec", CATALOG.layers.values(), ids=lambda s: s.key)
def test_an_entry_is_built_runs_and_comes_back_or_is_listed(
    worker: WorkerClient, spec: LayerSpec
) -> None:
    assert outcome(worker, CATALOG, spec) == KNOWN.get(spec.key, "")


def test_the_list_names_nothing_else() -> None:
    assert KNOWN.keys() <= CATALOG.layers.keys()
    assert not [reason for reason in KNOWN.values() if not reason.endswith(".")]
