"""The script's main(): compile and fit as the training plan says, or a summary without data."""

from collections.abc import Sequence

from designer.catalog.spec import Catalog
from designer.codegen.expressions import Expressions
from designer.codegen.objectives import Objective
from designer.codegen.wrapping import Code, call, keyword, listed, wrap
from designer.document.model import Document, ObjectValue, TrainingPlan
from designer.document.problem import Where

TRAINING = Where(section="training")


def main_lines(
    document: Document, catalog: Catalog, goals: Sequence[Objective], *, data: bool
) -> list[str]:
    """The lines of `def main(callbacks=())`; `goals` are those of the outputs, in their order."""
    if not data:
        return [
            "def main(callbacks=()):",
            '    """Print what the model is made of; there is no data to train it with yet."""',
            "    build_model().summary()",
        ]
    plan = document.training
    return [
        "def main(callbacks=()):",
        '    """Train the model, save it as model.keras, and return the history of the losses."""',
        *wrap(call("keras.utils.set_random_seed", [(str(plan.seed),)]), 4),
        "    (x_train, y_train), (x_val, y_val) = load_data()",
        "    model = build_model()",
        *wrap(_compile(plan, goals, Expressions(catalog)), 4),
        *wrap(_fit(plan), 4),
        '    model.save("model.keras")',
        "    return history",
    ]


def _compile(plan: TrainingPlan, goals: Sequence[Objective], expressions: Expressions) -> Code:
    def made(value: ObjectValue) -> Code:
        return expressions.object(value.object, value.params, TRAINING)

    losses = [goal.loss for goal in goals] or [plan.loss]
    weights = [goal.weight for goal in goals]
    weighted = any(weight != 1.0 for weight in weights)
    # One loss does for all outputs; weights need a loss for each.
    each = len(goals) > 1 and (weighted or any(loss != losses[0] for loss in losses))
    loss = listed(map(made, losses)) if each else made(losses[0])
    arguments = [keyword("optimizer", made(plan.optimizer)), keyword("loss", loss)]
    if weighted:
        arguments.append(keyword("loss_weights", listed((repr(w),) for w in weights)))
    measured = [listed(map(made, plan.metrics if goal.measured else ())) for goal in goals]
    if plan.metrics and any(goal.measured for goal in goals):
        metrics = listed(measured) if len(goals) > 1 else measured[0]
        arguments.append(keyword("metrics", metrics))
    return call("model.compile", arguments)


def _fit(plan: TrainingPlan) -> Code:
    arguments: list[Code] = [
        ("x_train",),
        ("y_train",),
        keyword("validation_data", ("(x_val, y_val)",)),
        keyword("epochs", (str(plan.epochs),)),
        keyword("batch_size", (str(plan.batch_size),)),
    ]
    if not plan.shuffle:
        arguments.append(keyword("shuffle", ("False",)))
    arguments.append(keyword("callbacks", ("[*callbacks]",)))
    return ("history = ", *call("model.fit", arguments))
