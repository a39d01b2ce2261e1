"""The user's own arrays from a .npz file: what goes in, what should come out.

The file is judged by its headers, so that a wrong one is told before training reads it.
"""

from pathlib import Path

from designer.catalog.spec import ParamSpec
from designer.codegen.datasets.npy_header import ArrayHeader, header
from designer.codegen.datasets.npy_range import value_range
from designer.codegen.datasets.source import DataFacts, DataSource, Options, refusal
from designer.codegen.expressions import quote
from designer.document.problem import ProblemError
from designer.protocol import TensorSpec

PARAMS = (
    ParamSpec("path", "string", "", required=True, doc="A file made with numpy.savez."),
    ParamSpec("x", "string", "x", doc="Name of the array that goes into the model."),
    ParamSpec("y", "string", "y", doc="Name of the array that should come out."),
    ParamSpec("x_val", "string", "", doc="Name of the inputs for validation, if there are some."),
    ParamSpec("y_val", "string", "", doc="Name of the targets for validation."),
    ParamSpec(
        "validation_share", "float", 0.2, minimum=0.01, maximum=0.9,
        doc="Share of the samples kept for validation where the file has none of its own.",
    ),
    ParamSpec("seed", "int", 0, minimum=0, maximum=2**32 - 1, doc="Draws the validation samples."),
)  # fmt: skip


def _path(options: Options) -> Path:
    if not options["path"].strip() or "\0" in options["path"]:
        raise refusal("no_path", "No .npz file is chosen: choose the file of your arrays.", "path")
    return Path(options["path"]).absolute()


def _pair(options: Options, x: str, y: str) -> tuple[ArrayHeader, ArrayHeader]:
    path = _path(options)
    first, second = header(path, options[x]), header(path, options[y])
    for array, option in ((first, x), (second, y)):
        if not array.shape:
            raise refusal(
                "no_sample_axis",
                "{name} is a single number: its first axis must count the samples.",
                option,
                name=array.name,
            )
    if first.shape[0] != second.shape[0] or not first.shape[0]:
        raise refusal(
            "other_lengths",
            "{x} holds {nx} samples and {y} {ny}: both need the same number, at least one.",
            y,
            x=first.name,
            nx=first.shape[0],
            y=second.name,
            ny=second.shape[0],
        )
    return first, second


def _has_validation(options: Options) -> bool:
    if bool(options["x_val"]) != bool(options["y_val"]):
        raise refusal(
            "half_validation",
            "Only one of x_val and y_val is named: name both, or neither.",
            "y_val" if options["x_val"] else "x_val",
        )
    return bool(options["x_val"])


def _facts(options: Options) -> DataFacts:
    x, y = _pair(options, "x", "y")
    count = x.shape[0]
    if _has_validation(options):
        x_val, y_val = _pair(options, "x_val", "y_val")
        for train, validation, option in ((x, x_val, "x_val"), (y, y_val, "y_val")):
            if train.shape[1:] != validation.shape[1:]:
                raise _other_shape(train, validation, option)
        held_out = x_val.shape[0]
    else:
        held_out = int(count * options["validation_share"])
        if not held_out or held_out == count:
            raise refusal(
                "too_few_samples",
                "{share} of {count} samples leaves nothing to train or to validate with: take "
                "more samples or another share.",
                "validation_share",
                share=options["validation_share"],
                count=count,
            )
        count -= held_out
    path = _path(options)
    return DataFacts(
        (_tensor(x),),
        (_tensor(y),),
        count,
        held_out,
        "arrays",
        None,
        *value_range(path, x),
        *value_range(path, y),
    )


def _tensor(array: ArrayHeader) -> TensorSpec:
    return TensorSpec((None, *array.shape[1:]), array.dtype)


def _other_shape(train: ArrayHeader, validation: ArrayHeader, option: str) -> ProblemError:
    return refusal(
        "other_shapes",
        "A sample of {first} has the shape {one}, one of {second} {other}: they must be equal.",
        option,
        first=train.name,
        one=train.shape[1:],
        second=validation.name,
        other=validation.shape[1:],
    )


def _code(options: Options) -> str:
    x, y = quote(options["x"]), quote(options["y"])
    if _has_validation(options):
        x_val, y_val = quote(options["x_val"]), quote(options["y_val"])
        return f'''def load_data():
    """Return (inputs, targets) for training and for validation."""
    with np.load(DATA, allow_pickle=False) as file:
        x_train = file[{x}]
        y_train = file[{y}]
        x_val = file[{x_val}]
        y_val = file[{y_val}]
    return (x_train, y_train), (x_val, y_val)
'''
    return f'''def load_data():
    """Return (inputs, targets) for training and for validation, drawn by lot."""
    with np.load(DATA, allow_pickle=False) as file:
        x = file[{x}]
        y = file[{y}]
    order = np.random.default_rng({options["seed"]}).permutation(len(x))
    count = int(len(x) * {options["validation_share"]})
    train, held_out = order[count:], order[:count]
    return (x[train], y[train]), (x[held_out], y[held_out])
'''


SOURCE = DataSource(
    key="npz",
    title="Arrays from a .npz file",
    doc="Your own arrays: one of inputs, one of targets, the samples along the first axis.",
    params=PARAMS,
    locate=_path,
    state=_facts,
    write=_code,
)
