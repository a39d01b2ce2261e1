"""What the benchmarks of training train: an example with so many epochs."""

from msgspec.structs import replace

from designer.document import edits
from designer.document.model import Document
from designer.formats.examples import load_example

EXAMPLE = "skip_autoencoder"


def planned(epochs: int) -> Document:
    """The example with that plan."""
    document = load_example(EXAMPLE)
    return edits.set_training(document, replace(document.training, epochs=epochs))
