"""Calls as Keras 1 and 2 had them, turned into what they mean in Keras 3, each with a note."""

from collections.abc import Mapping
from typing import Any

from designer.catalog.spec import LayerSpec, ObjectSpec
from designer.formats.python.old_names import DROPPED, OLD_LAYERS, OLD_PARAMS, ORDERINGS
from designer.formats.python.story import Story, long_convolution

Arguments = tuple[list[Any], dict[str, Any]]
_RANKS: Mapping[str, int] = {
    "layers.Conv2D": 2,
    "layers.Conv2DTranspose": 2,
    "layers.Conv3D": 3,
    "layers.Conv3DTranspose": 3,
    "layers.SeparableConv2D": 2,
}
_SIDES = (("nb_row", "nb_col"), ("kernel_dim1", "kernel_dim2", "kernel_dim3"))


def modern(
    spec: LayerSpec | ObjectSpec, written: str, given: Arguments, story: Story, line: int
) -> Arguments:
    """The arguments under today's names; `written` is the name that the script calls."""
    args, kwargs = list(given[0]), dict(given[1])
    if written != spec.name and OLD_LAYERS.get(written) == spec.name:
        story.note(line, f"{written} is {spec.name} today.")
    if written == "ThresholdedReLU" and args:
        kwargs["threshold"] = args.pop(0)
    if spec.key in _RANKS:
        args = _kernel(spec, written, args, kwargs, story, line)
    known = {param.name for param in spec.params} | {"name"}
    for name in [name for name in kwargs if name not in known]:
        _rename(spec, name, kwargs, known, story, line)
    return args, kwargs


def _kernel(
    spec: LayerSpec | ObjectSpec,
    written: str,
    args: list[Any],
    kwargs: dict[str, Any],
    story: Story,
    line: int,
) -> list[Any]:
    """Rows and columns that were arguments of their own, as one kernel size."""
    rank = _RANKS[spec.key]
    for sides in _SIDES:
        if all(side in kwargs for side in sides):
            kwargs["kernel_size"] = tuple(kwargs.pop(side) for side in sides)
            story.note(line, f"{' and '.join(sides)} are one argument today, kernel_size.")
    numbers = args[: rank + 1]
    if len(numbers) <= rank or not all(type(number) is int for number in numbers):
        return args
    sizes = " and ".join(str(size) for size in numbers[1:])
    if story.old or long_convolution(written):
        story.note(
            line,
            f"{written}({', '.join(map(str, numbers))}) is in the style of Keras 1: {sizes} are "
            "the size of the kernel.",
        )
        if written.startswith("Deconv") and len(args) > rank + 1:
            args.pop(rank + 1)  # the output's shape, which follows from the rest today
        return [numbers[0], tuple(numbers[1:]), *args[rank + 1 :]]
    if rank == 2:
        story.note(
            line,
            f"{written}({', '.join(map(str, numbers))}) has {numbers[2]} as its strides: Keras "
            f"takes the third number so. If a kernel of {sizes} is meant, write "
            f"({numbers[1]}, {numbers[2]}).",
        )
    return args


def _rename(
    spec: LayerSpec | ObjectSpec,
    name: str,
    kwargs: dict[str, Any],
    known: set[str],
    story: Story,
    line: int,
) -> None:
    new = OLD_PARAMS.get(name, "")
    if new in known and new not in kwargs:
        value = kwargs.pop(name)
        ordering = name == "dim_ordering" and isinstance(value, str)
        kwargs[new] = ORDERINGS.get(value, value) if ordering else value
        story.note(line, f"{name} of {spec.name} is called {new} today.")
    elif name in DROPPED or (name == "mode" and kwargs[name] == 0):
        del kwargs[name]
        if name not in ("input_shape", "batch_input_shape", "input_dim", "input_length"):
            story.note(line, f"{name} of {spec.name} is left out: Keras 3 has nothing like it.")
