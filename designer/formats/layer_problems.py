"""What goes wrong when a user's file of layers is loaded, or is doubtful in it, in plain words."""

from collections.abc import Mapping
from pathlib import Path

from designer.document.problem import Problem, Severity, Where
from designer.protocol import Load, Loaded, NotLoaded

SECONDS = 30.0  # that a file may take to be imported

_REFUSALS: Mapping[str, str] = {
    "custom_syntax": "{place}: {reason}. Mend that line and load the file again.",
    "custom_import": (
        "{place}: the Python that runs Keras has no module {reason}. Install it there, or choose "
        "another interpreter in the settings, and load the file again."
    ),
    "custom_raised": (
        "{place}: importing it raised {reason}. Mend the file so that Python can import it, and "
        "load it again."
    ),
    "custom_exits": (
        "{place}: it ends the program instead of being imported. Put what is a program under "
        "if __name__ == '__main__', and load the file again."
    ),
    "custom_endless": (
        "{place}: the import had not ended after {seconds} s and was stopped. Put what takes long "
        "into functions, and load the file again."
    ),
    "custom_empty": (
        "{place} offers no layer. Derive a class of it from keras.layers.Layer, under a name "
        "without an underscore in front, and load the file again."
    ),
    "custom_changed": (
        "{place}: {reason} has changed since you agreed to it, so it was not run. Load the file "
        "again to see what it is now."
    ),
    "custom_missing": "{place} was not loaded: {reason}. Put it back, or load another file.",
    "custom_died": (
        "Keras ended while it ran {place}, and was started again without it. Take out of the file "
        "what ends or breaks the process, and load it again."
    ),
    "custom_odd": (
        "{place}: what it tells of its layers makes no sense ({reason}). Load only files that "
        "leave Keras as it is."
    ),
}
_REMARKS: Mapping[str, tuple[Severity, str]] = {
    "custom_needs": (
        "info",
        "{place}: a {layer} needs values for {params}. Set them in the inspector of each node.",
    ),
    "custom_no_config": (
        "warning",
        (
            "{place}: {layer} has no get_config, and Keras cannot save {params} by itself, so that "
            "a trained model may not be saved. Add get_config to the class."
        ),
    ),
    "custom_no_kwargs": (
        "warning",
        (
            "{place}: {layer} takes no **kwargs, so Keras cannot load a model again that was saved "
            "with it. Let its __init__ take **kwargs and hand them to super().__init__."
        ),
    ),
    "custom_is_model": (
        "info",
        (
            "{place}: {layer} is a keras.Model and cannot be placed. Derive it from "
            "keras.layers.Layer to use it as a layer."
        ),
    ),
    "custom_unreadable": (
        "warning",
        (
            "{place}: {layer} cannot be placed, for its signature cannot be read ({reason}). Give "
            "its __init__ and call named arguments."
        ),
    ),
}


def refusal(told: NotLoaded, path: Path) -> Problem:
    """Why the file was not loaded."""
    where = Where(file=str(path))
    reason = told.reason.rstrip(".")
    if told.code == "custom_changed":
        reason = Path(reason).name
    values = {
        "place": _place(path, told.line),
        "reason": reason,
        "seconds": round(SECONDS),
    }
    template = _REFUSALS.get(told.code, _REFUSALS["custom_raised"])
    return Problem("error", told.code, template, values, where, told.detail)


def died(order: Load) -> NotLoaded:
    """What is told of a file that took the worker with it, or that it never came back from."""
    return NotLoaded(order.request, order.module, "custom_died", "")


def remarks(told: Loaded, path: Path) -> tuple[Problem, ...]:
    """What is doubtful in a file that was loaded, the gravest first."""
    found = []
    for remark in told.remarks:
        severity, template = _REMARKS.get(str(remark.get("code")), _REMARKS["custom_unreadable"])
        line = remark.get("line")
        values = {
            "place": _place(path, line if isinstance(line, int) else 0),
            "layer": str(remark.get("class", "")),
            "params": str(remark.get("params", "")),
            "reason": str(remark.get("reason", "")),
        }
        where = Where(file=str(path))
        found.append(Problem(severity, str(remark.get("code")), template, values, where))
    return tuple(sorted(found, key=lambda problem: problem.severity != "warning"))


def _place(path: Path, line: int) -> str:
    return f"{path.name}, line {line}" if line else path.name
