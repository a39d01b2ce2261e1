"""The arguments of a call on tensors: wires by port and slot, literals, and what the call gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from designer.catalog.spec import LayerSpec, PortSpec
from designer.codegen.body import FLAGS, SEVERAL
from designer.codegen.expressions import same
from designer.document.problem import ProblemError
from designer.formats.python.binding import Binder
from designer.formats.python.story import Story
from designer.formats.python.values import Path, Several, Tensor, Unknown, tensors

# Where Keras has the arguments of a call in another order than ports first, parameters next.
ORDERS: Mapping[str, tuple[str, ...]] = {
    "layers.BatchNormalization": ("inputs", "training", "mask"),
    "layers.Pipeline": ("inputs", "training", "mask"),
    "layers.TimeDistributed": ("inputs", "training", "mask"),
    "ops.average": ("x", "axis", "weights"),
    "ops.batch_normalization": ("x", "mean", "variance", "axis", "offset", "scale", "epsilon"),
    "ops.pad": ("x", "pad_width", "mode", "constant_values"),
    "ops.slice_update": ("inputs", "start_indices", "updates"),
}
# How many tensors a call gives that gives several.
_COUNTS: Mapping[str, int] = {
    "layers.ConvLSTM1D": 3,
    "layers.ConvLSTM2D": 3,
    "layers.ConvLSTM3D": 3,
    "layers.LSTM": 3,
    "ops.svd": 3,
}
_UNCOUNTED = frozenset(("layers.RNN", "ops.nonzero", "ops.unravel_index"))
# Names that other Keras versions and TensorFlow give to arguments of operations.
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "a": ("x", "x1"),
    "b": ("x2", "y"),
    "axes": ("axis",),
    "input": ("x", "inputs"),
    "input_tensor": ("x",),
    "keep_dims": ("keepdims",),
    "num_or_size_splits": ("indices_or_sections",),
    "pattern": ("axes",),
    "perm": ("axes",),
    "shape": ("newshape",),
    "tensor": ("x",),
    "tensors": ("xs", "x"),
    "value": ("x",),
    "values": ("xs", "x"),
    "x": ("x1",),
    "y": ("x2",),
}


@dataclass(slots=True)
class Bound:
    """Tensors by (port, slot), literals by name; `open` ports are to be wired by hand."""

    wires: dict[tuple[str, int], Tensor] = field(default_factory=dict)
    literals: dict[str, Any] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)


class CallBinder:
    """Binds one call to what the catalogue says of the layer or operation."""

    def __init__(self, spec: LayerSpec, binder: Binder, story: Story, line: int) -> None:
        self._spec, self._binder, self._story, self._line = spec, binder, story, line
        self._bound = Bound()

    def bind(self, args: list[Any], kwargs: Mapping[str, Any]) -> Bound:
        """The call's tensors and literals; ProblemError."""
        names = positional(self._spec)
        for place, value in enumerate(args):
            self._one(names[place] if place < len(names) else "", value)
        for name, value in kwargs.items():
            if name != "name":
                self._one(self._known(name), value)
        return self._bound

    def _known(self, name: str) -> str:
        if self._spec.port(name) or self._spec.param(name) or not self._spec.operation:
            return name
        other = (n for n in _SYNONYMS.get(name, ()) if self._spec.port(n) or self._spec.param(n))
        return next(other, name)

    def _one(self, name: str, value: Any) -> None:
        port = self._spec.port(name)
        if port is None:
            self._literal(name, value)
        elif isinstance(value, list | tuple) and self._tensors_in(value):
            self._list(port, list(value))
        elif isinstance(value, Several):
            self._several(port, value)
        elif isinstance(value, Tensor) or self._stands_for_tensor(port, value):
            self._wire(port, [value])
        elif value is not None:
            self._literal(name, value)

    def _stands_for_tensor(self, port: PortSpec, value: Any) -> bool:
        return isinstance(value, Unknown | Path)

    def _tensors_in(self, value: Any) -> bool:
        return tensors(value) or any(isinstance(item, Unknown | Path) for item in value)

    def _several(self, port: PortSpec, value: Several) -> None:
        if value.count is None or not self._spread(port, value.count):
            raise self._unsupported(port.name)
        self._list(port, [Tensor(value.draft, output) for output in range(value.count)])

    def _spread(self, port: PortSpec, count: int) -> bool:
        return port.variadic or count == 1 or self._next_variadic(port) is not None

    def _next_variadic(self, port: PortSpec) -> PortSpec | None:
        """Recurrent layers take a list of their input and their states."""
        first = self._spec.inputs[:2]
        found = len(first) == 2 and first[0] is port and first[1].variadic
        return first[1] if found and not self._spec.operation else None

    def _list(self, port: PortSpec, value: list[Any]) -> None:
        if not self._spread(port, len(value)):
            raise self._unsupported(port.name)
        if port.variadic:
            self._wire(port, value)
            return
        self._wire(port, value[:1])
        states = self._next_variadic(port)
        if states is not None and len(value) > 1:
            self._wire(states, value[1:])

    def _wire(self, port: PortSpec, found: list[Any]) -> None:
        taken = sum(1 for name, _ in self._bound.wires if name == port.name)
        for slot, value in enumerate(found, taken):
            if isinstance(value, Tensor):
                self._bound.wires[port.name, slot] = value
            else:
                self._leave_open(port, value)

    def _leave_open(self, port: PortSpec, value: Any) -> None:
        if isinstance(value, Path) and value.guessed:
            value = Unknown(value.path.rpartition(".")[2], self._line, free=value.path)
        if not isinstance(value, Unknown):
            raise self._unsupported(port.name)
        if value.problem is not None or not (value.free or self._story.lenient):
            raise self._story.why(value)
        self._bound.open.add(port.name)
        if not self._story.lenient:
            text = f"`{value.text}` is not defined: an input of {self._spec.name} is left open."
            self._story.note(self._line, text)

    def _literal(self, name: str, value: Any) -> None:
        param, port = self._spec.param(name), self._spec.port(name)
        callable_ = param is not None and (param.call or self._spec.operation)
        if not name or not (callable_ or (port and self._spec.operation)) or tensors(value):
            raise self._unsupported(name)
        if isinstance(value, Unknown) and value.problem is None and self._story.lenient:
            return
        read = self._binder.json(value, param, self._line)
        said = param is None or param.required or not same(read, param.default)
        if said or self._spec.operation:
            self._bound.literals[name] = read

    def _unsupported(self, name: str) -> ProblemError:
        return self._story.refusal(
            "unsupported_call",
            self._line,
            "{type} is called with {argument} in a form that a wire cannot show: {text}. Give it "
            "plain tensors or one list of them.",
            type=self._spec.name,
            argument=name or "more arguments than it takes",
            text=self._story.source.line(self._line),
        )


def positional(spec: LayerSpec) -> list[str]:
    """Names of the positional arguments of a call."""
    if spec.key in ORDERS:
        return list(ORDERS[spec.key])
    ports = [port.name for port in spec.inputs]
    params = [p.name for p in spec.params if p.call or spec.operation]
    return list(dict.fromkeys([*ports, *params]))


def result(
    draft: int, spec: LayerSpec, params: Mapping[str, Any], literals: Mapping[str, Any]
) -> Tensor | Several:
    """What a call gives: a tensor, or several."""
    if spec.several:  # a user's own layer; nobody says how many
        return Several(draft, None)
    if spec.key not in SEVERAL and not any(params.get(f) or literals.get(f) for f in FLAGS):
        inner = params.get("layer")
        inner = inner if isinstance(inner, dict) and "object" in inner else {}
        if spec.key != "layers.Bidirectional" or not inner.get("params", {}).get("return_state"):
            return Tensor(draft)
        states = _COUNTS.get(str(inner["object"]), 2) - 1
        return Several(draft, 1 + 2 * states)
    return Several(draft, _count(spec, {**params, **literals}))


def _count(spec: LayerSpec, params: Mapping[str, Any]) -> int | None:
    parts = params.get("indices_or_sections", params.get("num"))
    if isinstance(parts, int):
        return parts
    if isinstance(parts, list):
        return len(parts) + 1
    if spec.key in _UNCOUNTED or "split" in spec.key or spec.key == "ops.unstack":
        return None
    return _COUNTS.get(spec.key, 2)
