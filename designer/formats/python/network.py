"""The network that a script makes: its calls as drafts of nodes, in the order of the script."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from designer.catalog.spec import LayerSpec
from designer.document.model import INPUT
from designer.formats.python.binding import Binder
from designer.formats.python.calls import CallBinder, result
from designer.formats.python.story import Story
from designer.formats.python.values import Layer, Network, Several, Tensor, Unknown, flat

MAX_NODES = 20_000
_INPUT_ARGUMENTS = (
    "shape",
    "batch_size",
    "dtype",
    "sparse",
    "ragged",
    "batch_shape",
    "name",
    "tensor",
    "optional",
)


@dataclass(eq=False, slots=True)
class Draft:
    """A node to be: a call of `layer`, or of an operation with `params`. `name` is wanted, and
    `variable` is what the script calls the result.
    """

    number: int
    spec: LayerSpec
    line: int
    layer: Layer | None = None
    params: dict[str, Any] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)
    wires: dict[tuple[str, int], Tensor] = field(default_factory=dict)
    name: str = ""
    variable: str = ""
    within: int = -1


@dataclass(eq=False, slots=True)
class Made:
    """A call of a function or model of the script, and what it gave: drafts name it in `within`.

    `given` are the arguments by name, `title` is what the script calls the result.
    """

    kind: str
    parent: int
    given: Mapping[str, Any]
    title: str = ""


class Sketch:
    """Collects drafts and models."""

    def __init__(self, story: Story, binder: Binder) -> None:
        self._story, self._binder = story, binder
        self.drafts: list[Draft] = []
        self.networks: list[Network] = []
        self.made: list[Made] = []
        self.within = -1  # the call of a function that is being followed
        self._results: dict[int, int] = {}  # draft -> the call that gave it last

    def begin(self, kind: str, given: Mapping[str, Any]) -> int:
        """From now on drafts belong to a call of that function; tells whose they were."""
        before = self.within
        self.made.append(Made(kind, before, given))
        self.within = len(self.made) - 1
        return before

    def end(self, before: int, result: Any) -> None:
        """The call that was begun last gave this."""
        for tensor in flat(result):
            if isinstance(tensor, Tensor | Several):
                self._results[tensor.draft] = self.within
        self.within = before

    def call_title(self, draft: int, name: str) -> bool:
        """The script gives that name to a draft; whether it is the result of a call that has none
        yet, and now is called so.
        """
        made = self.made[self._results[draft]] if draft in self._results else None
        if made is None or made.title or self._results[draft] == self.within:
            return False
        made.title = name
        return True

    def input(self, args: list[Any], kwargs: Mapping[str, Any], line: int) -> Tensor:
        """keras.Input(...); ProblemError."""
        given = dict(zip(_INPUT_ARGUMENTS, args, strict=False)) | dict(kwargs)
        name, tensor = given.pop("name", None), given.pop("tensor", None)
        if tensor is not None:
            raise self._story.refusal(
                "input_tensor",
                line,
                "an Input made of another tensor is no input of a design. Give its shape. {text}",
                text=self._story.source.line(line),
            )
        shape = given.pop("batch_shape", given.pop("batch_input_shape", None))
        if isinstance(shape, list | tuple) and shape:
            given |= {"shape": shape[1:]}
            if shape[0] is not None:
                given["batch_size"] = shape[0]
        if "input_shape" in given:
            given["shape"] = given.pop("input_shape")
        if isinstance(given.get("shape"), int):
            given["shape"] = (given["shape"],)
        spec = self._story.library.catalog.layers[INPUT]
        layer = self._binder.layer(spec, "Input", [], given, line)
        draft = self._draft(spec, line, name=name if isinstance(name, str) else "")
        draft.params = layer.params
        self._binder.mind_format(layer.params.get("shape"), line)
        return Tensor(draft.number)

    def _draft(self, spec: LayerSpec, line: int, name: str = "") -> Draft:
        if len(self.drafts) >= MAX_NODES:
            template = "the network has more than {limit} nodes once it is written out."
            raise self._story.refusal("too_large", line, template, limit=MAX_NODES)
        self.drafts.append(Draft(len(self.drafts), spec, line, name=name, within=self.within))
        return self.drafts[-1]

    # --- Calls ----------------------------------------------------------------------------------

    def call_layer(
        self, layer: Layer, args: list[Any], kwargs: Mapping[str, Any], line: int
    ) -> Tensor | Several:
        """A layer called on tensors; ProblemError."""
        bound = CallBinder(layer.spec, self._binder, self._story, line).bind(args, kwargs)
        draft = self._draft(layer.spec, line, "" if layer.drafts else layer.name)
        draft.layer, draft.wires, draft.arguments = layer, bound.wires, bound.literals
        layer.drafts.append(draft.number)
        return result(draft.number, layer.spec, layer.params, bound.literals)

    def call_operation(
        self, spec: LayerSpec, args: list[Any], kwargs: Mapping[str, Any], line: int
    ) -> Tensor | Several | Unknown:
        """A function of keras.ops; Unknown where it has only constants. ProblemError."""
        bound = CallBinder(spec, self._binder, self._story, line).bind(args, kwargs)
        if not bound.wires and not bound.open:
            return Unknown(self._story.source.line(line), line)
        name = kwargs.get("name")
        draft = self._draft(spec, line, name if isinstance(name, str) else "")
        draft.wires, draft.params = bound.wires, bound.literals
        return result(draft.number, spec, {}, bound.literals)

    # --- Models ---------------------------------------------------------------------------------

    def model(self, args: list[Any], kwargs: Mapping[str, Any], line: int) -> Network:
        """keras.Model(inputs, outputs)."""
        given = dict(zip(("inputs", "outputs", "name"), args, strict=False)) | dict(kwargs)
        if self._story.old:
            given = {
                {"input": "inputs", "output": "outputs"}.get(k, k): v for k, v in given.items()
            }
        ends, name = given.get("outputs"), given.get("name")
        network = Network(name if isinstance(name, str) else "", line)
        network.inputs = flat(given.get("inputs"))
        network.shape = "one" if not isinstance(ends, dict | list | tuple) else "list"
        if isinstance(ends, dict):
            network.shape = "dict"
            network.outputs = [(str(key), end) for key, end in ends.items()]
        else:
            network.outputs = [("", self._one_of(end)) for end in flat(ends)]
        network.built = True
        self.networks.append(network)
        return network

    def _one_of(self, end: Any) -> Any:
        return Tensor(end.draft) if isinstance(end, Several) and end.count == 1 else end

    def sequential(self, args: list[Any], kwargs: Mapping[str, Any], line: int) -> Network:
        """keras.Sequential(layers)."""
        given = dict(zip(("layers", "name"), args, strict=False)) | dict(kwargs)
        name, layers = given.get("name"), given.get("layers")
        network = Network(name if isinstance(name, str) else "", line)
        network.layers = list(layers) if isinstance(layers, list | tuple) else []
        if isinstance(layers, Unknown):
            network.layers = [layers]
        self.networks.append(network)
        return network

    def build(self, network: Network) -> None:
        """Lays out a sequential model from its own input; ProblemError."""
        if network.built:
            return
        network.built = True
        layers = network.layers or []
        start: Tensor | Unknown | None = self._start(layers, network.line)
        if start is None:
            start = Unknown("the input", network.line, free="input")
            text = "The Sequential model does not say the shape of its input: it is left open."
            self._story.note(network.line, text)
        else:
            network.inputs = [start]
        end = self.chain(network, start, network.line)
        network.outputs = [("", end)]

    def _start(self, layers: list[Any], line: int) -> Tensor | None:
        first = layers[0] if layers else None
        if isinstance(first, Tensor):
            return first
        if isinstance(first, Network) and first.layers is not None:
            return self._start(first.layers, line)
        start = dict(first.start) if isinstance(first, Layer) else {}
        if isinstance(first, Layer) and first.spec.key == INPUT:
            start |= first.params | ({"name": first.name} if first.name else {})
        if "input_dim" in start:
            start["input_shape"] = (start.pop("input_dim"),)
        return self.input([], start, first.line) if start and isinstance(first, Layer) else None

    def chain(self, network: Network, start: Any, line: int) -> Any:
        """What the layers of a sequential model make of a tensor; ProblemError."""
        value = start
        for place, layer in enumerate(network.layers or []):
            self._story.step(line)
            if isinstance(layer, Unknown):
                raise self._story.why(layer)
            if isinstance(layer, Network):
                layer.called = True
                value = self.call_network(layer, [value], line)
            elif isinstance(layer, Layer) and layer.spec.key != INPUT:
                value = self.call_layer(layer, [value], {}, layer.line)
            elif place or not isinstance(layer, Tensor | Layer):
                template = "a Sequential model is a list of layers, and this one holds {kind}."
                kind = type(layer).__name__
                raise self._story.refusal("not_a_layer", line, template, kind=kind)
        return value

    def call_network(self, network: Network, args: list[Any], line: int) -> Any:
        """A model called on tensors: its calls once more, sharing its layers; ProblemError."""
        self._story.step(line)
        if network.layers is not None:
            return self.chain(network, args[0] if args else None, line)
        given = flat(args[0] if args else None)
        starts = [end for end in network.inputs if isinstance(end, Tensor)]
        if len(given) != len(starts):
            template = "the model is called with {given} tensors, and it has {count} inputs: {text}"
            raise self._story.refusal(
                "other_inputs",
                line,
                template,
                given=len(given),
                count=len(starts),
                text=self._story.source.line(line),
            )
        known: dict[int, Any] = {
            start.draft: tensor for start, tensor in zip(starts, given, strict=True)
        }
        ends = [end for _, end in network.outputs]
        for end in ends:
            if isinstance(end, Unknown):
                raise self._story.why(end)
        for number in self.upstream(ends, frozenset(known)):
            if number not in known:
                known[number] = Tensor(self._copy(self.drafts[number], known, network).number)
        found = [_followed(known, end) for end in ends]
        if network.shape == "dict":
            return dict(zip((label for label, _ in network.outputs), found, strict=True))
        return found[0] if network.shape == "one" else found

    def _copy(self, old: Draft, known: Mapping[int, Any], network: Network) -> Draft:
        prefix = f"{network.name}_" if network.name else ""
        new = self._draft(old.spec, old.line)
        new.layer, new.params, new.arguments = old.layer, old.params, old.arguments
        new.name = prefix + old.name if old.name else ""
        wires = {place: _followed(known, tensor) for place, tensor in old.wires.items()}
        new.wires = {place: tensor for place, tensor in wires.items() if isinstance(tensor, Tensor)}
        if old.layer is not None:
            old.layer.drafts.append(new.number)
        return new

    def upstream(self, ends: list[Any], starts: frozenset[int] = frozenset()) -> list[int]:
        """The drafts that the tensors come from, sources first; nothing beyond `starts`."""
        found: set[int] = set()
        stack = [end.draft for end in ends if isinstance(end, Tensor | Several)]
        while stack:
            number = stack.pop()
            if number not in found:
                found.add(number)
                if number not in starts:
                    stack += [tensor.draft for tensor in self.drafts[number].wires.values()]
        return sorted(found)


def _followed(known: Mapping[int, Any], end: Any) -> Any:
    """The tensor that stands for one of the model's own."""
    if not isinstance(end, Tensor | Several):
        return end
    found = known.get(end.draft, end)
    if isinstance(end, Several):
        return Several(found.draft, end.count) if isinstance(found, Tensor) else found
    moved = isinstance(found, Tensor) and end.output
    return Tensor(found.draft, end.output) if moved else found
