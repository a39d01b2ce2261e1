"""The layers by key, and the types that no list can hold: a block with that many inputs, and the
marks that Keras has no layer for.

They are answered when asked for, and not counted: nobody finds them by leafing through the layers.
"""

import re
from functools import lru_cache
from typing import Any

from designer.catalog.spec import LayerSpec, ParamSpec, PortSpec

LIBRARY = "library/"  # the type of a block that waits in the library, until it is placed
BLOCK = "block/"  # the type of a block with two inputs is "block/2"
OUTPUT = "output"  # marks an output of the model
ENTRY = "block_input"  # where a tensor comes into a block; seen from inside it takes no wire
EXIT = "block_output"  # where a tensor leaves it
_BLOCK = re.compile(r"block/(0|[1-9]\d{0,2})")


OUTPUT_SPEC = LayerSpec(
    OUTPUT,
    "Output",
    "output",
    "",
    "",
    doc="Marks what flows into it as an output of the model.",
    inputs=(PortSpec("inputs", doc="The tensor that becomes an output of the model."),),
    params=(
        ParamSpec(
            "loss",
            "object",
            nullable=True,
            choices=("losses",),
            doc="What training minimizes here. Without one of its own, the loss of the design.",
        ),
        ParamSpec(
            "loss_weight",
            "float",
            default=1.0,
            minimum=0.0,
            doc="How much the loss of this output counts in the sum over all outputs.",
        ),
        ParamSpec(
            "metrics",
            "bool",
            default=True,
            doc="Whether the metrics of the design are computed for this output.",
        ),
    ),
)


def input_name(place: int) -> str:
    """The name of a block's input, counted from 0: "input_1" is the first."""
    return f"input_{place + 1}"


def input_ports(count: int) -> tuple[PortSpec, ...]:
    """The ports of a block with that many inputs."""
    return tuple(PortSpec(input_name(place), optional=True) for place in range(count))


@lru_cache(maxsize=4096)
def block_spec(key: str) -> LayerSpec | None:
    """What "block/2", "block_input" and "block_output" are; None for all other types."""
    if key == OUTPUT:
        return OUTPUT_SPEC
    if key == ENTRY:
        return LayerSpec(key, "Block input", "blocks", "", "", inputs=())
    if key == EXIT:
        return LayerSpec(key, "Block output", "blocks", "", "", inputs=(PortSpec("inputs"),))
    found = _BLOCK.fullmatch(key)
    if found is None:
        return None
    return LayerSpec(key, "Block", "blocks", "", "", inputs=input_ports(int(found[1])))


class Layers(dict[str, LayerSpec]):
    """A dict of layers that also knows the types of blocks.

    `files` are the files of users' own layers that are in it: path and hash by module. `library`
    holds the blocks that can be placed, each as what it looks like and as the bytes of a design.
    """

    def __init__(self, *layers: Any) -> None:
        super().__init__(*layers)
        self.files: dict[str, tuple[str, str]] = {}
        self.library: dict[str, tuple[LayerSpec, bytes]] = {}

    def __missing__(self, key: str) -> LayerSpec:
        found = self._block(key)
        if found is None:
            raise KeyError(key)
        return found

    def _block(self, key: str) -> LayerSpec | None:
        return self.library[key][0] if key in self.library else block_spec(key)

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or (self._block(str(key)) is not None)

    def get(self, key: str, default: Any = None) -> Any:
        """The layer or block type of that key."""
        return super().get(key) or self._block(str(key)) or default
