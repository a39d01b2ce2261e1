"""Networks that are known to be sound raise no alarm: the families of keras.applications as Keras
saves them, and the examples that are shipped.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from designer.document.model import Document
from designer.formats.examples import list_examples, load_example
from designer.formats.opening import open_design
from tests.asked_keras import Keras
from tests.worker_client import WorkerClient

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras")]

SAVER = Path(__file__).with_name("applications.py")
# The smallest of each family; the larger ones repeat its blocks.
FAMILIES = (
    "ConvNeXtTiny", "DenseNet121", "EfficientNetB0", "EfficientNetV2B0", "InceptionResNetV2",
    "InceptionV3", "MobileNet", "MobileNetV2", "MobileNetV3Small", "NASNetMobile", "ResNet50",
    "ResNet50V2", "VGG16", "Xception",
)  # fmt: skip


@pytest.fixture(scope="module")
def keras() -> Iterator[Keras]:
    with WorkerClient() as client:
        yield Keras(client)


def alarms(keras: Keras, document: Document) -> list[str]:
    """The codes of all that is told of a design, notes included."""
    report = keras.report(document)
    assert report.complete
    assert all(node.known and not node.failed for node in report.nodes.values())
    return [problem.code for problem in keras.problems(document, report)]


def test_no_model_of_the_applications_raises_an_alarm(keras: Keras, tmp_path: Path) -> None:
    command = [sys.executable, str(SAVER), str(tmp_path), *FAMILIES]
    subprocess.run(command, check=True, timeout=540)
    names = sorted(path.stem for path in tmp_path.iterdir())
    assert len(names) == 2 * len(FAMILIES)
    told = {}
    for name in names:
        found = alarms(keras, open_design(tmp_path / f"{name}.keras", keras.catalog))
        if found:
            told[name] = found
    assert told == {}


@pytest.mark.parametrize("key", [example.key for example in list_examples()])
def test_no_example_raises_an_alarm(keras: Keras, key: str) -> None:
    assert alarms(keras, load_example(key)) == []
