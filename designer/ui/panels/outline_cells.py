"""What the cells of the outline say of the nodes, blocks and wires of a design."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from designer.catalog.spec import Catalog
from designer.document.model import INPUT, OUTPUT, Edge, Node
from designer.document.problem import Problem
from designer.infer.block_report import of_blocks
from designer.infer.report import NodeReport, Report
from designer.infer.wiring import ports
from designer.protocol import TensorSpec
from designer.ui.canvas.look import by_node, worst
from designer.ui.canvas.summary import DOT, layers_text, shape_text, type_name
from designer.ui.panels.outline_tree import Tree
from designer.ui.translate import tell

NODE, TYPE, SHAPE, PARAMETERS, PROBLEMS = range(5)


def _tr(text: str) -> str:
    return QCoreApplication.translate("outline", text)


class Cells:
    """Of one design at one moment. A block has the problems of all that it holds."""

    def __init__(self, catalog: Catalog, tree: Tree, report: Report) -> None:
        self._catalog = catalog
        self.tree = tree
        whole = tree.document
        self._told: Mapping[str, NodeReport] = report.nodes
        self._problems = by_node(report.problems)
        if whole.blocks:
            self._told = {**report.nodes, **of_blocks(report, whole)}
            self._problems = _with_blocks(tree, report.problems)

    def differing(self, before: "Cells") -> set[str]:
        """The nodes and blocks of both of which something else is to be said now."""
        old, nodes = before.tree.nodes, self.tree.nodes
        return {
            key
            for key, node in nodes.items()
            if key in old
            and (
                self._told.get(key) != before._told.get(key)
                or self._problems.get(key) != before._problems.get(key)
                or _says(node) != _says(old[key])
            )
        }

    def node(self, key: str) -> Node:
        """The node of that id, or the one that stands for the block."""
        return self.tree.nodes.get(key) or Node(key, "", key)

    def matches(self, key: str, words: Iterable[str]) -> bool:
        """Whether each of these words, in small letters, is in the name or the type of a node."""
        node = self.node(key)
        text = f"{node.name} {self._kind(node)}".lower()
        return all(word in text for word in words)

    def text(self, key: str, column: int) -> str:
        """A cell in the row of a node or block."""
        node = self.node(key)
        told = self._told.get(key)
        match column:
            case 0:  # NODE
                return node.name
            case 1:  # TYPE
                return self._type(node)
            case 2:  # SHAPE
                return ", ".join(map(shape_text, self._outputs(node)))
            case 3:  # PARAMETERS
                return f"{told.parameters:,}" if told is not None and told.parameters else ""
        return "  ".join(map(tell, self._problems.get(key, ())))

    def of_wire(self, edge: Edge, column: int) -> str:
        """A cell in the row of a wire that comes in."""
        match column:
            case 0:  # NODE
                return _tr("from {name}").format(name=self.node(edge.source).name)
            case 1:  # TYPE
                return self._port(edge)
            case 2:  # SHAPE
                spec = self._carried(edge)
                return shape_text(spec) if spec is not None else ""
        return ""

    def spoken(self, key: str) -> str:
        """All of a row as a sentence, because few listen to every cell."""
        weights = self.text(key, PARAMETERS)
        if weights:
            weights = _tr("{count} parameters").format(count=weights)
        name, kind, shape = (self.text(key, column) for column in (NODE, TYPE, SHAPE))
        parts = (name, kind, shape, weights, self.text(key, PROBLEMS))
        return ", ".join(part for part in parts if part)

    def tip(self, key: str, column: int) -> str:
        """The problems of a row in full, or else the cell."""
        return "\n".join(map(tell, self._problems.get(key, ()))) or self.text(key, column)

    def sign(self, key: str, column: int) -> str:
        """The category of a node, or the severity of its worst problem; "" for no sign."""
        if column == NODE:
            spec = self._catalog.layers.get(self.node(key).type)
            return spec.category if spec is not None else OUTPUT
        return worst(self._problems.get(key, ())) if column == PROBLEMS else ""

    # --- What is said of types and shapes -------------------------------------------------------

    def _kind(self, node: Node) -> str:
        if node.type in (INPUT, OUTPUT):
            return _tr("Input") if node.type == INPUT else _tr("Output")
        owner = self.tree.nodes.get(node.shares)
        kind = type_name((owner or node).type)
        if node.id in self.tree.document.blocks:
            kind = self.tree.document.blocks[node.id].kind
        if owner:
            kind = _tr("{type}, shared with {name}").format(type=kind, name=owner.name)
        return _tr("{type}, bypassed").format(type=kind) if node.bypassed else kind

    def _type(self, node: Node) -> str:
        kind, layers = self._kind(node), node.arguments.get("layers")
        if node.id in self.tree.document.blocks and isinstance(layers, int):
            return DOT.join((kind, layers_text(layers)))
        return kind

    def _outputs(self, node: Node) -> tuple[TensorSpec, ...]:
        told = self._told.get(node.id)
        if told is not None and told.outputs:
            return told.outputs
        if node.type != OUTPUT:
            return ()
        carried = map(self._carried, self.tree.wires.get(node.id, ()))
        return tuple(spec for spec in carried if spec is not None)

    def _carried(self, edge: Edge) -> TensorSpec | None:
        told = self._told.get(edge.source)
        known = told is not None and edge.output < len(told.outputs)
        return told.outputs[edge.output] if told is not None and known else None

    def _port(self, edge: Edge) -> str:
        variadic = any(
            port.variadic
            for port in ports(self._catalog, self.node(edge.target).type)
            if port.name == edge.input
        )
        return f"{edge.input} {edge.slot + 1}" if variadic else edge.input


def _with_blocks(tree: Tree, problems: Iterable[Problem]) -> Mapping[str, tuple[Problem, ...]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        key = problem.where.node
        for place in (key, *tree.around(key)) if key else ():
            found.setdefault(place, []).append(problem)
    return {key: tuple(rows) for key, rows in found.items()}


def _says(node: Node) -> tuple[object, ...]:
    """What a row says of a node, besides what Keras knows."""
    said = (node.name, node.type, node.shares, node.bypassed)
    return (*said, *node.arguments.values()) if node.block == node.id else said
