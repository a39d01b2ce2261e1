"""One call of a layer or an operation as the rules of costs see it: parameters and Keras' shapes.

All sizes are of one sample: the first axis of a shape, the batch, is left out.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from designer.catalog.spec import Catalog
from designer.protocol import TensorSpec


class UnknownSizeError(ValueError):
    """A size or a parameter that a rule needs is not known."""


@dataclass(frozen=True, slots=True)
class Call:
    """`params` and `arguments` have the defaults filled in; `weights` is Keras' count.

    `inputs` are the tensors at each port that is wired.
    """

    type: str
    params: Mapping[str, Any]
    inputs: Mapping[str, tuple[TensorSpec, ...]]
    outputs: tuple[TensorSpec, ...]
    weights: int
    catalog: Catalog = field(repr=False)

    @property
    def first(self) -> TensorSpec:
        """The tensor that comes in first."""
        return next(iter(self.tensors), None) or _unknown("input")

    @property
    def tensors(self) -> tuple[TensorSpec, ...]:
        """All tensors that come in, in the order of the ports."""
        return tuple(tensor for group in self.inputs.values() for tensor in group)

    @property
    def result(self) -> TensorSpec:
        """The tensor that comes out first."""
        return next(iter(self.outputs), None) or _unknown("output")

    def port(self, name: str) -> TensorSpec:
        """The one tensor at a port; UnknownSizeError where none is wired."""
        return next(iter(self.inputs.get(name, ())), None) or _unknown(name)

    def whole(self, name: str) -> int:
        """A parameter that is a whole number."""
        value = self.params.get(name)
        return value if isinstance(value, int) else _unknown_int(name)

    def sizes(self, name: str, rank: int) -> tuple[int, ...]:
        """A parameter that is one whole number for each of `rank` axes."""
        value = self.params.get(name)
        listed = [value] * rank if isinstance(value, int) else value
        if not isinstance(listed, list | tuple) or len(listed) != rank:
            raise UnknownSizeError(name)
        return tuple(part if isinstance(part, int) else _unknown_int(name) for part in listed)

    def inner(self, name: str) -> "Call | None":
        """The layer that a parameter holds, called on the same tensors; None if there is none."""
        value = self.params.get(name)
        if not isinstance(value, Mapping) or "object" not in value:
            return None
        kind = str(value["object"])
        params = with_defaults(self.catalog, kind, value.get("params") or {})
        return replace(self, type=kind, params=params)


def with_defaults(catalog: Catalog, kind: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parameters of a layer or an operation with those that the user did not set."""
    spec = catalog.layers.get(kind)
    given = {p.name: p.default for p in spec.params} if spec is not None else {}
    return given | dict(params)


def known(size: int | None) -> int:
    """A size that must be known: UnknownSizeError where it is not."""
    return size if size is not None else _unknown_int("size")


def elements(spec: TensorSpec) -> int:
    """Numbers in one sample of a tensor; UnknownSizeError where an axis is open."""
    return math.prod(known(size) for size in spec.shape[1:])


def channels(call: Call, spec: TensorSpec) -> int:
    """The size of the channel axis of an image-like tensor."""
    first = call.params.get("data_format") == "channels_first"
    if len(spec.shape) < 2:
        raise UnknownSizeError("channels")
    return known(spec.shape[1] if first else spec.shape[-1])


def positions(call: Call, spec: TensorSpec) -> int:
    """Places in one sample of a tensor: what is left of it without the channel axis."""
    return elements(spec) // max(channels(call, spec), 1)


def _unknown(name: str) -> TensorSpec:
    raise UnknownSizeError(name)


def _unknown_int(name: str) -> int:
    raise UnknownSizeError(name)
