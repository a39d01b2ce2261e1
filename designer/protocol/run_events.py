"""What the folder of a training run holds, and the events of its log, written as JSON lines.

The log is the wire format: a live run and one of last year are read by the same code.
"""

import json
import math
from dataclasses import dataclass, fields
from typing import Any

Json = Any

RUN_SCRIPT = "script.py"  # the Python text that trains, the same that the user exports
RUN_SPEC = "run.json"  # what was started, when, and by which interpreter
RUN_DESIGN = "design.skipwire"  # the document at that moment
RUN_EVENTS = "events.jsonl"  # one event a line, appended, never rewritten
RUN_CONTROL = "control.json"  # {"command": "run" | "pause" | "stop"}, replaced atomically
RUN_LOCK = "lock"  # locked by the trainer as long as it lives
RUN_LOG = "trainer.log"  # what the trainer and the script print
RUN_MODEL = "model.keras"  # the trained model
RUN_CHECKPOINT = "checkpoint.npz"  # all that a run needs to go on; gone when it is complete
RUN_WORK = "work"  # where the script runs: what it saves is moved out when it is whole


@dataclass(frozen=True, slots=True)
class Started:
    """The trainer is up; `steps` is steps an epoch (None until Keras knows), `samples` likewise.

    A run that goes on tells the `step` and the whole epochs that it begins behind: what an
    earlier trainer did beyond that step is lost.
    """

    time: float
    pid: int
    keras: str
    epochs: int
    batch_size: int | None = None
    steps: int | None = None
    samples: int | None = None
    step: int = 0
    epochs_done: int = 0


@dataclass(frozen=True, slots=True)
class Continued:
    """Whoever starts a run that had ended once more writes this: its end was none."""

    time: float


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """All that the run needs to go on behind this step and these whole epochs is kept."""

    time: float
    step: int
    epochs_done: int


@dataclass(frozen=True, slots=True)
class Batch:
    """The running means after a training step; at most 20 a second are written.

    `step` counts from 1 over the whole run, `epoch` from 1; `steps` is steps an epoch.
    """

    time: float
    step: int
    epoch: int
    logs: dict[str, float]
    steps: int | None = None


@dataclass(frozen=True, slots=True)
class Epoch:
    """An epoch has ended: training and validation (`val_...`) values; `seconds` it took."""

    time: float
    step: int
    epoch: int
    logs: dict[str, float]
    seconds: float


@dataclass(frozen=True, slots=True)
class Paused:
    """The run waits before its next step."""

    time: float


@dataclass(frozen=True, slots=True)
class Resumed:
    """The run goes on."""

    time: float


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth saying that does not end the run; `code` names it ("not_finite")."""

    time: float
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The run ended as wanted: `reason` is "completed" or "stopped"; `model` the file's name."""

    time: float
    reason: str
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The run ended in an error: its message in plain words, and the whole traceback."""

    time: float
    message: str
    traceback: str


Event = (
    Started | Continued | Checkpoint | Batch | Epoch | Paused | Resumed | Note | Finished | Failed
)
_EVENTS: dict[str, type[Event]] = {
    kind.__name__.lower(): kind
    for kind in (
        *(Started, Continued, Checkpoint, Batch, Epoch),
        *(Paused, Resumed, Note, Finished, Failed),
    )
}


def encode_event(event: Event) -> bytes:
    """One event as a line of JSON, newline included; values that are not finite become null."""
    body: dict[str, Json] = {"event": type(event).__name__.lower()}
    for entry in fields(event):
        value = getattr(event, entry.name)
        if entry.name == "logs":
            value = {k: v if math.isfinite(v) else None for k, v in value.items()}
        body[entry.name] = value
    return json.dumps(body, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def decode_event(line: bytes | str) -> Event:
    """The event in a line; ValueError if it is none. Fields of later versions are passed over."""
    try:
        body = json.loads(line)
        kind = _EVENTS[body["event"]]
        known = {entry.name for entry in fields(kind)}
        values = {k: v for k, v in body.items() if k in known}
        if "logs" in values:
            logs = values["logs"].items()
            values["logs"] = {k: math.nan if v is None else float(v) for k, v in logs}
        return kind(**values)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise ValueError(f"not an event of a run: {error}") from error
