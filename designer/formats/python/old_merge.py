"""merge([x, y], mode="sum"), with which Keras 1 joined tensors, as the layer that it is today."""

from typing import Any

from designer.catalog.spec import LayerSpec
from designer.formats.python.old_names import MERGE_MODES
from designer.formats.python.story import Story
from designer.formats.python.values import Function, Layer

_ARGUMENTS = ("inputs", "mode", "concat_axis", "dot_axes", "output_shape")


def merge_layer(
    story: Story, args: list[Any], kwargs: dict[str, Any], line: int
) -> tuple[LayerSpec | None, Any, dict[str, Any], Function | Layer | None]:
    """The layer, what goes into it, and its parameters; or the function that is the mode.

    ProblemError "unknown_merge".
    """
    given = dict(zip(_ARGUMENTS, args, strict=False)) | kwargs
    mode = given.get("mode", "sum")
    inputs = given.get("inputs")
    if isinstance(mode, Function | Layer):
        return None, inputs, {}, mode
    key = MERGE_MODES.get(mode, "") if isinstance(mode, str) else ""
    spec = story.library.catalog.layers.get(key)
    if spec is None:
        raise story.refusal(
            "unknown_merge",
            line,
            "merge had the modes {modes}, and this one is none of them. Use the layer that does "
            "it: Add, Concatenate, Multiply ... {text}",
            modes=", ".join(MERGE_MODES),
            text=story.source.line(line),
        )
    params = {"name": given["name"]} if "name" in given else {}
    if key == "layers.Concatenate" and "concat_axis" in given:
        params["axis"] = given["concat_axis"]
    if key == "layers.Dot":
        params |= {"axes": given.get("dot_axes", -1)} | (
            {"normalize": True} if mode == "cos" else {}
        )
    story.note(line, f'merge(mode="{mode}") is the layer {spec.name} today.')
    return spec, inputs, params, None
