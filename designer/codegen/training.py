"""The script's main(): compile and fit as the training plan says, or a summary without data."""

from designer.catalog.spec import Catalog
from designer.codegen.expressions import Expressions
from designer.codegen.wrapping import Code, call, keyword, listed, wrap
from designer.document.model import Document, ObjectValue, TrainingPlan
from designer.document.problem import Where

TRAINING = Where(section="training")


def main_lines(document: Document, catalog: Catalog, *, data: bool) -> list[str]:
    """The lines of `def main(callbacks=())`."""
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
        *wrap(_compile(plan, Expressions(catalog)), 4),
        *wrap(_fit(plan), 4),
        '    model.save("model.keras")',
        "    return history",
    ]


def _compile(plan: TrainingPlan, expressions: Expressions) -> Code:
    def made(value: ObjectValue) -> Code:
        return expressions.object(value.object, value.params, TRAINING)

    arguments = [keyword("optimizer", made(plan.optimizer)), keyword("loss", made(plan.loss))]
    if plan.metrics:
        arguments.append(keyword("metrics", listed(map(made, plan.metrics))))
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
