"""Messages between window and worker: dataclasses, written as JSON lines.

Standard library only, because the worker runs under any interpreter that has Keras 3.
Everything on the wire is a JSON array: `[kind, ...]`, short and quick to read.
"""

import json
from dataclasses import dataclass, field, fields
from typing import Any

PROTOCOL_VERSION = 1
CUSTOM = "custom."  # begins the type of a user's own layer: "custom.my_layers.Scale"

Json = Any  # None | bool | int | float | str | list[Json] | dict[str, Json]


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """A tensor while wiring: shape with the batch axis first, None where unknown."""

    shape: tuple[int | None, ...]
    dtype: str = "float32"


@dataclass(frozen=True, slots=True)
class Ref:
    """The output `output` of the step `step` (its place in the same question)."""

    step: int
    output: int = 0


@dataclass(frozen=True, slots=True)
class Argument:
    """One tensor argument of a call: `listed` ones go as a list, named ones by keyword."""

    name: str
    tensors: tuple[Ref | TensorSpec, ...]
    listed: bool = False
    keyword: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One call of a layer or an operation.

    `type` is the path below `keras.` ("layers.Conv2D", "ops.add"), `params` go to the
    constructor (to the function for an operation), `arguments` are literals of the call.
    `built_by` are the inputs of another call of the same layer, which comes first and makes its
    weights; empty if this call does, or has inputs like those.
    """

    type: str
    params: dict[str, Json]
    inputs: tuple[Argument, ...] = ()
    arguments: dict[str, Json] = field(default_factory=dict)
    built_by: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why Keras said no: `stage` is "configure" (parameters), "connect" (the call), or "share":
    it would take the call, were it not for the call that built the layer.
    """

    stage: str
    exception: str
    message: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What Keras says of one step: its outputs and its number of weights, or its refusal."""

    outputs: tuple[TensorSpec, ...] = ()
    parameters: int = 0
    trainable: int = 0
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Window to worker: what comes out of these steps? Steps are in topological order."""

    request: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Worker to window: an answer for each step; None where an earlier step was refused."""

    request: int
    answers: tuple[Answer | None, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """Worker to window, first of all: who it is."""

    protocol: int
    python: str
    keras: str
    backend: str
    backend_version: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Worker to window: a request (or start-up, request -1) that failed as a whole."""

    request: int
    message: str


@dataclass(frozen=True, slots=True)
class Quit:
    """Window to worker: end."""


@dataclass(frozen=True, slots=True)
class Locate:
    """Window to worker: which file is the module of that name? Nothing is imported."""

    request: int
    module: str


@dataclass(frozen=True, slots=True)
class Located:
    """Worker to window: the module's file; "" if there is none that is written in Python."""

    request: int
    module: str
    path: str


@dataclass(frozen=True, slots=True)
class Load:
    """Window to worker, after the user's yes: run this file of layers.

    `files` are all whose content was agreed to, by path with their SHA-256: the file itself and
    those beside it that it imports. `named` ones are imported by their module's name.
    """

    request: int
    module: str
    path: str
    files: dict[str, str]
    named: bool = False
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """Worker to window: the layers as the catalogue tells them, by key.

    `remarks` say what is doubtful: mappings of code, class and line.
    """

    request: int
    module: str
    layers: dict[str, Json]
    remarks: list[dict[str, Json]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NotLoaded:
    """Worker to window: why a file was not loaded; `line` 0 is unknown, `detail` a traceback."""

    request: int
    module: str
    code: str
    reason: str
    line: int = 0
    detail: str = ""


Message = Ask | Told | Ready | Fault | Quit | Locate | Located | Load | Loaded | NotLoaded
_LOADING: dict[str, type[Locate | Located | Load | Loaded | NotLoaded]] = {
    "locate": Locate,
    "located": Located,
    "load": Load,
    "loaded": Loaded,
    "not_loaded": NotLoaded,
}


def _tensor(value: Ref | TensorSpec) -> Json:
    if isinstance(value, Ref):
        return [value.step, value.output]
    return [list(value.shape), value.dtype]


def _read_tensor(value: Json) -> Ref | TensorSpec:
    head, tail = value
    return TensorSpec(tuple(head), tail) if isinstance(head, list) else Ref(head, tail)


def _inputs(inputs: tuple[Argument, ...]) -> Json:
    return [
        [i.name, [_tensor(t) for t in i.tensors], int(i.listed), int(i.keyword)] for i in inputs
    ]


def _read_inputs(value: Json) -> tuple[Argument, ...]:
    return tuple(
        Argument(name, tuple(_read_tensor(t) for t in tensors), bool(listed), bool(keyword))
        for name, tensors, listed, keyword in value
    )


def _step(step: Step) -> Json:
    told = [step.type, step.params, _inputs(step.inputs), step.arguments]
    return [*told, _inputs(step.built_by)] if step.built_by else told


def _read_step(value: Json) -> Step:
    kind, params, inputs, arguments, *more = value
    first = _read_inputs(more[0]) if more else ()
    return Step(kind, params, _read_inputs(inputs), arguments, first)


def _answer(answer: Answer | None) -> Json:
    if answer is None:
        return None
    if answer.refusal is not None:
        return [answer.refusal.stage, answer.refusal.exception, answer.refusal.message]
    outputs = [[list(o.shape), o.dtype] for o in answer.outputs]
    return [outputs, answer.parameters, answer.trainable]


def _read_answer(value: Json) -> Answer | None:
    if value is None:
        return None
    first, second, third = value
    if isinstance(first, str):
        return Answer(refusal=Refusal(first, second, third))
    return Answer(tuple(TensorSpec(tuple(s), d) for s, d in first), second, third)


def _loading(message: Locate | Located | Load | Loaded | NotLoaded) -> Json:
    kind = next(name for name, known in _LOADING.items() if type(message) is known)
    return [kind, {entry.name: getattr(message, entry.name) for entry in fields(message)}]


def encode(message: Message) -> bytes:
    """One message as a line of JSON, newline included."""
    match message:
        case Ask(request, steps):
            body: Json = ["ask", request, [_step(s) for s in steps]]
        case Told(request, answers):
            body = ["told", request, [_answer(a) for a in answers]]
        case Ready():
            body = ["ready", message.protocol, message.python, message.keras]
            body += [message.backend, message.backend_version]
        case Fault(request, text):
            body = ["fault", request, text]
        case Quit():
            body = ["quit"]
        case _:
            body = _loading(message)
    return json.dumps(body, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes | str) -> Message:
    """The message in a line; ValueError says what is wrong with it."""
    try:
        kind, *rest = json.loads(line)
        match kind:
            case "ask":
                return Ask(rest[0], tuple(_read_step(s) for s in rest[1]))
            case "told":
                return Told(rest[0], tuple(_read_answer(a) for a in rest[1]))
            case "ready":
                return Ready(*rest)
            case "fault":
                return Fault(*rest)
            case "quit":
                return Quit()
            case _ if kind in _LOADING:
                return _LOADING[kind](**rest[0])
    except (TypeError, IndexError, KeyError, ValueError) as error:
        raise ValueError(f"not a message of protocol {PROTOCOL_VERSION}: {error}") from error
    raise ValueError(f"not a message of protocol {PROTOCOL_VERSION}: kind {kind!r}")
