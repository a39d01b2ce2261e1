"""The user's own arrays from a .npz file: what goes in, what should come out.

The file is judged by its headers, so that a wrong one is told before training reads it.
"""

from pathlib import Path

from designer.catalog.spec import ParamSpec
from designer.codegen.datasets.npy_header import ArrayHeader, header
from designer.codegen.datasets.npy_range import Range, value_range
from designer.codegen.datasets.source import DataFacts, DataSource, Options, refusal
from designer.codegen.expressions import quote
from designer.document.problem import ProblemError
from designer.protocol import TensorSpec

PARAMS = (
    ParamSpec("path", "string", "", required=True, doc="A file made with numpy.savez."),
    ParamSpec(
        "x", "string", "x",
        doc="Name of the array that goes into the model; of several inputs all, by commas.",
    ),
    ParamSpec(
        "y", "string", "y",
        doc="Name of the array that should come out; of several outputs all, by commas.",
    ),
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


def _names(option: str) -> tuple[str, ...]:
    """The arrays that an option names, in the order of the model's inputs or outputs."""
    return tuple(name.strip() for name in option.split(",") if name.strip()) or (option,)


def _arrays(options: Options, *wanted: str) -> dict[str, tuple[ArrayHeader, ...]]:
    """The headers of the arrays of these options, all with one number of samples."""
    path = _path(options)
    found = {o: tuple(header(path, name) for name in _names(options[o])) for o in wanted}
    first = found[wanted[0]][0]
    for option, arrays in found.items():
        for array in arrays:
            if not array.shape:
                raise refusal(
                    "no_sample_axis",
                    "{name} is a single number: its first axis must count the samples.",
                    option,
                    name=array.name,
                )
            if first.shape[0] != array.shape[0] or not array.shape[0]:
                raise refusal(
                    "other_lengths",
                    "{x} holds {nx} samples and {y} {ny}: both need the same number, at least one.",
                    option,
                    x=first.name,
                    nx=first.shape[0],
                    y=array.name,
                    ny=array.shape[0],
                )
    return found


def _has_validation(options: Options) -> bool:
    if bool(options["x_val"]) != bool(options["y_val"]):
        raise refusal(
            "half_validation",
            "Only one of x_val and y_val is named: name both, or neither.",
            "y_val" if options["x_val"] else "x_val",
        )
    return bool(options["x_val"])


def _facts(options: Options) -> DataFacts:
    x, y = _arrays(options, "x", "y").values()
    count = x[0].shape[0]
    if _has_validation(options):
        held_out = _held_out(options, x, y)
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
        tuple(map(_tensor, x)),
        tuple(map(_tensor, y)),
        count,
        held_out,
        "arrays",
        None,
        *_range_of_one(path, x),
        *_range_of_one(path, y),
    )


def _held_out(options: Options, x: tuple[ArrayHeader, ...], y: tuple[ArrayHeader, ...]) -> int:
    """The samples of the arrays for validation, which are like those for training."""
    given = _arrays(options, "x_val", "y_val")
    for arrays, option in ((x, "x_val"), (y, "y_val")):
        if len(arrays) != len(given[option]):
            raise refusal(
                "other_count",
                "{validation} names {given} arrays, and training has {count}: name as many.",
                option,
                validation=option,
                given=len(given[option]),
                count=len(arrays),
            )
        for train, validation in zip(arrays, given[option], strict=True):
            if train.shape[1:] != validation.shape[1:]:
                raise _other_shape(train, validation, option)
    return given["x_val"][0].shape[0]


def _range_of_one(path: Path, arrays: tuple[ArrayHeader, ...]) -> Range:
    # Of several arrays no one range can be told.
    return value_range(path, arrays[0]) if len(arrays) == 1 else (None, None)


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
    x, y = _read(options["x"]), _read(options["y"])
    if _has_validation(options):
        x_val, y_val = _read(options["x_val"]), _read(options["y_val"])
        return f'''def load_data():
    """Return (inputs, targets) for training and for validation."""
    with np.load(DATA, allow_pickle=False) as file:
        x_train = {x}
        y_train = {y}
        x_val = {x_val}
        y_val = {y_val}
    return (x_train, y_train), (x_val, y_val)
'''
    first = "x[0]" if len(_names(options["x"])) > 1 else "x"
    return f'''def load_data():
    """Return (inputs, targets) for training and for validation, drawn by lot."""
    with np.load(DATA, allow_pickle=False) as file:
        x = {x}
        y = {y}
    order = np.random.default_rng({options["seed"]}).permutation(len({first}))
    count = int(len({first}) * {options["validation_share"]})
    train, held_out = order[count:], order[:count]
    return {_drawn(options, "train")}, {_drawn(options, "held_out")}
'''


def _read(option: str) -> str:
    names = _names(option)
    if len(names) == 1:
        return f"file[{quote(names[0])}]"
    return f"[file[name] for name in ({', '.join(map(quote, names))})]"


def _drawn(options: Options, places: str) -> str:
    """The inputs and targets at these places, as the script says it."""
    several = {option: len(_names(options[option])) > 1 for option in ("x", "y")}
    parts = [f"[a[{places}] for a in {o}]" if n else f"{o}[{places}]" for o, n in several.items()]
    return f"({', '.join(parts)})"


SOURCE = DataSource(
    key="npz",
    title="Arrays from a .npz file",
    doc="Your own arrays: inputs and targets, the samples along the first axis.",
    params=PARAMS,
    locate=_path,
    state=_facts,
    write=_code,
)
