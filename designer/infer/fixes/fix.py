"""A fix is a value: what it does, why it helps, and the steps of one edit, so that it can be
shown, kept and sent. `applying` makes the edit.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from designer.document.model import Edge, ObjectValue


class Layer(Struct, frozen=True):
    """A layer that is to be added; only parameters that are no default. `port` takes the tensor."""

    type: str
    params: Mapping[str, Any] = {}
    port: str = "inputs"


class Insert(Struct, frozen=True, tag="insert"):
    """Puts new layers, in this order, on a wire."""

    edge: Edge
    layers: tuple[Layer, ...]


class SetParam(Struct, frozen=True, tag="set"):
    """Sets a parameter of a node."""

    node: str
    name: str
    value: Any


class ResetParam(Struct, frozen=True, tag="reset"):
    """Takes a parameter back to Keras' default."""

    node: str
    name: str


class Connect(Struct, frozen=True, tag="connect"):
    """Adds a wire; one at the same place gives way."""

    edge: Edge


class Remove(Struct, frozen=True, tag="remove"):
    """Deletes a node with its wires."""

    node: str


class Disconnect(Struct, frozen=True, tag="disconnect"):
    """Deletes a wire."""

    edge: Edge


class Rename(Struct, frozen=True, tag="rename"):
    """Gives a node another name."""

    node: str
    name: str


class MarkOutput(Struct, frozen=True, tag="output"):
    """Makes what a node gives an output of the model."""

    node: str


class Follow(Struct, frozen=True, tag="follow"):
    """Puts new layers, in this order, behind an output; all that it feeds is fed by the last."""

    source: str
    output: int
    layers: tuple[Layer, ...]


class Join(Struct, frozen=True, tag="join"):
    """Puts a new merge on a wire and wires another output to its first slot: a skip connection."""

    edge: Edge
    layer: Layer
    source: str
    output: int = 0


class Begin(Struct, frozen=True, tag="begin"):
    """Wires a new input of the model, of these parameters, to a port that has nothing."""

    target: str
    port: str
    params: Mapping[str, Any]


class TakeOut(Struct, frozen=True, tag="take_out"):
    """Deletes a node and joins its wires: what came into `port` goes on to what it fed."""

    node: str
    port: str = "inputs"


class SwitchOn(Struct, frozen=True, tag="switch_on"):
    """Takes a bypassed node back into the model."""

    node: str


class Unshare(Struct, frozen=True, tag="unshare"):
    """Gives a node that calls the layer of another a layer of its own, with the same parameters."""

    node: str


class SetLoss(Struct, frozen=True, tag="loss"):
    """Chooses another loss, or other parameters for it."""

    loss: ObjectValue


class SetPlan(Struct, frozen=True, tag="plan"):
    """Sets a number of the training plan: "epochs", "batch_size" or "seed"."""

    name: str
    value: int


class SetChoice(Struct, frozen=True, tag="choice"):
    """Puts one object of the training plan in the place of another; None takes a metric away."""

    old: ObjectValue
    new: ObjectValue | None


Wiring = Connect | Disconnect | Remove | TakeOut | MarkOutput | Begin | Insert | Follow | Join
Setting = SetParam | ResetParam | Rename | SwitchOn | Unshare
Training = SetLoss | SetPlan | SetChoice
Step = Wiring | Setting | Training


class Fix(Struct, frozen=True):
    """One way out of a problem. `template` with `values` is its label, an order in the imperative;
    `why` the explanation. Both are told in English here and translated by the window.
    """

    code: str
    template: str
    values: Mapping[str, Any]
    steps: tuple[Step, ...]
    why: str = ""

    @property
    def label(self) -> str:
        """The label in English."""
        return self.template.format(**self.values)

    @property
    def explanation(self) -> str:
        """The explanation in English."""
        return self.why.format(**self.values)
