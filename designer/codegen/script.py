"""The one translation of a design into Keras: a script that is exported, and that trains.

Driven by the catalogue: no layer is known by name here. Every node's lines are told in `spans`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from designer.catalog.spec import Catalog
from designer.codegen.body import Body, make_context
from designer.codegen.datasets import source_of
from designer.codegen.expressions import quote
from designer.codegen.functions import Functions
from designer.codegen.naming import identifier, plain
from designer.codegen.objectives import objective
from designer.codegen.own_layers import holds_layers, import_lines
from designer.codegen.page import Page
from designer.codegen.plan import Output, Plan, make_plan
from designer.codegen.scopes import find_scopes
from designer.codegen.training import main_lines
from designer.codegen.wrapping import Code, call, flat, keyword, listed, wrap
from designer.document.model import INPUT, Document, Graph, Node
from designer.infer.bypass import active


@dataclass(frozen=True, slots=True)
class Script:
    """The text, and for each node that is in it the first and last line (from 1)."""

    text: str
    spans: Mapping[str, tuple[int, int]]


def generate(document: Document, catalog: Catalog) -> Script:
    """The script of a document; ProblemError if the graph cannot be written (a cycle ...).

    What is bypassed is not in it.
    """
    plan = make_plan(model := active(document, catalog), catalog)
    source = source_of(document.data)
    page = Page()
    page.write(f'"""{plain(document.name) or "untitled"}. Written by Skipwire."""', "")
    writer = ModelWriter(document, model.graph, catalog, plan, page)
    page.write(*_imports(plan, writer, data=source is not None))
    if source is not None:
        page.write("", "# The data: the file may be copied elsewhere, then change this path.")
        page.write(*wrap(("DATA = ", *_path(source.path(document.data.options)))))
    page.write("", "")
    writer.write()
    if source is not None:
        page.write("", "", *source.code(document.data.options).rstrip("\n").split("\n"))
    goals = [objective(document.training, output.marker) for output in plan.outputs]
    page.write("", "", *main_lines(document, catalog, goals, data=source is not None))
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
    return [*lines, *import_lines(writer.context.own)]


class ModelWriter:
    """Writes the functions of a design's blocks and build_model(), or only the lines of its nodes.

    `whole` is the design, `graph` that of its model: without what is bypassed and without the
    ports of blocks. Only blocks that are `allowed` become functions, if that is given.
    """

    def __init__(
        self,
        whole: Document,
        graph: Graph,
        catalog: Catalog,
        plan: Plan,
        page: Page,
        allowed: Collection[str] | None = None,
    ) -> None:
        self.document, self.plan, self.page = whole, plan, page
        self.context = make_context(graph, catalog, plan)
        scopes = find_scopes(whole, graph, plan, catalog, allowed)
        self.functions = Functions(whole, self.context, scopes)
        self.body = Body(self.context, self.functions.taken())
        if len(self._markers()) > 1:
            self.body.variables.take("outputs")

    def write(self) -> None:
        """All functions."""
        self.functions.write(self.page)
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
            self.page.span(node.id, self.body.input(node))
        self.functions.write_calls(self.page, self.body, "")

    def _tensor(self, output: Output) -> Code:
        return self.body.tensor(output.source, output.index)

    def _markers(self) -> list[Node]:
        return [output.marker for output in self.plan.outputs if output.marker]

    def _return(self) -> None:
        inputs = [self.body.tensor(node.id, 0) for node in self.plan.inputs]
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


def _note(node: Node) -> str:
    kind = node.type.rpartition(".")[2] if node.type != INPUT else "Input"
    return f"{plain(node.name, 30)} ({plain(kind, 30)})"
