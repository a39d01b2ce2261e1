"""A saved Keras configuration as a design: layers and operations, calls, nested models laid flat.

The configuration is data: it is read against the catalogue, and nothing in it is executed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from designer.catalog.spec import Catalog, LayerSpec
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.nesting import Nest, nested
from designer.document.problem import Where, failure
from designer.formats.keras_arguments import (
    Binder,
    Bound,
    History,
    arguments,
    references,
    tensors,
)
from designer.formats.keras_own_layers import stand_in
from designer.formats.keras_stand_ins import stand_ins
from designer.formats.keras_training import chosen_loss, training_plan
from designer.formats.keras_values import (
    Values,
    broken,
    custom,
    drop_mirrored,
    mapping,
    sequence,
    text,
)
from designer.formats.several_losses import with_losses

MAX_NODES = 20_000
MAX_NESTING = 20
NAME_LIMIT = 100
NETWORKS = ("Functional", "Model", "Sequential")
Saved = dict[str, Any]


def is_network(saved: Mapping[str, Any]) -> bool:
    """Whether this is a functional or sequential model of Keras itself."""
    module = saved.get("module")
    inside = isinstance(module, str) and (module + ".").startswith("keras.")
    return saved.get("class_name") in NETWORKS and inside


def to_document(saved: Any, catalog: Catalog, where: Where) -> Document:
    """The design of a model's configuration, not yet laid out.

    ProblemError "not_functional", "custom_code", "unsupported_call", "too_large" or
    "broken_model", each with the file in `where`.
    """
    model = mapping(saved, where, "the model")
    if not is_network(model):
        template = (
            "{file} holds a model of the class {class_name}, which is Python code and no graph of "
            "layers. Only functional and sequential models can be opened: build it as one of them."
        )
        kind = str(model.get("class_name"))[:80]
        raise failure("not_functional", template, where, file=where.file, class_name=kind)
    values = Values(catalog, where)
    config = mapping(model.get("config"), where, "the model's configuration")
    name = config.get("name")
    reader = _Reader(values, where)
    compiled = model.get("compile_config")
    document = Document(
        name=name if isinstance(name, str) and name else "model",
        graph=reader.graph(model),
        training=training_plan(compiled, values),
    )
    document = nested(document, reader.nests, reader.members)
    if not isinstance(compiled, dict):
        return document
    losses, weights = compiled.get("loss"), compiled.get("loss_weights")
    return with_losses(document, losses, weights, partial(chosen_loss, values=values))


@dataclass(slots=True, eq=False)
class _Network:
    """One call of a model: of the outermost, or of one nested in `parent`.

    `calls` says for each layer and call: a node's id, the call of a nested model, or, inside a
    nested model, the number of an input, which is one of the tensors `given` by the parent.
    """

    name: str
    parent: "_Network | None" = None
    given: list[History] = field(default_factory=list)
    calls: dict[str, list["str | int | _Network"]] = field(default_factory=dict)
    outputs: list[History] = field(default_factory=list)
    depth: int = 0
    nest: str = ""  # the group that its nodes form


@dataclass(slots=True)
class _Pending:
    """A node whose wires are not drawn yet."""

    node: str
    network: _Network
    bound: Bound


class _Reader:
    """Reads one model: first all nodes, then the wires between them."""

    def __init__(self, values: Values, where: Where) -> None:
        self._values, self._where = values, where
        self._nodes: dict[str, Node] = {}
        self._pending: list[_Pending] = []
        self.nests: list[Nest] = []  # the calls of nested models
        self.members: dict[str, str] = {}  # node id -> the call that it is part of
        self._numbers: dict[str, int] = {}  # the last number given to a name that was taken

    def graph(self, model: Saved) -> Graph:
        network = _Network("")
        self._read(network, model, None)
        edges = {edge for pending in self._pending for edge in self._edges(pending)}
        edges |= self._ends(network, mapping(model["config"], self._where, "the model"))
        return Graph(self._nodes, frozenset(edges))

    # --- Nodes ----------------------------------------------------------------------------------

    def _read(self, network: _Network, model: Saved, first: _Network | None) -> None:
        """Reads the layers of a network; `first` is an earlier call of the same network."""
        if network.depth > MAX_NESTING:
            raise broken(self._where, f"more than {MAX_NESTING} models lie in one another")
        config = self._functional(model)
        network.outputs = references(config.get("output_layers"), self._where)
        inputs = references(config.get("input_layers"), self._where)
        places = {name: index for index, (name, _, _) in enumerate(inputs)}
        for item in sequence(config.get("layers"), self._where, "the list of layers"):
            for layer in stand_ins(mapping(item, self._where, "a layer")):
                self._layer(network, layer, places, first)

    def _layer(
        self, network: _Network, layer: Saved, places: dict[str, int], first: _Network | None
    ) -> None:
        config = mapping(layer.get("config"), self._where, "a layer's configuration")
        name = text(layer.get("name", config.get("name")), self._where, "a layer's name")
        if name in network.calls:
            raise broken(self._where, f"two layers have the name {name}")
        if network.parent is not None and name in places:
            network.calls[name] = [places[name]]
            return
        found = network.calls[name] = []
        saved = sequence(layer.get("inbound_nodes", []), self._where, f"the calls of {name}")
        if is_network(layer):
            for call in saved:
                found.append(self._nested(network, layer, name, call, found, first))
            return
        spec = self._spec(layer, name)
        owner = "" if spec.operation else self._owner(first, name)
        for call in saved if spec.key != INPUT else [{"args": [], "kwargs": {}}]:
            node = self._node(network, layer, name, spec, call, owner)
            found.append(node)
            owner = owner or ("" if spec.operation else node)

    def _nested(
        self,
        network: _Network,
        layer: Saved,
        name: str,
        call: Any,
        earlier: list["str | int | _Network"],
        first: _Network | None,
    ) -> _Network:
        args, kwargs = arguments(call, self._where)
        inner = _Network(self._prefixed(network, name), network, depth=network.depth + 1)
        inner.given = tensors([args, kwargs], self._where)
        inner.nest = str(len(self.nests) + 1)
        label = self._prefixed(_Network(""), name)[:NAME_LIMIT]
        self.nests.append(Nest(inner.nest, label, label, network.nest))
        before = earlier or (first.calls.get(name, []) if first else [])
        made = before[0] if before else None
        self._read(inner, layer, made if isinstance(made, _Network) else None)
        return inner

    def _owner(self, first: _Network | None, name: str) -> str:
        made = first.calls.get(name, []) if first else []
        return made[0] if made and isinstance(made[0], str) else ""

    def _spec(self, layer: Saved, name: str) -> LayerSpec:
        found = self._values.spec(layer)
        if isinstance(found, LayerSpec):
            return found
        own = stand_in(layer)
        if own is not None:
            return own
        raise custom(self._where, name, f"the class {str(layer.get('class_name'))[:80]}")

    def _node(
        self,
        network: _Network,
        layer: Saved,
        name: str,
        spec: LayerSpec,
        call: Any,
        owner: str,
    ) -> str:
        if len(self._nodes) >= MAX_NODES:
            template = "{file} has more than {limit} nodes once nested models are laid flat."
            values = {"file": self._where.file, "limit": MAX_NODES}
            raise failure("too_large", template, self._where, **values)
        config = mapping(layer["config"], self._where, f"the configuration of {name}")
        bound = Binder(spec, self._values, self._where, name).bind(call, config)
        params = {} if owner else self._params(spec, config, name)
        if spec.operation:
            params, bound.literals = {**params, **bound.literals}, {}
        key = self._free(self._prefixed(network, name))
        self._nodes[key] = Node(key, spec.key, key, params, bound.literals, owner)
        self._pending.append(_Pending(key, network, bound))
        if network.nest:
            self.members[key] = network.nest
        return key

    def _params(self, spec: LayerSpec, config: Saved, name: str) -> dict[str, Any]:
        if spec.key == INPUT:
            config = _input_config(config)
        params = self._values.params(spec, config, name)
        if spec.key == "layers.Bidirectional":
            drop_mirrored(params)
        return params

    def _prefixed(self, network: _Network, name: str) -> str:
        joined = f"{network.name}_{name}" if network.name else name
        if joined.isprintable() and "/" not in joined:
            return joined
        return "".join(c if c.isprintable() and c != "/" else "_" for c in joined)

    def _free(self, wanted: str) -> str:
        wanted = wanted[: NAME_LIMIT - 8].strip() or "layer"
        key, number = wanted, self._numbers.get(wanted, 0)
        while key in self._nodes:
            number += 1
            key = f"{wanted}_{number}"
        self._numbers[wanted] = number
        return key

    def _functional(self, model: Saved) -> Saved:
        """The configuration; a sequential one written as the functional one that it is."""
        config = mapping(model.get("config"), self._where, "a model's configuration")
        if model["class_name"] != "Sequential":
            return config
        return _chain(config, self._where)

    # --- Wires ----------------------------------------------------------------------------------

    def _edges(self, pending: _Pending) -> set[Edge]:
        found = set()
        for (port, slot), end in pending.bound.tensors.items():
            source, output = self._resolve(pending.network, end)
            found.add(Edge(source, output, pending.node, port, slot))
        return found

    def _resolve(self, network: _Network, end: History) -> tuple[str, int]:
        """The node and output behind a reference, through the walls of nested models."""
        for _ in range(4 * MAX_NESTING + len(self._nodes)):
            name, call, output = end
            calls = network.calls.get(name, [])
            if call >= len(calls):
                raise broken(
                    self._where, f"a wire starts at {name[:80]}, call {call}: there is none"
                )
            made = calls[call]
            if isinstance(made, str):
                return made, output
            if isinstance(made, _Network):
                network, ends = made, made.outputs
            else:
                assert network.parent is not None
                ends, output, network = network.given, made, network.parent
            if output >= len(ends):
                raise broken(self._where, f"{name[:80]} has no tensor number {output}")
            end = ends[output]
        raise broken(self._where, f"the wires run in a circle through {end[0][:80]}")

    def _ends(self, network: _Network, config: Saved) -> set[Edge]:
        """Marks the outputs of the model; several are numbered, so that they keep their order."""
        names = [f"output_{number}" for number in range(1, len(network.outputs) + 1)]
        saved = config.get("output_layers")
        if len(names) == 1:
            names = ["output"]
        elif isinstance(saved, dict) and len(saved) == len(names):
            names = [f"output_{name}" for name in saved]
        found = set()
        for name, end in zip(names, network.outputs, strict=True):
            source, output = self._resolve(network, end)
            key = self._free(self._prefixed(network, name))
            self._nodes[key] = Node(key, OUTPUT, key)
            found.add(Edge(source, output, key, "inputs"))
        return found


def _input_config(config: Saved) -> Saved:
    """The saved batch shape as shape and batch size."""
    rest = {k: v for k, v in config.items() if k != "batch_shape"}
    shape = config.get("batch_shape")
    if isinstance(shape, list) and shape:
        rest |= {"shape": shape[1:], "batch_size": shape[0]}
    return rest


def _chain(config: Saved, where: Where) -> Saved:
    """A sequential configuration as a functional one: each layer is called on the one before."""
    name = text(config.get("name", "sequential"), where, "a model's name")
    layers = [mapping(item, where, "a layer") for item in _started(config, name, where)]
    chained: list[Saved] = []
    last = ""
    for layer in layers:
        inner = mapping(layer.get("config"), where, "a layer's configuration")
        own = text(inner.get("name"), where, "a layer's name")
        end = {"class_name": "__keras_tensor__", "config": {"keras_history": [last, 0, 0]}}
        calls = [{"args": [end], "kwargs": {}}] if last else []
        chained.append({**layer, "name": own, "inbound_nodes": calls})
        last = own
    first = chained[0]["name"]
    return {"layers": chained, "input_layers": [[first, 0, 0]], "output_layers": [[last, 0, 0]]}


def _started(config: Saved, name: str, where: Where) -> list[Any]:
    """The layers of a sequential model, with an input in front."""
    layers = sequence(config.get("layers"), where, f"the list of layers of {name}")
    if layers and isinstance(layers[0], dict) and layers[0].get("class_name") == "InputLayer":
        return layers
    shape = config.get("build_input_shape")
    if not isinstance(shape, list) or not layers:
        template = (
            "The sequential model {name} does not say the shape of its input. Put a keras.Input "
            "in front of its layers and save it again."
        )
        raise failure("no_input_shape", template, where, name=name)
    start = {"name": f"{name}_input", "batch_shape": shape}
    return [{"module": "keras.layers", "class_name": "InputLayer", "config": start}, *layers]
