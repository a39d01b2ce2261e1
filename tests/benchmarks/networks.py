"""The networks whose layout is measured: nodes, and wires between them."""

from itertools import pairwise
from typing import NamedTuple

from tests.benchmarks.processes import probe

Wire = tuple[str, str]


class Network(NamedTuple):
    """Nodes in the order of the data, and wires without repetitions."""

    nodes: tuple[str, ...]
    wires: tuple[Wire, ...]


def network(wires: list[Wire]) -> Network:
    """The network that has these wires."""
    unique = tuple(dict.fromkeys(wires))
    return Network(tuple(dict.fromkeys(node for wire in unique for node in wire)), unique)


def application(name: str) -> Network:
    """A model of keras.applications, built by Keras."""
    return network([(source, target) for source, target in probe("wiring", name)["wires"]])


def transformer(blocks: int = 12) -> Network:
    """An encoder stack: a mask feeds the attention of every block."""
    wires = [("tokens", "embedding"), ("mask_input", "mask")]
    here = "embedding"
    steps = ("norm_a", "attention", "dropout_a", "add_a", "norm_b", "dense_a", "gelu",
             "dropout_b", "dense_b", "dropout_c", "add_b")  # fmt: skip
    for block in range(blocks):
        chain = [f"{step}_{block}" for step in steps]
        wires += [(here, chain[0]), *pairwise(chain), (here, chain[3]), (chain[3], chain[10])]
        wires.append(("mask", chain[1]))
        here = chain[-1]
    return network([*wires, (here, "norm"), ("norm", "head")])


def u_net(levels: int = 5) -> Network:
    """Two convolutions a level and arm, and a skip between the arms on each but the lowest."""
    chain, skips = ["image"], []
    for level in range(levels - 1):
        chain += [f"down{level}_conv1", f"down{level}_conv2", f"pool{level}"]
        skips.append((f"down{level}_conv2", f"merge{level}"))
    chain += ["bottom_conv1", "bottom_conv2"]
    for level in reversed(range(levels - 1)):
        chain += [f"up{level}", f"merge{level}", f"up{level}_conv1", f"up{level}_conv2"]
    return network([*pairwise([*chain, "head", "output"]), *skips])


def chain(count: int) -> Network:
    """Nodes in a row."""
    return network(list(pairwise(map(str, range(count)))))
