"""Which activation an output went through last, as far as the design says it."""

from collections.abc import Mapping

from designer.document.model import OUTPUT, Graph, Node

PASSING = frozenset(("layers.Flatten", "layers.Reshape", "layers.Permute", "layers.Dropout"))
UNCERTAIN = ""  # a merge, an operation, a layer without an activation of its own
_FUNCTIONS = (
    "softmax", "sigmoid", "relu", "relu6", "tanh", "softplus", "softsign", "hard_sigmoid",
    "hard_tanh", "sparsemax", "sparse_sigmoid", "leaky_relu", "elu", "selu", "silu", "gelu",
)  # fmt: skip
BY_LAYER = {
    "layers.Softmax": "softmax",
    "layers.ReLU": "relu",
    "layers.LeakyReLU": "leaky_relu",
    "layers.ELU": "elu",
    **{f"ops.{name}": name for name in _FUNCTIONS},
}
LINEAR = ("layers.Dense", "layers.EinsumDense")  # and all convolutions: linear unless told


def last_node(graph: Graph, key: str) -> Node | None:
    """The node that an output's values come from, past what only puts them in another order."""
    node = graph.nodes.get(key)
    while node is not None and (node.type in PASSING or node.type == OUTPUT):
        edges = graph.incoming.get(node.id, ())
        node = graph.nodes.get(edges[0].source) if len(edges) == 1 else None
    return node


def last_activation(graph: Graph, key: str) -> str:
    """Its name ("softmax", "linear"), or "" where the design does not tell."""
    node = last_node(graph, key)
    return _activation(graph.nodes.get(node.shares, node)) if node is not None else UNCERTAIN


def _activation(node: Node) -> str:
    if node.type in BY_LAYER:
        return BY_LAYER[node.type]
    linear = node.type in LINEAR or "Conv" in node.type
    if not linear and node.type != "layers.Activation":
        return UNCERTAIN
    value = node.params.get("activation")
    if isinstance(value, Mapping):
        return str(value.get("object", "")).rpartition(".")[2]
    return str(value) if value is not None else "linear"
