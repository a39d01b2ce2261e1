"""The shape of the catalogue: what Keras offers, told in values that need no Keras to read.

Keys are paths below `keras.`: "layers.Conv2D", "ops.add", "losses.MeanSquaredError".
"""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from designer.protocol import CUSTOM

ParamKind = Literal[
    "int",
    "float",
    "bool",
    "string",
    "choice",  # one of `choices`
    "ints",  # an int or a tuple of `length` ints (kernel_size, strides, axes)
    "floats",
    "shape",  # a tuple of ints and None, without the batch axis
    "dtype",
    "policy",  # a dtype, or one to compute in and another to keep weights in ("mixed_float16")
    "activation",
    "initializer",
    "regularizer",
    "constraint",
    "layer",  # another layer, as an object value
    "layers",  # a list of layers
    "object",  # another Keras object of any family
    "json",  # anything JSON can write: the plain validated text field
]

CURVE_RANGE = (-8.0, 8.0)


class PortSpec(Struct, frozen=True):
    """A tensor argument of the call. Variadic ports take a list of `minimum`..`maximum` tensors."""

    name: str
    variadic: bool = False
    optional: bool = False
    minimum: int = 1
    maximum: int | None = 1
    doc: str = ""


class ParamSpec(Struct, frozen=True):
    """A parameter. `required` ones have no default; `nullable` ones may be None.

    Lists stand for tuples in defaults and values. `call` marks a literal argument of the call
    instead of the constructor (training).
    """

    name: str
    kind: ParamKind
    default: Any = None
    required: bool = False
    nullable: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    length: int | None = None
    doc: str = ""
    call: bool = False


class LayerSpec(Struct, frozen=True):
    """A layer or an operation that can be placed.

    `module` and `class_name` are the identity in Keras' saved configurations; `sample` holds
    values for the required parameters with which it can be built; `unbuildable` says why none can.
    A call of `several` ones returns a tuple of tensors; `nameless` ones take no name. Users' own
    layers have their module as Python imports it.
    """

    key: str
    name: str
    category: str
    module: str
    class_name: str
    doc: str = ""
    inputs: tuple[PortSpec, ...] = (PortSpec("inputs"),)
    params: tuple[ParamSpec, ...] = ()
    sample: Mapping[str, Any] = {}
    aliases: tuple[str, ...] = ()
    unbuildable: str = ""
    several: bool = False
    nameless: bool = False

    @property
    def custom(self) -> bool:
        """Whether it is a user's own layer."""
        return self.key.startswith(CUSTOM)

    @property
    def operation(self) -> bool:
        """Whether it is a function of keras.ops rather than a layer."""
        return self.key.startswith("ops.")

    def port(self, name: str) -> PortSpec | None:
        """The input port of that name."""
        return next((p for p in self.inputs if p.name == name), None)

    def param(self, name: str) -> ParamSpec | None:
        """The parameter of that name."""
        return next((p for p in self.params if p.name == name), None)


class ObjectSpec(Struct, frozen=True):
    """A loss, optimizer, metric, initializer, ...: what a parameter or the training can name.

    `family` is the first part of the key. `names` are the strings that Keras takes for it
    ("he_normal"). An activation is a function: its params are those after the tensor, and `curve`
    holds what Keras gives for values evenly spaced over CURVE_RANGE.
    """

    key: str
    name: str
    family: str
    module: str
    class_name: str
    doc: str = ""
    params: tuple[ParamSpec, ...] = ()
    names: tuple[str, ...] = ()
    curve: tuple[float, ...] = ()


class Catalog(Struct, frozen=True):
    """All of it, by key. `dtypes` are the names that Keras takes as a data type, `policies` those
    that a layer takes besides.
    """

    keras_version: str
    layers: Mapping[str, LayerSpec]
    objects: Mapping[str, ObjectSpec]
    dtypes: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()

    def family(self, name: str) -> tuple[ObjectSpec, ...]:
        """The objects of one family ("initializers"), by name."""
        found = (o for o in self.objects.values() if o.family == name)
        return tuple(sorted(found, key=lambda o: o.name))
