"""The body of a function of the script: one statement for each call of a layer or an operation.

Driven by the catalogue: no layer is known by name here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from designer.catalog.spec import Catalog, LayerSpec
from designer.codegen.expressions import Expressions, Variable, literal
from designer.codegen.naming import Names, identifier, layer_name
from designer.codegen.own_layers import own_names
from designer.codegen.plan import Plan, spec_of, wires
from designer.codegen.wrapping import Code, call, called, keyword, listed, wrap
from designer.document.model import Edge, Graph, Node
from designer.document.problem import Where
from designer.infer.questions import owner as owner_of

# Operations that return several tensors; layers do so when one of the flags is set.
SEVERAL = frozenset(
    f"ops.{name}"
    for name in (
        "array_split", "ctc_decode", "dsplit", "eig", "eigh", "fft", "fft2", "histogram", "hsplit",
        "ifft2", "lu_factor", "moments", "nonzero", "qr", "rfft", "slogdet", "split", "stft", "svd",
        "top_k", "unravel_index", "unstack", "vsplit",
    )
)  # fmt: skip
FLAGS = frozenset(("return_state", "return_attention_scores"))
# Cells give their output and a list of states; those of stacked cells are lists in a list.
CELLS = frozenset(f"layers.{kind}Cell" for kind in ("GRU", "LSTM", "SimpleRNN"))
STACKED = "layers.StackedRNNCells"


@dataclass(frozen=True, slots=True)
class Context:
    """What all functions of a script have in common.

    `own` is what the script calls the types of a user's own layers, `shared` the ids of the nodes
    whose layers are called several times, `names` the layers' names in Keras by their owners' ids.
    """

    graph: Graph
    catalog: Catalog
    expressions: Expressions
    own: Mapping[str, str]
    shared: frozenset[str]
    names: Mapping[str, str]

    def spec(self, node: Node) -> LayerSpec:
        """What the catalogue knows of the layer that a node calls."""
        return spec_of(owner_of(self.graph, node), self.catalog)

    def several(self, key: str) -> bool:
        """Whether a node's call gives several tensors, told apart by an index."""
        node = self.graph.nodes[key]
        owner = owner_of(self.graph, node)
        flagged = _flagged(owner.params) or _flagged(node.arguments)
        indexed = any(edge.output for edge in self.graph.outgoing.get(key, ()))
        told = owner.type in SEVERAL or nests(owner)
        return flagged or indexed or told or self.spec(node).several


def make_context(graph: Graph, catalog: Catalog, plan: Plan) -> Context:
    """The context of a plan for that graph."""
    own = own_names((owner_of(graph, node) for node in plan.calls), catalog)
    shared = frozenset(n.shares for n in plan.calls if n.shares in graph.nodes)
    names = _layer_names(graph, catalog, plan)
    return Context(graph, catalog, Expressions(catalog, own), own, shared, names)


def _layer_names(graph: Graph, catalog: Catalog, plan: Plan) -> dict[str, str]:
    taken, found = Names(), {}
    for node in (*plan.inputs, *plan.calls):
        owner = owner_of(graph, node)
        spec = spec_of(owner, catalog)
        if owner.id not in found and not spec.operation and not spec.nameless:
            found[owner.id] = taken.take(layer_name(owner.name))
    return found


class Body:
    """Statements of one function, four spaces in, and the variables that they make.

    `given` are the arguments of the function that stand for parameters (owner's id, parameter);
    `names` is how it writes the names of its layers, where they differ from call to call, and
    `labels` what it calls the variables for them.
    """

    def __init__(
        self,
        context: Context,
        taken: Names,
        given: Mapping[tuple[str, str], str] | None = None,
        names: Mapping[str, Code] | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        self.context, self.variables = context, taken
        self._given, self._names, self._labels = given or {}, names or {}, labels or {}
        self._results: dict[str, str] = {}  # node id -> variable of its result
        self._tensors: dict[tuple[str, int], str] = {}  # tensors with a variable of their own
        self._objects: dict[str, str] = {}  # owner's id -> variable of a shared layer

    def variable(self, node: Node) -> str:
        """The variable for a node's result, from now on."""
        name = self._labels.get(node.id, node.name)
        self._results[node.id] = self.variables.take(identifier(name))
        return self._results[node.id]

    def know(self, source: str, output: int, variable: str) -> None:
        """From now on, that output of a node is in that variable."""
        self._tensors[source, output] = variable

    def tensor(self, source: str, output: int) -> Code:
        """The expression for one output of a node."""
        if (source, output) in self._tensors:
            return (self._tensors[source, output],)
        variable = self._results[source]
        return (f"{variable}[{output}]",) if self.context.several(source) else (variable,)

    def given(self, key: str, name: str) -> str:
        """The argument of the function that stands for that parameter; "" if none does."""
        return self._given.get((key, name), "")

    def input(self, node: Node) -> list[str]:
        """The lines of an input of the model."""
        params = {k: v for k, v in node.params.items() if k != "name"}
        arguments = self.context.expressions.arguments(
            self.context.spec(node), params, Where(node.id), positional=False
        )
        made = call("keras.Input", [*arguments, self._name(node)])
        return wrap((f"{self.variable(node)} = ", *made), 4)

    def call(self, node: Node) -> list[str]:
        """The lines of a call; a shared layer is made at the first of its calls."""
        spec, owner = self.context.spec(node), owner_of(self.context.graph, node)
        if spec.operation:
            code = self._operation(node, spec)
            return wrap((f"{self.variable(node)} = ", *code), 4)
        tensors = self._tensor_arguments(node, spec)
        if owner.id not in self.context.shared:
            code = _flattened(owner, called(self._layer(owner, spec), tensors))
            return wrap((f"{self.variable(node)} = ", *code), 4)
        lines = []
        if owner.id not in self._objects:
            self._objects[owner.id] = self.variables.take(identifier(owner.name[:26] + "_layer"))
            made = self._layer(owner, spec)
            lines = wrap((f"{self._objects[owner.id]} = ", *made), 4)
        code = _flattened(owner, call(self._objects[owner.id], tensors))
        return [*lines, *wrap((f"{self.variable(node)} = ", *code), 4)]

    def _name(self, owner: Node) -> Code:
        known = self._names.get(owner.id)
        plain = literal(self.context.names[owner.id], Where(owner.id))
        return keyword("name", plain if known is None else known)

    def _params(self, node: Node) -> dict[str, Any]:
        """The parameters, those that the function takes as variables."""
        arguments = {k[1]: Variable(v) for k, v in self._given.items() if k[0] == node.id}
        return {**node.params, **arguments}

    def _layer(self, owner: Node, spec: LayerSpec) -> Code:
        params = {k: v for k, v in self._params(owner).items() if k != "name"}
        arguments = self.context.expressions.arguments(spec, params, Where(owner.id))
        name = [] if spec.nameless else [self._name(owner)]
        return call(self.context.own.get(spec.key, spec.key), [*arguments, *name])

    def _operation(self, node: Node, spec: LayerSpec) -> Code:
        # A port that takes a literal is among the parameters too: it is written as a port.
        values = self._params(node)
        params = [p for p in spec.params if p.name in values and not spec.port(p.name)]
        write = self.context.expressions.value
        literals = [
            keyword(p.name, write(p, values[p.name], Where(node.id, p.name), exact=True))
            for p in params
        ]
        return call(spec.key, [*self._tensor_arguments(node, spec), *literals])

    def _tensor_arguments(self, node: Node, spec: LayerSpec) -> list[Code]:
        found = wires(node, spec, self.context.graph)
        arguments: list[Code] = []
        # Where a required literal may stand between the tensors, they go by name.
        spread = spec.operation and any(p.required for p in spec.params)
        for place, port in enumerate(spec.inputs):
            where = Where(node.id, port=port.name)
            if port.name in found:
                tensors = self._wired(found[port.name])
                value = listed(tensors) if port.variadic else tensors[0]
            elif port.name in node.arguments or (spec.operation and port.name in node.params):
                value = literal({**node.params, **node.arguments}[port.name], where)
            else:
                continue
            named = port.optional or ((spread or spec.custom) and place > 0)
            arguments.append(keyword(port.name, value) if named else value)
        return arguments + self._literals(node, spec)

    def _wired(self, edges: Iterable[Edge]) -> list[Code]:
        return [self.tensor(edge.source, edge.output) for edge in edges]

    def _literals(self, node: Node, spec: LayerSpec) -> list[Code]:
        literals = (p for p in spec.params if p.call or spec.operation)
        known = {p.name: p for p in literals if not spec.port(p.name)}
        write = self.context.expressions.value
        return [
            keyword(name, write(known[name], value, Where(node.id, name)))
            for name, value in sorted(node.arguments.items())
            if name in known
        ]


def _flagged(params: Mapping[str, Any]) -> bool:
    """Whether a flag for more outputs is set, here or in the layer that a wrapper holds."""
    inner = (value.get("params") for value in params.values() if isinstance(value, Mapping))
    return any(params.get(flag) for flag in FLAGS) or any(
        _flagged(held) for held in inner if isinstance(held, Mapping)
    )


def nests(owner: Node) -> bool:
    """Whether Keras gives lists of tensors beside tensors, where a wire counts the tensors."""
    return _nests(owner.type, owner.params)


def _nests(kind: str, params: Mapping[str, Any]) -> bool:
    if kind in CELLS or kind == STACKED:
        return True
    cells = params.get("cell")
    held = [value for value in params.values() if isinstance(value, Mapping)]
    return (
        isinstance(cells, list | tuple)
        or any(str(value.get("object", "")) == STACKED for value in held)
        or any(_nests("", value.get("params") or {}) for value in held)
    ) and _flagged(params)


def _flattened(owner: Node, code: Code) -> Code:
    return call("keras.tree.flatten", [code]) if nests(owner) else code
