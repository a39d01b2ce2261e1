"""The one translation of a design into Keras: a script that is exported, and that trains.

Driven by the catalogue: no layer is known by name here. Every node's lines are told in `spans`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from designer.catalog.spec import Catalog, LayerSpec
from designer.codegen.datasets import source_of
from designer.codegen.expressions import Expressions, literal, quote
from designer.codegen.headings import headings
from designer.codegen.naming import Names, identifier, layer_name, plain
from designer.codegen.own_layers import holds_layers, import_lines, own_names
from designer.codegen.plan import Output, Plan, make_plan, spec_of, wires
from designer.codegen.training import main_lines
from designer.codegen.wrapping import Code, call, called, flat, keyword, listed, wrap
from designer.document.model import INPUT, Document, Edge, Node
from designer.document.problem import Where
from designer.infer.bypass import active
from designer.infer.questions import owner as owner_of

# Operations that return several tensors; layers do so when one of the flags is set.
SEVERAL = frozenset(
    (
        "ops.array_split",
        "ops.ctc_decode",
        "ops.dsplit",
        "ops.eig",
        "ops.eigh",
        "ops.fft",
        "ops.fft2",
        "ops.histogram",
        "ops.hsplit",
        "ops.ifft2",
        "ops.lu_factor",
        "ops.moments",
        "ops.nonzero",
        "ops.qr",
        "ops.rfft",
        "ops.slogdet",
        "ops.split",
        "ops.stft",
        "ops.svd",
        "ops.top_k",
        "ops.unravel_index",
        "ops.unstack",
        "ops.vsplit",
    )
)
FLAGS = frozenset(("return_state", "return_attention_scores"))
# Cells give their output and a list of states; those of stacked cells are lists in a list.
CELLS = frozenset(f"layers.{kind}Cell" for kind in ("GRU", "LSTM", "SimpleRNN"))
STACKED = "layers.StackedRNNCells"


@dataclass(frozen=True, slots=True)
class Script:
    """The text, and for each node that is in it the first and last line (from 1)."""

    text: str
    spans: Mapping[str, tuple[int, int]]


def generate(document: Document, catalog: Catalog) -> Script:
    """The script of a document; ProblemError if the graph cannot be written (a cycle ...).

    What is bypassed is not in it.
    """
    document = active(document, catalog)
    plan = make_plan(document, catalog)
    source = source_of(document.data)
    page = Page()
    page.write(f'"""{plain(document.name) or "untitled"}. Written by Skipwire."""', "")
    writer = ModelWriter(document, catalog, plan, page)
    page.write(*_imports(plan, writer, data=source is not None))
    if source is not None:
        page.write("", "# The data: the file may be copied elsewhere, then change this path.")
        page.write(*wrap(("DATA = ", *_path(source.path(document.data.options)))))
    page.write("", "")
    writer.write()
    if source is not None:
        page.write("", "", *source.code(document.data.options).rstrip("\n").split("\n"))
    page.write("", "", *main_lines(document, catalog, data=source is not None))
    page.write("", "", 'if __name__ == "__main__":', "    main()")
    return Script("\n".join(page.lines) + "\n", page.spans)


def _path(path: Path) -> Code:
    return call("Path", [(quote(path.as_posix()),)])


def _imports(plan: Plan, writer: "ModelWriter", *, data: bool) -> list[str]:
    below = any(n.type.startswith("layers.") for n in plan.calls) or holds_layers(plan.calls)
    names = ["layers"] if below else []
    names += ["ops"] if any(n.type.startswith("ops.") for n in plan.calls) else []
    lines = ["from pathlib import Path", ""] if data else []
    lines += ["import keras"]
    lines += ["import numpy as np"] if data else []
    lines += [f"from keras import {', '.join(names)}"] if names else []
    return [*lines, *import_lines(writer.own)]


@dataclass
class Page:
    """Lines under construction, and which of them belong to a node."""

    lines: list[str] = field(default_factory=list)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    def write(self, *lines: str) -> None:
        """Adds lines that belong to no node."""
        self.lines += lines

    def begin(self, heading: Iterable[str]) -> None:
        """Begins a part: an empty line where something stands above, and the heading."""
        self.write(*([""] if self.lines else []), *heading)

    def span(self, node: str, lines: list[str]) -> None:
        """Adds the lines of a node."""
        first = len(self.lines) + 1
        self.lines += lines
        self.spans[node] = (first, len(self.lines))


class ModelWriter:
    """Writes build_model(), or only the lines of its nodes."""

    def __init__(self, document: Document, catalog: Catalog, plan: Plan, page: Page) -> None:
        self.document, self.graph = document, document.graph
        self.catalog, self.plan, self.page = catalog, plan, page
        makers = (owner_of(self.graph, node) for node in plan.calls)
        self.own = own_names(makers, catalog)  # type -> name of a user's own layer
        self.expressions = Expressions(catalog, self.own)
        self.variables, self.layers = Names(), Names()
        for name in self.own.values():
            self.variables.take(name)
        self.tensors: dict[str, str] = {}  # node id -> variable of its result
        self.objects: dict[str, str] = {}  # owner's id -> variable of a shared layer
        self.named: dict[str, str] = {}  # owner's id -> name of its layer in Keras
        self.shared = {n.shares for n in plan.calls if n.shares in self.graph.nodes}
        if len(self._markers()) > 1:
            self.variables.take("outputs")

    def write(self) -> None:
        """The whole function."""
        self.page.write("def build_model():", '    """Return the model, not yet compiled."""')
        self.write_nodes()
        for node in self.plan.left_out:
            self.page.span(
                node.id, [f"    # Left out, not wired from input to output: {_note(node)}"]
            )
        self._return()

    def write_nodes(self) -> None:
        """The lines of the inputs and calls of the plan, four spaces in."""
        for node in self.plan.inputs:
            self.page.span(node.id, wrap(self._input(node), 4))
        frames, ended = headings(self.document, self.plan.calls), False
        for node in self.plan.calls:
            titles = frames.above.get(node.id, ())
            if titles or ended:
                self.page.begin(f"    # {title}" for title in titles)
            self.page.span(node.id, self._call_lines(node))
            ended = node.id in frames.last

    def stand_in(self, node: Node) -> None:
        """Take the node's result as known under its name, without a line that makes it."""
        self._variable(node)

    def _spec(self, node: Node) -> LayerSpec:
        return spec_of(owner_of(self.graph, node), self.catalog)

    def _variable(self, node: Node) -> str:
        self.tensors[node.id] = self.variables.take(identifier(node.name))
        return self.tensors[node.id]

    def _layer_name(self, owner: Node) -> str:
        if owner.id not in self.named:
            self.named[owner.id] = self.layers.take(layer_name(owner.name))
        return self.named[owner.id]

    def _name(self, owner: Node) -> Code:
        return keyword("name", (quote(self._layer_name(owner)),))

    def _input(self, node: Node) -> Code:
        params = {k: v for k, v in node.params.items() if k != "name"}
        arguments = self.expressions.arguments(
            self._spec(node), params, Where(node.id), positional=False
        )
        made = call("keras.Input", [*arguments, self._name(node)])
        return (f"{self._variable(node)} = ", *made)

    def _call_lines(self, node: Node) -> list[str]:
        spec, owner = self._spec(node), owner_of(self.graph, node)
        if spec.operation:
            code = self._operation(node, spec)
            return wrap((f"{self._variable(node)} = ", *code), 4)
        tensors = self._tensor_arguments(node, spec)
        if owner.id not in self.shared:
            code = _flattened(owner, called(self._layer(owner, spec), tensors))
            return wrap((f"{self._variable(node)} = ", *code), 4)
        lines = []
        if owner.id not in self.objects:
            self.objects[owner.id] = self.variables.take(identifier(owner.name[:26] + "_layer"))
            made = self._layer(owner, spec)
            lines = wrap((f"{self.objects[owner.id]} = ", *made), 4)
        code = _flattened(owner, call(self.objects[owner.id], tensors))
        return [*lines, *wrap((f"{self._variable(node)} = ", *code), 4)]

    def _layer(self, owner: Node, spec: LayerSpec) -> Code:
        params = {k: v for k, v in owner.params.items() if k != "name"}
        arguments = self.expressions.arguments(spec, params, Where(owner.id))
        name = [] if spec.nameless else [self._name(owner)]
        return call(self.own.get(spec.key, spec.key), [*arguments, *name])

    def _operation(self, node: Node, spec: LayerSpec) -> Code:
        # A port that takes a literal is among the parameters too: it is written as a port.
        params = [p for p in spec.params if p.name in node.params and not spec.port(p.name)]
        write = self.expressions.value
        literals = [
            keyword(p.name, write(p, node.params[p.name], Where(node.id, p.name), exact=True))
            for p in params
        ]
        return call(spec.key, [*self._tensor_arguments(node, spec), *literals])

    def _tensor_arguments(self, node: Node, spec: LayerSpec) -> list[Code]:
        found = wires(node, spec, self.graph)
        arguments: list[Code] = []
        # Where a required literal may stand between the tensors, they go by name.
        spread = spec.operation and any(p.required for p in spec.params)
        for place, port in enumerate(spec.inputs):
            where = Where(node.id, port=port.name)
            if port.name in found:
                tensors = [self._tensor(edge) for edge in found[port.name]]
                value = listed(tensors) if port.variadic else tensors[0]
            elif port.name in node.arguments or (spec.operation and port.name in node.params):
                value = literal({**node.params, **node.arguments}[port.name], where)
            else:
                continue
            named = port.optional or ((spread or spec.custom) and place > 0)
            arguments.append(keyword(port.name, value) if named else value)
        return arguments + self._literals(node, spec)

    def _literals(self, node: Node, spec: LayerSpec) -> list[Code]:
        literals = (p for p in spec.params if p.call or spec.operation)
        known = {p.name: p for p in literals if not spec.port(p.name)}
        return [
            keyword(name, self.expressions.value(known[name], value, Where(node.id, name)))
            for name, value in sorted(node.arguments.items())
            if name in known
        ]

    def _tensor(self, edge: Edge | Output) -> Code:
        variable = self.tensors[edge.source]
        index = edge.index if isinstance(edge, Output) else edge.output
        return (f"{variable}[{index}]",) if self._several(edge.source) else (variable,)

    def _several(self, key: str) -> bool:
        node = self.graph.nodes[key]
        owner = owner_of(self.graph, node)
        flagged = _flagged(owner.params) or _flagged(node.arguments)
        indexed = any(edge.output for edge in self.graph.outgoing.get(key, ()))
        told = owner.type in SEVERAL or _nests(owner.type, owner.params)
        return flagged or indexed or told or self._spec(node).several

    def _markers(self) -> list[Node]:
        return [output.marker for output in self.plan.outputs if output.marker]

    def _return(self) -> None:
        inputs = [(self.tensors[node.id],) for node in self.plan.inputs]
        outputs = [self._tensor(output) for output in self.plan.outputs]
        markers = self._markers()
        given = listed(outputs) if len(outputs) > 1 else outputs[0]
        if len(markers) > 1:
            self.page.write("    outputs = [")
            for node, tensor in zip(markers, outputs, strict=True):
                self.page.span(node.id, [f"        {flat(tensor)},"])
            self.page.write("    ]")
            given = ("outputs",)
        name = quote(identifier(self.document.name, "model"))
        model = call(
            "keras.Model",
            [listed(inputs) if len(inputs) > 1 else inputs[0], given, keyword("name", (name,))],
        )
        lines = wrap(("return ", *model), 4)
        if len(markers) == 1:
            self.page.span(markers[0].id, lines)
        else:
            self.page.write(*lines)


def _flagged(params: Mapping[str, Any]) -> bool:
    """Whether a flag for more outputs is set, here or in the layer that a wrapper holds."""
    inner = (value.get("params") for value in params.values() if isinstance(value, Mapping))
    return any(params.get(flag) for flag in FLAGS) or any(
        _flagged(held) for held in inner if isinstance(held, Mapping)
    )


def _nests(kind: str, params: Mapping[str, Any]) -> bool:
    """Whether Keras gives lists of tensors beside tensors, where a wire counts the tensors."""
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
    return call("keras.tree.flatten", [code]) if _nests(owner.type, owner.params) else code


def _note(node: Node) -> str:
    kind = node.type.rpartition(".")[2] if node.type != INPUT else "Input"
    return f"{plain(node.name, 30)} ({plain(kind, 30)})"
