"""compile() and fit() of a script as a training plan; what does not fit one stays as usual."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from designer.catalog.spec import ObjectSpec
from designer.document.model import Document, ObjectValue, TrainingPlan
from designer.formats.python.story import Story
from designer.formats.python.values import Network, Path
from designer.formats.several_losses import with_losses

_ACCURACY = ("acc", "accuracy")
_ACCURACIES: Mapping[str, str] = {
    "losses.BinaryCrossentropy": "metrics.BinaryAccuracy",
    "losses.CategoricalCrossentropy": "metrics.CategoricalAccuracy",
    "losses.SparseCategoricalCrossentropy": "metrics.SparseCategoricalAccuracy",
}
MOST_EPOCHS = 1_000_000


def training_plan(network: Network | None, story: Story) -> TrainingPlan:
    """The plan; never fails, because a network is worth opening without it."""
    plan = TrainingPlan() if story.seed is None else replace(TrainingPlan(), seed=story.seed)
    if network is None:
        return plan
    compiled, fitted = (network.training.get(name, {}) for name in ("compile", "fit"))
    loss = _object(_only(compiled.get("loss")), "losses", story) or plan.loss
    optimizer = _object(compiled.get("optimizer"), "optimizers", story) or plan.optimizer
    metrics = compiled.get("metrics")
    listed = metrics if isinstance(metrics, list | tuple) else [metrics]
    found = [_metric(metric, loss, story) for metric in listed]
    plan = replace(
        plan, loss=loss, optimizer=optimizer, metrics=tuple(metric for metric in found if metric)
    )
    return _fitted(plan, fitted)


def own_losses(document: Document, network: Network | None, story: Story) -> Document:
    """The design with a loss for each output, where the script compiles with several."""
    if network is None:
        return document
    compiled = network.training.get("compile", {})
    losses, weights = compiled.get("loss"), compiled.get("loss_weights")
    return with_losses(document, losses, weights, lambda value: _object(value, "losses", story))


def _fitted(plan: TrainingPlan, given: Mapping[str, Any]) -> TrainingPlan:
    epochs, batch = given.get("epochs", given.get("nb_epoch")), given.get("batch_size")
    if type(epochs) is int and 0 < epochs <= MOST_EPOCHS:
        plan = replace(plan, epochs=epochs)
    if type(batch) is int and 0 < batch <= MOST_EPOCHS:
        plan = replace(plan, batch_size=batch)
    shuffle = given.get("shuffle")
    return replace(plan, shuffle=shuffle) if isinstance(shuffle, bool) else plan


def _only(value: Any) -> Any:
    """The one loss of a list or mapping of one."""
    items = list(value.values()) if isinstance(value, dict) and "object" not in value else value
    return items[0] if isinstance(items, list) and len(items) == 1 else items


def _metric(value: Any, loss: ObjectValue, story: Story) -> ObjectValue | None:
    if isinstance(value, str) and value in _ACCURACY:
        key = _ACCURACIES.get(loss.object, "")
        return ObjectValue(key) if key else None
    return _object(value, "metrics", story)


def _object(value: Any, family: str, story: Story) -> ObjectValue | None:
    if isinstance(value, dict) and "object" in value:
        spec = story.library.catalog.objects.get(str(value["object"]))
        inside = spec is not None and spec.family == family
        return ObjectValue(value["object"], value["params"]) if inside else None
    if isinstance(value, Path):
        value = value.path.rpartition(".")[2]
    found: ObjectSpec | None = (
        story.library.object(family, value) if isinstance(value, str) else None
    )
    return ObjectValue(found.key) if found else None
