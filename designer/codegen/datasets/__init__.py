"""Where training data comes from: one module for each source, and its line here."""

from designer.codegen.datasets import digits, npz, photos_denoise
from designer.codegen.datasets.source import DataFacts, DataSource
from designer.document.model import DatasetChoice
from designer.document.problem import Where, failure

SOURCES: tuple[DataSource, ...] = (photos_denoise.SOURCE, digits.SOURCE, npz.SOURCE)

__all__ = ["SOURCES", "DataFacts", "DataSource", "source_of"]


def source_of(choice: DatasetChoice) -> DataSource | None:
    """The chosen source, None if none is chosen; ProblemError "unknown_source"."""
    if not choice.source:
        return None
    for source in SOURCES:
        if source.key == choice.source:
            return source
    raise failure(
        "unknown_source",
        "There is no data source {source}: choose one of {known}.",
        Where(param="source", section="data"),
        source=choice.source,
        known=", ".join(source.key for source in SOURCES),
    )
